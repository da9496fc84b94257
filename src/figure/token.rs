//! Finds every number of a text: the rows of the ledger.
//!
//! A number is a run of digits (half or full width) with its thousands separators and its decimal
//! part, without sign, percent mark or unit: `4,300,085.06`, `23.47`, `2101505`. `1.2-1.5` is two.
//! A comma belongs to a number only if groups of exactly three digits follow; a point only if a
//! digit does.

use crate::source::Span;
use rust_decimal::Decimal;

/// A number as it stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberToken {
    /// Its digits, separators and decimal part, in bytes of the text.
    pub span: Span,
}

impl NumberToken {
    /// Its value as printed, without sign, unit and multiplier; `None` beyond 28 digits.
    #[must_use]
    pub fn value(self, text: &str) -> Option<Decimal> {
        parse_digits(self.span.of(text))
    }
}

/// Length in bytes and value of the digit at the start of `bytes`, half or full width.
fn digit(bytes: &[u8]) -> Option<(usize, u8)> {
    match bytes {
        [b @ b'0'..=b'9', ..] => Some((1, b - b'0')),
        [0xef, 0xbc, b @ 0x90..=0x99, ..] => Some((3, b - 0x90)),
        _ => None,
    }
}

/// Length in bytes of the mark at the start of `bytes`, if it is `half` or its full-width twin.
fn mark(bytes: &[u8], half: u8) -> Option<usize> {
    let full = [0xef, 0xbc, half - b'!' + 0x81];
    match bytes {
        [b, ..] if *b == half => Some(1),
        _ if bytes.starts_with(&full) => Some(3),
        _ => None,
    }
}

/// Length in bytes and count of the digits at the start of `bytes`.
fn digits(bytes: &[u8]) -> (usize, usize) {
    let (mut length, mut count) = (0, 0);
    while let Some((width, _)) = digit(&bytes[length..]) {
        length += width;
        count += 1;
    }
    (length, count)
}

/// Length in bytes of the number at the start of `bytes`, which begin with a digit.
fn number_length(bytes: &[u8]) -> usize {
    let (mut length, count) = digits(bytes);
    if count <= 3 {
        // Groups of three: 12,345,678. A longer group, or a shorter one, is another number.
        while let Some(comma) = mark(&bytes[length..], b',') {
            let (group, count) = digits(&bytes[length + comma..]);
            // A full-width comma is prose (12，345) unless the digits are full width too.
            if count != 3 || (comma == 3 && group != 9) {
                break;
            }
            length += comma + group;
        }
    }
    if let Some(point) = mark(&bytes[length..], b'.') {
        let (fraction, count) = digits(&bytes[length + point..]);
        if count > 0 {
            length += point + fraction;
        }
    }
    length
}

/// Every number of `text`, in order.
#[must_use]
pub fn scan_numbers(text: &str) -> Vec<NumberToken> {
    /// Bytes looked at together: text without digits is passed over so many at a time.
    const STRIDE: usize = 32;
    let bytes = text.as_bytes();
    let begins = |byte: u8| byte.is_ascii_digit() || byte == 0xef;
    let mut numbers = Vec::with_capacity(bytes.len() / 48);
    let mut at = 0;
    while at < bytes.len() {
        let end = (at + STRIDE).min(bytes.len());
        if !bytes[at..end].iter().fold(false, |any, byte| any | begins(*byte)) {
            at = end;
            continue;
        }
        while at < end {
            if begins(bytes[at]) && digit(&bytes[at..]).is_some() {
                let length = number_length(&bytes[at..]);
                numbers.push(NumberToken { span: Span::from(at..at + length) });
                at += length;
            } else {
                // The three bytes of a Chinese character or mark, any other one byte by byte.
                at += if bytes[at] >= 0xe0 { 3 } else { 1 };
            }
        }
    }
    numbers
}

/// The digits of `bytes` as one whole number, and how many of them are decimals; other characters are
/// passed over. None without digits, or beyond what the number holds.
#[must_use]
pub fn digits_of(bytes: &[u8]) -> Option<(i128, u32)> {
    // Up to here, one more digit has room in 64 bits.
    const FULL: u64 = u64::MAX / 10 - 1;
    let (mut upper, mut lower, mut scale, mut fraction) = (0_i128, 0_u64, 0_u32, false);
    let mut any = false;
    let mut at = 0;
    while at < bytes.len() {
        if let Some((width, value)) = digit(&bytes[at..]) {
            if upper == 0 && lower < FULL {
                lower = lower * 10 + u64::from(value);
            } else {
                let whole = if upper == 0 { i128::from(lower) } else { upper };
                upper = whole.checked_mul(10)?.checked_add(i128::from(value))?;
            }
            scale += u32::from(fraction);
            any = true;
            at += width;
        } else {
            let point = mark(&bytes[at..], b'.');
            fraction |= point.is_some();
            at += point.unwrap_or(1);
        }
    }
    any.then_some((if upper == 0 { i128::from(lower) } else { upper }, scale))
}

/// The value of the digits, separators and point in `raw`; other characters are passed over.
/// `None` beyond what a [`Decimal`] holds exactly.
#[must_use]
pub fn parse_digits(raw: &str) -> Option<Decimal> {
    let (mantissa, scale) = digits_of(raw.as_bytes())?;
    Decimal::try_from_i128_with_scale(mantissa, scale).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raws(text: &str) -> Vec<&str> {
        scan_numbers(text).iter().map(|number| number.span.of(text)).collect()
    }

    #[test]
    fn numbers_take_their_separators_and_decimals() {
        assert_eq!(raws("共4,300,085.06元，占23.47%"), ["4,300,085.06", "23.47"]);
        assert_eq!(raws("1.2-1.5万元/月"), ["1.2", "1.5"]);
        assert_eq!(raws("〔2018〕62号"), ["2018", "62"]);
        assert_eq!(raws("1.付费 2、异地"), ["1", "2"]);
        assert_eq!(raws("12，345"), ["12", "345"]);
        assert_eq!(raws("１２，３４５．６"), ["１２，３４５．６"]);
        assert_eq!(raws("１２,３４５.６"), ["１２,３４５.６"]);
        assert_eq!(raws("1,2345 1234,567"), ["1", "2345", "1234", "567"]);
    }

    #[test]
    fn values_are_exact() {
        assert_eq!(parse_digits("4,300,085.06").map(|d| d.to_string()).as_deref(), Some("4300085.06"));
        assert_eq!(parse_digits("１２，３４５．６").map(|d| d.to_string()).as_deref(), Some("12345.6"));
        assert_eq!(parse_digits("00.00").map(|d| d.to_string()).as_deref(), Some("0.00"));
        assert_eq!(
            parse_digits("184467440737095516159.5").map(|d| d.to_string()).as_deref(),
            Some("184467440737095516159.5")
        );
        assert_eq!(parse_digits(&"9".repeat(30)), None);
        assert_eq!(parse_digits(&"9".repeat(50)), None);
        assert_eq!(parse_digits("，"), None);
    }
}
