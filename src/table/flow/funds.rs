//! Which headings the values of a row of funds have, some of which are blank: 其他资金 81.20 81.20 100%.
//!
//! In: the values of the row and the headings 年初预算数, 全年预算数, 全年执行数, 分值, 执行率, 得分. Out: the ways in which
//! they can stand below these in order. A rate has its percent mark and is what was spent of the budget, points have no
//! cents; a dash may stand anywhere.

use super::super::words::{amount, is_dash};
use rust_decimal::Decimal;

/// Headings beyond which no form has columns.
const MOST_HEADINGS: usize = 10;

/// What a heading of the funds stands over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Budget,
    Executed,
    Rate,
    Points,
    Other,
}

fn kind(heading: &str) -> Kind {
    if heading.contains("率") {
        Kind::Rate
    } else if heading.ends_with('分') || heading.contains("分值") || heading.contains("权重") {
        Kind::Points
    } else if heading.contains("执行") {
        Kind::Executed
    } else if heading.contains("年初") {
        Kind::Other
    } else if heading.contains("预算") {
        Kind::Budget
    } else {
        Kind::Other
    }
}

/// Whether `value` can stand below a heading.
fn fits(value: &str, kind: Kind) -> bool {
    let is_rate = value.contains(['%', '％']);
    let points =
        value.split_once('.').is_none_or(|(_, cents)| cents.len() < 2) && amount(value) <= Decimal::ONE_HUNDRED;
    is_dash(value)
        || match kind {
            Kind::Rate => is_rate,
            Kind::Points => !is_rate && points,
            _ => !is_rate,
        }
}

/// The ways in which `values` can stand below `headings`.
pub(super) fn columns(values: &[&str], headings: &[String]) -> Vec<Vec<usize>> {
    if headings.len() > MOST_HEADINGS || values.len() > headings.len() {
        return Vec::new();
    }
    let kinds: Vec<Kind> = headings.iter().map(|heading| kind(heading)).collect();
    let mut ways: Vec<Vec<usize>> = vec![Vec::new()];
    for value in values {
        let mut next = Vec::new();
        for way in &ways {
            let from = way.last().map_or(0, |last| last + 1);
            next.extend(
                (from..kinds.len()).filter(|at| fits(value, kinds[*at])).map(|at| [way.as_slice(), &[at]].concat()),
            );
        }
        ways = next;
    }
    let adds_up = |way: &Vec<usize>| {
        let find = |kind: Kind| way.iter().position(|at| kinds[*at] == kind).map(|at| amount(values[at]));
        match (find(Kind::Budget), find(Kind::Executed), find(Kind::Rate)) {
            (Some(budget), Some(executed), Some(rate)) if !budget.is_zero() => {
                let own = executed.checked_mul(Decimal::ONE_HUNDRED).and_then(|spent| spent.checked_div(budget));
                own.is_some_and(|own| (own - rate).abs() < Decimal::ONE)
            }
            _ => false,
        }
    };
    if ways.len() > 1 && ways.iter().any(adds_up) {
        ways.retain(adds_up);
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways(values: &[&str]) -> Vec<Vec<usize>> {
        let headings = ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"];
        columns(values, &headings.map(str::to_owned))
    }

    #[test]
    fn a_rate_tells_which_amounts_are_blank() {
        assert_eq!(ways(&["81.20", "40.60", "50%"]), [[1, 2, 4]]);
        assert_eq!(ways(&["100.00", "81.20", "40.60", "10", "50.00%", "5"]), [[0, 1, 2, 3, 4, 5]]);
    }

    #[test]
    fn what_nothing_tells_is_left_open() {
        assert!(ways(&["81.20"]).len() > 1);
        assert!(ways(&["81.20%", "3", "4", "5"]).is_empty());
    }
}
