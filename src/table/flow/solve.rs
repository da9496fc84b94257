//! Which columns the amounts of rows stand in, where blank cells left no trace.
//!
//! In: the amounts of each row in order, the row that each is a part of, the headings' sums. Out: for
//! each row the sets of columns that can be, as bits. A set can be if the row's own sums hold (合计 = 基本支出 +
//! 项目支出), if the row above has amounts in all its columns, and if the parts of a row add up column by column.
//! What other places of the document say chooses among the rest; nothing here guesses.

use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Columns beyond which sets are not tried.
pub(in crate::table) const MOST_COLUMNS: usize = 14;
/// Steps in which the parts of one row are shared out.
const MOST_STEPS: usize = 4096;
/// Rounds in which rows learn from each other.
const ROUNDS: usize = 3;

/// Columns whose amounts add up, as bits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::table) struct Sums {
    /// Total and parts: 本年支出合计 = 基本支出 + 项目支出.
    pub(in crate::table) totals: Vec<(usize, Vec<usize>)>,
    /// Two sides that are equal: 年初结转和结余 + 本年收入 = 本年支出 + 年末结转和结余.
    pub(in crate::table) balances: Vec<([usize; 2], [usize; 2])>,
}

/// The rows of a table, and what columns each can have.
#[derive(Debug)]
pub(in crate::table) struct Rows {
    width: usize,
    amounts: Vec<Vec<Decimal>>,
    children: Vec<Vec<usize>>,
    /// The sets of columns that can be.
    pub(in crate::table) sets: Vec<Vec<u32>>,
    /// Whether the sums of a row hold nowhere: an amount is missing, or misread.
    pub(in crate::table) broken: Vec<bool>,
}

/// The columns of a set, from the left.
pub(in crate::table) fn columns(set: u32) -> impl Iterator<Item = usize> {
    (0..32).filter(move |column| set & (1 << column) != 0)
}

/// All sets of `count` of `width` columns.
fn choose(width: usize, count: usize) -> Vec<u32> {
    (0..1_u32 << width).filter(|set| set.count_ones() as usize == count).collect()
}

/// The amount that `set` puts into `column`, nothing if it is blank.
fn at(amounts: &[Decimal], set: u32, column: usize) -> Decimal {
    if set & (1 << column) == 0 {
        return Decimal::ZERO;
    }
    amounts.get((set & ((1 << column) - 1)).count_ones() as usize).copied().unwrap_or_default()
}

/// How far sums of printed amounts may be apart: one in the last digit for each of `parts`.
fn tolerance(amounts: &[Decimal], parts: usize) -> Decimal {
    let scale = amounts.iter().map(Decimal::scale).max().unwrap_or(0);
    Decimal::new(i64::try_from(parts).unwrap_or(0), scale)
}

impl Sums {
    /// The two sides of each sum of a row with its amounts in `set`, and how many amounts are added up.
    fn sides(&self, amounts: &[Decimal], set: u32) -> impl Iterator<Item = (Option<Decimal>, Option<Decimal>, usize)> {
        let add = move |columns: &[usize]| {
            columns.iter().try_fold(Decimal::ZERO, |sum, column| sum.checked_add(at(amounts, set, *column)))
        };
        let totals = self.totals.iter().map(move |(total, parts)| (add(&[*total]), add(parts), parts.len()));
        totals.chain(self.balances.iter().map(move |(left, right)| (add(left), add(right), 4)))
    }

    /// Whether the sums of a row hold with its amounts in `set`.
    pub(in crate::table) fn hold(&self, amounts: &[Decimal], set: u32, exact: bool) -> bool {
        self.sides(amounts, set).all(|(left, right, parts)| {
            let near = if exact { Decimal::ZERO } else { tolerance(amounts, parts) };
            meet(left, right, near)
        })
    }

    /// How many sums of a row hold whose columns have `amounts`, and how many do not; those of blanks are left out.
    pub(in crate::table) fn count(&self, amounts: &[Decimal]) -> (usize, usize) {
        let is_blank = |left: &Option<Decimal>, right: &Option<Decimal>| {
            left.is_some_and(|left| left.is_zero()) && right.is_some_and(|right| right.is_zero())
        };
        let sides = self.sides(amounts, full(amounts.len().min(31)));
        let all: Vec<bool> = sides
            .filter(|(left, right, _)| !is_blank(left, right))
            .map(|(left, right, parts)| meet(left, right, tolerance(amounts, parts)))
            .collect();
        let held = all.iter().filter(|holds| **holds).count();
        (held, all.len() - held)
    }

