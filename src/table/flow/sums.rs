//! What the headings of a statement say about sums along a row.
//!
//! In: for each column its headings from the top, joined with `>`. Out: [`Sums`]: 本年收入合计 is all kinds of
//! income, 合计 of the “三公” expenditure its three parts, 年初结转和结余 and 本年收入 what is spent and left.

use super::solve::Sums;

/// What the headings say about sums along a row; `names` are the columns' headings from the top.
pub(super) fn sums(names: &[String]) -> Sums {
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
    let leaf = |at: usize| names[at].rsplit('>').next().unwrap_or_default();
    let is_total = |at: usize| leaf(at).ends_with("合计") || leaf(at) == "小计" || leaf(at) == "本年支出";
    let is_part = |at: &usize| {
        let words = leaf(*at);
        let ends = ["支出", "收入", "缴款", "拨款"].iter().any(|end| words.ends_with(end));
        !is_total(*at) && (ends || words.starts_with("基本支出") || words.starts_with("项目支出"))
    };
    for total in (0..names.len()).filter(|at| is_total(*at)) {
        let parts: Vec<usize> = (total + 1..names.len()).take_while(is_part).collect();
        // A part of a part (其中：教育收费) would be counted twice: then only what is sure adds up.
        let ends = |next: usize| next == names.len() || is_total(next) || leaf(next).contains("结转");
        let whole = parts.last().is_none_or(|last| ends(*last + 1));
        if parts.len() > 1 && whole {
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
