//! What a cell holds: nothing, words, one quantity, a range, dates, or words with numbers among them.
//!
//! In: a cell and its numbers. Out: [`Content`]. Which unit a bare number has, and what it is
//! about, is left to the row and the column.

use crate::figure::{NumberToken, read_comparator, read_quantity};
use crate::grammar::Vocabulary;
use crate::grammar::vocabulary::UnitWord;
use crate::quantity::{Decimal, Measure, Unit};
use crate::source::Span;
use crate::table::Cell;

/// One quantity as a cell prints it.
#[derive(Clone, Debug)]
pub(super) struct Amount<'v> {
    /// Index of its number.
    pub(super) number: u32,
    /// The digits' value, negative after a minus or a word of decrease.
    pub(super) value: Decimal,
    /// Its multiplier: 10 000 for 万.
    pub(super) factor: Decimal,
    /// The unit in the cell.
    pub(super) unit: Option<&'v UnitWord>,
    /// ≥, ≤, 以上, 以下.
    pub(super) bound: Option<Measure>,
    /// 约, 余, 左右.
    pub(super) approximate: bool,
    /// Nothing but digits: no sign, separator, point, unit or bound.
    pub(super) plain: bool,
}

/// What a cell holds.
#[derive(Clone, Debug)]
pub(super) enum Content<'v> {
    /// Nothing, or dashes that stand for nothing.
    Blank,
    /// Words without a number.
    Words,
    /// One quantity and nothing else.
    Amount(Amount<'v>),
    /// From one quantity to another.
    Range(Amount<'v>, Amount<'v>),
    /// Dates and durations only.
    Period,
    /// Words with numbers among them.
    Mixed,
}

/// The span that holds number `token`: the cell's, or that of its part.
pub(super) fn piece_of(cell: &Cell, token: NumberToken) -> Span {
    let parts = cell.parts.as_deref().unwrap_or(&[]);
    parts.iter().copied().find(|part| part.contains(token.span)).unwrap_or(cell.span)
}

/// Reads the cell; `numbers` are its numbers in `tokens`, by index.
pub(super) fn read_content<'v>(
    text: &str,
    cell: &Cell,
    tokens: &[NumberToken],
    numbers: &[u32],
    vocabulary: &'v Vocabulary,
) -> Content<'v> {
    let parted = cell.parts.as_ref().is_some_and(|parts| parts.len() > 1);
    match numbers {
        [] if is_blank(cell.span.of(text)) && !parted => Content::Blank,
        [] => Content::Words,
        [number] if !parted => {
            let token = tokens[*number as usize];
            let (before, after) = around(text, cell.span, token);
            read_amount(text, *number, token, before, after, vocabulary)
                .map_or_else(|| period_or_mixed(text, cell, tokens, numbers, vocabulary), period_or_amount)
        }
        [low, high] if !parted => read_range(text, cell.span, tokens, (*low, *high), vocabulary).map_or_else(
            || period_or_mixed(text, cell, tokens, numbers, vocabulary),
            |(low, high)| Content::Range(low, high),
        ),
        [number] => {
            let found = read_parted(text, cell, *number, tokens, vocabulary);
            found.map_or_else(|| period_or_mixed(text, cell, tokens, numbers, vocabulary), Content::Amount)
        }
        _ => period_or_mixed(text, cell, tokens, numbers, vocabulary),
    }
}

/// An amount whose percent mark stands on the line below: `100.00` and `%`.
fn read_parted<'v>(
    text: &str,
    cell: &Cell,
    number: u32,
    tokens: &[NumberToken],
    vocabulary: &'v Vocabulary,
) -> Option<Amount<'v>> {
    let token = tokens[number as usize];
    let [first, second] = cell.parts.as_deref()? else { return None };
    let sign = second.of(text).trim();
    let (before, after) = around(text, *first, token);
    let fits = first.contains(token.span) && matches!(sign, "%" | "％") && after.trim().is_empty();
    if fits { read_amount(text, number, token, before, sign, vocabulary) } else { None }
}

/// Dashes, dots and strokes stand for nothing.
fn is_blank(text: &str) -> bool {
    text.chars().all(|character| {
        character.is_whitespace()
            || matches!(character, '-' | '－' | '—' | '–' | '―' | '−' | '/' | '\\' | '…' | '·' | '.')
    })
}

fn around(text: &str, piece: Span, token: NumberToken) -> (&str, &str) {
    (Span::new(piece.start, token.span.start).of(text), Span::new(token.span.end, piece.end).of(text))
}

