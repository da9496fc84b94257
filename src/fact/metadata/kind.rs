//! What kind of report it is: its title says so, else its headings.

use super::cover::Cover;
use crate::layout::Layout;

const FINAL_ACCOUNT: &str = "final_account";
const BUDGET: &str = "budget";
const PERFORMANCE: &str = "performance_evaluation";

/// `final_account`, `budget`, `performance_evaluation` or `other`.
pub fn report_kind(text: &str, cover: &Cover, layout: &Layout) -> &'static str {
    let title = cover.title.as_deref().unwrap_or_default();
    if let Some(kind) = kind_of(title) {
        return kind;
    }
    let has = |word: &str| layout.sections.iter().any(|section| section.title.contains(word));
    if has("决算") || layout.sections.is_empty() && text.contains("决算") {
        FINAL_ACCOUNT
    } else if has("绩效评价") || has("绩效自评") {
        PERFORMANCE
    } else if has("预算") {
        BUDGET
    } else if text.contains("决算") {
        // A page whose headings say nothing of it states final accounts all the same.
        FINAL_ACCOUNT
    } else if text.contains("三公") && text.contains("预算") {
        BUDGET
    } else {
        "other"
    }
}

fn kind_of(title: &str) -> Option<&'static str> {
    // 部门决算 may carry its evaluation in the title; an evaluation never carries 决算.
    if title.contains("决算") {
        Some(FINAL_ACCOUNT)
    } else if ["绩效评价", "绩效自评", "绩效评估", "自评报告", "评分表"].iter().any(|word| title.contains(word))
    {
        Some(PERFORMANCE)
    } else if title.contains("预算") {
        Some(BUDGET)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_without_headings_says_it_by_its_words() {
        let kind = |text: &str| report_kind(text, &Cover::default(), &crate::layout::lay_out(text));
        assert_eq!(kind("云溪县2031年“三公”经费预算为44万元，与上年持平。\n"), BUDGET);
        assert_eq!(kind("云溪县2031年“三公”经费决算为44万元，为预算的80%。\n"), FINAL_ACCOUNT);
        assert_eq!(kind("云溪县预算绩效管理办法。\n"), "other");
    }

    #[test]
    fn titles_say_the_kind() {
        assert_eq!(kind_of("云溪县水务局2020年度部门决算"), Some(FINAL_ACCOUNT));
        assert_eq!(kind_of("云溪县水务局2020年部门预算公开"), Some(BUDGET));
        assert_eq!(kind_of("云溪县2020年度部门整体支出绩效评价指标表"), Some(PERFORMANCE));
        assert_eq!(kind_of("云溪县水务局2020年工作总结"), None);
    }
}
