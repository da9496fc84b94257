//! What the document says elsewhere about an amount: the words that stand before it.
//!
//! In: the whole text. Out: whether a heading's words stand before an amount: `其中：基本支出 57.10万元`,
//! `八、其他收入 8 12.30`. Where blank cells left no trace, this tells whose amount it is.
//! Surprise: a table's own lines are no evidence for it, because its head stands before its first amount.

use super::words::squeeze;
use crate::figure::token::parse_digits;
use crate::source::Span;
use rust_decimal::Decimal;
use std::cell::{OnceCell, RefCell};
use std::cmp::Ordering;
use std::collections::HashMap;

/// Bytes before a number that may be the words for it.
const REACH: usize = 96;
/// Places of one amount that are looked at.
const MOST_PLACES: usize = 48;

/// Bytes from a title to an amount of its statement at most.
const LONGEST_STATEMENT: u32 = 8000;

/// Words before the amounts of a document, gathered once they are asked for.
pub(super) struct Evidence<'t> {
    text: &'t str,
    places: OnceCell<HashMap<Decimal, Vec<u32>>>,
    /// Where the titles of statements begin, and the fund that each names.
    titles: OnceCell<Vec<(u32, Option<&'static str>)>>,
    /// By code and heading, the largest amount that a statement of all funds has there.
    classes: RefCell<HashMap<(String, String), Decimal>>,
}

impl<'t> Evidence<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Evidence { text, places: OnceCell::new(), titles: OnceCell::new(), classes: RefCell::default() }
    }

    /// Remembers what a class spends on 基本支出 or 项目支出, nothing included.
    pub(super) fn remember(&self, code: &str, heading: &str, amount: Decimal) {
        let mut classes = self.classes.borrow_mut();
        let most = classes.entry((code.to_owned(), heading.to_owned())).or_insert(amount);
        *most = amount.max(*most);
    }

    /// Whether a class can spend `amount` on `heading`: 1 if another statement says the same, -1 if another says
    /// that it spends less in all.
    pub(super) fn class(&self, code: &str, heading: &str, amount: Decimal) -> i32 {
        let most = self.classes.borrow().get(&(code.to_owned(), heading.to_owned())).copied();
        most.map_or(0, |most| match amount.cmp(&most) {
            Ordering::Equal => 1,
            Ordering::Greater => -1,
            Ordering::Less => 0,
        })
    }

    /// The fund that the title of the statement names in which byte `at` stands.
    fn fund_at(&self, at: u32) -> Option<&'static str> {
        let titles = self.titles.get_or_init(|| titles(self.text));
        let above = titles.partition_point(|(start, _)| *start <= at).checked_sub(1)?;
        let (start, fund) = titles[above];
        fund.filter(|_| at - start < LONGEST_STATEMENT)
    }

    /// How many places outside of `table` call `amount` by `heading`, three at most.
    pub(super) fn names(&self, heading: &str, amount: Decimal, table: Span) -> i32 {
        if amount.is_zero() {
            return 0;
        }
        let keys = keys(heading);
        let Some(places) = self.places.get_or_init(|| gather(self.text)).get(&amount.normalize()) else { return 0 };
        let outside = places.iter().filter(|at| !table.range().contains(&(**at as usize)));
        let naming = outside.take(MOST_PLACES).filter(|at| {
            let words = before(self.text, **at as usize);
            // 一般公共预算财政拨款支出 is in the column 一般公共预算财政拨款, but 其他支出 is no 其他收入.
            let short = words.strip_suffix("支出").or_else(|| words.strip_suffix("收入")).map(plain);
            let fund = fund_of(heading);
            fund.is_some() && self.fund_at(**at) == fund
                || keys.iter().any(|key| {
                    words.ends_with(key.as_str())
                        || !is_kind(key) && short.as_ref().is_some_and(|short| short.ends_with(key.as_str()))
                })
        });
        naming.take(3).map(|_| 1).sum()
    }
}

/// The fund that a heading or a title names.
fn fund_of(words: &str) -> Option<&'static str> {
    ["政府性基金", "国有资本经营"].into_iter().find(|fund| words.contains(fund))
}

