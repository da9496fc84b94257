//! Labels of rows and columns: their words, the key they are looked up by, the unit they name, and
//! the numbers that stand in them.

use crate::figure::{NumberToken, read_quantity};
use crate::grammar::Vocabulary;
use crate::grammar::labels::{bare, bracket_words, list_number_length, squeeze};
use crate::quantity::{Decimal, NumberClass, Unit};
use crate::source::Span;
use crate::table::Cell;

/// The unit of bare numbers: 万元 is a factor of 10 000 and yuan.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scale {
    pub(super) factor: Decimal,
    pub(super) unit: Unit,
}

/// The scale that a printed unit names: `万元`, `金额单位：元`, `单位：人`.
pub(super) fn read_scale(printed: &str, vocabulary: &Vocabulary) -> Option<Scale> {
    let words = printed.rsplit_once(['：', ':']).map_or(printed, |(_, unit)| unit);
    let words = words.trim().trim_start_matches("人民币");
    let quantity = read_quantity(words, vocabulary);
    let unit = quantity.unit.filter(|_| quantity.length > 0)?;
    let behind = words[quantity.length..].trim_start();
    let ends = behind.is_empty() || behind.starts_with(['、', '，', ',', '）', ')', '/', ' ']);
    (ends && !unit.duration).then(|| Scale { factor: quantity.factor, unit: unit.unit.clone() })
}

/// A label, read once.
#[derive(Clone, Debug, Default)]
pub(super) struct Label {
    /// Its words without list number, code, 其中 and points in brackets.
    pub(super) words: String,
    /// What grammars are asked for.
    pub(super) key: String,
    /// The unit that it names: `（万元）`, `增减％`.
    pub(super) scale: Option<Scale>,
    /// The classification code that it begins with: `310资本性支出`.
    pub(super) code: Option<String>,
    /// The year that it names: `2031年度决算数`; the key goes without it.
    pub(super) year: Option<i16>,
}

/// Reads a label as printed.
pub(super) fn read_label(printed: &str, vocabulary: &Vocabulary) -> Label {
    let (code, rest) = split_code(printed.trim());
    let words = bare(rest);
    let scale = bracket_words(words).and_then(|unit| read_scale(unit, vocabulary)).or_else(|| {
        let percent = words.ends_with(['%', '％', '﹪']);
        percent.then_some(Scale { factor: Decimal::ONE, unit: Unit::Percent })
    });
    let mut key = squeeze(words);
    let year = year_in(&key);
    if let Some(year) = year
        && let Some(rest) = key.strip_prefix(&year.to_string())
    {
        let rest = rest.strip_prefix('年').unwrap_or(rest);
        key = String::from(rest.strip_prefix('度').unwrap_or(rest));
    }
    Label { words: words.to_owned(), key, scale, code: code.map(str::to_owned), year }
}

/// Whether `digits` may be a classification code: 3, 5 or 7 digits.
pub(super) fn is_code(digits: &str) -> bool {
    matches!(digits.len(), 3 | 5 | 7)
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(digits.as_bytes()[0], b'1'..=b'5')
}

/// The classification code that a label begins with, and what follows.
fn split_code(label: &str) -> (Option<&str>, &str) {
    let inner = label.trim_start_matches(['[', '【', '［']);
    let length = inner.bytes().take_while(u8::is_ascii_digit).count();
    let rest = inner[length..].trim_start_matches([']', '】', '］']).trim_start().trim_start_matches(['-', '－', ' ']);
    let worded = rest.chars().next().is_some_and(|first| !first.is_ascii() && first.is_alphabetic());
    let counted = rest.starts_with(['年', '人', '个', '万', '元', '项', '家', '次', '月', '号', '辆', '台', '套']);
    if length > 0 && is_code(&inner[..length]) && worded && !counted {
        (Some(&inner[..length]), rest)
    } else {
        (None, label)
    }
}

/// The points in brackets at either end of an indicator's label: `（20分）项目决策`, `（10）绩效目标`.
pub(super) struct Points<'l> {
    /// The label without the bracket.
    pub(super) words: &'l str,
    /// Whether 分 is printed.
    pub(super) unit: bool,
}

