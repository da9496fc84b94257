//! What a cell's text looks like: number, code, enumerated item, column number, label of a form.
//!
//! In: the text of one slot. Out: yes or no, or where to cut. The few words that the shape of a
//! table follows from (一级指标, 类, 栏次) stand here; what a table means is left to `fact`.

use crate::figure::token::parse_digits;
use rust_decimal::Decimal;

/// `text` without any white space.
pub(super) fn squeeze(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Whether `text` is nothing but a number with its sign, percent mark or brackets: `-1,234.50`, `95%`.
pub(super) fn is_number(text: &str) -> bool {
    let mut digits = false;
    for c in text.chars() {
        match c {
            '0'..='9' | '０'..='９' => digits = true,
            ',' | '，' | '.' | '．' | '-' | '－' | '—' | '−' | '+' | '%' | '％' | '(' | ')' | '（' | '）' | ' ' =>
                {}
            _ => return false,
        }
    }
    digits
}

/// Whether `text` is nothing but a dash: printed for an amount that there is none of.
pub(super) fn is_dash(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '－' | '—' | '–' | '―'))
}

/// Whether `text` is a number with a decimal part, which no code or ordinal has.
pub(super) fn is_decimal(text: &str) -> bool {
    is_number(text) && text.contains(['.', '．'])
}

/// Whether `text` is a classification code: three, five or seven digits (类, 款, 项).
pub(super) fn is_code(text: &str) -> bool {
    matches!(text.len(), 3 | 5 | 7)
        && text.bytes().all(|b| b.is_ascii_digit())
        && matches!(text.as_bytes()[0], b'2' | b'3' | b'5')
}

/// The value of a small whole number: a row's or column's ordinal.
pub(super) fn ordinal(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// Where the name begins in `201 一般公共服务支出` or `310资本性支出`.
pub(super) fn glued_name(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits..)?;
    let name = rest.trim_start();
    let first = name.chars().next()?;
    let is_name = is_code(&text[..digits])
        && is_chinese(first)
        && !matches!(first, '年' | '月' | '日' | '元' | '万' | '人' | '个');
    is_name.then_some(text.len() - name.len())
}

/// Where the amount begins in `公用经费合计 127989.14`.
pub(super) fn glued_amount(text: &str) -> Option<usize> {
    let at = text.rfind(char::is_whitespace)?;
    let amount = text[at..].trim_start();
    let label = text[..at].trim_end();
    let is_label = label.chars().next().is_some_and(is_chinese) && label.chars().next_back().is_some_and(is_chinese);
    (is_label && is_decimal(amount)).then_some(text.len() - amount.len())
}

/// Whether `c` is a Chinese character.
pub(super) fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Whether `text` begins like an item of a statement: `一、`, `（二）`, `1.`, `其中：`.
pub(super) fn is_item(text: &str) -> bool {
    let rest = text.trim_start_matches(['（', '(']).trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    let enumerated = rest.len() < text.len() && rest.starts_with(['、', '）', ')', '．', '.']);
    enumerated || text.starts_with("其中")
}

/// Whether `text`, squeezed, is the label of a total: 合计, 总计, 本年收入合计, 总分.
pub(super) fn is_total(squeezed: &str) -> bool {
    squeezed.ends_with("合计") || squeezed.ends_with("总计") || squeezed == "总分" || squeezed == "总得分"
}

/// Whether `text`, squeezed, is the label of the row of column numbers or the column of row numbers.
pub(super) fn is_numbering(squeezed: &str) -> bool {
    matches!(squeezed, "栏次" | "行次" | "序号" | "行号" | "编号")
}

/// Whether `text`, squeezed, heads a column of classification codes.
pub(super) fn heads_codes(squeezed: &str) -> bool {
    matches!(squeezed, "类" | "款" | "项") || squeezed.ends_with("编码") || squeezed.ends_with("科目代码")
}

/// Whether `text`, squeezed, heads a column whose cells are labels.
pub(super) fn heads_labels(squeezed: &str) -> bool {
    const WORDS: [&str; 12] = [
        "项目",
        "科目",
        "名称",
        "指标内容",
        "指标说明",
        "指标解释",
        "评分标准",
        "评价标准",
        "行次",
        "序号",
        "类别",
        "编码",
    ];
    heads_codes(squeezed)
        || matches!(squeezed, "一级指标" | "二级指标" | "三级指标" | "四级指标" | "指标" | "内容")
        || WORDS.iter().any(|word| squeezed.starts_with(word) || squeezed.ends_with(word))
            && !squeezed.contains("支出")
            && !squeezed.contains("收入")
}

/// The value of a printed amount; in brackets or behind a dash it is negative.
pub(super) fn amount(raw: &str) -> Decimal {
    let digits = raw.trim_matches(|c: char| !c.is_ascii_digit() && !('０'..='９').contains(&c));
    let value = parse_digits(digits).unwrap_or_default();
    if raw.starts_with(['-', '－', '—', '−', '(', '（']) { -value } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_codes_are_told_from_text() {
        assert!(is_number("-1,234.50") && is_number("95%") && is_number("（6.59）"));
        assert!(!is_number("3万元") && !is_number("-") && !is_number("……"));
        assert!(is_code("208") && is_code("20805") && is_code("3010199") && !is_code("2080") && !is_code("108"));
        assert!(is_dash("—") && is_dash("--") && !is_dash("-1") && !is_dash(""));
        assert_eq!(ordinal("12"), Some(12));
        assert_eq!(ordinal("1.2"), None);
    }

    #[test]
    fn a_code_and_its_name_are_cut_apart() {
        let text = "208 社会保障和就业支出";
        assert_eq!(glued_name(text).map(|at| &text[at..]), Some("社会保障和就业支出"));
        assert_eq!(glued_name("310资本性支出"), Some(3));
        assert_eq!(glued_name("208 万元"), None);
        assert_eq!(glued_name("208"), None);
        assert_eq!(glued_name("2020年度"), None);
    }

    #[test]
    fn a_label_and_its_amount_are_cut_apart() {
        let text = "公用经费合计 1270.14";
        assert_eq!(glued_amount(text).map(|at| &text[at..]), Some("1270.14"));
        assert_eq!(glued_amount("公用经费合计"), None);
        assert_eq!(glued_amount("张三 2665208"), None);
    }

    #[test]
    fn items_begin_with_an_enumerator() {
        assert!(is_item("一、一般公共服务支出") && is_item("（二）项目支出") && is_item("其中：财政拨款"));
        assert!(!is_item("一般公共预算") && !is_item("项目"));
    }
}
