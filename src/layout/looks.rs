//! Tells titles, units, notes, captions and page numbers by their words.
//!
//! In: the words of one short line. Out: yes or no; [`super::shape`] asks and keeps the answers.
//! Surprise: none of these is certain alone; who stands above or below decides later.

use std::borrow::Cow;

/// `words` without white space; only for short ones.
fn squeeze(words: &str) -> Cow<'_, str> {
    if words.contains(char::is_whitespace) {
        Cow::Owned(words.split_whitespace().collect())
    } else {
        Cow::Borrowed(words)
    }
}

pub(super) fn is_contents(words: &str) -> bool {
    let words = squeeze(words);
    matches!(&*words, "目录" | "目次" | "目錄") || words.eq_ignore_ascii_case("contents")
}

/// `- 12 -`, `— 3 —`, `第 3 页`, `第3页 共10页`, `3 / 24`.
pub(super) fn is_page_number(words: &str) -> bool {
    if words.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let words = squeeze(words);
    let digits = |part: &str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let dashes = ['-', '—', '–', '－', '―', '─', '·', '~'];
    let inner = words.trim_matches(dashes);
    if digits(inner) && words.starts_with(dashes) && words.ends_with(dashes) {
        return true;
    }
    if let Some((page, pages)) = words.split_once('/') {
        return digits(page) && digits(pages);
    }
    words.strip_prefix('第').is_some_and(|rest| {
        let (page, pages) = rest.split_once('页').unwrap_or((rest, "缺"));
        let pages = pages.trim_start_matches(['，', ',', '/']);
        digits(page)
            && (pages.is_empty()
                || pages.strip_prefix('共').and_then(|rest| rest.strip_suffix('页')).is_some_and(digits))
    })
}

/// Whether the last word is a number, and not the end of a Chinese word.
pub(super) fn ends_with_number(words: &str) -> bool {
    let word = words.rsplit([' ', '\u{3000}', '\t']).next().unwrap_or("");
    let number = word.trim_start_matches(['-', '－', '（', '(']).trim_end_matches(['%', '％', '）', ')']);
    number.bytes().any(|byte| byte.is_ascii_digit())
        && number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
}

/// Whether dots or a tab lead to a page number at the end.
pub(super) fn has_leader(words: &str) -> bool {
    let title = words.trim_end_matches(|char: char| char.is_ascii_digit());
    let digits = words.len() - title.len();
    if digits == 0 || digits > 4 {
        return false;
    }
    let spaces = title.trim_end_matches([' ', '\t', '\u{3000}']);
    let dots = spaces.trim_end_matches(['.', '…', '·', '．', '-', '—', '_', ' ']);
    let led = title.ends_with('\t') || title.len() >= spaces.len() + 4 || spaces.len() >= dots.len() + 3;
    led && dots.chars().next_back().is_some_and(|char| !char.is_ascii_digit())
}

/// Whether what leads to the page number at the end are dots, and not spaces alone.
pub(super) fn has_dots(words: &str) -> bool {
    let title = words.trim_end_matches(|char: char| char.is_ascii_digit() || char.is_whitespace());
    title.ends_with(['.', '…', '·', '．', '-', '—', '_'])
}

/// `单位：万元`, `公开部门：云溪县医疗保障局  金额单位：元`.
pub(super) fn is_unit(words: &str) -> bool {
    words.match_indices("单位").any(|(at, unit)| {
        let rest = words[at + unit.len()..].trim_start();
        let Some(rest) = rest.strip_prefix(['：', ':']) else { return false };
        let rest = rest.trim_start().trim_start_matches("人民币");
        let rest = rest.trim_start_matches(['万', '亿', '千', '百']);
        rest.strip_prefix('元').is_some_and(|rest| rest.len() <= 12)
    })
}

/// `公开01表`, `公开部门：…`, `(2020 年度)`: what stands above a table besides title and unit.
pub(super) fn is_form(words: &str) -> bool {
    let squeezed = if words.len() <= 120 { squeeze(words) } else { return false };
    let numbered = squeezed.starts_with(['公', '附', '财']) && squeezed.ends_with('表') && squeezed.len() <= 24;
    if numbered && squeezed.bytes().any(|byte| byte.is_ascii_digit()) {
        return true;
    }
    if squeezed.starts_with(['(', '（']) && squeezed.contains("年度") && squeezed.len() <= 30 {
        return true;
    }
    let Some((label, _)) = squeezed.split_once(['：', ':']) else { return false };
    let label = label.strip_suffix("（盖章）").or_else(|| label.strip_suffix("(盖章)")).unwrap_or(label);
    let labels = [
        "评价单位",
        "评价机构",
        "填报日期",
        "公开部门",
        "公开单位",
        "编制单位",
        "编制部门",
        "填报单位",
        "填报部门",
        "部门",
        "单位名称",
        "部门名称",
        "预算单位",
        "部门（单位）",
    ];
    labels.contains(&label)
}

/// `words` without what may follow a title: `（2）`, `(2018 年度)`, `（续）`.
fn without_brackets(words: &str) -> &str {
    let mut words = words.trim_end();
    for _ in 0..3 {
        let open = words.ends_with(['）', ')']).then(|| words.rfind(['（', '('])).flatten();
        let Some(open) = open.filter(|open| *open > 0) else { break };
        words = words[..open].trim_end();
    }
    words
}