/// Where the titles of statements begin, 政府性基金预算财政拨款收入支出决算表, and the funds that they name.
fn titles(text: &str) -> Vec<(u32, Option<&'static str>)> {
    const LONGEST: usize = 160;
    let mut titles = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let words = words.strip_suffix("</p>").unwrap_or(words);
        let words = words.strip_prefix("<p>").unwrap_or(words).trim();
        let is_title = words.ends_with('表') && (words.contains("决算") || words.contains("预算"));
        // Headings of the narrative end a statement as well.
        if words.len() < LONGEST && (is_title || words.starts_with('第')) {
            titles.push((start, fund_of(words)));
        }
        start += line.len() as u32;
    }
    titles
}

/// Where each amount begins that is no small whole number.
fn gather(text: &str) -> HashMap<Decimal, Vec<u32>> {
    let mut places: HashMap<Decimal, Vec<u32>> = HashMap::new();
    let bytes = text.as_bytes();
    let is_part = |byte: u8| byte.is_ascii_digit() || matches!(byte, b',' | b'.');
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = (at..bytes.len()).find(|end| !is_part(bytes[*end])).unwrap_or(bytes.len());
        let digits = text[at..end].trim_end_matches([',', '.']);
        if digits.len() > 3
            && digits.len() < 28
            && let Some(value) = parse_digits(digits)
        {
            let places = places.entry(value.normalize()).or_default();
            if places.len() < MOST_PLACES {
                places.push(at as u32);
            }
        }
        at = end;
    }
    places
}

/// The words right before byte `at`: without spaces, the row's number and what every amount may have before it.
fn before(text: &str, at: usize) -> String {
    let from = (at.saturating_sub(REACH)..=at).find(|from| text.is_char_boundary(*from)).unwrap_or(at);
    let mut words = text[from..at].trim_end();
    let stripped = words.trim_end_matches(|c: char| c.is_ascii_digit());
    if stripped.len() < words.len() && words.len() - stripped.len() <= 3 && stripped.ends_with(char::is_whitespace) {
        words = stripped.trim_end();
    }
    let words = &words[words
        .rfind(['，', '。', '；', '：', ':', '（', '、'])
        .map_or(0, |mark| mark + words[mark..].chars().next().map_or(0, char::len_utf8))..];
    plain(&squeeze(words))
}

/// Whether a heading says itself whether it is income or expenditure.
fn is_kind(key: &str) -> bool {
    key.ends_with("支出") || key.ends_with("收入")
}

/// Words without what does not tell columns apart.
fn plain(words: &str) -> String {
    const ENDS: [&str; 6] = ["决算数", "决算", "总额", "合计", "为", "共"];
    let mut words = words.replace("维护", "").replace("财政拨款结转", "结转").replace("费用", "费");
    while let Some(shorter) = ENDS.iter().find_map(|end| words.strip_suffix(end)) {
        words = shorter.to_owned();
    }
    words
}

/// What words for a column end with.
fn keys(heading: &str) -> Vec<String> {
    match heading {
        // A fund's own statement: its income is that of the fund.
        "本年收入" => {
            vec!["本年".into(), "基金预算财政拨款".into(), "基金财政拨款".into(), "经营预算财政拨款".into()]
        }
        "因公出国（境）费" => vec!["出国（境）费".into(), "出国(境)费".into()],
        _ => vec![plain(heading)],
    }
    .into_iter()
    .filter(|key| key.chars().count() > 1)
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_before_an_amount_name_it() {
        let text = "八、其他收入 8 12,306.44\n其中：基本支出5788.64万元，公务用车运行维护费 9.30万元。\n合计 12306.44";
        let evidence = Evidence::new(text);
        let amount = |digits: &str| parse_digits(digits).unwrap();
        let names = |heading: &str, digits: &str| evidence.names(heading, amount(digits), Span::default());
        assert_eq!(names("其他收入", "12306.44"), 1);
        assert_eq!(names("经营收入", "12306.44"), 0);
        assert_eq!(names("基本支出", "5788.64"), 1);
        assert_eq!(names("公务用车运行费", "9.30"), 1);
        assert_eq!(evidence.names("其他收入", amount("12306.44"), Span::from(0..text.len())), 0);
    }
}
