//! Makes the tree of sections from headings, and from lead-ins: headings with text behind them.
//!
//! In: the paragraphs. Out: [`Section`]s; each paragraph learns its own.
//! Surprise: `二、事业收入：指…` explains a term and heads nothing.

use super::heading::ends_as_heading;
use super::numbering::Numbering;
use super::{BlockKind, Paragraph, Section};
use crate::source::Span;

/// Bytes within which a lead-in ends.
const LONGEST_LEAD: usize = 150;

/// Finds the sections of `paragraphs` and tells each paragraph which it stands in.
pub(super) fn divide(text: &str, paragraphs: &mut [Paragraph]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    // The open section of each level, the highest first.
    let mut path: Vec<u32> = Vec::new();
    for paragraph in paragraphs {
        let heading = match paragraph.kind {
            BlockKind::Heading(level) => whole(text, paragraph, level),
            BlockKind::Paragraph => lead_in(text, paragraph),
            _ => None,
        };
        if let Some(mut section) = heading {
            while path.last().is_some_and(|open| sections[*open as usize].level >= section.level) {
                path.pop();
            }
            section.parent = path.last().copied();
            path.push(sections.len() as u32);
            sections.push(section);
        }
        paragraph.section = path.last().copied();
    }
    sections
}

/// The section of a heading.
fn whole(text: &str, paragraph: &Paragraph, level: u8) -> Option<Section> {
    let (first, last) = (paragraph.pieces.first()?, paragraph.pieces.last()?);
    let words: String = paragraph.pieces.iter().map(|piece| piece.of(text)).collect();
    Some(Section { title: title(&words), level, parent: None, span: first.cover(*last) })
}

/// The section that the first words of a paragraph head: `（一）总体情况。2031年度…`.
fn lead_in(text: &str, paragraph: &Paragraph) -> Option<Section> {
    let first = *paragraph.pieces.first()?;
    let number = Numbering::read(first.of(text))?;
    let level = number.level();
    if level > 3 {
        return None;
    }
    let mut words = String::new();
    for piece in &paragraph.pieces {
        let piece_text = piece.of(text);
        let end = piece_text.find(['。', '：', ':', '，', '；']);
        let Some(at) = end else {
            words.push_str(piece_text);
            if words.len() > LONGEST_LEAD {
                return None;
            }
            continue;
        };
        words.push_str(&piece_text[..at]);
        let rest = &piece_text[at..];
        let heads = words.len() <= LONGEST_LEAD && heads(&words[usize::from(number.length).min(words.len())..], rest);
        let span = Span::new(first.start, piece.start + at as u32);
        return heads.then(|| Section { title: title(&words), level, parent: None, span });
    }
    None
}

/// Whether `words`, with `rest` behind them from the mark on, head what follows.
fn heads(words: &str, rest: &str) -> bool {
    let long = words.chars().count();
    let clean = !words.contains(['元', '%', '％', '（']) || words.ends_with("情况说明") || words.contains("（境）");
    let follows = |mark: char| rest.strip_prefix(mark);
    let noun = ends_as_heading(words);
    if follows('。').is_some() {
        return clean && (long <= 12 || noun && long <= 40);
    }
    let Some(rest) = follows('：').or_else(|| follows(':')) else { return false };
    let explains = ["指", "是指", "反映", "为", "主要指"].iter().any(|verb| rest.trim_start().starts_with(verb));
    clean && !explains && noun && long <= 24
}

/// A heading's words: white space trimmed and made single, the full stop left out.
fn title(words: &str) -> String {
    let words = words.trim().trim_end_matches(['。', '：', ':']);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use crate::layout::lay_out;

    fn paths(text: &str) -> Vec<String> {
        let layout = lay_out(text);
        layout.paragraphs.iter().map(|paragraph| layout.section_path(paragraph.section)).collect()
    }

    #[test]
    fn sections_form_a_tree() {
        let found =
            paths("第一部分 概况\n一、职能\n（一）主要职能。\n负责供水。\n二、机构\n三处。\n第二部分 说明\n另有。\n");
        assert_eq!(found[3], "第一部分 概况 > 一、职能 > （一）主要职能");
        assert_eq!(found[5], "第一部分 概况 > 二、机构");
        assert_eq!(found[7], "第二部分 说明");
    }

    #[test]
    fn a_lead_in_heads_its_own_paragraph() {
        let text = "五、支出决算情况说明\n（二）支出决算结构情况。2031年度支出8.34万元，占1.33%。\n";
        let layout = lay_out(text);
        assert_eq!(layout.sections[1].title, "（二）支出决算结构情况");
        assert_eq!(layout.sections[1].span.of(text), "（二）支出决算结构情况");
        assert_eq!(layout.paragraphs[1].section, Some(1));
        assert!(layout.paragraphs[1].pieces[0].of(text).ends_with("占1.33%。"));
    }

    #[test]
    fn explanations_and_sentences_head_nothing() {
        for text in [
            "二、事业收入：指单位取得的收入。",
            "（一）贯彻执行有关供水的法律法规，组织实施。",
            "1.资金计划。2031年计划支出7.27万元。",
        ] {
            assert!(lay_out(text).sections.is_empty(), "{text}");
        }
    }

    #[test]
    fn an_annex_begins_anew() {
        let found = paths("第三部分 名词解释\n一、收入：指收入。\n部门整体支出绩效评价报告\n一、部门概况\n三处。\n");
        assert_eq!(found[4], "部门整体支出绩效评价报告 > 一、部门概况");
    }

    #[test]
    fn automatic_numbers_keep_what_is_printed() {
        let found = paths("9、 [bookmark: a]国有资本经营预算支出决算情况说明\n0万元。\n");
        assert_eq!(found[1], "9、 国有资本经营预算支出决算情况说明");
    }
}