    /// How well the sums of a row hold: one that adds up counts more than one of blanks.
    fn held(&self, amounts: &[Decimal], set: u32) -> i32 {
        let score = |(left, right, parts): (Option<Decimal>, Option<Decimal>, usize)| {
            let holds = meet(left, right, tolerance(amounts, parts));
            if holds { 2 * i32::from(left.is_some_and(|left| !left.is_zero())) } else { -1 }
        };
        self.sides(amounts, set).map(score).sum()
    }

    /// The sets of columns that `amounts` can stand in, and whether all sums hold in them; else those in which
    /// most hold.
    fn sets(&self, amounts: &[Decimal], all: &[u32]) -> (Vec<u32>, bool) {
        for exact in [true, false] {
            let hold: Vec<u32> = all.iter().copied().filter(|set| self.hold(amounts, *set, exact)).collect();
            if !hold.is_empty() {
                return (hold, true);
            }
        }
        // However wrong its amounts are, a row with parts has their total.
        let bit = |column: &usize| 1 << column;
        let is_whole = |set: &u32| {
            self.totals
                .iter()
                .all(|(total, parts)| set & bit(total) != 0 || parts.iter().all(|part| set & bit(part) == 0))
        };
        let mut most: Vec<u32> = all.iter().copied().filter(is_whole).collect();
        if most.is_empty() {
            most = all.to_vec();
        }
        keep_best(&mut most, |set| self.held(amounts, set));
        (most, false)
    }
}

/// Whether two sides of a sum are at most `near` apart.
fn meet(left: Option<Decimal>, right: Option<Decimal>, near: Decimal) -> bool {
    let apart = left.zip(right).and_then(|(left, right)| left.checked_sub(right));
    apart.is_some_and(|apart| apart.abs() <= near)
}

/// The rows that are parts of each, where `parents` tells which row each is a part of.
fn children(parents: &[Option<usize>], count: usize) -> Vec<Vec<usize>> {
    let mut children = vec![Vec::new(); count];
    for (index, parent) in parents.iter().enumerate() {
        if let Some(parent) = parent.filter(|parent| *parent != index && *parent < count) {
            children[parent].push(index);
        }
    }
    children
}

/// The row that each is a part of, by the rows' codes and whether they are totals: 20805 of 208, 208 of the total.
pub(in crate::table) fn parents(labels: &[(Option<String>, bool)]) -> Vec<Option<usize>> {
    let total = labels.iter().position(|(code, is_total)| code.is_none() && *is_total);
    let mut by_code: BTreeMap<&str, usize> = BTreeMap::new();
    let mut parents = Vec::with_capacity(labels.len());
    for (index, (code, _)) in labels.iter().enumerate() {
        let code = code.as_deref();
        let above = code.and_then(|code| by_code.get(code.get(..code.len().checked_sub(2)?)?).copied());
        parents.push(above.or(total.filter(|_| code.is_some_and(|code| code.len() == 3))));
        if let Some(code) = code {
            by_code.insert(code, index);
        }
    }
    parents
}

impl Rows {
    /// Rows of `width` columns; `parents` tells which row each is a part of.
    pub(super) fn new(amounts: Vec<Vec<Decimal>>, parents: &[Option<usize>], width: usize, sums: &Sums) -> Self {
        let children = children(parents, amounts.len());
        let mut chosen: Vec<Option<Vec<u32>>> = vec![None; width + 1];
        let mut sets = Vec::with_capacity(amounts.len());
        let mut broken = vec![false; amounts.len()];
        for (row, amounts) in amounts.iter().enumerate() {
            let count = amounts.len();
            if count == 0 || count > width || width > MOST_COLUMNS {
                sets.push(vec![full(count.min(width).min(31))]);
                continue;
            }
            let all = chosen[count].get_or_insert_with(|| choose(width, count));
            let (found, hold) = sums.sets(amounts, all);
            broken[row] = !hold && count < width;
            sets.push(found);
        }
        Rows { width, amounts, children, sets, broken }
    }

    /// Rows whose amounts can stand in the columns of `sets` only; of these, those are kept in which the sums hold.
    pub(in crate::table) fn among(
        amounts: Vec<Vec<Decimal>>,
        mut sets: Vec<Vec<u32>>,
        parents: &[Option<usize>],
        width: usize,
        sums: &Sums,
    ) -> Self {
        let mut broken = vec![false; amounts.len()];
        for ((sets, amounts), broken) in sets.iter_mut().zip(&amounts).zip(&mut broken) {
            if sets.len() > 1 {
                let (found, hold) = sums.sets(amounts, sets);
                (*sets, *broken) = (found, !hold);
            }
        }
        Rows { width, children: children(parents, amounts.len()), amounts, sets, broken }
    }

