//! The cover: the lines before the contents or the first section, and the title that they make up.
//!
//! In: the layout's first paragraphs. Out: [`Cover`]. A title may take several lines, with the year
//! before, within or below it; a document without a cover (its first line is 第一部分) has no title.

use crate::layout::{BlockKind, Layout, View};
use crate::source::Span;

/// A cover is never longer.
const MOST_LINES: usize = 16;
/// A line of a cover is never longer, in bytes.
const LONGEST_LINE: usize = 240;

/// The lines of a cover.
#[derive(Debug, Default)]
pub struct Cover {
    /// The report's title, its lines joined.
    pub title: Option<String>,
    /// All lines, cleaned.
    pub lines: Vec<String>,
    /// Where the title stands.
    pub span: Option<Span>,
    /// Index of the first paragraph behind the cover.
    pub end: usize,
}

/// Words that a title holds.
const TITLE_WORDS: [&str; 6] = ["决算", "预算", "绩效", "报告", "公开", "自评"];

/// Reads the lines before the contents or the first section.
pub fn read_cover(text: &str, layout: &Layout) -> Cover {
    let mut cover = Cover::default();
    let mut spans = Vec::new();
    for (index, paragraph) in layout.paragraphs.iter().enumerate().take(MOST_LINES) {
        let view = View::of(text, &paragraph.pieces);
        let line = view.text().trim_start_matches('#').trim();
        if paragraph.kind == BlockKind::Contents || ends_cover(line) {
            break;
        }
        cover.end = index + 1;
        if line.is_empty() || is_aside(line) {
            continue;
        }
        let span =
            paragraph.pieces.first().zip(paragraph.pieces.last()).map(|(first, last)| Span::new(first.start, last.end));
        spans.push(span.unwrap_or_default());
        cover.lines.push(line.to_owned());
    }
    let titled = |line: &String| TITLE_WORDS.iter().any(|word| line.contains(word));
    let Some(first) = cover.lines.iter().position(titled) else { return cover };
    let mut last = first;
    while last + 1 < cover.lines.len() && (titled(&cover.lines[last + 1]) || is_year(&cover.lines[last + 1])) {
        last += 1;
    }
    cover.span = Some(Span::new(spans[0].start, spans[last].end));
    cover.title = Some(join(&cover.lines[..=last]));
    cover
}

/// Whether `line` begins what follows a cover.
fn ends_cover(line: &str) -> bool {
    let begins = ["目录", "目次", "第一部分", "第一章", "一、", "（一）", "1.", "1、"];
    begins.iter().any(|begin| line.starts_with(begin)) || line.len() > LONGEST_LINE || line.contains('。')
}

/// Whether `line` is no part of a title: 附件1, 公开时间：…, a page number, a date.
fn is_aside(line: &str) -> bool {
    let annex = line.starts_with('附') && line.chars().count() <= 5;
    let number = line.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | ' ' | '—' | '.'));
    let date = line.ends_with(['日', '月']) && line.contains('年');
    annex || number || date || line.contains(['：', ':'])
}

/// Whether `line` is nothing but a year: (2020年度).
fn is_year(line: &str) -> bool {
    let inner = line.trim_matches(['(', ')', '（', '）', ' ']);
    inner.contains('年') && inner.chars().all(|c| c.is_ascii_digit() || "年度〇○零一二三四五六七八九Ｏ ".contains(c))
}

/// The lines as one; a title printed twice (cover and title page) once.
fn join(lines: &[String]) -> String {
    let mut title = String::new();
    for (index, line) in lines.iter().enumerate() {
        if lines[..index].contains(line) {
            continue;
        }
        if title.ends_with(|c: char| c.is_ascii_alphanumeric()) && line.starts_with(|c: char| c.is_ascii_alphanumeric())
        {
            title.push(' ');
        }
        title.push_str(line);
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::lay_out;

    fn title(text: &str) -> Option<String> {
        read_cover(text, &lay_out(text)).title
    }

    #[test]
    fn lines_of_a_title_are_joined() {
        assert_eq!(
            title("中共云溪县委\n\n统战部2023年度\n\n部门决算\n\n目录\n"),
            Some("中共云溪县委统战部2023年度部门决算".into())
        );
        assert_eq!(
            title("附件1\n\n云溪县水务局 部门决算\n\n(2020 年度)\n\n目录\n"),
            Some("云溪县水务局部门决算（2020年度）".into())
        );
    }

    #[test]
    fn without_a_cover_there_is_no_title() {
        assert_eq!(title("第一部分 部门概况\n\n一、部门职责\n云溪县水务局负责水利。\n"), None);
    }
}
