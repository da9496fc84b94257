//! The accounts of an invented agency: amounts in fen that agree with each other to the last one.
//!
//! In: choices, the agency and its year. Out: items with income and expenditure, balances, last year's values.
//! How any of it is printed is left to `figures`; where an amount is only true rounded, it is rounded there.

use crate::classes::{self, COMMON, FUND, Item, STATE_CAPITAL};
use crate::names::{Agency, Kind};
use crate::random::Random;
use crate::small::{Economic, Small};

/// Money in fen (分), a hundredth of a yuan.
pub type Fen = i64;

/// Which budget (预算) an item's appropriation comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fund {
    General,
    Government,
    StateCapital,
}

/// Income other than appropriations, in the order of the statements: 上级补助、事业、经营、附属单位上缴、其他.
pub const OWN_KINDS: usize = 5;

/// An item (项) of the functional classification with what came in and went out.
#[derive(Clone, Debug)]
pub struct Leaf {
    pub code: &'static str,
    /// Names of class, section and item in the year.
    pub names: [&'static str; 3],
    pub fund: Fund,
    /// Appropriations: carried over, received, spent on basic and project.
    pub opening: Fen,
    pub income: Fen,
    pub basic: Fen,
    pub project: Fen,
    /// Own money: received by kind, spent on basic, project and operations.
    pub own_income: [Fen; OWN_KINDS],
    pub own_basic: Fen,
    pub own_project: Fen,
    pub own_operating: Fen,
    /// Appropriation approved at the start of the year.
    pub approved: Fen,
}

impl Leaf {
    /// Spent from appropriations.
    pub fn appropriated(&self) -> Fen {
        self.basic + self.project
    }

    /// Spent from all money.
    pub fn spent(&self) -> Fen {
        self.appropriated() + self.own_basic + self.own_project + self.own_operating
    }

    /// Received from all sources.
    pub fn received(&self) -> Fen {
        self.income + self.own_income.iter().sum::<Fen>()
    }

    pub fn closing(&self) -> Fen {
        self.opening + self.income - self.appropriated()
    }
}

/// This year's and last year's value of something that the text compares.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pair {
    pub now: Fen,
    pub before: Fen,
}

/// The books of one agency in one year.
pub struct Accounts {
    pub leaves: Vec<Leaf>,
    /// Own money carried over, drawn from surplus, distributed.
    pub own_opening: Fen,
    pub own_used: Fen,
    pub own_distributed: Fen,
    pub own_closing: Fen,
    pub economic: Vec<Economic>,
    pub small: Small,
    pub before: Before,
}

/// Last year's totals.
#[derive(Clone, Copy, Debug, Default)]
pub struct Before {
    pub total: Fen,
    pub income: Fen,
    pub expenditure: Fen,
    pub appropriation_total: Fen,
    pub general: Fen,
}

impl Accounts {
    /// Keeps books for a year. Amounts are multiples of `step` fen.
    pub fn keep(random: &mut Random, agency: &Agency, year: u16, step: Fen) -> Self {
        let salaries = random.between(60, 900) * random.between(2, 14) * 10_000 * 100 / 4;
        let mut leaves = general_leaves(random, agency.kind, year, step, salaries);
        if random.chance(30) {
            let item = random.pick(&FUND);
            leaves.push(project_leaf(random, item, Fund::Government, year, step, salaries));
        }
        if agency.kind == Kind::Finance && year >= 2020 && random.chance(60) {
            let item = random.pick(&STATE_CAPITAL);
            leaves.push(project_leaf(random, item, Fund::StateCapital, year, step, salaries));
        }
        leaves.sort_by_key(|leaf| leaf.code);
        let mut books = Self {
            leaves,
            own_opening: 0,
            own_used: 0,
            own_distributed: 0,
            own_closing: 0,
            economic: Vec::new(),
            small: Small::default(),
            before: Before::default(),
        };
        books.earn(random, agency.kind, step);
        let basic = books.sum(|leaf| if leaf.fund == Fund::General { leaf.basic } else { 0 });
        (books.small, books.economic) = crate::small::keep(random, agency.kind, basic, books.general(), step);
        let mut last = |now: Fen| before(random, now, step);
        books.before = Before {
            total: last(books.total()),
            income: last(books.income()),
            expenditure: last(books.expenditure()),
            appropriation_total: last(books.appropriation_total()),
            general: last(books.general()),
        };
        books
    }

