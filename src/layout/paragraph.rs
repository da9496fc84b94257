//! Joins lines to the paragraphs that the reader of the original saw.
//!
//! In: a [`Draft`] whose tables, contents and headings are claimed. Out: [`Paragraph`]s, and every
//! line claimed. What the sections are is left to [`super::section`].
//! Surprise: the converter decides what a line end means. Word through Tika has a paragraph on each
//! line; a PDF wraps at its margin, with a blank line between any two lines if Tika read it; OCR
//! cuts a paragraph at page ends and around tables that stood in its way.

use super::draft::Draft;
use super::lines::{Line, visible};
use super::shape::Trait;
use super::{BlockKind, Converter, Paragraph};

/// Columns by which a wrapped line may miss the margin: a number or word that did not fit.
const RAGGED: u32 = 12;

/// Joins the lines of the draft.
pub(super) fn join(draft: &mut Draft) -> Vec<Paragraph> {
    let mut joiner = Joiner { setting: Setting::of(draft), ..Joiner::default() };
    for index in 0..draft.lines.len() {
        joiner.take(draft, index);
    }
    joiner.paragraphs
}

/// How the prose of the document is set.
#[derive(Clone, Copy, Debug, Default)]
struct Setting {
    /// The column of the left margin.
    margin: u32,
    /// Whether a blank line stands between wrapped lines.
    spaced: bool,
}

impl Setting {
    fn of(draft: &Draft) -> Setting {
        let Some(wrap) = draft.wrap else { return Setting::default() };
        let (mut indents, mut full, mut spaced) = ([0_u32; 40], 0_u32, 0_u32);
        for (index, line) in draft.lines.iter().enumerate() {
            if line.is_open() && line.edge() + RAGGED >= wrap {
                indents[line.indent.min(39) as usize] += 1;
                full += 1;
                spaced += u32::from(draft.lines.get(index + 1).is_some_and(Line::is_blank));
            }
        }
        let margin = indents.iter().position(|count| count * 7 >= full.max(1)).unwrap_or(0);
        Setting { margin: margin as u32, spaced: spaced * 2 > full }
    }
}

/// What stands between a paragraph's last line and the line at hand.
#[derive(Clone, Copy, Debug, Default)]
struct Between {
    blank: bool,
    page: bool,
    table: bool,
}

/// The paragraphs so far, and the one that may go on.
#[derive(Default)]
struct Joiner {
    paragraphs: Vec<Paragraph>,
    setting: Setting,
    /// The last line of the last paragraph.
    last: Option<usize>,
    between: Between,
    /// Whether the last paragraph has only one line so far.
    one_line: bool,
    /// An unfinished paragraph in front of tables: its number and its last line.
    waiting: Option<(usize, usize)>,
}

impl Joiner {
    fn take(&mut self, draft: &mut Draft, index: usize) {
        match draft.lines[index].kind {
            Some(BlockKind::PageBreak) => self.between.page = true,
            Some(BlockKind::Table(_)) => self.between.table = true,
            Some(kind) => self.begin(draft, index, kind),
            None if draft.lines[index].is_blank() => {
                let kind = if draft.lines[index].has(Trait::Marked) { BlockKind::Artefact } else { BlockKind::Blank };
                draft.mark(index, kind);
                self.between.blank |= kind == BlockKind::Blank;
            }
            None => self.take_text(draft, index),
        }
    }

    /// Takes a line of text: it goes on a paragraph or begins one.
    fn take_text(&mut self, draft: &mut Draft, index: usize) {
        if let Some(last) = self.last
            && self.goes_on(draft, last, index)
        {
            let paragraph = self.paragraphs.len() - 1;
            self.extend(draft, paragraph, index);
            // A full stop that stands below its line says nothing of the margin.
            self.last = Some(if is_mark(draft, index) { last } else { index });
            return;
        }
        if let Some((paragraph, last)) = self.waiting
            && self.between.table
            && cut_off(draft, last, index)
        {
            return self.extend(draft, paragraph, index);
        }
        let framed = [Trait::Title, Trait::Unit, Trait::Form, Trait::Note]
            .into_iter()
            .any(|wanted| draft.lines[index].has(wanted));
        if !framed {
            self.waiting = None;
        } else if self.waiting.is_none() {
            self.waiting = self.last.map(|last| (self.paragraphs.len() - 1, last));
        }
        let table = self.between.table;
        self.begin(draft, index, BlockKind::Paragraph);
        self.between.table = table && framed;
    }

