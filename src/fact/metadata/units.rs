//! The units whose accounts the report includes: 纳入2031年度部门决算编制范围的单位包括：….
//!
//! In: the text, its paragraphs. Out: their names in order, each once, without what only says which accounts are
//! meant; the agency's own name among them stands for its 本级. A list goes on as long as its lines name agencies;
//! what tables list below such words is read line by line like prose.

use super::names::{clean, is_full};
use crate::grammar::Agencies;
use crate::grammar::labels::squeeze;
use crate::layout::{BlockKind, Layout};
use crate::source::Span;

/// A list is not longer, in bytes and units.
const LONGEST: u32 = 20_000;
const MOST: usize = 300;

/// Lines without a name that may stand before the first one: the head of a table.
const HEAD_LINES: usize = 5;

/// Reads the units that the report says it includes.
pub fn read_units(text: &str, layout: &Layout, agencies: &Agencies) -> Vec<String> {
    for paragraph in &layout.paragraphs {
        let (Some(first), Some(last)) = (paragraph.pieces.first(), paragraph.pieces.last()) else { continue };
        if paragraph.kind == BlockKind::Contents
            || paragraph.pieces.iter().map(|piece| piece.len()).sum::<u32>() > LONGEST
        {
            continue;
        }
        let words: String = paragraph.pieces.iter().map(|piece| piece.of(text)).collect();
        let Some(list) = list_in(&squeeze(&words)).map(str::to_owned) else { continue };
        let mut units = Vec::new();
        for name in list.split(['、', '，', '；', '。']) {
            add(name, agencies, &mut units);
        }
        if units.is_empty() {
            let end = last.end.max(first.end);
            let rest = Span::new(end, (end + LONGEST).min(text.len() as u32));
            listed_below(
                text.get(rest.start as usize..text.floor_char_boundary(rest.end as usize)).unwrap_or(""),
                agencies,
                &mut units,
            );
        }
        if !units.is_empty() {
            return units;
        }
    }
    Vec::new()
}

/// What stands behind the words that say that a list of the units included follows.
fn list_in(words: &str) -> Option<&str> {
    let scope = ["编制范围", "编报范围", "汇总范围", "决算范围"].iter().find_map(|scope| words.find(scope))?;
    let from = ["包括", "如下", "分别是", "分别为"]
        .iter()
        .filter_map(|word| words[scope..].find(word).map(|at| scope + at + word.len()));
    let list = &words[from.min()?..];
    Some(list.trim_start_matches(['：', '的', '单', '位']))
}

/// The names of the lines of `text`, as far as they name agencies.
fn listed_below(text: &str, agencies: &Agencies, units: &mut Vec<String>) {
    let mut strange = 0;
    for line in text.lines() {
        let before = units.len();
        let cells = line.split(['\t', '|']).flat_map(|cell| cell.split("  ")).map(squeeze);
        // A cell, or a number, may have a line of its own.
        let cells: Vec<String> =
            cells.filter(|cell| cell.contains(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))).collect();
        if cells.is_empty() {
            continue;
        }
        for cell in cells.iter().take(12) {
            let name =
                cell.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '．' | '、' | '（' | '）'));
            add(name, agencies, units);
        }
        if units.len() > before {
            continue;
        }
        strange += 1;
        if before > 0 || strange > HEAD_LINES || line.contains('。') || units.len() >= MOST {
            return;
        }
    }
}

fn add(words: &str, agencies: &Agencies, units: &mut Vec<String>) {
    let words = words.trim_end_matches(['。', '；', '，']);
    let words = words.strip_suffix("决算").unwrap_or(words);
    let name = clean(words, agencies);
    if is_full(name, agencies) && !units.iter().any(|known| known == name) && units.len() < MOST {
        units.push(name.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::{GrammarFiles, Grammars};
    use crate::layout::lay_out;

    fn units(text: &str) -> Vec<String> {
        let grammars = Grammars::load(&GrammarFiles::embedded()).expect("the embedded grammars load");
        read_units(text, &lay_out(text), grammars.agencies())
    }

    #[test]
    fn units_are_listed_below_in_a_sentence_or_in_a_table() {
        let wanted = ["云岭县示范局", "云岭县示范服务中心"];
        let below = "二、部门决算单位构成\n\n纳入本局2031年度部门决算编制范围的二级预算单位包括：\n\
                     1.云岭县示范局（本级）\n2.云岭县示范服务中心\n\n第二部分 2031年度部门决算表\n\n3.云岭县水务局\n";
        assert_eq!(units(below), wanted);
        let sentence =
            "二、机构设置\n\n纳入2031年度部门决算编报范围的单位共2个，包括：云岭县示范局机关、云岭县示范服务中心。\n";
        assert_eq!(units(sentence), wanted);
        let table = "二、单位构成\n\n纳入云岭县示范局2031年度部门决算编制范围的单位包括：\n\n序号            单位名称            备注\n\n \
                     1    云岭县示范局（本级）\n\n 2    云岭县示范服务中心\n     云岭县示范局2031年度部门决算表\n";
        assert_eq!(units(table), wanted);
        let html = "<p>二、单位构成</p>\n<p>纳入2031年度部门决算编制范围的单位包括：</p>\n<table><tbody><tr>\t<td>序号</td>\n\t<td>单位名称</td>\n\
                    </tr>\n<tr>\t<td>1</td>\n\t<td>云岭县示范局（本级）</td>\n</tr>\n<tr>\t<td>2</td>\n\t<td>云岭县示范服务中心</td>\n</tr>\n</tbody></table>\n";
        assert_eq!(units(html), wanted);
    }

    #[test]
    fn where_no_unit_is_listed_there_is_none() {
        let alone =
            "二、机构设置\n\n纳入部门决算编报范围的单位共1个，无二级预算单位。\n\n第二部分 2031年度部门决算表\n";
        assert_eq!(units(alone), Vec::<String>::new());
        let other = "二、机构设置\n\n云岭县示范局内设机构包括：办公室、业务科。\n";
        assert_eq!(units(other), Vec::<String>::new());
    }
}