    /// Own income and what it pays, at the item with the salaries.
    fn earn(&mut self, random: &mut Random, kind: Kind, step: Fen) {
        let scale = self.leaves.iter().map(Leaf::appropriated).max().unwrap_or(0);
        let mut part = |chance: usize, low: i64, high: i64| {
            if random.chance(chance) {
                round(scale / 1000 * random.between(low, high) + random.between(0, 99_999), step)
            } else {
                0
            }
        };
        let own_income = match kind {
            Kind::Hospital => [0, part(100, 500, 4000), 0, 0, part(70, 5, 60)],
            Kind::School => [part(10, 5, 30), part(60, 10, 200), part(10, 5, 30), 0, part(60, 1, 30)],
            Kind::Culture => [part(20, 5, 30), part(30, 5, 40), part(25, 5, 60), part(10, 5, 20), part(40, 1, 20)],
            _ => [part(15, 5, 60), 0, 0, 0, part(60, 1, 30)],
        };
        let earned: Fen = own_income.iter().sum();
        if earned == 0 {
            return;
        }
        self.own_opening = part(50, 1, 20);
        self.own_used = if matches!(kind, Kind::Hospital | Kind::School) { part(25, 1, 10) } else { 0 };
        self.own_distributed = if own_income[1] > 0 { (part(30, 1, 5)).min(earned / 4 / step * step) } else { 0 };
        let to_spend = earned + self.own_opening + self.own_used - self.own_distributed;
        self.own_closing = if random.chance(60) { round(to_spend / 100 * random.between(0, 30), step) } else { 0 };
        let spent = to_spend - self.own_closing;
        let operating = if own_income[2] > 0 { round(own_income[2].min(spent) / 10 * 8, step).min(spent) } else { 0 };
        let basic = round((spent - operating) / 100 * *random.pick(&[0, 100, 70, 40]), step).min(spent - operating);
        let Some(main) = self.leaves.iter_mut().max_by_key(|leaf| leaf.appropriated()) else { return };
        main.own_income = own_income;
        main.own_operating = operating;
        main.own_basic = basic;
        main.own_project = spent - operating - basic;
    }

    /// The sum of something over all items.
    pub fn sum(&self, of: impl Fn(&Leaf) -> Fen) -> Fen {
        self.leaves.iter().map(of).sum()
    }

    /// The sum of something over one fund's items.
    pub fn sum_in(&self, fund: Fund, of: impl Fn(&Leaf) -> Fen) -> Fen {
        self.leaves.iter().filter(|leaf| leaf.fund == fund).map(of).sum()
    }

    /// 本年收入合计.
    pub fn income(&self) -> Fen {
        self.sum(Leaf::received)
    }

    /// 本年支出合计.
    pub fn expenditure(&self) -> Fen {
        self.sum(Leaf::spent)
    }

    /// 财政拨款收入.
    pub fn appropriation(&self) -> Fen {
        self.sum(|leaf| leaf.income)
    }

    /// 财政拨款收入总计: with what was carried over.
    pub fn appropriation_total(&self) -> Fen {
        self.sum(|leaf| leaf.income + leaf.opening)
    }

    /// 一般公共预算财政拨款支出.
    pub fn general(&self) -> Fen {
        self.sum_in(Fund::General, Leaf::appropriated)
    }

    /// 年初结转和结余.
    pub fn opening(&self) -> Fen {
        self.sum(|leaf| leaf.opening) + self.own_opening
    }

    /// 年末结转和结余.
    pub fn closing(&self) -> Fen {
        self.sum(Leaf::closing) + self.own_closing
    }

    /// 总计.
    pub fn total(&self) -> Fen {
        self.income() + self.own_used + self.opening()
    }
}

/// `amount` down to a multiple of `step`.
pub fn round(amount: Fen, step: Fen) -> Fen {
    amount / step * step
}

/// A year earlier: something near `now`, seldom the same.
pub fn before(random: &mut Random, now: Fen, step: Fen) -> Fen {
    match random.below(20) {
        0 => now,
        1 => round(now / 100 * random.between(150, 320), step),
        _ => round(now / 1000 * random.between(720, 1290) + random.between(0, 99_999), step),
    }
}

