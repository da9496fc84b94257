//! The headings that columns of the public forms have, for layouts that tear them apart.
//!
//! In: words of a head without white space. Out: whether they are a whole heading, or the longest
//! one that they begin with. Only what cannot be told from place needs this list: whether two words
//! one above the other are one heading or two.

/// Headings of the nine statements and of lists, without white space and quotation marks.
const HEADINGS: [&str; 64] = [
    "项目",
    "收入",
    "支出",
    "决算数",
    "预算数",
    "年初预算数",
    "全年预算数",
    "调整预算数",
    "行次",
    "栏次",
    "合计",
    "小计",
    "总计",
    "金额",
    "类",
    "款",
    "项",
    "科目名称",
    "科目编码",
    "功能分类科目编码",
    "支出功能分类科目编码",
    "支出功能分类",
    "经济分类科目编码",
    "功能分类科目名称",
    "经济分类科目名称",
    "项目（按功能分类）",
    "本年收入合计",
    "财政拨款收入",
    "上级补助收入",
    "事业收入",
    "经营收入",
    "附属单位上缴收入",
    "附属单位缴款",
    "其他收入",
    "本年支出合计",
    "基本支出",
    "项目支出",
    "上缴上级支出",
    "经营支出",
    "对附属单位补助支出",
    "一般公共预算财政拨款",
    "政府性基金预算财政拨款",
    "国有资本经营预算财政拨款",
    "年初结转和结余",
    "年末结转和结余",
    "本年收入",
    "本年支出",
    "人员经费",
    "公用经费",
    "财政拨款“三公”经费",
    "因公出国（境）费",
    "公务用车购置及运行维护费",
    "公务用车购置及运行费",
    "公务用车购置费",
    "公务用车运行维护费",
    "公务用车运行费",
    "公务接待费",
    "序号",
    "单位名称",
    "备注",
    "增减额",
    "增减率",
    "教育收费",
    "其中：教育收费",
];

/// Headings that stand over others and share their columns out at the middle between them.
pub(super) fn shares_columns(squeezed: &str) -> bool {
    matches!(squeezed, "收入" | "支出" | "人员经费" | "公用经费" | "预算数" | "决算数")
}

/// Whether `squeezed` is a whole heading.
pub(super) fn is_whole(squeezed: &str) -> bool {
    HEADINGS.contains(&squeezed)
}

/// Whether `squeezed` is a heading or begins one.
pub(super) fn begins_whole(squeezed: &str) -> bool {
    HEADINGS.iter().any(|heading| heading.starts_with(squeezed))
}

/// Whether `squeezed` is a piece of a heading.
pub(super) fn is_piece(squeezed: &str) -> bool {
    HEADINGS.iter().any(|heading| heading.contains(squeezed))
}

/// Whether `squeezed` begins like a heading and goes on otherwise: its words were torn from it, or others into it.
pub(super) fn is_torn(squeezed: &str) -> bool {
    const LEAST: usize = 4;
    let start: String = squeezed.chars().take(LEAST).collect();
    start.chars().count() == LEAST
        && longest(squeezed) == 0
        && HEADINGS.iter().any(|heading| heading.starts_with(&start))
}

/// The length in bytes of the longest heading that `squeezed` begins with; 0 if it begins with none.
pub(super) fn longest(squeezed: &str) -> usize {
    HEADINGS.iter().filter(|heading| squeezed.starts_with(**heading)).map(|heading| heading.len()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_heading_wins() {
        assert_eq!(longest("项目支出上缴上级支出"), "项目支出".len());
        assert_eq!(longest("科目编码科目名称"), "科目编码".len());
        assert_eq!(longest("一、教育"), 0);
        assert!(is_whole("合计") && !is_whole("附属单位"));
        assert!(is_torn("一般公共预算财政府性") && !is_torn("一般公共预算财政拨款收入") && !is_torn("项目资金总额"));
    }
}