/// Years, months and days are parts of dates; a stay of `≤8天` or an answer within `60分钟` is measured.
fn period_or_amount(amount: Amount<'_>) -> Content<'_> {
    const DATED: [&str; 9] = ["年", "月", "日", "年度", "季度", "个月", "个季度", "学年", "周年"];
    let dated = amount.unit.is_some_and(|unit| unit.duration && DATED.contains(&unit.unit.as_str()));
    if dated { Content::Period } else { Content::Amount(amount) }
}

/// The quantity, if `before` and `after` say nothing beside it.
fn read_amount<'v>(
    text: &str,
    number: u32,
    token: NumberToken,
    before: &str,
    after: &str,
    vocabulary: &'v Vocabulary,
) -> Option<Amount<'v>> {
    let raw = token.span.of(text);
    let mut value = token.value(text)?;
    if before.trim().is_empty() && after.trim().is_empty() {
        // Nearly all cells: a number and nothing else.
        let (factor, plain) = (Decimal::ONE, raw.bytes().all(|byte| byte.is_ascii_digit()));
        return Some(Amount { number, value, factor, unit: None, bound: None, approximate: false, plain });
    }
    // A line's end may part a number from its unit: 100.00 / %.
    let after = after.trim_start();
    let quantity = read_quantity(after, vocabulary);
    let mut rest = after[quantity.length..].trim();
    let mut head = before.trim().trim_end_matches(['¥', '￥']).trim_end();
    let (mut negative, mut bound, mut approximate) = (false, quantity.bound, quantity.approximate);
    if let Some(inside) = head.strip_suffix(['（', '(']) {
        // （6.59）: negative, as accountants print it.
        rest = rest.strip_prefix(['）', ')'])?.trim_start();
        negative = true;
        head = inside.trim_end();
    }
    if let Some(outside) = head.strip_suffix(['-', '－', '−', '–', '—', '﹣']) {
        negative = !negative;
        head = outside.trim_end();
    } else if let Some((outside, down)) = strip_direction(head) {
        negative ^= down;
        head = outside;
    }
    if !head.is_empty()
        && let Some((length, found)) = read_comparator(head)
    {
        approximate |= found.is_none();
        bound = bound.or(found);
        head = head[..head.len() - length].trim_end();
    }
    rest = rest.trim_end_matches(['。', '；', ';', '，']).trim_end();
    if !(head.is_empty() || matches!(head, "=" | "＝" | "等于" | "共" | "共计" | "合计")) || !rest.is_empty() {
        return None;
    }
    if negative {
        value.set_sign_negative(!value.is_zero());
    }
    Some(Amount { number, value, factor: quantity.factor, unit: quantity.unit, bound, approximate, plain: false })
}

/// `增加`, `下降` and the like at the end of `head`: what stands before, and whether it goes down.
fn strip_direction(head: &str) -> Option<(&str, bool)> {
    const UP: [&str; 9] = ["增加", "增长", "上升", "提高", "增", "升", "↑", "+", "＋"];
    const DOWN: [&str; 8] = ["减少", "下降", "降低", "减", "降", "↓", "负", "▼"];
    let strip = |words: &[&str], down| {
        words.iter().find_map(|word| head.strip_suffix(word)).map(|outside| (outside.trim_end(), down))
    };
    strip(&UP, false).or_else(|| strip(&DOWN, true))
}

/// `3-15人`, `90%～95%`.
fn read_range<'v>(
    text: &str,
    span: Span,
    tokens: &[NumberToken],
    numbers: (u32, u32),
    vocabulary: &'v Vocabulary,
) -> Option<(Amount<'v>, Amount<'v>)> {
    let (low, high) = (tokens[numbers.0 as usize], tokens[numbers.1 as usize]);
    let between = Span::new(low.span.end, high.span.start).of(text);
    let quantity = read_quantity(between, vocabulary);
    let dash = between[quantity.length..].trim();
    if !matches!(dash, "-" | "－" | "—" | "~" | "～" | "至" | "到" | "–" | "−" | "——" | "-≤") {
        return None;
    }
    let (before, _) = around(text, span, low);
    let (_, after) = around(text, span, high);
    let mut first = read_amount(text, numbers.0, low, before, &between[..quantity.length], vocabulary)?;
    let second = read_amount(text, numbers.1, high, "", after, vocabulary)?;
    let years = |amount: &Amount<'_>| amount.plain && is_year(amount.value);
    if second.unit.is_some_and(|unit| unit.duration) || (years(&first) && second.value < Decimal::from(13)) {
        return None;
    }
    if first.unit.is_none() {
        (first.unit, first.factor) =
            (second.unit, if first.factor == Decimal::ONE { second.factor } else { first.factor });
    }
    first.bound = Some(Measure::Lower);
    Some((first, Amount { bound: Some(Measure::Upper), ..second }))
}

