//! Decides which lines are headings, and of which level.
//!
//! In: a [`Draft`] whose tables and contents are claimed. Out: heading lines marked. Headings with
//! text behind them on the same line are found when paragraphs are whole ([`super::section`]).
//! Surprise: `（二）贯彻实施…办法。` is a heading if text follows and a list item if （三） does, and
//! `9、 ` with a space may be the automatic 九、 that a converter could not count.

use super::draft::Draft;
use super::numbering::{Form, Numbering};
use super::shape::Trait;
use super::{BlockKind, Converter};

/// Columns of the longest heading, and of the longest that ends with 。
const WIDEST: u32 = 90;
const WIDEST_CLOSED: u32 = 80;

/// Words that headings end with and sentences do not.
const NOUNS: [&str; 12] =
    ["情况", "说明", "概况", "职能", "职责", "解释", "构成", "设置", "结论", "问题", "建议", "目标"];

/// Whether `words` end as headings do.
pub(super) fn ends_as_heading(words: &str) -> bool {
    let words = words.trim_end_matches(['。', '：', ':', ' ']);
    NOUNS.iter().any(|noun| words.ends_with(noun))
}

/// Marks the headings among the lines that nothing has claimed.
pub(super) fn mark_headings(draft: &mut Draft) {
    let open: Vec<usize> = (0..draft.lines.len()).filter(|index| draft.lines[*index].is_open()).collect();
    let mut chapter = Chapter { parts: parts_without_number(draft), second: 0 };
    for place in 0..open.len() {
        let before = place.checked_sub(1).map(|before| open[before]);
        let after = open.get(place + 1).copied();
        let around = Around { before, index: open[place], after };
        if let Some(level) = around.level(draft, &chapter) {
            chapter.enter(level, draft.lines[around.index].shape.numbering);
            draft.mark(around.index, BlockKind::Heading(level));
        }
    }
}

/// What the contents call the parts: a heading may have lost its 第二部分.
fn parts_without_number(draft: &Draft) -> Vec<String> {
    let part = |index: &usize| {
        let line = &draft.lines[*index];
        let number = line.shape.numbering.filter(|number| number.form == Form::Part)?;
        let squeezed: String = draft.words(*index).get(usize::from(number.length)..)?.split_whitespace().collect();
        (line.kind == Some(BlockKind::Contents) && squeezed.chars().count() >= 6).then_some(squeezed)
    };
    (0..draft.lines.len()).filter_map(|index| part(&index)).take(20).collect()
}

/// How far the numbering has come.
struct Chapter {
    /// Titles of parts, without number and white space.
    parts: Vec<String>,
    /// The last number of the second level.
    second: u16,
}

impl Chapter {
    fn enter(&mut self, level: u8, number: Option<Numbering>) {
        match level {
            1 => self.second = 0,
            2 => self.second = number.map_or(0, |number| number.ordinal),
            _ => {}
        }
    }
}

/// A line and its open neighbours.
struct Around {
    before: Option<usize>,
    index: usize,
    after: Option<usize>,
}

impl Around {
    /// The level of the heading, if the line is one.
    fn level(&self, draft: &Draft, chapter: &Chapter) -> Option<u8> {
        let line = &draft.lines[self.index];
        let shape = &line.shape;
        if shape.is_prose() && !shape.has(Trait::Comma) || line.width > WIDEST || shape.has(Trait::Sentence) {
            return None;
        }
        if shape.has(Trait::Annex) || shape.has(Trait::Report) {
            return (!self.continues(draft)).then_some(1);
        }
        let Some(number) = shape.numbering else {
            let part = || {
                let words = draft.words(self.index);
                let squeezed = words.chars().filter(|char| !char.is_whitespace());
                chapter.parts.iter().any(|part| part.chars().eq(squeezed.clone()))
            };
            let frame = [Trait::Title, Trait::Unit, Trait::Form].into_iter().any(|frame| shape.has(frame));
            return if shape.hashes > 0 && !frame { Some(shape.hashes) } else { part().then_some(1) };
        };
        if number.form == Form::Part {
            return (!shape.has(Trait::Comma)).then_some(1);
        }
        let words = draft.words(self.index);
        let title = words.get(usize::from(shape.prefix + number.length)..).unwrap_or("");
        if shape.hashes == 0 && (!may_head(shape.traits, title) || self.is_item(draft, number) || self.wraps(draft)) {
            return None;
        }
        Some(if is_automatic(number, title, chapter) { 2 } else { number.level() })
    }

    /// Whether the line goes on the wrapped line before it.
    fn continues(&self, draft: &Draft) -> bool {
        let Some((wrap, before)) = draft.wrap.zip(self.before) else { return false };
        let before = &draft.lines[before];
        before.edge() + 4 >= wrap && !before.has(Trait::Closed) && before.shape.numbering.is_none()
    }

    /// Whether the line wraps into the next, so that it is the start of a paragraph.
    fn wraps(&self, draft: &Draft) -> bool {
        let Some(wrap) = draft.wrap else { return false };
        let line = &draft.lines[self.index];
        // The indent of a first line is lost in all but pdftotext.
        let short_of_margin = if draft.converter == Converter::Pdftotext { 4 } else { 8 };
        line.edge() + short_of_margin >= wrap
            && !line.has(Trait::Closed)
            && !ends_as_heading(&draft.words(self.index))
            && self.after.is_some_and(|after| draft.lines[after].shape.numbering.is_none())
    }