    /// Rows learn from each other what cannot be.
    pub(in crate::table) fn reconcile(&mut self) {
        for _ in 0..ROUNDS {
            let before: usize = self.sets.iter().map(Vec::len).sum();
            for parent in (0..self.amounts.len()).filter(|row| !self.children[*row].is_empty()).collect::<Vec<_>>() {
                self.nest(parent);
                self.share_out(parent);
            }
            if self.sets.iter().map(Vec::len).sum::<usize>() == before {
                break;
            }
        }
    }

    /// A part has amounts only in columns where its class has: sets without a partner cannot be.
    fn nest(&mut self, parent: usize) {
        let family = std::mem::take(&mut self.children[parent]);
        for &child in &family {
            let (above, below) = (&self.sets[parent], &self.sets[child]);
            let fits = |inner: &u32, outer: &u32| inner & !outer == 0;
            let keep: Vec<u32> =
                above.iter().copied().filter(|set| below.iter().any(|inner| fits(inner, set))).collect();
            if keep.is_empty() {
                continue;
            }
            let kept: Vec<u32> =
                below.iter().copied().filter(|inner| keep.iter().any(|outer| fits(inner, outer))).collect();
            (self.sets[parent], self.sets[child]) = (keep, kept);
        }
        self.children[parent] = family;
    }

    /// How far the totals of the parts are from that of their class, if that can be rounding: none is missing.
    fn apart(&self, parent: usize) -> Option<Decimal> {
        let first = |row: usize| self.amounts[row].first().copied().unwrap_or_default();
        let parts = &self.children[parent];
        let sum = parts.iter().try_fold(Decimal::ZERO, |sum, child| sum.checked_add(first(*child)))?;
        let apart = sum.checked_sub(first(parent))?.abs();
        (apart <= tolerance(&self.amounts[parent], parts.len().div_ceil(2))).then_some(apart)
    }

    /// The parts of a row add up to it in every column.
    fn share_out(&mut self, parent: usize) {
        let open = self.children[parent].iter().filter(|child| self.sets[**child].len() > 1).count();
        let Some(apart) = self.apart(parent).filter(|_| open > 0 || self.sets[parent].len() > 1) else { return };
        let last = tolerance(&self.amounts[parent], 1);
        let rounding = if apart.is_zero() { [Decimal::ZERO, last] } else { [last, apart + last] };
        for near in rounding {
            let mut found = Found::new(self.children[parent].len(), near);
            let rows = self.children[parent].iter().chain([&parent]);
            found.only_adds = rows.flat_map(|row| &self.amounts[*row]).all(|amount| !amount.is_sign_negative());
            let mut kept = Vec::new();
            for set in self.sets[parent].clone() {
                let lacks: Vec<Decimal> = (0..self.width).map(|at| self.amount(parent, set, at)).collect();
                let before = found.count;
                self.try_parts(parent, 0, &lacks, &mut vec![0; self.children[parent].len()], &mut found);
                if found.steps >= MOST_STEPS {
                    return;
                }
                if found.count > before {
                    kept.push(set);
                }
            }
            if kept.is_empty() {
                continue;
            }
            self.sets[parent] = kept;
            for (order, child) in self.children[parent].clone().into_iter().enumerate() {
                let seen = std::mem::take(&mut found.seen[order]);
                self.sets[child].retain(|set| seen.contains(set));
            }
            return;
        }
    }

    fn amount(&self, row: usize, set: u32, column: usize) -> Decimal {
        at(&self.amounts[row], set, column)
    }

    /// Tries the sets of the part at `order` and those after it; `lacks` is what the columns still need.
    fn try_parts(&self, parent: usize, order: usize, lacks: &[Decimal], chosen: &mut Vec<u32>, found: &mut Found) {
        found.steps += 1;
        if found.steps >= MOST_STEPS || found.only_adds && lacks.iter().any(|lack| *lack < -found.near) {
            return;
        }
        let Some(&child) = self.children[parent].get(order) else {
            if lacks.iter().all(|lack| lack.abs() <= found.near) {
                found.count += 1;
                for (seen, set) in found.seen.iter_mut().zip(chosen.iter()) {
                    if !seen.contains(set) {
                        seen.push(*set);
                    }
                }
            }
            return;
        };
        for &set in &self.sets[child] {
            let mut rest = lacks.to_vec();
            for (column, amount) in columns(set).zip(&self.amounts[child]) {
                rest[column] = rest[column].checked_sub(*amount).unwrap_or_default();
            }
            chosen[order] = set;
            self.try_parts(parent, order + 1, &rest, chosen, found);
        }
    }