pub(super) fn is_title(words: &str) -> bool {
    let title =
        without_brackets(words).trim_end_matches(|char: char| char.is_ascii_digit() || char == '续' || char == ' ');
    title.ends_with('表')
        && title.chars().count() >= 3
        && !["下表", "如表", "见表", "上表", "附表", "代表", "公开表"].iter().any(|no| title.ends_with(no))
}

pub(super) fn is_annex(words: &str) -> bool {
    let rest = ["附件", "附表", "附录"].iter().find_map(|annex| words.strip_prefix(annex));
    rest.is_some_and(|rest| {
        let rest = rest.trim_start();
        rest.is_empty()
            || rest.starts_with(['：', ':', '—', '-'])
            || rest.starts_with(|char: char| char.is_ascii_digit() || "一二三四五六七八九十".contains(char))
    })
}

pub(super) fn is_report(words: &str) -> bool {
    let title = without_brackets(words);
    title.ends_with("报告")
        && ["绩效", "评价", "自评"].iter().any(|subject| title.contains(subject))
        && !title.contains(['《', '：', ':', '“'])
}

pub(super) fn is_caption(words: &str) -> bool {
    let rest = words.trim_start_matches(['（', '(']);
    let Some(rest) = rest.strip_prefix('图').or_else(|| rest.strip_prefix('表')) else { return false };
    let rest = rest.trim_start();
    let number = rest.trim_start_matches(|char: char| char.is_ascii_digit() || "一二三四五六七八九十-".contains(char));
    number.len() < rest.len() && (number.is_empty() || number.starts_with(['：', ':', ' ', '、', '.', '　', '）']))
}

pub(super) fn is_note(words: &str) -> bool {
    let rest = ["备注", "附注", "注释", "说明", "注"].iter().find_map(|note| words.strip_prefix(note));
    rest.is_some_and(|rest| rest.trim_start_matches(|char: char| char.is_ascii_digit()).starts_with(['：', ':']))
}

#[cfg(test)]
mod tests {
    use super::super::shape::{Shape, Trait};

    fn shape(words: &str) -> Shape {
        let lines = super::super::lines::split(words, &super::super::artefact::scan(words));
        lines[0].shape
    }

    fn has(words: &str, wanted: Trait) -> bool {
        shape(words).has(wanted)
    }

    #[test]
    fn titles_end_with_the_word_for_table() {
        for title in ["收入支出决算总表", "项目支出绩效目标完成情况表（2）", "收入决算表(2031 年度)", "支出决算表 续"]
        {
            assert!(has(title, Trait::Title), "{title}");
        }
        for other in ["详见下表", "收入决算表，见附件", "代表", "表"] {
            assert!(!has(other, Trait::Title), "{other}");
        }
    }

    #[test]
    fn units_and_forms_stand_above_tables() {
        assert!(has("单位：万元", Trait::Unit));
        assert!(has("公开部门：云溪县水务局        金额单位: 元", Trait::Unit));
        assert!(!has("实施单位：云溪县水务局", Trait::Unit));
        assert!(has("公开 01 表", Trait::Form));
        assert!(has("（2031年度）", Trait::Form));
        assert!(has("评价单位（盖章）：云溪县水务局    填报日期：2031年5月", Trait::Form));
        assert!(!has("2031年度", Trait::Form));
    }

    #[test]
    fn page_numbers_say_so() {
        for page in ["- 12 -", "— 3 —", "－7－", "第 3 页", "第3页 共10页", "3 / 24"] {
            assert!(has(page, Trait::PageNumber), "{page}");
        }
        for other in ["12", "-12", "第3部分", "3.5/2", "第一页"] {
            assert!(!has(other, Trait::PageNumber), "{other}");
        }
    }

    #[test]
    fn rows_of_a_flow_end_with_numbers() {
        assert!(has("合计 307.82 1,307.82", Trait::Amount));
        assert!(has("完成率 95.1%", Trait::Amount));
        assert!(!has("收入总计307.82万元", Trait::Amount));
    }

    #[test]
    fn leaders_lead_to_page_numbers() {
        assert!(has("一、主要职能............3", Trait::Leader));
        assert!(has("一、主要职能\t3", Trait::Leader));
        assert!(!has("合计 307.82", Trait::Leader));
    }

    #[test]
    fn captions_notes_and_annexes_are_told_by_their_first_word() {
        assert!(has("（图1：收支变动情况图）（柱状图）", Trait::Caption));
        assert!(has("图7：", Trait::Caption));
        assert!(!has("图书采购", Trait::Caption));
        assert!(has("注：本表反映部门收支。", Trait::Note));
        assert!(!has("注意事项：", Trait::Note));
        assert!(has("附件1", Trait::Annex));
        assert!(!has("附件资料完整", Trait::Annex));
        assert!(has("2031年部门整体支出绩效评价报告", Trait::Report));
        assert!(!has("《部门整体支出绩效评价报告》", Trait::Report));
    }

    #[test]
    fn markdown_marks_are_told_from_dashes_of_page_numbers() {
        assert_eq!(shape("## 一、概况").hashes, 2);
        assert_eq!(shape("- 一、部门职责").prefix, 2);
        assert_eq!(shape("- 3 -").prefix, 0);
        assert_eq!(shape("-3.5").prefix, 0);
    }
}
