//! Reads what stands around a number: multiplier, unit, approximation, bounds.
//!
//! In: the text after (and before) a number's digits. Out: [`Quantity`], the exact value in the
//! unit's base. `1.2-1.5万元` is two numbers; the caller gives the first the unit of the second.
//! Surprise: 余 and 多 may stand before or after the multiplier (`20余万条`, `3万余人`).

use crate::grammar::vocabulary::{UnitWord, Vocabulary};
use crate::quantity::{Decimal, Measure};
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::one_of;
use nom::combinator::{map, not, opt, value};
use nom::sequence::terminated;
use nom::{IResult, Parser};

/// A number with what stands behind it.
#[derive(Clone, Debug)]
pub struct Quantity<'v> {
    /// The factor of its multiplier: 10 000 for 万.
    pub factor: Decimal,
    /// Its unit, if one follows.
    pub unit: Option<&'v UnitWord>,
    /// Length in bytes of all that was read behind the digits.
    pub length: usize,
    /// 余, 多, 左右: the value is about right.
    pub approximate: bool,
    /// 以上, 以下: the value is a bound.
    pub bound: Option<Measure>,
}

fn space(input: &str) -> IResult<&str, &str> {
    take_while_m_n(0, 3, |c: char| c == ' ' || c == '\u{3000}' || c == '\u{a0}' || c == '\t').parse(input)
}

/// Whether a character of `first` begins `input`: most text behind a number has none, and each `tag` is asked otherwise.
fn begins(input: &str, first: &[char]) -> bool {
    input.chars().next().is_some_and(|character| first.contains(&character))
}

fn nothing<T>(input: &str) -> IResult<&str, T> {
    Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Tag)))
}

fn about(input: &str) -> IResult<&str, bool> {
    if !begins(input, &['余', '多', '几']) {
        return Ok((input, false));
    }
    map(opt(alt((tag("余"), tag("多"), tag("几")))), |found| found.is_some()).parse(input)
}

/// 万, 亿 and what is said with them, as a power of ten.
fn multiplier(input: &str) -> IResult<&str, u32> {
    if !begins(input, &['万', '亿', '千', '百', '十']) {
        return nothing(input);
    }
    alt((
        value(12, tag("万亿")),
        value(8, tag("亿")),
        value(7, tag("千万")),
        value(6, tag("百万")),
        value(5, tag("十万")),
        value(4, tag("万")),
        value(3, tag("千")),
        value(2, tag("百")),
    ))
    .parse(input)
}

/// What stands behind a 多 that begins the words of a change: 比上年的12万元多出3万元, 多3万元.
const MORE: &str = "出支收花结付0123456789";

/// What follows the unit: about, or a bound.
fn tail(input: &str) -> IResult<&str, (bool, Option<Measure>)> {
    if !begins(input, &['及', '（', '以', '之', '左', '上', '余', '多']) {
        return nothing(input);
    }
    alt((
        value((true, Some(Measure::Lower)), alt((tag("及以上"), tag("（含）以上"), tag("以上")))),
        value(
            (true, Some(Measure::Upper)),
            alt((tag("及以下"), tag("（含）以下"), tag("以下"), tag("以内"), tag("之内"))),
        ),
        value((true, None), alt((tag("左右"), tag("上下"), tag("余"), terminated(tag("多"), not(one_of(MORE)))))),
    ))
    .parse(input)
}

/// Reads multiplier, unit and tail at the start of `after`, the text behind a number's digits.
#[must_use]
pub fn read_quantity<'v>(after: &str, vocabulary: &'v Vocabulary) -> Quantity<'v> {
    let mut quantity = Quantity { factor: Decimal::ONE, unit: None, length: 0, approximate: false, bound: None };
    let trimmed = after.trim_start();
    if trimmed.is_empty() {
        return quantity;
    }
    let Ok((rest, (_, before, power))) = (space, about, opt(multiplier)).parse(after) else { return quantity };
    // 百 and 千 are multipliers only behind digits that are followed by a unit: `1千余条`, not `5千瓦`.
    let plain = vocabulary.unit_at_start(trimmed);
    let (rest, before, power) = match (&plain, power) {
        (Some((length, _)), Some(_)) if *length > trimmed.len() - rest.len() && !before => (after, false, None),
        _ => (rest, before, power),
    };
    let (rest, behind) = about(rest).unwrap_or((rest, false));
    let (unit_start, _) = space(rest).unwrap_or((rest, ""));
    let unit = if unit_start.len() == trimmed.len() { plain } else { vocabulary.unit_at_start(unit_start) };
    if unit.is_none() && power.is_none() {
        return quantity;
    }
    quantity.factor = Decimal::from(10_u64.pow(power.unwrap_or(0)));
    quantity.approximate = before || behind;
    let mut end = rest;
    if let Some((length, word)) = unit {
        quantity.unit = Some(word);
        end = &unit_start[length..];
    }
    if let Ok((behind_tail, (about, bound))) = tail(end) {
        quantity.approximate |= about;
        quantity.bound = bound;
        end = behind_tail;
    }
    quantity.length = after.len() - end.len();
    quantity
}