    /// Begins a paragraph of `kind`.
    fn begin(&mut self, draft: &mut Draft, index: usize, kind: BlockKind) {
        if kind != BlockKind::Paragraph {
            self.waiting = None;
        }
        self.paragraphs.push(Paragraph { kind, pieces: Vec::new(), section: None });
        self.extend(draft, self.paragraphs.len() - 1, index);
    }

    fn extend(&mut self, draft: &mut Draft, paragraph: usize, index: usize) {
        let kind = self.paragraphs[paragraph].kind;
        let new = self.paragraphs[paragraph].pieces.is_empty();
        let line = &mut draft.lines[index];
        line.kind = Some(kind);
        line.group = paragraph as u32;
        self.paragraphs[paragraph].pieces.extend(visible(line.core, &draft.marks.artefacts));
        self.one_line = new;
        let newest = paragraph + 1 == self.paragraphs.len();
        self.last = newest.then_some(index);
        self.waiting = if newest { self.waiting } else { Some((paragraph, index)) };
        self.between = Between::default();
    }

    /// Whether line `next` goes on the paragraph whose last line is `last`.
    fn goes_on(&self, draft: &Draft, last: usize, next: usize) -> bool {
        let (before, after) = (&draft.lines[last], &draft.lines[next]);
        if self.between.table {
            return self.waiting.is_none() && cut_off(draft, last, next);
        }
        if matches!(before.kind, Some(BlockKind::Contents | BlockKind::Artefact)) {
            return false;
        }
        if is_scrap(draft, last, next) {
            return true;
        }
        if matches!(before.kind, Some(BlockKind::Heading(_))) {
            return self.heading_goes_on(draft, last, next);
        }
        if begins(after) || stands_alone(before) {
            return false;
        }
        match draft.wrap {
            Some(wrap) => self.wraps(draft, wrap, last, next),
            None => parts_unit(draft, last, next) || self.is_one_line_cut(draft, last, next),
        }
    }

    /// Whether a heading that fills its line goes on in the next.
    fn heading_goes_on(&self, draft: &Draft, last: usize, next: usize) -> bool {
        let (before, after) = (&draft.lines[last], &draft.lines[next]);
        let fills = draft.wrap.is_some_and(|wrap| before.edge() + RAGGED >= wrap);
        fills
            && !before.has(Trait::Closed)
            && !begins(after)
            && !stands_alone(after)
            && after.width <= 24
            && !after.has(Trait::Closed)
            && !after.has(Trait::Digits)
            && !self.between.page
    }

    /// Whether `next` follows `last` in prose that wraps at column `wrap`.
    fn wraps(&self, draft: &Draft, wrap: u32, last: usize, next: usize) -> bool {
        let (before, after) = (&draft.lines[last], &draft.lines[next]);
        let pdftotext = draft.converter == Converter::Pdftotext;
        if pdftotext && after.indent >= self.setting.margin + 2 {
            // Far to the right and without a blank line: the rest of the same printed line.
            let same_line = self.setting.spaced && !self.between.blank && !self.between.page;
            return same_line && after.indent >= self.setting.margin + 8;
        }
        let closed = before.has(Trait::Closed) || before.has(Trait::Colon);
        // The indent of a first line is lost in all but pdftotext.
        let short_of_margin = match (pdftotext, closed) {
            (true, _) | (_, false) => RAGGED,
            (false, true) if self.one_line => 7,
            (false, true) => 3,
        };
        let full = before.edge() + short_of_margin >= wrap;
        full || before.has(Trait::Suspended) || parts_unit(draft, last, next)
    }

    /// Whether `next` follows `last` in prose that does not wrap.
    fn is_one_line_cut(&self, draft: &Draft, last: usize, next: usize) -> bool {
        match draft.converter {
            Converter::Html => !draft.lines[next].has(Trait::Fresh) && !self.between.blank && !self.between.page,
            Converter::Markdown => cut_off(draft, last, next),
            Converter::Plain => self.between.page && cut_off(draft, last, next),
            Converter::Tika | Converter::Pdftotext => false,
        }
    }
}

