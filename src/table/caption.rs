//! What is said about a table around it: title, form code, unit, section.
//!
//! In: the table and the blocks above it. The title may stand several lines above, with form code,
//! unit, year and agency in any order between; or in the table's first cell, over all columns.
//! A title that is no more than a nearby short line is a guess, and taken as one.

use super::Table;
use super::words::squeeze;
use crate::layout::{BlockKind, Layout};

/// Lines above a table that are looked at.
const MOST_LINES: usize = 10;
/// Characters that a title has at most.
const LONGEST: usize = 60;

/// Fills in what stands in the table and, if `block` is given, above it.
pub(super) fn fill(text: &str, layout: &Layout, block: Option<usize>, table: &mut Table) {
    table.section = layout.section_at(table.span.start);
    let mut found = Caption::default();
    if let Some(block) = block {
        found.look_above(text, layout, block);
    }
    if let Some(first) = table.cells.first().filter(|cell| cell.column_span >= table.columns && table.columns > 1) {
        let title = first.text(text);
        if is_title(&squeeze(&title)) {
            found.title = Some(title.trim().to_owned());
        }
    }
    for cell in table.cells.iter().take_while(|cell| cell.row < 4).filter(|cell| cell.header).take(40) {
        found.unit = found.unit.take().or_else(|| unit(&squeeze(&cell.text(text))));
    }
    if let Some(title) = &found.title {
        found.unit = found.unit.take().or_else(|| unit(&squeeze(title)));
    }
    table.title = found.title;
    table.form = found.form;
    table.unit = found.unit;
}

/// Gives charts the words of their captions: 图5 to `image5`, the third 图 to the third dump.
///
/// `charts` are the places of the charts in `tables` and the numbers of their images.
pub(super) fn fill_charts(text: &str, layout: &Layout, charts: &[(usize, Option<u32>)], tables: &mut [Table]) {
    if charts.is_empty() {
        return;
    }
    let captions = figure_captions(text);
    let mut dumps = 0;
    for &(table, image) in charts {
        dumps += u32::from(image.is_none());
        let number = image.unwrap_or(dumps);
        let table = &mut tables[table];
        let caption = captions.iter().find(|caption| caption.number == number);
        table.section = layout.section_at(caption.map_or(table.span.start, |caption| caption.start));
        table.title = caption.map(|caption| caption.words.to_owned());
        table.unit = caption.and_then(|caption| caption.unit.clone());
    }
}

/// The caption of a figure.
struct FigureCaption<'t> {
    number: u32,
    words: &'t str,
    start: u32,
    unit: Option<String>,
}

/// The lines that begin with 图 and a number, and the unit said on one of the lines above.
fn figure_captions(text: &str) -> Vec<FigureCaption<'_>> {
    let mut captions = Vec::new();
    let mut start = 0;
    let mut said: Option<(usize, String)> = None;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let mut words = line.trim();
        if words.starts_with(['（', '(']) {
            let inner = words.trim_start_matches(['（', '(']);
            words = inner.find(['）', ')']).map_or(inner, |close| &inner[..close]);
        }
        if let Some(rest) = words.strip_prefix('图') {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            if let Ok(number) = rest[..digits].parse()
                && words.chars().count() <= LONGEST
            {
                let unit = said.take().filter(|(at, _)| index - at <= 3).map(|(_, unit)| unit);
                captions.push(FigureCaption { number, words, start, unit });
            }
        } else if words.len() < 60 && words.contains("单位") {
            said = unit(&squeeze(words)).map(|unit| (index, unit));
        }
        start += line.len() as u32;
    }
    captions
}

/// What was found so far.
#[derive(Default)]
struct Caption {
    title: Option<String>,
    form: Option<String>,
    unit: Option<String>,
}

impl Caption {
    /// Reads the lines above `block`, upwards, until there is a title.
    fn look_above(&mut self, text: &str, layout: &Layout, block: usize) {
        let mut lines = 0;
        for above in layout.blocks[..block].iter().rev() {
            match above.kind {
                BlockKind::Blank | BlockKind::PageBreak | BlockKind::Artefact => continue,
                BlockKind::Table(_) | BlockKind::Contents => return,
                BlockKind::Heading(_) | BlockKind::Paragraph => {}
            }
            for line in above.span.of(text).lines().rev().filter(|line| !line.trim().is_empty()) {
                lines += 1;
                if lines > MOST_LINES || self.read_line(&without_artefacts(line)) {
                    return;
                }
            }
        }
    }

