//! Reads the `[[entry]]` tables of a grammar file, each for itself, so that one fault hides no other.

use super::fault::{Fault, GrammarFile};
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

/// An entry with the bytes of its file that it stands at.
#[derive(Clone, Debug)]
pub struct Entry<T> {
    /// What the entry says.
    pub value: T,
    /// Where it stands.
    pub at: std::ops::Range<usize>,
}

/// The top-level table of a grammar file; faults of syntax are added to `faults`.
#[must_use]
pub fn parse_file<'t>(file: GrammarFile<'t>, faults: &mut Vec<Fault>) -> DeTable<'t> {
    let (table, errors) = DeTable::parse_recoverable(file.text);
    for error in errors {
        let at = error.span().unwrap_or(0..0);
        faults.push(file.fault(
            at,
            error.message().to_owned(),
            Some("see grammars/README.md for the form of a grammar file"),
        ));
    }
    table.into_inner()
}

/// The entries `[[name]]` of a parsed file, in order.
pub fn entries<T: DeserializeOwned>(
    file: GrammarFile<'_>,
    table: &mut DeTable<'_>,
    name: &str,
    faults: &mut Vec<Fault>,
) -> Vec<Entry<T>> {
    let Some(found) = table.remove(name) else { return Vec::new() };
    let at = found.span();
    let DeValue::Array(array) = found.into_inner() else {
        faults.push(file.fault(at, format!("“{name}” was expected as [[{name}]] entries"), None));
        return Vec::new();
    };
    let mut read = Vec::with_capacity(array.len());
    for element in array {
        let at = element.span();
        match T::deserialize(ValueDeserializer::from(element)) {
            Ok(value) => read.push(Entry { value, at }),
            Err(error) => {
                let place = error.span().unwrap_or_else(|| at.clone());
                faults.push(file.fault(
                    place,
                    error.message().to_owned(),
                    Some("see grammars/README.md for the fields of this entry"),
                ));
            }
        }
    }
    read
}

/// A fault for every key of the file that no reader asked for.
pub fn refuse_rest(file: GrammarFile<'_>, table: &DeTable<'_>, expected: &str, faults: &mut Vec<Fault>) {
    for key in table.keys() {
        let at = Spanned::span(key);
        faults.push(file.fault(at, format!("unknown entry “{}”, expected {expected}", key.get_ref()), None));
    }
}
