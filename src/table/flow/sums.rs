//! What the headings of a statement say about sums along a row.
//!
//! In: for each column its headings from the top, joined with `>`. Out: [`Sums`]: 本年收入合计 is all kinds of
//! income, 合计 of the “三公” expenditure its three parts, 年初结转和结余 and 本年收入 what is spent and left.

use super::solve::Sums;

/// What the headings say about sums along a row; `names` are the columns' headings from the top.
pub(in crate::table) fn sums(names: &[String]) -> Sums {
    let mut sums = Sums::default();
    for phase in ["预算数", "决算数"] {
        let of_phase: Vec<usize> = (0..names.len()).filter(|at| names[*at].contains(phase)).collect();
        if of_phase.len() < names.len() {
            sums_of_expenses(names, &of_phase, &mut sums);
        }
    }
    if sums.totals.is_empty() {
        sums_of_expenses(names, &(0..names.len()).collect::<Vec<_>>(), &mut sums);
    }
    for total in 0..names.len() {
        if let Some(parts) = parts(names, total).filter(|parts| parts.len() > 1) {
            sums.totals.push((total, parts));
        }
    }
    let find = |first: &str, last: &str| {
        let fits = |words: &str| words.starts_with(first) && words.contains(last);
        (0..names.len()).find(|at| names[*at].split('>').any(fits))
    };
    let spent = find("本年支出", "");
    if let (Some(opening), Some(income), Some(spent), Some(closing)) =
        (find("年初", "结转"), find("本年收入", ""), spent, find("年末", "结转"))
    {
        // Where each of the four has 基本支出 and 项目支出 below it, these are balanced, too.
        let each = income - opening.min(income);
        let alike = opening + each == income && income + each == spent && spent + each == closing;
        let count = if alike && closing + each == names.len() { each } else { 1 };
        for at in 0..count {
            sums.balances.push(([opening + at, income + at], [spent + at, closing + at]));
        }
    }
    sums
}

/// The lowest heading of a path, and the headings above it.
fn lowest(path: &str) -> (&str, &str) {
    path.rsplit_once('>').map_or(("", path), |(above, own)| (above, own))
}

/// Whether a column is a total of those behind it.
fn is_total(path: &str) -> bool {
    let (_, own) = lowest(path);
    own.ends_with("合计") || own == "小计" || own == "本年支出"
}

/// Whether a column may be a part of a total.
fn is_part(own: &str) -> bool {
    const ENDS: [&str; 5] = ["支出", "收入", "缴款", "拨款", "经费"];
    let ends = ENDS.iter().any(|end| own.ends_with(end));
    !own.starts_with("其中") && (ends || own.starts_with("基本支出") || own.starts_with("项目支出"))
}

/// The columns that a total is the sum of: those behind it below the same headings. Where several stand below one
/// of these, their own total counts. A part of a part (其中：教育收费) would be counted twice: then nothing is sure.
fn parts(names: &[String], total: usize) -> Option<Vec<usize>> {
    let (above, _) = lowest(&names[total]);
    let inside = |at: usize| {
        let rest = names.get(at)?.strip_prefix(above)?;
        if above.is_empty() { Some(rest) } else { rest.strip_prefix('>') }
    };
    is_total(&names[total]).then_some(())?;
    let mut parts = Vec::new();
    let mut at = total + 1;
    while let Some(rest) = inside(at) {
        let Some((group, _)) = rest.split_once('>') else {
            if is_total(rest) || rest.contains("结转") {
                break;
            }
            is_part(rest).then_some(())?;
            parts.push(at);
            at += 1;
            continue;
        };
        let end = (at..names.len())
            .find(|next| inside(*next).and_then(|rest| rest.split_once('>')).is_none_or(|(other, _)| other != group))
            .unwrap_or(names.len());
        if group.contains("结转") {
            break;
        }
        is_part(group).then_some(())?;
        parts.push((at..end).find(|column| is_total(&names[*column]))?);
        at = end;
    }
    Some(parts)
}

/// The sums of “三公” expenditure among the columns `of`.
fn sums_of_expenses(names: &[String], of: &[usize], sums: &mut Sums) {
    let own = |at: usize| {
        let is_own = |words: &&str| !words.ends_with("预算数") && !words.ends_with("决算数");
        names[at].rsplit('>').find(is_own).unwrap_or_default()
    };
    let find = |wanted: &dyn Fn(usize, &str) -> bool| of.iter().copied().find(|at| wanted(*at, own(*at)));
    let both = "购置及运行";
    let abroad = find(&|_, own| own.contains("出国"));
    let reception = find(&|_, own| own.contains("接待"));
    let vehicle = find(&|at, own| own == "小计" && names[at].contains(both) || own.contains(both));
    let total = find(&|_, own| own == "合计" || own.contains("三公"));
    if let (Some(total), Some(abroad), Some(vehicle), Some(reception)) = (total, abroad, vehicle, reception) {
        sums.totals.push((total, vec![abroad, vehicle, reception]));
        let purchase = find(&|_, own| own.contains("购置费") && !own.contains(both));
        let running = find(&|_, own| own.contains("运行") && !own.contains(both));
        if let (Some(purchase), Some(running)) = (purchase, running) {
            sums.totals.push((vehicle, vec![purchase, running]));
        }
    }
}

/// The lowest heading of a column that says something of its own.
pub(in crate::table) fn leaf(path: &str) -> &str {
    let says =
        |words: &&str| !matches!(*words, "小计" | "合计") && !words.ends_with("预算数") && !words.ends_with("决算数");
    path.rsplit('>').find(says).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(names: &[&str]) -> Vec<(usize, Vec<usize>)> {
        sums(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).totals
    }

    #[test]
    fn a_total_adds_up_the_columns_below_its_own_heading() {
        let income = [
            "本年收入合计",
            "财政拨款收入>小计",
            "财政拨款收入>一般公共预算财政拨款",
            "财政拨款收入>政府性基金预算财政拨款",
            "事业收入",
            "其他收入",
        ];
        assert_eq!(totals(&income), [(0, vec![1, 4, 5]), (1, vec![2, 3])]);
    }

    #[test]
    fn a_part_of_a_part_is_not_added() {
        let income = ["本年收入合计", "财政拨款收入", "事业收入>小计", "事业收入>其中：教育收费", "其他收入"];
        assert_eq!(totals(&income), [(0, vec![1, 2, 4])]);
        assert_eq!(totals(&["本年收入合计", "财政拨款收入", "事业收入", "其中：教育收费", "其他收入"]), []);
    }

    #[test]
    fn what_is_carried_over_is_no_part() {
        let fund =
            ["年初结转和结余", "本年收入", "本年支出>小计", "本年支出>基本支出", "本年支出>项目支出", "年末结转和结余"];
        assert_eq!(totals(&fund), [(2, vec![3, 4])]);
    }
}
