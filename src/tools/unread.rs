//! `juesuan unread`: the numbers that no rule could class, grouped by what stands around them.
//!
//! In: reports, or an output folder and the reports it was made of. Out: groups, the largest first, each with
//! one place to look at: the maintainers' work list. Digits of the surroundings are shown as `#`, so
//! that sentences which differ in their numbers only fall together.

use super::text::{columns, count, cut};
use super::{MOST_BYTES, ToolError, output};
use crate::extract_document;
use crate::grammar::Grammars;
use crate::quantity::NumberClass;
use crate::run::{Document, bytes_of, list_documents};
use crate::source::{FileSpan, Source, Span};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What to list.
#[derive(Clone, Debug)]
pub struct Options {
    /// Reports, folders of reports, or one output folder.
    pub inputs: Vec<PathBuf>,
    /// Where the reports of an output folder lie.
    pub reports: Option<PathBuf>,
    /// Characters shown on each side.
    pub around: usize,
    /// Groups shown.
    pub limit: usize,
}

/// Unread numbers with the same surroundings.
#[derive(Clone, Debug, Default)]
struct Group {
    count: usize,
    documents: BTreeSet<String>,
    example: String,
}

/// One unread number: its surroundings and its place.
struct Found {
    shape: String,
    place: String,
}

/// What was found in one document.
struct Seen {
    document: String,
    numbers: usize,
    unread: Vec<Found>,
}

/// Lists the unread numbers.
///
/// # Errors
/// [`ToolError`] if an input cannot be read.
pub fn unread(options: &Options, grammars: &Grammars) -> Result<String, ToolError> {
    let seen = match options.inputs.iter().find(|input| output::is_dataset(input)) {
        Some(out) => of_dataset(out, options)?,
        None => of_reports(options, grammars)?,
    };
    Ok(list(&seen, options.limit))
}

fn of_reports(options: &Options, grammars: &Grammars) -> Result<Vec<Seen>, ToolError> {
    let documents = list_documents(&options.inputs, Path::new(""), MOST_BYTES)?;
    Ok(documents.par_iter().filter_map(|document| of_report(document, options.around, grammars)).collect())
}

/// The unread numbers of one document; none if it cannot be read, which is the business of `extract`.
fn of_report(document: &Document, around: usize, grammars: &Grammars) -> Option<Seen> {
    let bytes = bytes_of(document, MOST_BYTES).ok()?;
    let found = extract_document(&bytes, &document.name, grammars);
    let (source, text) = (&found.source, found.source.text());
    let mut unread = Vec::new();
    for number in found.numbers.iter().filter(|number| number.class == NumberClass::Unread) {
        let table = found.tables.iter().find(|table| table.span.contains(number.span));
        let cell = table.and_then(|table| table.cells.iter().find(|cell| cell.span.contains(number.span)));
        let (lead, room) = match (table, cell) {
            (Some(table), Some(cell)) => (format!("[{} cell] ", table.kind.as_str()), cell.span),
            _ => (String::new(), source.line_span(source.line(number.span.start))),
        };
        let shape = lead + &shape(text, room, number.span, around);
        unread.push(Found { shape, place: place(&document.name, source, number.span) });
    }
    Some(Seen { document: document.name.clone(), numbers: found.numbers.len(), unread })
}

fn of_dataset(out: &Path, options: &Options) -> Result<Vec<Seen>, ToolError> {
    let Some(reports) = &options.reports else {
        return Err(ToolError::Usage(format!(
            "{} is a dataset, which does not hold the reports' text\n  help: name the folder of the reports too: juesuan unread {} --reports DIR",
            out.display(),
            out.display()
        )));
    };
    let mut documents: Vec<(String, usize, Vec<FileSpan>)> = Vec::new();
    output::read(out, "numbers", &["document", "class", "byte_start", "byte_end"], |row| {
        let [Some(document), Some(class), Some(start), Some(end)] = row else { return };
        if documents.last().is_none_or(|(last, ..)| last != document) {
            documents.push((document.clone(), 0, Vec::new()));
        }
        let Some((_, numbers, unread)) = documents.last_mut() else { return };
        *numbers += 1;
        if let (true, Ok(start), Ok(end)) = (class == NumberClass::Unread.as_str(), start.parse(), end.parse()) {
            unread.push(FileSpan { start, end });
        }
    })?;
    documents
        .into_iter()
        .map(|(document, numbers, unread)| of_ledger(document, numbers, &unread, reports, options.around))
        .collect()
}