    /// Reads one line; whether the search is over.
    fn read_line(&mut self, line: &str) -> bool {
        let squeezed = squeeze(line);
        let form = form(&squeezed);
        let unit = unit(&squeezed);
        let mut rest = line;
        if let Some(at) = said_from(rest) {
            rest = &rest[..at];
        }
        let is_aside = form.is_some() || unit.is_some() || is_year(&squeezed) || squeezed.is_empty();
        self.form = self.form.take().or(form);
        self.unit = self.unit.take().or(unit);
        let rest = without_number(rest.trim());
        let rest_squeezed = squeeze(rest);
        if is_title(&rest_squeezed) {
            self.title = Some(rest.to_owned());
            return true;
        }
        if is_aside || is_agency(&squeezed) {
            return false;
        }
        let is_prose = squeezed.ends_with(['。', '；', '：', '，', ':', ';']) || squeezed.chars().count() > LONGEST;
        let is_named = ["表", "情况", "对比", "说明", "明细", "统计", "清单", "一览", "目录", "概况"]
            .iter()
            .any(|word| rest_squeezed.contains(word));
        if !is_prose && is_named {
            self.title = Some(rest.to_owned());
        }
        true
    }
}

/// Whether `squeezed` is the title of a table: it ends with 表, but for brackets.
pub(super) fn is_title(squeezed: &str) -> bool {
    let mut words = squeezed;
    while words.ends_with(['）', ')']) {
        let Some(at) = words.rfind(['（', '(']) else { return false };
        words = &words[..at];
    }
    words.ends_with('表')
        && words.chars().count() > 2
        && squeezed.chars().count() <= LONGEST
        && form(words).is_none_or(|form| form != words)
}

/// Whether `line` says nothing but form code, unit, year or agency.
pub(super) fn is_aside(line: &str) -> bool {
    let squeezed = squeeze(line);
    let said = form(&squeezed).is_some() || squeezed.contains("单位：") || squeezed.contains("单位:");
    squeezed.chars().count() <= LONGEST && (said || is_year(&squeezed) || is_agency(&squeezed))
}

/// Whether `squeezed` is only a year: (2020年度).
fn is_year(squeezed: &str) -> bool {
    let inner = squeezed.trim_matches(['(', ')', '（', '）']);
    let rest = inner.trim_start_matches(|c: char| c.is_ascii_digit());
    inner.len() - rest.len() == 4 && matches!(rest, "年度" | "年")
}

/// Whether `squeezed` tells who reports: 公开部门：, 编制单位：, 评价单位（盖章）：.
fn is_agency(squeezed: &str) -> bool {
    let Some(at) = squeezed.find(['：', ':']) else { return false };
    let mut label = &squeezed[..at];
    if label.ends_with(['）', ')']) {
        label = label.rfind(['（', '(']).map_or(label, |open| &label[..open]);
    }
    let says_who =
        ["部门", "单位", "机构", "名称", "日期", "填报人", "编制人"].iter().any(|word| label.ends_with(word));
    says_who && label.chars().count() <= 10
}

/// The form's code in `squeezed`: 公开01表, Z01表, 财决01表.
fn form(squeezed: &str) -> Option<String> {
    for (at, _) in squeezed.match_indices('表') {
        let before = &squeezed[..at];
        let digits = before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '－' | '—'));
        if digits.len() == before.len() || !before[digits.len()..].contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let start = ["公开", "财决", "预决", "附"]
            .iter()
            .find(|word| digits.ends_with(**word))
            .map(|word| digits.len() - word.len());
        let letter =
            digits.chars().next_back().filter(|c| c.is_ascii_uppercase() || *c == 'f').map(|_| digits.len() - 1);
        if let Some(start) = start.or(letter) {
            return Some(squeezed[start..at + '表'.len_utf8()].to_owned());
        }
    }
    None
}

