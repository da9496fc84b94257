//! The smaller books: economic classes, 三公, procurement, assets, staff, evaluation.
//!
//! In: the basic expenditure that they must add up to. Out: parts of it and counts beside it.

use crate::accounts::{Fen, Pair, before, round};
use crate::classes::{ECONOMIC_GROUPS, PERSONNEL, PUBLIC_USE};
use crate::names::{Kind, PROJECTS};
use crate::random::Random;

/// An economic class of five digits with its part of the basic expenditure.
#[derive(Clone, Debug)]
pub struct Economic {
    pub code: &'static str,
    pub name: &'static str,
    pub amount: Fen,
}

/// An amount of 三公 with its budget and last year's.
#[derive(Clone, Copy, Debug, Default)]
pub struct Planned {
    pub budget: Fen,
    pub executed: Fen,
    pub before: Fen,
}

impl Planned {
    fn plus(self, other: Self) -> Self {
        Self {
            budget: self.budget + other.budget,
            executed: self.executed + other.executed,
            before: self.before + other.before,
        }
    }
}

/// A project with its own evaluation.
#[derive(Clone, Debug, Default)]
pub struct Project {
    pub name: &'static str,
    /// In fen, a multiple of a hundred yuan.
    pub budget: Fen,
    pub executed: Fen,
    /// Out of a hundred, in tenths.
    pub score: i64,
}

/// Everything that is small.
#[derive(Clone, Debug, Default)]
pub struct Small {
    pub abroad: Planned,
    pub purchase: Planned,
    pub operation: Planned,
    pub reception: Planned,
    pub groups: i64,
    pub travellers: i64,
    pub purchased: i64,
    pub owned: i64,
    pub batches: i64,
    pub guests: i64,
    /// 机关运行经费; none for public institutions.
    pub operating_cost: Pair,
    pub goods: Fen,
    pub works: Fen,
    pub services: Fen,
    pub sme: Fen,
    pub micro: Fen,
    /// Vehicles by use; their sum is what the agency has.
    pub vehicles: Vec<(&'static str, i64)>,
    pub equipment_500k: i64,
    pub equipment_1m: i64,
    pub floor_area: i64,
    pub posts: i64,
    pub staff: i64,
    pub retired: i64,
    pub projects: Vec<Project>,
}

impl Small {
    pub fn vehicle(&self) -> Planned {
        self.purchase.plus(self.operation)
    }

    pub fn three_public(&self) -> Planned {
        self.abroad.plus(self.vehicle()).plus(self.reception)
    }