    /// Whether more than one set can be.
    pub(super) fn is_open(&self, row: usize) -> bool {
        self.sets[row].len() > 1
    }

    /// Chooses among the sets of each open row by what each amount scores in its column.
    pub(in crate::table) fn choose_by(&mut self, score: impl Fn(usize, usize, Decimal) -> i32) {
        for row in 0..self.sets.len() {
            if !self.is_open(row) {
                continue;
            }
            let amounts = &self.amounts[row];
            let scores: Vec<Vec<i32>> =
                (0..self.width).map(|at| amounts.iter().map(|amount| score(row, at, *amount)).collect()).collect();
            keep_best(&mut self.sets[row], |set| columns(set).enumerate().map(|(order, at)| scores[at][order]).sum());
        }
    }

    /// Keeps of each open row the sets that score best.
    pub(super) fn choose_sets(&mut self, score: impl Fn(u32) -> i32) {
        for (sets, broken) in self.sets.iter_mut().zip(&self.broken) {
            if sets.len() > 1 && !broken {
                keep_best(sets, &score);
            }
        }
    }
}

/// Keeps the sets that score best.
fn keep_best(sets: &mut Vec<u32>, score: impl Fn(u32) -> i32) {
    let scores: Vec<i32> = sets.iter().map(|set| score(*set)).collect();
    let best = scores.iter().copied().max().unwrap_or(0);
    let mut each = scores.into_iter();
    sets.retain(|_| each.next() == Some(best));
}

/// Ways in which the parts of a row add up to it.
struct Found {
    steps: usize,
    count: usize,
    /// How far sums may be apart.
    near: Decimal,
    /// No amount is negative: what is too much stays too much.
    only_adds: bool,
    /// The sets that each part has in one of them.
    seen: Vec<Vec<u32>>,
}

impl Found {
    fn new(parts: usize, near: Decimal) -> Self {
        Found { steps: 0, count: 0, near, only_adds: false, seen: vec![Vec::new(); parts] }
    }
}

/// The first `count` columns.
pub(in crate::table) fn full(count: usize) -> u32 {
    (1_u32 << count) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amounts(rows: &[&[i64]]) -> Vec<Vec<Decimal>> {
        rows.iter().map(|row| row.iter().map(|amount| Decimal::from(*amount)).collect()).collect()
    }

    /// 合计 = 基本支出 + 项目支出 + 经营支出.
    fn sums() -> Sums {
        Sums { totals: vec![(0, vec![1, 2, 3])], balances: Vec::new() }
    }

    #[test]
    fn parts_tell_the_columns_of_each_other() {
        let rows = amounts(&[&[9, 4, 3, 2], &[6, 4, 2], &[3, 3]]);
        let mut rows = Rows::new(rows, &[None, Some(0), Some(0)], 4, &sums());
        rows.reconcile();
        assert_eq!(rows.sets, [vec![0b1111], vec![0b1011], vec![0b0101]]);
    }

    #[test]
    fn what_nothing_tells_stays_open() {
        let mut rows = Rows::new(amounts(&[&[9, 4, 5], &[9, 4, 5]]), &[None, Some(0)], 4, &sums());
        rows.reconcile();
        assert_eq!(rows.sets[0], [0b0111, 0b1011, 0b1101]);
        rows.choose_by(|_, column, _| i32::from(column == 1) + i32::from(column == 3));
        assert_eq!(rows.sets[0], [0b1011]);
    }

    #[test]
    fn a_balance_tells_the_columns_of_a_fund() {
        // 年初结转和结余, 本年收入, 小计, 基本支出, 项目支出, 年末结转和结余.
        let fund = Sums { totals: vec![(2, vec![3, 4])], balances: vec![([0, 1], [2, 5])] };
        let rows = Rows::new(amounts(&[&[700, 670, 670, 30]]), &[None], 6, &fund);
        let mut sets = rows.sets[0].clone();
        sets.sort_unstable();
        assert_eq!(sets, [0b10_1101, 0b10_1110, 0b11_0101, 0b11_0110]);
    }
}
