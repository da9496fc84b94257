//! The headings in the words of a head that a converter tore.
//!
//! In: the words in the order of the text. Out: headings, put together. A heading is known by the list of the
//! forms' headings or by its pattern (2031年度预算数, 项目（按功能分类）, 单价100万元以上设备); what is torn goes to the
//! first that it continues, for columns stand side by side: `年初结转 … 年末结转 / 和结余 … 和结余`.

use super::super::grid::Slot;
use super::super::headings::{begins_whole, longest};
use crate::source::Span;

/// A heading found in the words of the head.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    pub(super) words: String,
    pub(super) slot: Slot,
}

/// The headings in `spans`, which are the words of the head.
pub(super) fn headings(text: &str, spans: &[Span]) -> Vec<Heading> {
    let mut characters: Vec<(char, u32)> = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    for span in spans {
        let visible = span.of(text).char_indices().filter(|(_, c)| !c.is_whitespace());
        characters.extend(visible.map(|(at, c)| (c, span.start + at as u32)));
        ends.push(characters.len());
    }
    let squeezed: String = characters.iter().map(|(c, _)| *c).collect();
    let mut found = Vec::new();
    let (mut at, mut byte) = (0, 0);
    let mut starts = 0;
    while at < characters.len() {
        while ends.get(starts).is_some_and(|end| *end <= at) {
            starts += 1;
        }
        let begins_word = at == 0 || starts > 0 && ends[starts - 1] == at;
        let word = begins_word
            .then(|| ends.get(starts))
            .flatten()
            .map_or(0, |end| characters[at..*end].iter().map(|(c, _)| c.len_utf8()).sum::<usize>());
        let length = match known(&squeezed[byte..]) {
            length if length < word && ends_open(&found, &squeezed[byte..byte + word]) => word,
            length => length,
        };
        let count = if length > 0 {
            squeezed[byte..byte + length].chars().count()
        } else {
            // To the end of the word, or to where a known heading begins.
            let end = ends.iter().copied().find(|end| *end > at).unwrap_or(characters.len());
            let mut next = byte;
            (at..end)
                .position(|index| {
                    let begins = index > at && known(&squeezed[next..]) > 3;
                    next += characters[index].0.len_utf8();
                    begins
                })
                .unwrap_or(end - at)
        };
        let words: String = characters[at..at + count].iter().map(|(c, _)| *c).collect();
        byte += words.len();
        found.push(Heading { slot: slot(text, &characters[at..at + count]), words });
        at += count;
    }
    join_torn(text, found)
}

/// Whether `word` is the end of a heading whose beginning was found before: 上级补 … 助收入.
fn ends_open(found: &[Heading], word: &str) -> bool {
    found.iter().any(|open| {
        let whole = format!("{}{word}", open.words);
        known(&open.words) < open.words.len() && known(&whole) == whole.len()
    })
}

/// The headings of the statements by class, in the order that their forms have.
const FORMS: [&[&str]; 3] = [
    &["本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"],
    &["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"],
    &["年初结转和结余", "本年收入", "本年支出", "年末结转和结余"],
];

/// Whether the order of the headings tells nothing: one is torn over lines that others stand on. A page's lines go
/// through all columns, and a heading of three lines begins above its neighbours.
pub(super) fn are_out_of_order(text: &str, headings: &[Heading]) -> bool {
    headings.iter().any(|torn| {
        let span = torn.slot.span;
        let Some(line) = torn.slot.parts.as_ref().and_then(|_| span.of(text).find('\n')) else { return false };
        let below = span.start + line as u32;
        headings.iter().any(|other| below < other.slot.span.start && other.slot.span.end < span.end)
    })
}

/// Puts the headings of a form in the order of the form; whether they are of one.
pub(super) fn in_form_order(headings: &mut [Heading]) -> bool {
    let place = |form: &[&str], heading: &Heading| form.iter().position(|name| *name == heading.words);
    let form = FORMS.iter().find(|form| headings.iter().all(|heading| place(form, heading).is_some()));
    if let Some(form) = form {
        headings.sort_by_key(|heading| place(form, heading));
    }
    form.is_some()
}

/// Joins headings that were torn side by side: 年初结转 … 年末结转 / 和结余 … 和结余.
fn join_torn(text: &str, found: Vec<Heading>) -> Vec<Heading> {
    let is_known = |words: &str| known(words) == words.len();
    let goes_on = |words: &str| is_known(words) || begins_whole(words) || begins_dated(words);
    let mut joined: Vec<Heading> = Vec::with_capacity(found.len());
    for heading in found {
        let may_go_on = |words: &str| !is_known(words) || words.ends_with("预算");
        let whole = |open: &Heading| may_go_on(&open.words) && goes_on(&format!("{}{}", open.words, heading.words));
        let is_open =
            |open: &Heading| open.words.matches(['（', '(']).count() > open.words.matches(['）', ')']).count();
        let bracket = heading.words.starts_with(['（', '(']) && joined.last().is_some_and(|last| last.words == "项目");
        let open = if is_known(&heading.words) {
            // 收入 and 支出 stand over columns, too; 科目名称 may stand between 功能分类 and 科目编码.
            let may_end = matches!(heading.words.as_str(), "收入" | "支出" | "科目编码");
            // 经济分 / 类 / 科目编 / 码.
            let is_mark = matches!(heading.words.as_str(), "类" | "款" | "项");
            let ends = |open: &Heading| {
                let whole = format!("{}{}", open.words, heading.words);
                !is_known(&open.words) && (may_end && is_known(&whole) || is_mark && begins_whole(&whole))
            };
            joined.iter().position(ends)
        } else if bracket {
            joined.len().checked_sub(1)
        } else if heading.words.ends_with(['）', ')']) && !heading.words.contains(['（', '(']) {
            joined.iter().position(is_open)
        } else {
            joined.iter().position(whole)
        };
        match open {
            Some(open) => {
                joined[open].words.push_str(&heading.words);
                joined[open].slot.add(text, heading.slot);
            }
            None => joined.push(heading),
        }
    }
    joined
}

