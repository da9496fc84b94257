//! Tells what a text came through, and whether its prose is wrapped, by counting over its lines.
//!
//! Guesses, all of them; a wrong one changes how lines are joined, never what is lost or kept.

use super::Converter;
use super::artefact::Marks;
use super::lines::Line;
use super::shape::Trait;

/// What is counted.
#[derive(Debug, Default)]
struct Counts {
    shown: usize,
    empty: usize,
    feeds: usize,
    gaps: usize,
    tab_led: usize,
    tabbed: usize,
    pipes: usize,
    headings: usize,
    bullets: usize,
}

/// What the text came through.
pub(super) fn detect(text: &str, lines: &[Line], marks: &Marks, wrap: Option<u32>) -> Converter {
    if marks.html {
        return Converter::Html;
    }
    let counts = count(text, lines);
    let pictured = marks.artefacts.iter().any(|span| span.of(text).starts_with("[image:"));
    if pictured || comes_from_word(text, marks) {
        return Converter::Tika;
    }
    if counts.feeds > 0 && (counts.gaps >= 2 || wrap.is_some()) || counts.tabbed == 0 && counts.gaps >= 10 {
        return Converter::Pdftotext;
    }
    let images = marks.artefacts.iter().filter(|span| span.of(text).starts_with('!')).count();
    let inline_tables = usize::from(!marks.tables.is_empty()) * 2;
    if counts.pipes + counts.headings + counts.bullets / 3 + marks.emphasis + images + inline_tables >= 2 {
        return Converter::Markdown;
    }
    // Tika begins the text of a PDF with an empty line; pages and most lines end with one.
    let spread = counts.empty * 10 >= counts.shown * 7 || counts.feeds == 0 && text.starts_with('\n');
    if !marks.images.is_empty() || counts.tab_led >= 4 || wrap.is_some() && spread {
        return Converter::Tika;
    }
    Converter::Plain
}

/// Whether the text came from Word through Tika, which has a paragraph on each line.
pub(super) fn comes_from_word(text: &str, marks: &Marks) -> bool {
    !marks.html && marks.artefacts.iter().any(|span| span.of(text).starts_with("[bookmark:"))
}

fn count(text: &str, lines: &[Line]) -> Counts {
    let mut counts = Counts::default();
    for line in lines {
        counts.feeds += usize::from(line.has(Trait::Feed));
        counts.empty += usize::from(line.is_empty());
        counts.tab_led += usize::from(line.has(Trait::TabLed));
        counts.tabbed += usize::from(line.tabs > 0);
        counts.shown += usize::from(!line.is_blank());
        // Authors put spaces between 部门：… and 金额单位：元 themselves.
        let set_apart = line.has(Trait::Unit) || line.has(Trait::Form);
        counts.gaps += usize::from(line.gaps > 0 && line.shape.numbering.is_none() && !set_apart);
        counts.headings += usize::from(line.shape.hashes > 0);
        counts.bullets += usize::from(line.has(Trait::Bullet));
        counts.pipes += usize::from(!line.is_blank() && text.as_bytes()[line.core.start as usize] == b'|');
    }
    counts
}

/// Columns over which a right margin may be ragged: a word or number that did not fit any more.
const RAGGED: usize = 12;
/// The widest column at which a page may wrap.
const WIDEST: usize = 200;

/// The column at which the prose of `lines` wraps; `None` if a paragraph stands on one line.
///
/// A line that closes a sentence short of the margin is a paragraph's last and tells nothing.
pub(super) fn wrap(lines: &[Line]) -> Option<u32> {
    let (mut edges, mut open) = ([0_usize; WIDEST + 1], [0_usize; WIDEST + 1]);
    for line in lines.iter().filter(|line| may_wrap(line)) {
        let edge = (line.edge() as usize).min(WIDEST);
        edges[edge] += 1;
        open[edge] += usize::from(!line.has(Trait::Closed));
    }
    let window = |edges: &[usize], edge: usize| edges[edge.saturating_sub(RAGGED - 1)..=edge].iter().sum::<usize>();
    let edge = (40..WIDEST).max_by_key(|edge| (window(&edges, *edge), usize::MAX - edge))?;
    let full = window(&edges, edge);
    let short = open.iter().sum::<usize>() - window(&open, edge);
    let beyond: usize = edges[edge + 1..].iter().sum();
    let wrapped = full + short >= 6 && full * 10 >= (full + short) * 6 && beyond * 16 <= full + short;
    // One line that runs a column or two over the margin does not move it.
    let mut over = 0;
    let margin = (40..=edge).rev().find(|column| {
        over += edges[*column];
        over * 40 > full
    })?;
    wrapped.then_some(margin as u32)
}

/// Whether the line tells something of the right margin: rows, titles and notes of tables do not, and
/// what has amounts without a comma between its words is a row, as are many words without one.
fn may_wrap(line: &Line) -> bool {
    let apart =
        [Trait::Leader, Trait::Note, Trait::Title, Trait::Unit, Trait::Form].into_iter().any(|other| line.has(other));
    let words = line.shape.words;
    let row =
        !line.has(Trait::Comma) && (line.has(Trait::Amount) || words >= 4 || words >= 2 && line.has(Trait::Digits));
    line.width >= 40 && line.tabs == 0 && line.gaps == 0 && !apart && !row
}

#[cfg(test)]
mod tests {
    use super::super::artefact::scan;
    use super::super::lines::split;
    use super::*;

    fn detected(text: &str) -> Converter {
        let marks = scan(text);
        let lines = split(text, &marks);
        detect(text, &lines, &marks, wrap(&lines))
    }

    #[test]
    fn each_converter_leaves_its_marks() {
        assert_eq!(detected("<html><body><p>甲</p></body></html>"), Converter::Html);
        assert_eq!(detected("[bookmark: _Toc1]一、概况\n"), Converter::Tika);
        assert_eq!(detected("\t项目\n\t金额\n\n\t甲\n\t1\n\n"), Converter::Tika);
        assert_eq!(detected("# 决算\n\n| 项目 | 金额 |\n|---|---|\n| 甲 | 1 |\n"), Converter::Markdown);
        assert_eq!(detected("项目    金额\n甲      1\n\x0c乙      2\n"), Converter::Pdftotext);
        assert_eq!(detected("一、概况\n云溪县水务局。\n"), Converter::Plain);
    }

    #[test]
    fn a_line_over_the_margin_does_not_move_it() {
        let line = "云溪县水务局二〇三一年度收入支出总计与上年相比均有所增加主要";
        let wrapped = format!("{line}\n").repeat(90) + line + "原a\n" + line + "bc\n";
        assert_eq!(wrap(&split(&wrapped, &scan(&wrapped))), Some(60));
    }

    #[test]
    fn wrapped_prose_has_a_right_margin() {
        let line = "云溪县水务局二〇三一年度收入支出总计与上年相比均有所增加主要";
        let wrapped = format!("{line}\n\n").repeat(8) + "原因。\n";
        let marks = scan(&wrapped);
        assert_eq!(wrap(&split(&wrapped, &marks)), Some(60));
        let free: String = (0..20).map(|count| line.repeat(count) + "\n").collect();
        assert_eq!(wrap(&split(&free, &scan(&free))), None);
    }
}
