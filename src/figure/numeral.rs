//! Quantities in Chinese numerals: `五十万元`, `百分之五点二`, `三成`, `壹佰贰拾叁万肆仟元捌角`.
//!
//! In: a text. Out: [`Numeral`]s, only where a unit makes them quantities: 一是, 三公 and 两个 are
//! words, no figures. The digits of `五十万元` are `五十`; 万 and 元 are read like those behind
//! Arabic digits. Amounts down to 角 and 分 are taken whole.

use crate::quantity::{Decimal, Unit};
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::combinator::{map_opt, opt, verify};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};
use std::ops::Range;

/// A quantity in Chinese numerals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Its value, before a multiplier that follows.
    pub value: Decimal,
    /// Its unit, where the numeral itself says it (百分之, 成, 元…角).
    pub unit: Option<Unit>,
}

fn digit(character: char) -> Option<i64> {
    Some(match character {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn power(character: char) -> Option<i64> {
    Some(match character {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        '万' | '萬' => 10_000,
        '亿' | '億' => 100_000_000,
        _ => return None,
    })
}

/// Every character that [`digit`] or [`power`] knows.
const NUMERALS: &str = "零〇一壹二两贰三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟万萬亿億";

/// Hardly any character of a text is a numeral, and each is asked: a bit for each of U+3000 to U+9FFF tells.
const BITS: [u64; (LAST - FIRST) / 64] = {
    let mut bits = [0; (LAST - FIRST) / 64];
    let (bytes, mut at) = (NUMERALS.as_bytes(), 0);
    while at < bytes.len() {
        // Each has three bytes.
        let scalar = ((bytes[at] & 0x0f) as usize) << 12
            | ((bytes[at + 1] & 0x3f) as usize) << 6
            | (bytes[at + 2] & 0x3f) as usize;
        bits[(scalar - FIRST) / 64] |= 1_u64 << (scalar % 64);
        at += 3;
    }
    bits
};
const FIRST: usize = 0x3000;
const LAST: usize = 0xa000;

fn is_numeral(character: char) -> bool {
    is_numeral_scalar(character as usize)
}

fn is_numeral_scalar(scalar: usize) -> bool {
    let place = scalar.wrapping_sub(FIRST);
    BITS.get(place / 64).is_some_and(|bits| bits >> (place % 64) & 1 != 0)
}

/// The value of numerals such as `一百二十三万四千`; `None` if they are no number.
fn evaluate(numerals: &str) -> Option<i64> {
    let (mut total, mut section, mut last) = (0_i64, 0_i64, None);
    for character in numerals.chars() {
        if let Some(value) = digit(character) {
            if last.replace(value).is_some_and(|last| last != 0) {
                return None;
            }
            continue;
        }
        let power = power(character)?;
        if power >= 10_000 {
            section = section.checked_add(last.take().unwrap_or(0))?;
            total = total.checked_add(section)?.checked_mul(power)?;
            section = 0;
        } else {
            section = section.checked_add(last.take().unwrap_or(1).checked_mul(power)?)?;
        }
    }
    total.checked_add(section)?.checked_add(last.unwrap_or(0))
}

fn numerals(input: &str) -> IResult<&str, i64> {
    map_opt(take_while1(is_numeral), evaluate).parse(input)
}

/// `五点二`, `五`: the decimals are digits one by one.
fn decimal(input: &str) -> IResult<&str, Decimal> {
    let (rest, whole) = numerals(input)?;
    let (rest, fraction) = opt(preceded(tag("点"), take_while1(|c| digit(c).is_some()))).parse(rest)?;
    let (mut mantissa, mut scale) = (i128::from(whole), 0);
    for character in fraction.unwrap_or("").chars().take(12) {
        mantissa = mantissa * 10 + i128::from(digit(character).unwrap_or(0));
        scale += 1;
    }
    Ok((rest, Decimal::try_from_i128_with_scale(mantissa, scale).unwrap_or_default()))
}

/// `百分之五点二`.
fn percentage(input: &str) -> IResult<&str, (Decimal, Option<Unit>)> {
    let (rest, value) = preceded(tag("百分之"), decimal).parse(input)?;
    Ok((rest, (value, Some(Unit::Percent))))
}

/// `三成`, `两成`: tenths of a whole.
fn tenths(input: &str) -> IResult<&str, (Decimal, Option<Unit>)> {
    let one = verify(numerals, |value| (1..10).contains(value));
    let (rest, value) = terminated(one, tag("成")).parse(input)?;
    let ends =
        rest.is_empty() || ["，", "。", "；", "、", "以上", "左右", "多", "的"].iter().any(|end| rest.starts_with(end));
    if !ends {
        return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)));
    }
    Ok((rest, (Decimal::from(value * 10), Some(Unit::Percent))))
}