/// Reads the points in a label of a score sheet.
pub(super) fn read_points(label: &str) -> Option<Points<'_>> {
    let label_end = label.trim_end();
    let is_open = |character: char| matches!(character, '（' | '(' | '【');
    let is_close = |character: char| matches!(character, '）' | ')' | '】');
    let (open, close) = if label_end.ends_with(is_close) {
        (label_end.rfind(is_open)?, label_end.rfind(is_close)?)
    } else if label.trim_start().starts_with(is_open) {
        (label.find(is_open)?, label.find(is_close)?)
    } else {
        return None;
    };
    let start = open + label[open..].chars().next().map_or(0, char::len_utf8);
    let inside = label.get(start..close)?.trim();
    let unit = inside.ends_with('分');
    let digits = inside.trim_end_matches('分').trim_end();
    let number = digits
        .rfind(|character: char| !(character.is_ascii_digit() || character == '.'))
        .map_or(0, |at| at + digits[at..].chars().next().map_or(0, char::len_utf8));
    let value = &digits[number..];
    if value.is_empty() || value.len() > 5 || (!unit && number > 0) {
        return None;
    }
    let end = close + label[close..].chars().next().map_or(0, char::len_utf8);
    let words = if open == 0 || label[..open].trim().is_empty() { label[end..].trim() } else { label[..open].trim() };
    (!words.is_empty()).then_some(Points { words, unit })
}

/// The class of a number in a label or heading, by what stands around it.
pub(super) fn class_in_label(text: &str, cell: &Cell, token: NumberToken) -> NumberClass {
    let piece = super::content::piece_of(cell, token);
    let before = Span::new(piece.start, token.span.start).of(text);
    let after = Span::new(token.span.end, piece.end).of(text);
    let raw = token.span.of(text);
    let (head, tail) = (before.trim_end(), after.trim_start());
    let year = raw.len() == 4 && (raw.starts_with("19") || raw.starts_with("20"));
    if tail.starts_with(['年', '月', '日', '季'])
        || tail.starts_with("个月")
        || tail.starts_with("小时")
        || (year && tail.is_empty())
    {
        return NumberClass::Period;
    }
    if year
        && (tail.starts_with(['决', '预', '-', '－', '—', '~', '～', '至', '/', '.', '度'])
            || head.ends_with(['-', '－', '—', '~', '～', '至']))
    {
        return NumberClass::Period;
    }
    // A list number at the start, or behind 其中：.
    let listed = head.trim_start_matches("其中").trim_start_matches(['：', ':', '，', ' ']).trim_start();
    if matches!(listed, "" | "（" | "(") && list_number_length(&format!("{listed}1{after}")) > 0 {
        return NumberClass::Ordinal;
    }
    if head.ends_with(['（', '(']) && tail.starts_with(['）', ')']) {
        let number: u32 = raw.parse().unwrap_or(u32::MAX);
        let ends = tail.chars().count() == 1 || head.chars().count() == 1;
        if ends && number < 50 {
            return NumberClass::Ordinal;
        }
    }
    let long = raw.len() >= 7 && raw.bytes().all(|byte| byte.is_ascii_digit());
    if long
        || head.ends_with(['〔', '[', '#', '№'])
        || tail.starts_with(['号', '表', '〕'])
        || is_name_character(head, tail)
    {
        return NumberClass::Identifier;
    }
    if head.is_empty() && is_code(raw) {
        return NumberClass::Identifier;
    }
    if is_formula(piece.of(text)) {
        return NumberClass::Identifier;
    }
    if is_money(head, raw, tail) { NumberClass::Unread } else { NumberClass::Threshold }
}

/// Whether a number is printed as amounts are, with cents: in a label or heading it is no limit but an amount that the
/// grid of the table has lost.
fn is_money(head: &str, raw: &str, tail: &str) -> bool {
    const LIMITS: [char; 12] = ['≥', '≤', '>', '<', '＞', '＜', '±', '~', '～', '-', '—', '至'];
    let cents = raw.rsplit_once(['.', '．']).is_some_and(|(_, cents)| cents.chars().count() == 2);
    cents && (raw.contains([',', '，']) || tail.is_empty()) && !head.ends_with(LIMITS)
}

/// A Latin letter at the number makes it part of a name: `PM2.5`, `image3`.
fn is_name_character(head: &str, tail: &str) -> bool {
    head.ends_with(|character: char| character.is_ascii_alphabetic())
        || tail.starts_with('+')
        || head.ends_with('+') && head.len() > 1
}

/// `1=2+3`, `（2-1）/1`: columns named by their numbers.
fn is_formula(label: &str) -> bool {
    label.contains(['=', '＝', '+', '÷'])
        && label.chars().all(|character| {
            character.is_ascii_digit() || character.is_whitespace() || "=＝+-－*×÷/()（）栏列".contains(character)
        })
}