fn of_ledger(
    document: String,
    numbers: usize,
    unread: &[FileSpan],
    reports: &Path,
    around: usize,
) -> Result<Seen, ToolError> {
    let mut found = Vec::new();
    if !unread.is_empty() {
        let path = if reports.is_file() { reports.to_owned() } else { reports.join(&document) };
        let bytes = std::fs::read(&path).map_err(|error| {
            ToolError::file(&path, error, "--reports is the folder that was given to `juesuan extract`")
        })?;
        let (source, _) = Source::decode(&bytes);
        for span in unread.iter().map(|span| source.text_span(*span)) {
            let room = source.line_span(source.line(span.start));
            let shape = shape(source.text(), room, span, around);
            found.push(Found { shape, place: place(&document, &source, span) });
        }
    }
    Ok(Seen { document, numbers, unread: found })
}

fn place(document: &str, source: &Source<'_>, span: Span) -> String {
    format!("{document}:{}:{}", source.line(span.start), source.column(span.start))
}

/// What stands around the number inside `room`, digits as `#`, white space as one space.
///
/// A number that stands alone in its line or cell is shown with the lines around it.
fn shape(text: &str, room: Span, number: Span, around: usize) -> String {
    let alone = room.of(text).trim() == number.of(text).trim();
    let room = if alone { widened(text, room) } else { room };
    let before = squeezed(Span::new(room.start.min(number.start), number.start).of(text));
    let after = squeezed(Span::new(number.end, room.end.max(number.end)).of(text));
    let skipped = before.chars().count().saturating_sub(around);
    let before: String = before.chars().skip(skipped).collect();
    let after: String = after.chars().take(around).collect();
    format!("{before}»#«{after}")
}

/// `room` with the words before and behind it.
fn widened(text: &str, room: Span) -> Span {
    const WIDE: usize = 200;
    let start = text.floor_char_boundary((room.start as usize).saturating_sub(WIDE));
    let end = text.ceil_char_boundary((room.end as usize + WIDE).min(text.len()));
    Span::from(start..end)
}

/// Digits as `#`, white space as one space, or as `⏎` where it holds a line break.
fn squeezed(words: &str) -> String {
    let mut shape = String::new();
    let mut characters = words.chars().peekable();
    while let Some(c) = characters.next() {
        let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
        match c {
            c if digit(c) => {
                while characters.next_if(|c| digit(*c) || matches!(c, '.' | ',')).is_some() {}
                shape.push('#');
            }
            c if c.is_whitespace() => {
                if c == '\n' && shape.ends_with(' ') {
                    shape.pop();
                }
                if c == '\n' && !shape.ends_with('⏎') {
                    shape.push('⏎');
                } else if !shape.ends_with([' ', '⏎']) {
                    shape.push(' ');
                }
            }
            c => shape.push(c),
        }
    }
    shape
}

fn list(seen: &[Seen], limit: usize) -> String {
    let mut groups: HashMap<&str, Group> = HashMap::new();
    for document in seen {
        for found in &document.unread {
            let group = groups.entry(&found.shape).or_default();
            group.count += 1;
            if group.example.is_empty() {
                group.example.clone_from(&found.place);
            }
            group.documents.insert(document.document.clone());
        }
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups
        .sort_by(|(left, a), (right, b)| (b.count, b.documents.len(), left).cmp(&(a.count, a.documents.len(), right)));
    let unread: usize = seen.iter().map(|document| document.unread.len()).sum();
    let numbers: usize = seen.iter().map(|document| document.numbers).sum();
    let mut said = format!("{} of {} unread in {}", unread, count(numbers, "number"), count(seen.len(), "document"));
    if groups.is_empty() {
        said.push('\n');
        return said;
    }
    let _ = writeln!(said, ", {}\n", count(groups.len(), "group"));
    let mut rows = vec![["count", "documents", "around", "for example"].map(str::to_owned).to_vec()];
    rows.extend(groups.iter().take(limit).map(|(shape, group)| {
        vec![group.count.to_string(), group.documents.len().to_string(), cut(shape, 60), group.example.clone()]
    }));
    said.push_str(&columns(&rows, "", 60));
    if groups.len() > limit {
        let _ = writeln!(said, "… and {} (--limit N shows more)", count(groups.len() - limit, "smaller group"));
    }
    said.push_str("\nnext: juesuan inspect REPORT --at LINE:COLUMN\n");
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surroundings_that_differ_in_digits_only_are_one() {
        let of = |text: &str| {
            let at = text.find("77").expect("the number") as u32;
            shape(text, Span::new(0, text.len() as u32), Span::new(at, at + 2), 6)
        };
        assert_eq!(of("2021年共计 1,204.50 件，77余件"), of("2019年共计 3 件，77余件"));
        assert_eq!(of("2021年共计 1,204.50 件，77余件"), "计 # 件，»#«余件");
    }

    #[test]
    fn a_number_alone_is_shown_with_its_neighbours() {
        let text = "收入合计\n\n77\n\n上年 3";
        let at = text.find("77").expect("the number") as u32;
        let line = Span::new(at, at + 2);
        assert_eq!(shape(text, line, line, 6), "收入合计⏎»#«⏎上年 #");
    }
}
