//! Plants an error: one digit of one figure that takes part in an identity.
//!
//! In: a printed document. Out: the same with another digit, and what was there before.
//! Only digits before the decimal point are changed: an error in the last printed digit is a rounding.

use crate::random::Random;
use crate::text::Class;
use crate::writer::Writer;
use std::sync::Arc;

/// What was changed, in bytes of the text.
pub struct Planted {
    pub start: usize,
    pub end: usize,
    pub before: String,
    pub after: String,
}

/// Changes a digit; `None` if the document has no figure that an identity holds.
pub fn plant(writer: &mut Writer, random: &mut Random) -> Option<Planted> {
    let candidates: Vec<usize> = (0..writer.numbers.len())
        .filter(|at| match &writer.numbers[*at].class {
            Class::Figure(meaning) => {
                meaning.checkable && writer.out.as_bytes()[writer.numbers[*at].start].is_ascii_digit()
            }
            _ => false,
        })
        .collect();
    if candidates.is_empty() {
        return None;
    }
    let at = *random.pick(&candidates);
    let (start, end) = (writer.numbers[at].start, writer.numbers[at].end);
    let before = writer.out[start..end].to_owned();
    let whole = before.find('.').unwrap_or(before.len());
    let places: Vec<usize> =
        before[..whole].bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()).map(|(place, _)| place).collect();
    // Growth and change are held only by each other: their first digit counts.
    let Class::Figure(meaning) = &mut writer.numbers[at].class else { return None };
    let meaning = Arc::make_mut(meaning);
    let loose = matches!(meaning.measure, "change" | "growth");
    meaning.flags = "inconsistent";
    let place = if loose { places[0] } else { *random.pick(&places) };
    let old = i64::from(before.as_bytes()[place] - b'0');
    let lowest = i64::from(place == 0 && places.len() > 1);
    let mut new = random.between(lowest, 8);
    if new >= old {
        new += 1;
    }
    let mut after = before.clone();
    after.replace_range(place..=place, &new.to_string());
    writer.out.replace_range(start..end, &after);
    Some(Planted { start, end, before, after })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Meaning, Text};

    #[test]
    fn one_digit_changes_and_the_length_stays() {
        for document in 0..100 {
            let mut writer = Writer::default();
            let mut text = Text::marked("支出");
            text.number("1,203.50", Class::Figure(Arc::new(Meaning { checkable: true, ..Meaning::default() })));
            writer.text(&text);
            let planted = plant(&mut writer, &mut Random::new(3, document)).unwrap();
            let differing =
                planted.before.bytes().zip(planted.after.bytes()).filter(|(one, other)| one != other).count();
            assert_eq!((differing, planted.after.len()), (1, 8));
            assert!(planted.after.ends_with(".50") && !planted.after.starts_with('0'), "{}", planted.after);
            assert_eq!(writer.out, format!("支出{}", planted.after));
        }
    }
}
