//! The report's words for what a figure speaks of.
//!
//! In: the tokens of a clause. Out: `item`, as short as is unambiguous: the nearest noun phrase,
//! without the verbs and times around it.

use super::token::{Kind, Mark, Token};
use crate::grammar::narrative::WordKind;

/// Single characters that belong to no noun at the start, or the end, of a phrase.
const NO_START: [char; 12] = ['的', '了', '为', '是', '已', '将', '并', '及', '和', '与', '或', '号'];
const NO_END: [char; 15] = ['为', '是', '共', '约', '近', '有', '的', '了', '达', '到', '至', '仅', '计', '已', '和'];

/// The words of the tokens from `first` to `last`, without leading and trailing verbs, times and marks.
pub fn phrase(tokens: &[Token<'_>], text: &str, first: usize, last: usize) -> String {
    let empty = |at: usize| match &tokens[at].kind {
        // A single character may begin a noun (能力, 中心): the text decides below.
        Kind::Word(WordKind::Verb, _) => match &text[tokens[at].range.clone()] {
            "新增" | "主要" => false,
            word => word.len() > 3 || word == "共",
        },
        Kind::Word(WordKind::Noun, _) => &text[tokens[at].range.clone()] == "年度",
        Kind::Word(WordKind::ThisYear | WordKind::PreviousYear | WordKind::Owner | WordKind::Distribute, _)
        | Kind::Mark(_)
        | Kind::Number(_) => true,
        Kind::Text => trimmed(&text[tokens[at].range.clone()]).is_empty(),
        _ => false,
    };
    // 云岭县2031年度有学校7所: the year has a column of its own, and what stands before it names who reports.
    let number = tokens[first..=last.max(first)].iter().rposition(|token| matches!(token.kind, Kind::Number(_)));
    let said_of_year = |at: usize| match tokens[at].kind {
        Kind::Word(WordKind::Verb, _) => true,
        _ => matches!(text[tokens[at].range.clone()].trim(), "年度" | "年" | "月" | ""),
    };
    let (mut first, mut last) = (first, last);
    if let Some(number) = number {
        first = (first + number + 1).min(last);
        while first < last && said_of_year(first) {
            first += 1;
        }
    }
    while first < last && empty(first) {
        first += 1;
    }
    // 直属单位 ends with a word that may also tell whose figure it is.
    let owner = |at: usize| matches!(tokens[at].kind, Kind::Word(WordKind::Owner, _));
    while last > first && empty(last) && !owner(last) {
        last -= 1;
    }
    behind_verb(trimmed(&text[tokens[first].range.start..tokens[last].range.end])).to_owned()
}

/// 实施了办公楼改造工程: what was done, without the doing.
fn behind_verb(words: &str) -> &str {
    let split = words.rfind('了').map(|at| words.split_at(at + '了'.len_utf8()));
    match split {
        Some((verb, done)) if done.chars().count() > 2 && !verb.ends_with("为了") && !done.starts_with('解') => done,
        _ => words,
    }
}

/// What stands right behind a figure, up to the next mark or number: `家医院` of `16家医院接入平台`. A 、 with no number
/// behind it joins words of the phrase: 通过国家、省级平台结算.
pub fn phrase_behind(tokens: &[Token<'_>], text: &str, from: usize) -> String {
    let start = tokens.partition_point(|token| token.range.end <= from);
    let mut end = from;
    for token in &tokens[start..] {
        match token.kind {
            Kind::Mark(Mark::Close) if end == from => {}
            Kind::Mark(Mark::Pause) if end > from && joins_words(tokens, token.range.end) => {}
            Kind::Mark(_) | Kind::Number(_) => break,
            _ => {}
        }
        end = token.range.end;
    }
    trimmed(text.get(from..end).unwrap_or("")).to_owned()
}

/// Whether the words behind a 、 that ends at `from` go on to the clause's end without a number.
fn joins_words(tokens: &[Token<'_>], from: usize) -> bool {
    const REACH: usize = 12;
    let start = tokens.partition_point(|token| token.range.end <= from);
    let mut behind = tokens[start..].iter().take(REACH);
    let ends = behind.find(|token| matches!(token.kind, Kind::Number(_) | Kind::Mark(_)));
    ends.is_some_and(|token| matches!(token.kind, Kind::Mark(Mark::Comma | Mark::Semicolon | Mark::Stop)))
}

/// 三、预算管理情况 → 预算管理情况.
fn without_numbering(words: &str) -> &str {
    let rest = words.trim_start_matches(|c: char| "一二三四五六七八九十".contains(c));
    rest.strip_prefix('、').filter(|_| rest.len() < words.len()).unwrap_or(words)
}

/// Without a first character that only leads to the noun: 其住院费用, 对全县医疗机构, 在县级医院; but 其他, 在园幼儿.
fn without_lead(words: &str) -> &str {
    /// Characters that each of the leads may be the first of a word with.
    const LEADS: [(char, &str); 3] =
        [('其', "他它余中间次实"), ('对', "象比外内口接账策联于此"), ('在', "园校职岗编册建读籍院线库孵训研学地外")];
    for (lead, joins) in LEADS {
        if let Some(rest) = words.strip_prefix(lead)
            && !rest.starts_with(|c: char| joins.contains(c) || !c.is_alphabetic())
        {
            return rest;
        }
    }
    words
}

/// 和平乡, 和田县: a name that begins with a character which else only joins.
fn is_place(words: &str) -> bool {
    words.strip_prefix('和').is_some_and(|rest| rest.starts_with(['平', '田', '谐', '睦', '顺', '静', '硕', '龙']))
}

fn trimmed(words: &str) -> &str {
    let sign = |c: char| {
        c.is_whitespace()
            || matches!(c, '.' | '．' | '-' | '—' | '≥' | '≤' | '>' | '<' | '=' | '*' | '…' | '’' | '‘' | '；' | '，')
    };
    let words = words.trim_matches(sign).trim_start_matches(['）', '】', ')']).trim_start_matches("底");
    let words = if is_place(words) { words } else { words.trim_start_matches(NO_START) };
    let words = without_lead(without_numbering(words));
    let whole = |end: &&str| words.ends_with(*end);
    // 报销合计 is 报销; 统计, 审计 and the like are words.
    match ["合计", "共计", "总计", "累计"].into_iter().find(whole) {
        Some(total) if words.len() > total.len() => &words[..words.len() - total.len()],
        _ if words.ends_with('计') => words,
        _ => words.trim_end_matches(NO_END),
    }
}