/// The unit in `squeezed`: 单位：万元, 金额单位:元, （万元）.
fn unit(squeezed: &str) -> Option<String> {
    const UNITS: [&str; 7] = ["亿元", "百万元", "万元", "千元", "百元", "元", "万美元"];
    // 编制单位：云溪县水务局 单位：元.
    let said = squeezed.match_indices("单位").find_map(|(at, word)| {
        let rest = squeezed[at + word.len()..].strip_prefix(['：', ':', '（', '('])?.trim_start_matches("人民币");
        UNITS.iter().find(|unit| rest.starts_with(**unit))
    });
    let bracketed = || {
        squeezed.match_indices(['（', '(']).find_map(|(at, bracket)| {
            let rest = &squeezed[at + bracket.len()..];
            UNITS.iter().find(|unit| rest.strip_prefix(**unit).is_some_and(|rest| rest.starts_with(['）', ')'])))
        })
    };
    said.or_else(bracketed).map(|unit| (*unit).to_owned())
}

/// Where the asides of a line begin that share it with the title: unit, form code.
fn said_from(line: &str) -> Option<usize> {
    let unit = ["金额单位", "单位：", "单位:", "（单位", "(单位"].iter().filter_map(|word| line.find(word)).min();
    let form = line
        .find("公开")
        .filter(|&at| form(&squeeze(&line[at..])).is_some_and(|form| squeeze(&line[at..]).starts_with(&form)));
    match (unit, form) {
        (Some(unit), Some(form)) => Some(unit.min(form)),
        (unit, form) => unit.or(form),
    }
}

/// `line` without `[bookmark: …]`, `[image: …]` and Markdown's marks of a heading.
fn without_artefacts(line: &str) -> String {
    let mut rest = line.trim_start_matches(['#', '*', ' ', '\t', '\u{c}']);
    let mut kept = String::with_capacity(rest.len());
    while let Some(at) = rest.find(['[', '<']) {
        let close = if rest.as_bytes()[at] == b'[' { ']' } else { '>' };
        let Some(end) = rest[at..].find(close) else { break };
        kept.push_str(&rest[..at]);
        rest = &rest[at + end + 1..];
    }
    kept.push_str(rest);
    kept.trim().trim_matches('*').to_owned()
}

/// `line` without the number of a heading: 一、, （一）, 1., 附表1：.
fn without_number(line: &str) -> &str {
    let numeral = |c: char| "一二三四五六七八九十".contains(c) || c.is_ascii_digit();
    let rest = line.trim_start_matches("附表").trim_start_matches(['（', '(']).trim_start_matches(numeral);
    let marks = rest.trim_start_matches(['、', '.', '．', '）', ')', '：', ':', ' ']);
    if rest.len() < line.len() && marks.len() < rest.len() && !marks.is_empty() { marks } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_ends_with_the_word_table() {
        assert!(is_title("收入支出决算总表") && is_title("项目支出绩效自评表(2031年度)（1）"));
        assert!(!is_title("公开01表") && !is_title("表") && !is_title("收入情况说明"));
    }

    #[test]
    fn form_codes_and_units_are_read_with_or_without_spaces() {
        assert_eq!(form("公开部门：云岭县林业局公开02表金额单位：元").as_deref(), Some("公开02表"));
        assert_eq!(form("Z01表").as_deref(), Some("Z01表"));
        assert_eq!(form("收入决算表"), None);
        assert_eq!(unit("金额单位：元").as_deref(), Some("元"));
        assert_eq!(unit("“三公”经费对比（万元）").as_deref(), Some("万元"));
        assert_eq!(unit("单位：云岭县林业局"), None);
        assert_eq!(unit("编制单位：云岭县林业局单位：元").as_deref(), Some("元"));
    }

    #[test]
    fn lines_between_title_and_table_may_stand_in_any_order() {
        let mut caption = Caption::default();
        for line in ["公开部门：云岭县林业局", "金额单位：元", "公开 05 表", "(2031 年度)"] {
            assert!(!caption.read_line(line), "{line} is no title");
        }
        assert!(caption.read_line("五、一般公共预算财政拨款支出决算表"));
        assert_eq!(caption.title.as_deref(), Some("一般公共预算财政拨款支出决算表"));
        assert_eq!((caption.form.as_deref(), caption.unit.as_deref()), (Some("公开05表"), Some("元")));
    }

    #[test]
    fn a_sentence_above_is_no_title() {
        let mut caption = Caption::default();
        assert!(caption.read_line("本部门对项目开展了自评，得分为92分。"));
        assert_eq!(caption.title, None);
    }
}