/// Whether the line begins something: a numbered item, a note, a caption, a frame of a table.
fn begins(line: &Line) -> bool {
    let marks = [
        Trait::Note,
        Trait::Caption,
        Trait::Unit,
        Trait::Form,
        Trait::Title,
        Trait::Annex,
        Trait::Report,
        Trait::Bullet,
    ];
    line.shape.numbering.is_some() || line.shape.hashes > 0 || marks.into_iter().any(|wanted| line.has(wanted))
}

/// Whether the line is a paragraph of its own, whatever follows.
fn stands_alone(line: &Line) -> bool {
    let framed = [Trait::Title, Trait::Unit, Trait::Form, Trait::Annex].into_iter().any(|wanted| line.has(wanted));
    framed && !line.shape.is_prose()
}

/// Whether line `next` is only the last character or two of the words before it, or their full stop.
fn is_scrap(draft: &Draft, last: usize, next: usize) -> bool {
    let (before, after) = (&draft.lines[last], &draft.lines[next]);
    if after.width > 4 || after.has(Trait::Digits) || after.tabs > 0 {
        return false;
    }
    let scrap = after.core.of(draft.text);
    let mark = is_mark(draft, next);
    let word = before.width >= 40 && scrap.chars().all(|char| !char.is_ascii()) && after.shape.numbering.is_none();
    !before.has(Trait::Closed) && (mark || word && !before.has(Trait::Colon) && !scrap.contains('…'))
}

/// Whether a number at the end of line `last` has its unit in line `next`.
fn parts_unit(draft: &Draft, last: usize, next: usize) -> bool {
    let after = draft.lines[next].core.of(draft.text);
    let digit = |last: char| last.is_ascii_digit() || ('０'..='９').contains(&last);
    let before = draft.lines[last].core.of(draft.text);
    // 2946.25万 | 元
    let multiplied = before.strip_suffix(['万', '亿']).is_some_and(|number| number.ends_with(digit));
    before.ends_with(digit) && ["万元", "亿元", "%", "％", "万人"].iter().any(|unit| after.starts_with(unit))
        || (before.ends_with(digit) || multiplied) && after.starts_with(['元', '人'])
}

/// Whether line `index` is nothing but punctuation.
fn is_mark(draft: &Draft, index: usize) -> bool {
    let line = &draft.lines[index];
    line.width <= 4 && line.core.of(draft.text).chars().all(|char| "。，；、：”）".contains(char))
}

/// Whether a sentence breaks off at the end of line `last` and goes on in line `next`.
fn cut_off(draft: &Draft, last: usize, next: usize) -> bool {
    let (before, after) = (&draft.lines[last], &draft.lines[next]);
    let one_line_each = draft.converter == Converter::Tika && draft.wrap.is_none();
    let unfinished = !before.has(Trait::Closed) && !before.has(Trait::Colon) && before.width >= 40;
    let prose = before.shape.is_prose() || before.has(Trait::Comma);
    let goes_on = after.shape.is_prose() || after.has(Trait::Comma) || after.has(Trait::Closed);
    let bracket = before.core.of(draft.text).ends_with(['）', ')', '”']);
    !one_line_each && unfinished && prose && goes_on && !bracket && !begins(after) && after.tabs == 0
}

#[cfg(test)]
mod tests {
    use crate::layout::{BlockKind, lay_out};

    /// The texts of the paragraphs, their pieces joined with `|`.
    fn paragraphs(text: &str) -> Vec<String> {
        let layout = lay_out(text);
        let join =
            |pieces: &[crate::source::Span]| pieces.iter().map(|piece| piece.of(text)).collect::<Vec<_>>().join("|");
        layout.paragraphs.iter().map(|paragraph| join(&paragraph.pieces)).collect()
    }

