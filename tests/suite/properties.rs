//! What holds for any document that looks like a report, in any encoding and however its figures are printed.

use crate::checks::{self, assert_extraction};
use crate::reading::{Disk, read};
use crate::soup::{Soup, Style, printed, prose, soup};
use juesuan::extract::Extraction;
use juesuan::quantity::Decimal;
use proptest::prelude::*;

/// Runs that take documents apart are slow without optimisation.
fn some() -> ProptestConfig {
    ProptestConfig { cases: 48, ..ProptestConfig::default() }
}

/// What the facts say, without where they stand and in which words. Without `inconsistent` too: which facts
/// the checks compare depends on paragraphs, and where those end may hang on the width of the lines. So does
/// what a number alone on its line is, a page's number or a piece of the text.
fn said(extraction: &Extraction<'_>) -> Vec<String> {
    let text = extraction.source.text();
    let alone = |number: &juesuan::fact::Number<'_>| {
        let (before, after) = (&text[..number.span.start as usize], &text[number.span.end as usize..]);
        let before = before.rsplit('\n').next().unwrap_or_default();
        before.trim().is_empty() && after.lines().next().unwrap_or_default().trim().is_empty()
    };
    let class = |number: &juesuan::fact::Number<'_>| {
        if alone(number) { String::new() } else { number.class.as_str().to_owned() }
    };
    let facts = extraction.facts.iter().map(|fact| {
        let (value, unit, measure) = (fact.value.normalize(), fact.unit.as_str(), fact.measure.as_str());
        let (concept, period, base) = (fact.concept.unwrap_or("-"), fact.period, fact.base_period);
        let flags = fact.flags.names().unwrap_or_default().replace("inconsistent", "");
        format!(
            "{} {value} {unit} {measure} {concept} {period:?} {base:?} {:?} {}",
            fact.number,
            fact.phase,
            flags.trim_matches('|')
        )
    });
    extraction.numbers.iter().map(class).chain(facts).collect()
}

proptest! {
    #![proptest_config(some())]

    #[test]
    fn every_row_decodes_to_its_text_in_every_encoding(soup in soup()) {
        let text = soup.print(Style::default());
        for disk in Disk::ALL {
            let bytes = disk.encode(&text);
            let extraction = read(&bytes, "soup.txt");
            prop_assert_eq!(extraction.source.text(), &text, "{:?} is taken for {}", disk, extraction.source.encoding());
            assert_extraction(&bytes, &extraction);
        }
    }

    #[test]
    fn the_encoding_changes_no_fact(soup in soup()) {
        let text = soup.print(Style::default());
        let plain = read(text.as_bytes(), "soup.txt");
        for disk in Disk::ALL {
            let bytes = disk.encode(&text);
            let other = read(&bytes, "soup.txt");
            prop_assert_eq!(&plain.numbers, &other.numbers);
            prop_assert_eq!(&plain.facts, &other.facts);
        }
    }

    #[test]
    fn damage_breaks_no_promise(
        soup in soup(), cut in any::<prop::sample::Index>(), windows: bool,
        damage in proptest::collection::vec((any::<prop::sample::Index>(), proptest::collection::vec(any::<u8>(), 0..6)), 0..6),
    ) {
        let text = soup.print(Style { windows, ..Style::default() });
        for disk in [Disk::Utf8, Disk::Gb18030, Disk::Utf16Le] {
            let mut bytes = disk.encode(&text);
            for (place, noise) in &damage {
                let at = place.index(bytes.len());
                bytes.splice(at..(at + noise.len() / 2).min(bytes.len()), noise.iter().copied());
            }
            bytes.truncate(cut.index(bytes.len()) + bytes.len() / 4);
            checks::extract_document(&bytes);
        }
    }

    #[test]
    fn windows_line_ends_change_no_value(soup in soup()) {
        same_values(&soup, Style { windows: true, ..Style::default() })?;
    }

    #[test]
    fn full_width_digits_change_no_value(soup in soup()) {
        same_values(&soup, Style { full_width: true, ..Style::default() })?;
    }

    #[test]
    fn spaces_around_figures_change_no_value(soup in prose()) {
        same_values(&soup, Style { spaces: true, ..Style::default() })?;
    }

    #[test]
    fn all_of_that_at_once_changes_no_value(soup in prose()) {
        same_values(&soup, Style { spaces: true, windows: true, full_width: true })?;
    }
}