    /// Whether the line is one of a list: its neighbour has the next number or the one before.
    fn is_item(&self, draft: &Draft, number: Numbering) -> bool {
        let line = &draft.lines[self.index];
        let closed = line.has(Trait::Closed);
        let neighbour = |index: Option<usize>| index.and_then(|index| draft.lines[index].shape.numbering);
        let same = |other: Numbering, ordinal: u16| other.form == number.form && other.ordinal == ordinal;
        let next = neighbour(self.after).is_some_and(|other| same(other, number.ordinal + 1));
        let last = neighbour(self.before).is_some_and(|other| same(other, number.ordinal.wrapping_sub(1)));
        let last_was_item = last && self.before.is_some_and(|before| draft.lines[before].kind.is_none());
        let heading = ends_as_heading(&draft.words(self.index));
        if number.level() < 4 && (!closed || heading || line.width <= 24 && !last_was_item) {
            return false;
        }
        next || last_was_item || closed && self.after.is_none()
    }
}

/// Whether `9、 ` stands for 九、.
fn is_automatic(number: Numbering, title: &str, chapter: &Chapter) -> bool {
    let expected = number.ordinal == chapter.second + 1;
    number.form == Form::Listed && number.spaced && expected && (chapter.second > 0 || ends_as_heading(title))
}

/// Whether a numbered line with these traits and this title may be a heading at all.
fn may_head(traits: super::shape::Traits, title: &str) -> bool {
    let closed = traits.has(Trait::Closed) || traits.has(Trait::Comma);
    let columns: usize = title.chars().map(|char| if char.is_ascii() { 1 } else { 2 }).sum();
    let colon = title.find(['：', ':']).is_some_and(|at| at + 3 < title.len());
    let class = ["（类）", "（款）", "（项）", "(类)", "(款)", "(项)"].iter().any(|class| title.contains(class));
    !title.is_empty()
        && !traits.has(Trait::Quantity)
        && !traits.has(Trait::Suspended)
        && !traits.has(Trait::Amount)
        && !colon
        && !class
        && (!closed || columns <= WIDEST_CLOSED as usize)
        && !title.starts_with(|char: char| char.is_ascii_digit() && title.len() < 8)
}

#[cfg(test)]
mod tests {
    use crate::layout::{BlockKind, lay_out};

    fn headings(text: &str) -> Vec<(u8, &str)> {
        let layout = lay_out(text);
        let heading = |block: &crate::layout::Block| match block.kind {
            BlockKind::Heading(level) => Some((level, block.span.of(text).trim())),
            _ => None,
        };
        layout.blocks.iter().filter_map(heading).collect()
    }

    #[test]
    fn numbering_gives_the_level() {
        let text =
            "第一部分 概况\n一、职能\n（一）主要职能。\n负责供水。\n1.预算编制（9.8分）\n（1）目标制定。\n已经制定。\n";
        let levels: Vec<u8> = headings(text).iter().map(|heading| heading.0).collect();
        assert_eq!(levels, [1, 2, 3, 4, 5]);
    }

    #[test]
    fn automatic_numbers_of_the_second_level_are_told() {
        let text = "第二部分 说明\n1、 [bookmark: a]收入决算情况说明\n共计。\n2、 支出决算情况说明\n共计。\n（二）绩效\n1、项目决策\n已定。\n";
        let levels: Vec<u8> = headings(text).iter().map(|heading| heading.0).collect();
        assert_eq!(levels, [1, 2, 2, 3, 4]);
    }

    #[test]
    fn list_items_are_no_headings() {
        let text = "（一）拟订全县供水发展规划和标准并组织实施。\n（二）贯彻实施供水基金监督管理办法。\n（三）完成县委、县政府交办的其他任务。\n二、机构设置\n1.云溪县水务局\n2.云溪县供水中心\n";
        assert_eq!(headings(text), [(2, "二、机构设置")]);
    }

    #[test]
    fn sentences_and_amounts_are_no_headings() {
        for text in [
            "1.因公出国（境）经费支出8.91万元，完成预算64.24%。\n",
            "6.教育支出（类）培训（款）培训支出（项）：支出决算为3万元。\n",
            "一是加强监管\n",
            "2.公用经费3万元\n",
        ] {
            assert_eq!(headings(text), [], "{text}");
        }
    }

    #[test]
    fn a_part_may_lose_its_number() {
        let text = "目录\n第一部分 概况\n第二部分 云溪县水务局决算表\n第三部分 说明\n第一部分 概况\n负责供水。\n云溪县水务局 决算表\n第三部分 说明\n共计。\n";
        assert_eq!(headings(text)[1], (1, "云溪县水务局 决算表"));
    }

    #[test]
    fn titles_of_tables_are_no_headings_even_in_markdown() {
        assert_eq!(headings("# 决算公开\n\n## 收入决算表\n\n| 甲 | 1 |\n|---|---|\n"), [(1, "# 决算公开")]);
    }

    #[test]
    fn annexes_and_reports_begin_anew() {
        let text = "附件1\n云溪县水务局\n部门整体支出绩效评价报告\n一、部门概况\n《绩效评价报告》见附件\n";
        assert_eq!(headings(text), [(1, "附件1"), (1, "部门整体支出绩效评价报告"), (2, "一、部门概况")]);
    }
}
