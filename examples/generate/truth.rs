//! The truth beside a document: `figures.csv` and `tables.csv` in the gold annotation's format.
//!
//! In: a printed document. Out: its bytes in the encoding of the file, and every number's and cell's place in them.

use crate::text::{Class, Meaning, value_of};
use crate::writer::Writer;
use juesuan::tools::annotate::{CELLS, FIGURES};
use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::path::Path;

/// A document as it goes to disk.
pub struct Printed {
    pub bytes: Vec<u8>,
    /// Places of the file, for places of the text.
    places: Places,
}

enum Places {
    Same,
    /// Bytes of the file before each byte of the text.
    Shifted(Vec<u32>),
}

impl Printed {
    /// Encodes a text.
    pub fn new(text: &str, is_gb18030: bool) -> Self {
        if !is_gb18030 {
            return Self { bytes: text.as_bytes().to_vec(), places: Places::Same };
        }
        let mut bytes = Vec::with_capacity(text.len());
        let mut before = Vec::with_capacity(text.len() + 1);
        let mut known: HashMap<char, Vec<u8>> = HashMap::new();
        for character in text.chars() {
            let mut buffer = [0; 4];
            let part = character.encode_utf8(&mut buffer);
            before.extend(std::iter::repeat_n(bytes.len() as u32, part.len()));
            // Finding a character's bytes is slow, and a report has a few hundred different ones.
            let encoded = known.entry(character).or_insert_with(|| encoding_rs::GB18030.encode(part).0.into_owned());
            bytes.extend_from_slice(encoded);
        }
        before.push(bytes.len() as u32);
        Self { bytes, places: Places::Shifted(before) }
    }

    /// The file's byte for a byte of the text.
    pub fn place(&self, at: usize) -> usize {
        match &self.places {
            Places::Same => at,
            Places::Shifted(before) => before.get(at).map_or(self.bytes.len(), |place| *place as usize),
        }
    }
}

/// Writes a document's truth into a folder.
pub fn write(folder: &Path, writer: &Writer, printed: &Printed) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    figures(&folder.join("figures.csv"), writer, printed)?;
    tables(&folder.join("tables.csv"), writer, printed)
}

fn figures(path: &Path, writer: &Writer, printed: &Printed) -> Result<(), Box<dyn Error>> {
    let mut csv = csv::Writer::from_path(path)?;
    csv.write_record(FIGURES)?;
    let nothing = Meaning::default();
    for (id, number) in writer.numbers.iter().enumerate() {
        let raw = &writer.out[number.start..number.end];
        let (value, meaning) = match &number.class {
            Class::Figure(meaning) => (value_of(raw, meaning).normalize().to_string(), &**meaning),
            _ => (String::new(), &nothing),
        };
        let year = |year: Option<u16>| year.map(|year| year.to_string()).unwrap_or_default();
        csv.write_record([
            &id.to_string(),
            &number.line.to_string(),
            &printed.place(number.start).to_string(),
            &printed.place(number.end).to_string(),
            raw,
            number.class.name(),
            &value,
            &meaning.unit,
            &meaning.concept,
            &meaning.item,
            meaning.measure,
            meaning.phase,
            &year(meaning.period),
            &year(meaning.base_period),
            meaning.flags,
            &meaning.note,
        ])?;
    }
    csv.flush()?;
    Ok(())
}

fn tables(path: &Path, writer: &Writer, printed: &Printed) -> Result<(), Box<dyn Error>> {
    let mut csv = csv::Writer::from_path(path)?;
    csv.write_record(CELLS)?;
    for cell in writer.cells.iter().filter(|cell| cell.end > 0) {
        csv.write_record([
            cell.table.to_string().as_str(),
            &cell.title,
            cell.kind,
            cell.row.to_string().as_str(),
            cell.column.to_string().as_str(),
            cell.rows.to_string().as_str(),
            cell.columns.to_string().as_str(),
            &cell.text,
            &printed.place(cell.start).to_string(),
            &printed.place(cell.end).to_string(),
            if cell.header { "1" } else { "0" },
        ])?;
    }
    csv.flush()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_in_the_files_encoding() {
        let text = "收入12元";
        let printed = Printed::new(text, true);
        assert_eq!(&printed.bytes[printed.place(6)..printed.place(8)], b"12");
        assert_eq!(printed.place(6), 4);
        assert_eq!(Printed::new(text, false).place(6), 6);
    }
}