fn same_values(soup: &Soup, style: Style) -> Result<(), TestCaseError> {
    let (plain, other) = (soup.print(Style::default()), soup.print(style));
    let (plain_said, other_said) = (said(&read(plain.as_bytes(), "a.txt")), said(&read(other.as_bytes(), "a.txt")));
    prop_assert_eq!(plain_said, other_said, "printed plainly:\n{}\nprinted in {:?}:\n{}", plain, style, other);
    Ok(())
}

/// Units of money and how many hundredths of a yuan each is, as a power of ten.
const UNITS: [(&str, u32); 5] = [("元", 2), ("千元", 5), ("万元", 6), ("百万元", 8), ("亿元", 10)];

/// `hundredths` of a yuan in a unit of ten to the `power` of them, exactly, trailing zeros kept or not.
fn in_unit(hundredths: u64, power: u32, separators: bool) -> String {
    let unit = 10_u64.pow(power);
    let whole = printed(hundredths / unit * 100, separators);
    let fraction = format!("{:0width$}", hundredths % unit, width = power as usize);
    let fraction = fraction.trim_end_matches('0');
    let whole = whole.trim_end_matches("00").trim_end_matches('.');
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

proptest! {
    #[test]
    fn an_amount_reads_back_equal_in_any_unit(hundredths in 1..10_u64.pow(13), separators: bool, full_width: bool) {
        let yuan = Decimal::new(hundredths.cast_signed(), 2);
        for (unit, power) in UNITS {
            let figure = in_unit(hundredths, power, separators);
            let figure: String = if full_width {
                figure.chars().map(|c| char::from_u32(c as u32 + 0xfee0).unwrap_or(c)).collect()
            } else {
                figure
            };
            let text = format!("2021年本年收入合计{figure}{unit}。");
            let extraction = read(text.as_bytes(), "amount.txt");
            let facts: Vec<_> = extraction.facts.iter().map(|fact| (fact.value, fact.unit.as_str())).collect();
            prop_assert_eq!(facts, [(yuan, "CNY")], "{}", text);
        }
    }

    #[test]
    fn the_ledger_is_what_a_reader_with_a_ruler_finds(text in "[0-9０-９,，.．年元%（〔a万 \n-]{0,60}") {
        let extraction = read(text.as_bytes(), "numbers.txt");
        let found: Vec<&str> = extraction.numbers.iter().map(|number| number.span.of(&text)).collect();
        prop_assert_eq!(found, with_a_ruler(&text));
    }
}

/// The numbers of `text`, found one character after the other without a thought for speed: from each digit, the
/// longest stretch that the contract calls a number. A full-width comma separates thousands only before full-width
/// digits; elsewhere it is a comma of the sentence.
fn with_a_ruler(text: &str) -> Vec<&str> {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some(start) = rest.find(is_digit) {
        rest = &rest[start..];
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
        let end = ends.filter(|end| is_number(&rest[..*end]) && splits_well(rest, *end)).max();
        let (number, after) = rest.split_at(end.expect("one digit is a number"));
        found.push(number);
        rest = after;
    }
    found
}

fn is_digit(character: char) -> bool {
    matches!(character, '0'..='9' | '０'..='９')
}

/// A number must not end inside of a run of digits.
fn splits_well(text: &str, end: usize) -> bool {
    !text[end..].starts_with(is_digit)
}

fn is_number(text: &str) -> bool {
    let (whole, fraction) = text.split_once(['.', '．']).unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.chars().all(is_digit);
    let three = |group: &str| digits(group) && group.chars().count() == 3;
    let mut groups = whole.split([',', '，']);
    let first = groups.next().unwrap_or("");
    let separated = groups.clone().count() > 0;
    let widths_fit = whole.split_inclusive([',', '，']).collect::<Vec<_>>().windows(2).all(|pair| {
        let all_full = pair[1].chars().take(3).all(|c| c.len_utf8() == 3);
        !pair[0].ends_with('，') || all_full
    });
    digits(first) && digits(fraction) && groups.all(three) && (!separated || first.chars().count() <= 3) && widths_fit
}