/// A lower bound.
const LOWER: [&str; 18] = [
    "≥",
    ">=",
    "＞=",
    "≧",
    ">",
    "＞",
    "不低于",
    "不少于",
    "不小于",
    "大于等于",
    "大于或等于",
    "大于",
    "高于",
    "至少",
    "超过",
    "超",
    "不得低于",
    "多于",
];
/// An upper bound.
const UPPER: [&str; 17] = [
    "≤",
    "<=",
    "＜=",
    "≦",
    "<",
    "＜",
    "不超过",
    "不高于",
    "不大于",
    "不多于",
    "小于等于",
    "小于或等于",
    "小于",
    "低于",
    "至多",
    "不得超过",
    "少于",
];
/// About right.
const ABOUT: [&str; 7] = ["约", "大约", "近", "将近", "约为", "逾", "约计"];
/// The characters that they end with: most text before a number ends with none of these.
const LAST: [char; 19] =
    ['≥', '=', '≧', '>', '＞', '于', '少', '过', '超', '≤', '≦', '<', '＜', '多', '约', '近', '为', '逾', '计'];

/// The bound or approximation that the text before a number ends with, and its length in bytes:
/// `≥`, `不低于`, `不超过`, `约`.
#[must_use]
pub fn read_comparator(before: &str) -> Option<(usize, Option<Measure>)> {
    let trimmed = before.trim_end();
    // 节约3万元 saves three, not about three.
    let trimmed = if trimmed.ends_with("节约") { "" } else { trimmed };
    if !trimmed.ends_with(LAST) {
        return None;
    }
    let longest = |words: &[&str]| words.iter().filter(|word| trimmed.ends_with(**word)).map(|word| word.len()).max();
    let skipped = before.len() - before.trim_end().len();
    let found =
        [(longest(&LOWER), Some(Measure::Lower)), (longest(&UPPER), Some(Measure::Upper)), (longest(&ABOUT), None)];
    found
        .into_iter()
        .filter_map(|(length, bound)| length.map(|length| (length + skipped, bound)))
        .max_by_key(|(length, _)| *length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::GrammarFiles;

    fn read(after: &str) -> (String, Option<String>, bool, Option<Measure>, usize) {
        let vocabulary = Vocabulary::load(&GrammarFiles::embedded(), &mut Vec::new());
        let quantity = read_quantity(after, &vocabulary);
        let unit = quantity.unit.map(|word| word.unit.as_str().to_owned());
        (quantity.factor.to_string(), unit, quantity.approximate, quantity.bound, quantity.length)
    }

    #[test]
    fn multiplier_and_unit() {
        assert_eq!(read("万元，增长"), ("10000".into(), Some("CNY".into()), false, None, 6));
        assert_eq!(read("亿元"), ("100000000".into(), Some("CNY".into()), false, None, 6));
        assert_eq!(read("万 元"), ("10000".into(), Some("CNY".into()), false, None, 7));
        assert_eq!(read("%，"), ("1".into(), Some("percent".into()), false, None, 1));
        assert_eq!(read("千瓦"), ("1".into(), Some("千瓦".into()), false, None, 6));
        assert_eq!(read("，"), ("1".into(), None, false, None, 0));
    }

    #[test]
    fn approximations_and_bounds() {
        assert_eq!(read("余万条"), ("10000".into(), Some("条".into()), true, None, 9));
        assert_eq!(read("千余条"), ("1000".into(), Some("条".into()), true, None, 9));
        assert_eq!(read("万余人次"), ("10000".into(), Some("person_time".into()), true, None, 12));
        assert_eq!(read("元多，"), ("1".into(), Some("CNY".into()), true, None, 6));
        assert_eq!(read("元多出3元"), ("1".into(), Some("CNY".into()), false, None, 3));
        assert_eq!(read("元多3元"), ("1".into(), Some("CNY".into()), false, None, 3));
        assert_eq!(read("%以上"), ("1".into(), Some("percent".into()), true, Some(Measure::Lower), 7));
        assert_eq!(read("%以内"), ("1".into(), Some("percent".into()), true, Some(Measure::Upper), 7));
    }

    #[test]
    fn comparators_before() {
        for words in [&LOWER[..], &UPPER, &ABOUT] {
            assert!(words.iter().all(|word| read_comparator(word).is_some()), "{words:?}");
        }
        assert_eq!(read_comparator("满意度≥"), Some((3, Some(Measure::Lower))));
        assert_eq!(read_comparator("费用不超过"), Some((9, Some(Measure::Upper))));
        assert_eq!(read_comparator("费用超过"), Some((6, Some(Measure::Lower))));
        assert_eq!(read_comparator("共有约"), Some((3, None)));
        assert_eq!(read_comparator("支出"), None);
        assert_eq!(read_comparator("比预算节约"), None);
    }
}