/// The fiscal year that a heading names: `2031年度决算数`, `2031决算`.
pub(super) fn year_in(label: &str) -> Option<i16> {
    let bytes = label.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii_digit() {
            let length = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            let rest = label[at + length..].trim_start();
            let dated = rest.is_empty() || rest.starts_with(['年', '决', '预', '实', '执']);
            if length == 4 && dated && (label[at..].starts_with("19") || label[at..].starts_with("20")) {
                return label[at..at + 4].parse().ok();
            }
            at += length;
        } else {
            at += 1;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::scan_numbers;
    use crate::grammar::GrammarFiles;

    fn vocabulary() -> Vocabulary {
        Vocabulary::load(&GrammarFiles::embedded(), &mut Vec::new())
    }

    #[test]
    fn scales_of_printed_units() {
        let vocabulary = vocabulary();
        let read = |printed: &str| {
            read_scale(printed, &vocabulary).map(|scale| (scale.factor.to_string(), scale.unit.as_str().to_owned()))
        };
        assert_eq!(read("金额单位：万元"), Some(("10000".into(), "CNY".into())));
        assert_eq!(read("千元"), Some(("1000".into(), "CNY".into())));
        assert_eq!(read("人民币元"), Some(("1".into(), "CNY".into())));
        assert_eq!(read("万元、%"), Some(("10000".into(), "CNY".into())));
        assert_eq!(read("人次"), Some(("1".into(), "person_time".into())));
        assert_eq!(read("天"), None);
        assert_eq!(read("元旦"), None);
        assert_eq!(read("B/A"), None);
    }

    #[test]
    fn a_label_gives_its_words_key_unit_code_and_year() {
        let vocabulary = vocabulary();
        let label = read_label("其中：1、公务接待费（万元）", &vocabulary);
        assert_eq!((label.words.as_str(), label.key.as_str()), ("公务接待费（万元）", "公务接待费（万元）"));
        assert_eq!(label.scale.map(|scale| scale.factor), Some(Decimal::from(10_000)));
        let label = read_label("310资本性支出", &vocabulary);
        assert_eq!((label.code.as_deref(), label.words.as_str()), (Some("310"), "资本性支出"));
        assert_eq!(read_label("[2130306] 水利工程运行与维护", &vocabulary).code.as_deref(), Some("2130306"));
        assert_eq!(read_label("300元以下补助", &vocabulary).code, None);
        let label = read_label("2031年度决算数", &vocabulary);
        assert_eq!((label.year, label.key.as_str()), (Some(2031), "决算数"));
        assert_eq!(read_label("比上年增减％", &vocabulary).scale.map(|scale| scale.unit), Some(Unit::Percent));
    }

    #[test]
    fn points_stand_in_brackets_at_either_end() {
        let read = |label| read_points(label).map(|points| (points.words.to_owned(), points.unit));
        assert_eq!(read("（20分）项目决策"), Some(("项目决策".into(), true)));
        assert_eq!(read("（10）绩效目标"), Some(("绩效目标".into(), false)));
        assert_eq!(read("（特性指标70分）项目绩效"), Some(("项目绩效".into(), true)));
        assert_eq!(read("预算执行（15分）"), Some(("预算执行".into(), true)));
        assert_eq!(read("必要性（政策依据)"), None);
        assert_eq!(read("（分）"), None);
        assert_eq!(read("）5（"), None);
    }

    /// The classes of the numbers of a label.
    fn classes(label: &str) -> Vec<&'static str> {
        let span = Span::from(0..label.len());
        let cell = Cell { row: 0, column: 0, row_span: 1, column_span: 1, header: true, span, parts: None };
        scan_numbers(label).into_iter().map(|token| class_in_label(label, &cell, token).as_str()).collect()
    }

    #[test]
    fn numbers_in_labels_have_a_class() {
        assert_eq!(classes("2031年度决算数"), ["period"]);
        assert_eq!(classes("2031决算"), ["period"]);
        assert_eq!(classes("目标完成情况表(2031 年度)（2）"), ["period", "ordinal"]);
        assert_eq!(classes("1.公务接待费"), ["ordinal"]);
        assert_eq!(classes("其中：2、公车运行费"), ["ordinal"]);
        assert_eq!(classes("吴一平5550123"), ["identifier"]);
        assert_eq!(classes("云水发〔2031〕7号"), ["identifier", "identifier"]);
        assert_eq!(classes("公开01表"), ["identifier"]);
        assert_eq!(classes("310资本性支出"), ["identifier"]);
        assert_eq!(classes("4=2+3"), ["identifier"; 3]);
        assert_eq!(classes("单价50万元以上通用设备"), ["threshold"]);
        assert_eq!(classes("（B/A）×100%"), ["threshold"]);
        assert_eq!(classes("得分≥92.50"), ["threshold"]);
        assert_eq!(classes("一般公共预算3,120.50"), ["unread"]);
        assert_eq!(classes("一般公共预算３，１２０．５０"), ["unread"]);
    }

    #[test]
    fn years_in_headings() {
        assert_eq!(year_in("2031年预算数"), Some(2031));
        assert_eq!(year_in("2031决算数"), Some(2031));
        assert_eq!(year_in("第2031号"), None);
        assert_eq!(year_in("20310元"), None);
    }
}