/// Whether `words` begin a heading with a year: 2031年, 2031年度决.
fn begins_dated(words: &str) -> bool {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let whole = ["年度预算数", "年度决算数", "年预算数", "年决算数"];
    digits == 4 && whole.iter().any(|whole| whole.starts_with(&words[digits..]))
}

/// The length in bytes of the heading that `squeezed` begins with; 0 if it begins with none.
fn known(squeezed: &str) -> usize {
    let parts = ["基本支出结转", "项目支出结转和结余", "项目支出结转"];
    let part = parts.iter().filter(|part| squeezed.starts_with(**part)).map(|part| part.len()).max().unwrap_or(0);
    let length = longest(squeezed).max(part).max(dated(squeezed));
    (length + unit(&squeezed[length..], length)).max(asset(squeezed)).max(classified(squeezed))
}

/// The length in bytes of the unit in brackets behind a heading of `length`: 增减率（%）, 金额（万元）.
fn unit(rest: &str, length: usize) -> usize {
    const LONGEST: usize = 24;
    let Some(inside) = rest.strip_prefix(['（', '(']).filter(|_| length > 0) else { return 0 };
    let close = inside.find(['）', ')']).filter(|at| *at > 0 && *at < LONGEST);
    let is_unit = |words: &str| words.contains(['%', '％', '元', '辆', '台', '套', '个', '人']);
    let Some(at) = close.filter(|at| is_unit(&inside[..*at])) else { return 0 };
    let mark = rest.len() - inside.len();
    mark + at + inside[at..].chars().next().map_or(0, char::len_utf8)
}

/// The length in bytes of 项目(按功能分类), 项目（按支出性质和经济分类）.
fn classified(squeezed: &str) -> usize {
    const MOST_CHARACTERS: usize = 20;
    let Some(rest) = squeezed.strip_prefix("项目").filter(|rest| rest.starts_with(['（', '('])) else { return 0 };
    let close = rest.char_indices().take(MOST_CHARACTERS).find(|(_, c)| matches!(c, '）' | ')'));
    // Another heading may have been torn into it: 项目（按功能分 决算数 / 类）.
    let close = close.filter(|(at, _)| !rest[..*at].contains(['数', '次']));
    close.map_or(0, |(at, c)| "项目".len() + at + c.len_utf8())
}

/// The length in bytes of a heading of 国有资产占用情况表: a kind of vehicle, or 单价100万元以上设备（台、套）.
pub(super) fn asset(squeezed: &str) -> usize {
    const VEHICLES: [&str; 14] = [
        "车辆数（辆）",
        "车辆数合计（辆）",
        "车辆（辆）",
        "副部（省）级及以上领导用车",
        "副部（省）级以上领导用车",
        "主要领导干部用车",
        "主要负责人用车",
        "机要通信用车",
        "应急保障用车",
        "执法执勤用车",
        "特种专业技术用车",
        "离退休干部服务用车",
        "离退休干部用车",
        "其他用车",
    ];
    let vehicle = VEHICLES.iter().filter(|name| squeezed.starts_with(**name)).map(|name| name.len()).max();
    if vehicle.is_some() || !["单价", "单位价值", "单台"].iter().any(|start| squeezed.starts_with(start)) {
        return vehicle.unwrap_or(0);
    }
    let Some(end) = squeezed.char_indices().take(32).find_map(|(at, _)| squeezed[at..].strip_prefix("设备")) else {
        return 0;
    };
    let unit = end.strip_prefix(['（', '(']).and_then(|unit| unit.find(['）', ')']).filter(|length| *length < 24));
    let unit = unit.map_or(0, |length| 2 * '（'.len_utf8() + length);
    let end = squeezed.len() - end.len();
    if squeezed.is_char_boundary(end + unit) { end + unit } else { end }
}

/// The length in bytes of a heading that begins with a year: 2031年度预算数, 上年决算数, 比上年增减率.
fn dated(squeezed: &str) -> usize {
    const YEARS: [&str; 8] = ["本年度", "上年度", "本年", "上年", "当年", "比上年", "较上年", "年中"];
    const AFTER: [&str; 7] = ["增减额", "增减率", "增减％", "增减%", "增减", "执行数", "预算"];
    let digits = squeezed.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &squeezed[digits..];
    let year = match digits {
        4 => ["年度", "年"].iter().find(|year| rest.starts_with(**year)),
        0 => YEARS.iter().find(|year| rest.starts_with(**year)),
        _ => None,
    };
    let Some(year) = year else { return 0 };
    let rest = &rest[year.len()..];
    let after = AFTER.iter().filter(|after| rest.starts_with(**after)).map(|after| after.len()).max().unwrap_or(0);
    let heading = longest(rest);
    let known = if rest[..heading].ends_with('数') { heading.max(after) } else { after };
    if known > 3 { digits + year.len() + known } else { 0 }
}

/// The slot of characters that may stand apart.
fn slot(text: &str, characters: &[(char, u32)]) -> Slot {
    let mut parts: Vec<Span> = Vec::new();
    for (c, start) in characters {
        let end = start + c.len_utf8() as u32;
        match parts.last_mut() {
            // A space inside a heading, `单价 100 万元`, is part of it.
            Some(part) if Span::new(part.end, *start).of(text).chars().all(|c| matches!(c, ' ' | '　')) => {
                part.end = end;
            }
            _ => parts.push(Span::new(*start, end)),
        }
    }
    Slot::of_parts(text, parts)
}