    const BODY: [&str; 6] = [
        "云溪县水务局二〇三一年度收入支出总计与上年相比均有所增加",
        "其中公用经费因会议减少而下降人员经费因新进人员而增长本年",
        "收入合计中财政拨款占比最高事业收入占比次之经营收入再次之",
        "支出合计中基本支出占比最高项目支出占比次之其他支出再次之",
        "年末结转和结余按照规定全部上缴本级财政未形成新增结余结转",
        "县级预算安排的专项资金全部用于饮水安全工程建设与管护运行",
    ];

    #[test]
    fn wrapped_lines_are_joined_and_numbers_keep_their_units() {
        let text =
            format!("{}\n\n云溪县水务局二〇三一年度收入支出总计共为 307.82\n\n万元。\n\n二、其他\n", BODY.join("\n\n"));
        let found = paragraphs(&text);
        assert!(found[0].ends_with("307.82|万元。"), "{found:?}");
        assert_eq!(found[1], "二、其他");
    }

    #[test]
    fn a_number_and_its_unit_stay_together_even_on_short_lines() {
        let text = format!("{}\n与上年相比，\n收入总计增加 12.40\n万元。\n", BODY.join("。\n"));
        assert!(paragraphs(&text).last().is_some_and(|last| last.ends_with("与上年相比，|收入总计增加 12.40|万元。")));
    }

    #[test]
    fn a_number_and_its_unit_stay_together_in_text_that_does_not_wrap() {
        let found =
            paragraphs("一、总体情况\n“三公”经费支出决算为457.88\n万元，完成预算的66.73%。\n其中接待费12.3\n元。\n");
        assert_eq!(found[1..], ["“三公”经费支出决算为457.88|万元，完成预算的66.73%。", "其中接待费12.3|元。"]);
    }

    #[test]
    fn a_unit_cut_behind_its_multiplier_stays_together() {
        let found = paragraphs("一、总体情况\n收入总计2946.25万\n元，比上年增加。\n服务群众3.2亿\n人次。\n");
        assert_eq!(found[1..], ["收入总计2946.25万|元，比上年增加。", "服务群众3.2亿|人次。"]);
    }

    #[test]
    fn an_indent_begins_a_paragraph_of_pdftotext() {
        let text =
            format!("\x0c   {}\n{}。\n   {}\n{}\n\x0c{}\n{}。\n", BODY[0], BODY[1], BODY[2], BODY[3], BODY[4], BODY[5]);
        let found = paragraphs(&text);
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].matches('|').count(), 3);
    }

    #[test]
    fn paragraphs_of_word_stay_apart() {
        let text = "[bookmark: a]一、支出\n公务接待费支出0.18万元，比上年减少0.1万元，主要用于开展业务活动，共接待一批次，另有五人次\n外事接待支出0万元，外事接待0批次，0人。\n";
        assert_eq!(paragraphs(text).len(), 3);
    }

    #[test]
    fn a_sentence_goes_on_behind_the_tables_that_cut_it() {
        let text = "## 一、绩效\n\n以绩效目标为导向，以绩效监控为主线，加强和规范预算管理工作，明确整体绩效目\n\n项目支出绩效自评表\n\n(2031 年度)\n\n项目\t金额\n甲\t1\n\n项目支出绩效自评表\n\n项目\t金额\n乙\t2\n\n标，将目标细化分为具体的工作任务。\n";
        let found = paragraphs(text);
        assert!(
            found.iter().any(|paragraph| paragraph.ends_with("绩效目|标，将目标细化分为具体的工作任务。")),
            "{found:?}"
        );
    }

    #[test]
    fn page_numbers_inside_a_paragraph_are_cut_away() {
        let text = format!("{}\n- 3 -\n\x0c{}。\n", BODY.join("\n"), BODY[0]);
        let found = paragraphs(&text);
        assert_eq!(found.len(), 1);
        assert!(!found[0].contains('3'));
    }

    #[test]
    fn the_last_character_of_a_heading_is_not_a_paragraph() {
        let text = "[bookmark: a]\n（二）加强监管，重点开展打击欺诈骗取供水补贴专项治理工\n\n作\n\n根据上级文件精神，开展治理。\n";
        let layout = lay_out(text);
        assert_eq!(layout.paragraphs[0].kind, BlockKind::Heading(3));
        assert_eq!(layout.sections[0].title, "（二）加强监管，重点开展打击欺诈骗取供水补贴专项治理工作");
    }
}