fn leaf(item: &Item, fund: Fund, year: u16) -> Leaf {
    let (code, section, name) = *item;
    Leaf {
        code,
        names: [classes::class_name(&code[..3], year), classes::name_in(&code[..5], section, year), name],
        fund,
        opening: 0,
        income: 0,
        basic: 0,
        project: 0,
        own_income: [0; OWN_KINDS],
        own_basic: 0,
        own_project: 0,
        own_operating: 0,
        approved: 0,
    }
}

/// What was carried over, received and approved, so that the spending stands.
fn balance(random: &mut Random, leaf: &mut Leaf, step: Fen) {
    let spent = leaf.appropriated();
    leaf.opening =
        if leaf.project > 0 && random.chance(25) { round(spent / 100 * random.between(1, 30), step) } else { 0 };
    let closing =
        if leaf.project > 0 && random.chance(25) { round(spent / 100 * random.between(1, 25), step) } else { 0 };
    leaf.income = spent + closing - leaf.opening;
    leaf.approved = match random.below(10) {
        0..=3 => spent,
        4 if leaf.basic == 0 => 0,
        _ => round(spent / 1000 * random.between(780, 1150), step).max(step),
    };
}

fn general_leaves(random: &mut Random, kind: Kind, year: u16, step: Fen, salaries: Fen) -> Vec<Leaf> {
    let own = classes::own_items(kind);
    let count = 1 + random.below(own.len());
    let mut leaves: Vec<Leaf> = Vec::new();
    for (at, item) in std::iter::once(&own[0]).chain(&random.some(&own[1..], count)).enumerate() {
        let mut leaf = leaf(item, Fund::General, year);
        if at == 0 {
            leaf.basic = round(salaries + random.between(0, 9_999_999), step);
            leaf.project =
                if kind.is_institution() && random.chance(60) { amount(random, salaries, 5, 40, step) } else { 0 };
        } else {
            leaf.project = amount(random, salaries, 2, 120, step);
        }
        leaves.push(leaf);
    }
    let medical = if kind.is_institution() {
        ("2101102", "行政事业单位医疗", "事业单位医疗")
    } else {
        ("2101101", "行政事业单位医疗", "行政单位医疗")
    };
    let common = 3 + random.below(COMMON.len() - 2);
    for item in random.some(&COMMON, common).iter().chain([&medical]) {
        let mut leaf = leaf(item, Fund::General, year);
        leaf.basic = amount(random, salaries, 2, 12, step);
        leaves.push(leaf);
    }
    for leaf in &mut leaves {
        balance(random, leaf, step);
    }
    leaves
}

/// `low` to `high` percent of `whole`, with odd yuan and fen.
fn amount(random: &mut Random, whole: Fen, low: i64, high: i64, step: Fen) -> Fen {
    round(whole / 100 * random.between(low, high) + random.between(1, 9_999_999), step).max(step)
}

fn project_leaf(random: &mut Random, item: &Item, fund: Fund, year: u16, step: Fen, salaries: Fen) -> Leaf {
    let mut leaf = leaf(item, fund, year);
    leaf.project = amount(random, salaries, 3, 60, step);
    balance(random, &mut leaf, step);
    leaf
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names;

    #[test]
    fn books_balance_to_the_fen() {
        for document in 0..300 {
            let mut random = Random::new(11, document);
            let agency = names::agency(&mut random);
            let books = Accounts::keep(
                &mut random,
                &agency,
                2016 + (document % 9) as u16,
                if document % 2 == 0 { 1 } else { 10_000 },
            );
            assert_eq!(
                books.total(),
                books.expenditure() + books.own_distributed + books.closing(),
                "document {document}"
            );
            let economic: Fen = books.economic.iter().map(|line| line.amount).sum();
            assert_eq!(economic, books.sum_in(Fund::General, |leaf| leaf.basic), "document {document}");
            assert!(books.leaves.iter().all(|leaf| leaf.closing() >= 0 && leaf.income >= 0 && leaf.own_project >= 0));
            assert!(books.leaves.is_sorted_by_key(|leaf| leaf.code));
        }
    }
}