    pub fn procurement(&self) -> Fen {
        self.goods + self.works + self.services
    }
}

/// Parts of `total` by weight, each a multiple of `step`, the rest in the first.
fn split(random: &mut Random, total: Fen, weights: &[i64], step: Fen) -> Vec<Fen> {
    let shaken: Vec<i64> = weights.iter().map(|weight| weight * random.between(60, 140)).collect();
    let whole: i64 = shaken.iter().sum::<i64>().max(1);
    let mut parts: Vec<Fen> = shaken.iter().map(|weight| round(total / whole * weight, step)).collect();
    parts[0] += total - parts.iter().sum::<Fen>();
    parts
}

fn planned(random: &mut Random, executed: Fen, step: Fen) -> Planned {
    if executed == 0 {
        return Planned { budget: 0, executed, before: 0 };
    }
    let budget = if random.chance(25) {
        executed
    } else {
        round(executed / 100 * random.between(100, 160), step * 100).max(executed)
    };
    Planned { budget, executed, before: before(random, executed, step) }
}

/// Keeps the smaller books of an agency whose basic expenditure from the general budget is `basic`.
pub fn keep(random: &mut Random, kind: Kind, basic: Fen, general: Fen, step: Fen) -> (Small, Vec<Economic>) {
    let public = round(basic / 100 * random.between(9, 34), step);
    let reception = if random.chance(75) { round(public / 1000 * random.between(2, 60), step) } else { 0 };
    let running = if random.chance(75) { round(public / 1000 * random.between(10, 120), step) } else { 0 };
    let counts = [7 + random.below(6), 5 + random.below(8)];
    let personnel = random.some(&PERSONNEL, counts[0]);
    let costs = random.some(&PUBLIC_USE, counts[1]);
    let mut economic = Vec::new();
    for (classes, total) in [(personnel, basic - public), (costs, public - reception - running)] {
        let weights: Vec<i64> = classes.iter().map(|class| class.2).collect();
        for ((code, name, _), amount) in classes.into_iter().zip(split(random, total, &weights, step)) {
            economic.push(Economic { code, name, amount });
        }
    }
    economic.push(Economic { code: "30217", name: "公务接待费", amount: reception });
    economic.push(Economic { code: "30231", name: "公务用车运行维护费", amount: running });
    economic.retain(|line| line.amount != 0);
    economic.sort_by_key(|line| line.code);
    (counted(random, kind, [public, general, reception, running], step), economic)
}

fn counted(random: &mut Random, kind: Kind, [public, general, reception, running]: [Fen; 4], step: Fen) -> Small {
    let abroad = if random.chance(12) { round(public / 1000 * random.between(10, 90), step) } else { 0 };
    let purchase = if running > 0 && random.chance(20) { round(1_500_000 * random.between(10, 20), step) } else { 0 };
    let owned = if running > 0 { random.between(1, 12) } else { 0 };
    let batches = if reception > 0 { random.between(3, 180) } else { 0 };
    let bought = round(general / 100 * random.between(1, 30), step);
    let mut goods = split(random, bought, &[30, 40, 30], step);
    if random.chance(30) {
        goods = vec![bought, 0, 0];
    }
    let sme = if random.chance(30) { bought } else { round(bought / 100 * random.between(30, 99), step) };
    let uses = [
        "副部（省）级及以上领导用车",
        "主要领导干部用车",
        "机要通信用车",
        "应急保障用车",
        "执法执勤用车",
        "特种专业技术用车",
        "其他用车",
    ];
    let kinds = 1 + random.below(3);
    let mut vehicles: Vec<(&'static str, i64)> =
        random.some(&uses[2..], kinds).into_iter().map(|name| (name, 1)).collect();
    let rest = owned - vehicles.len() as i64;
    if rest >= 0 {
        vehicles[0].1 += rest;
    } else {
        vehicles.truncate(owned as usize);
    }
    let staff = random.between(8, 240);
    let mut projects = Vec::new();
    let names = 1 + random.below(3);
    for name in random.some(&PROJECTS, names) {
        let budget = random.between(20, 4_000) * 1_000_000;
        let executed = if random.chance(50) { budget } else { round(budget / 1000 * random.between(400, 999), 10_000) };
        projects.push(Project { name, budget, executed, score: random.between(800, 1000) });
    }
    let operating = if kind.is_institution() { 0 } else { public };
    Small {
        abroad: planned(random, abroad, step),
        purchase: planned(random, purchase, step),
        operation: planned(random, running, step),
        reception: planned(random, reception, step),
        groups: if abroad > 0 { random.between(1, 3) } else { 0 },
        travellers: if abroad > 0 { random.between(3, 9) } else { 0 },
        purchased: i64::from(purchase > 0),
        owned,
        batches,
        guests: batches * random.between(4, 11),
        operating_cost: Pair {
            now: operating,
            before: if operating == 0 { 0 } else { before(random, operating, step) },
        },
        goods: goods[0],
        works: goods[1],
        services: goods[2],
        sme,
        micro: round(sme / 100 * random.between(20, 99), step),
        vehicles,
        equipment_500k: random.between(0, 4),
        equipment_1m: random.between(0, 2),
        floor_area: random.between(300, 21_000),
        posts: staff + random.between(0, 12),
        staff,
        retired: random.between(0, 90),
        projects,
    }
}

/// The name of a three-digit economic class.
pub fn group_name(code: &str) -> &'static str {
    ECONOMIC_GROUPS.iter().find(|(group, _)| *group == code).map_or("", |(_, name)| name)
}