/// `壹佰元捌角玖分`: yuan with 角 or 分.
fn capital(input: &str) -> IResult<&str, (Decimal, Option<Unit>)> {
    let (rest, yuan) = terminated(numerals, alt((tag("元"), tag("圆")))).parse(input)?;
    let (rest, tenths) = opt(terminated(numerals, tag("角"))).parse(rest)?;
    let (rest, hundredths) = opt(preceded(opt(tag("零")), terminated(numerals, tag("分")))).parse(rest)?;
    if tenths.is_none() && hundredths.is_none() {
        return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)));
    }
    let fen = i128::from(yuan) * 100 + i128::from(tenths.unwrap_or(0)) * 10 + i128::from(hundredths.unwrap_or(0));
    Ok((rest, (Decimal::try_from_i128_with_scale(fen, 2).unwrap_or_default(), Some(Unit::Cny))))
}

/// `五十` of `五十万元`: numerals that a unit of money follows; 万 and 亿 right before it are left to the unit.
fn money(input: &str) -> IResult<&str, (Decimal, Option<Unit>)> {
    let (rest, run) = take_while1(is_numeral).parse(input)?;
    let unit = rest.trim_start_matches(['余', '多']).trim_start_matches(['万', '亿']);
    let digits = run.trim_end_matches(['万', '萬', '亿', '億']);
    match evaluate(digits) {
        Some(value) if !digits.is_empty() && (unit.starts_with("元") || unit.starts_with("圆")) => {
            Ok((&input[digits.len()..], (Decimal::from(value), None)))
        }
        _ => Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify))),
    }
}

/// What follows the numerals of a quantity: 百|分之, 元, 圆, 成, or more before 元.
const BEHIND: [char; 6] = ['分', '元', '圆', '成', '余', '多'];

/// Where the next numeral of `text` begins, from `at` on.
fn next_numeral(text: &str, mut at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    while let Some(first) = bytes.get(at) {
        at += match (first, bytes.get(at + 1..at + 3)) {
            (0..0x80, _) => 1,
            (0xe3..=0xe9, Some([second, third])) => {
                let [first, second, third] = [first & 0x0f, second & 0x3f, third & 0x3f].map(usize::from);
                if is_numeral_scalar(first << 12 | second << 6 | third) {
                    return Some(at);
                }
                3
            }
            (0xe0..0xf0, _) => 3,
            (0xf0.., _) => 4,
            _ => 2,
        };
    }
    None
}

/// Every quantity in Chinese numerals, in order.
#[must_use]
pub fn scan_numerals(text: &str) -> Vec<Numeral> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = next_numeral(text, at) {
        // The whole run: no quantity begins in its middle, but 百分之 may follow it.
        let run = text[start..].find(|c| !is_numeral(c)).unwrap_or(text.len() - start);
        if !text[start + run..].starts_with(BEHIND) {
            at = start + run;
        } else if let Ok((rest, (value, unit))) = alt((percentage, capital, tenths, money)).parse(&text[start..]) {
            let end = text.len() - rest.len();
            found.push(Numeral { range: start..end, value, unit });
            at = end;
        } else {
            at = start + run;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, String, Option<String>)> {
        scan_numerals(text)
            .into_iter()
            .map(|numeral| {
                (
                    &text[numeral.range.clone()],
                    numeral.value.to_string(),
                    numeral.unit.map(|unit| unit.as_str().to_owned()),
                )
            })
            .collect()
    }

    #[test]
    fn a_numeral_is_a_digit_or_a_power() {
        let all = ('\0'..=char::MAX).filter(|character| is_numeral(*character));
        assert!(all.eq(('\0'..=char::MAX).filter(|c| digit(*c).is_some() || power(*c).is_some())));
    }

    #[test]
    fn money_in_numerals() {
        assert_eq!(read("共五十万元，一百二十元"), [("五十", "50".into(), None), ("一百二十", "120".into(), None)]);
        assert_eq!(read("一万二千元"), [("一万二千", "12000".into(), None)]);
        assert_eq!(read("二十余万元"), [("二十", "20".into(), None)]);
        assert_eq!(
            read("壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分"),
            [("壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分", "1234567.89".into(), Some("CNY".into()))]
        );
    }

    #[test]
    fn percentages_and_tenths() {
        assert_eq!(read("下降百分之五点二，"), [("百分之五点二", "5.2".into(), Some("percent".into()))]);
        assert_eq!(read("近三成以上"), [("三成", "30".into(), Some("percent".into()))]);
    }

    #[test]
    fn words_are_no_figures() {
        for text in [
            "一是加强管理，二是",
            "“三公”经费",
            "两个机构",
            "第三季度",
            "一体化建设",
            "十八大以来",
            "四成员单位",
            "千方百计",
            "一二三四五元",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