/// Whether a plain number may be a fiscal year.
pub(super) fn is_year(value: Decimal) -> bool {
    value >= Decimal::from(1978) && value <= Decimal::from(2099) && value.fract().is_zero()
}

/// Dates and durations, where nothing else is said: `2031年12月前`, `2031-05-06`, `12月底`.
fn period_or_mixed<'v>(
    text: &str,
    cell: &Cell,
    tokens: &[NumberToken],
    numbers: &[u32],
    vocabulary: &'v Vocabulary,
) -> Content<'v> {
    let whole = cell.span.of(text);
    if whole.len() > 96 || cell.parts.is_some() {
        return Content::Mixed;
    }
    let all_timed = numbers.iter().enumerate().all(|(at, number)| {
        let token = tokens[*number as usize];
        let (_, after) = around(text, cell.span, token);
        let after = after.trim_start();
        read_quantity(after, vocabulary).unit.is_some_and(|unit| unit.duration && unit.unit != Unit::Percent)
            || after.starts_with("号前")
            || (at > 0 && after.is_empty() && whole.len() < 12)
            || after.starts_with(['-', '/', '.', '－', '～', '~', '至', '—'])
                && whole.chars().filter(char::is_ascii_digit).count() >= 5
    });
    let digits = whole.chars().filter(char::is_ascii_digit).count();
    if all_timed && digits <= 17 { Content::Period } else { Content::Mixed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::scan_numbers;
    use crate::grammar::GrammarFiles;

    /// What a cell holds, in short.
    fn read(text: &str) -> String {
        let vocabulary = Vocabulary::load(&GrammarFiles::embedded(), &mut Vec::new());
        let span = Span::from(0..text.len());
        let cell = Cell { row: 0, column: 0, row_span: 1, column_span: 1, header: false, span, parts: None };
        let tokens = scan_numbers(text);
        let numbers: Vec<u32> = (0..tokens.len() as u32).collect();
        let amount = |amount: &Amount<'_>| {
            let unit = amount.unit.map_or("", |unit| unit.unit.as_str());
            let bound = amount.bound.map_or("", Measure::as_str);
            format!("{} ×{} {unit} {bound}", amount.value, amount.factor).trim_end().to_owned()
        };
        match read_content(text, &cell, &tokens, &numbers, &vocabulary) {
            Content::Blank => "blank".into(),
            Content::Words => "words".into(),
            Content::Amount(found) => amount(&found),
            Content::Range(low, high) => format!("{} … {}", amount(&low), amount(&high)),
            Content::Period => "period".into(),
            Content::Mixed => "mixed".into(),
        }
    }

    #[test]
    fn one_quantity_and_nothing_else() {
        assert_eq!(read("1,234.50"), "1234.50 ×1");
        assert_eq!(read("￥12"), "12 ×1");
        assert_eq!(read("-3.1"), "-3.1 ×1");
        assert_eq!(read("－３．１"), "-3.1 ×1");
        assert_eq!(read("（6.59）"), "-6.59 ×1");
        assert_eq!(read("减少80%"), "-80 ×1 percent");
        assert_eq!(read("增44035"), "44035 ×1");
        assert_eq!(read("3万元"), "3 ×10000 CNY");
        assert_eq!(read("≤1万"), "1 ×10000  upper");
        assert_eq!(read("≥90%"), "90 ×1 percent lower");
        assert_eq!(read("不低于90%"), "90 ×1 percent lower");
        assert_eq!(read("96%以上"), "96 ×1 percent lower");
        assert_eq!(read("-0.00"), "0.00 ×1");
    }

    #[test]
    fn ranges() {
        assert_eq!(read("3-15人"), "3 ×1 person lower … 15 ×1 person upper");
        assert_eq!(read("90%～95%"), "90 ×1 percent lower … 95 ×1 percent upper");
        assert_eq!(read("1.2-1.5万元"), "1.2 ×10000 CNY lower … 1.5 ×10000 CNY upper");
    }

    #[test]
    fn dates_and_stays() {
        assert_eq!(read("2031年12月前"), "period");
        assert_eq!(read("8月底"), "period");
        assert_eq!(read("2031-05-06"), "period");
        assert_eq!(read("2031年"), "period");
        assert_eq!(read("≤8天"), "8 ×1 天 upper");
    }

    #[test]
    fn words_dashes_and_sentences() {
        assert_eq!(read("—"), "blank");
        assert_eq!(read("有所提高"), "words");
        assert_eq!(read("满意度达到80%"), "mixed");
        assert_eq!(read("手册5万份"), "mixed");
        assert_eq!(read("10.82 10.82"), "mixed");
        assert_eq!(read("2/3"), "mixed");
    }
}
