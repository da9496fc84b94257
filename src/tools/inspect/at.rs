//! `juesuan inspect --at`: one place, what was tried there, which rule won and why.

use super::{Shown, kind, rule};
use crate::cases::meaning;
use crate::extract::extract_traced;
use crate::grammar::Grammars;
use crate::source::{FileSpan, Source, Span};
use crate::tools::ToolError;
use crate::tools::text::{cut, width};
use crate::trace::{Note, Trace};
use std::fmt::Write;

/// What was tried at `place` of a document: `41` (a line), `41:7` (line and column), `1523..1529` or
/// `byte:1523` (bytes of the file, as in the columns `byte_start` and `byte_end`). A plain number beyond the last
/// line is a byte.
///
/// # Errors
/// [`ToolError::Usage`] if `place` is none of these or lies outside of the document.
pub fn at(bytes: &[u8], name: &str, grammars: &Grammars, place: &str) -> Result<String, ToolError> {
    let (source, _) = Source::decode(bytes);
    let asked = find(&source, place).ok_or_else(|| {
        let lines = source.line(source.text().len() as u32);
        ToolError::Usage(format!(
            "--at {place} is no place of {name}\n  help: a line (1 to {lines}), line:column, or bytes as START..END or byte:START"
        ))
    })?;
    let line = source.line_span(source.line(asked.start)).cover(asked);
    let trace = Trace::new(line);
    let shown = Shown(extract_traced(bytes, name, grammars, Some(&trace)));
    let indices = |span: Span| -> Vec<usize> {
        let inside = |number: &crate::fact::Number<'_>| {
            number.span.start < span.end.max(span.start + 1) && span.start < number.span.end
        };
        shown.0.numbers.iter().enumerate().filter(|(_, number)| inside(number)).map(|(index, _)| index).collect()
    };
    let mut said = shown.where_it_is(asked);
    let mut numbers = indices(asked);
    if numbers.is_empty() {
        numbers = indices(line);
        said.push_str(if numbers.is_empty() {
            "no number stands here\n"
        } else {
            "no number stands here; those of the line:\n"
        });
    }
    let numbers: Vec<_> = numbers.into_iter().map(|index| (index, shown.0.numbers[index].span)).collect();
    let mut explained: Vec<String> = numbers.iter().map(|(index, _)| shown.number(*index)).collect();
    drop(shown);
    for note in trace.finish() {
        if let Some(position) = numbers.iter().position(|(_, span)| *span == note.span) {
            explained[position].push_str(&lines_of(&note));
        }
    }
    for words in explained {
        let _ = write!(said, "\n{words}");
    }
    Ok(said)
}

/// The span of the decoded text that `place` names.
fn find(source: &Source<'_>, place: &str) -> Option<Span> {
    let lines = source.line(source.text().len() as u32);
    let of_bytes = |start: u64, end: u64| {
        let span = source.text_span(FileSpan { start, end });
        (start < end && !span.is_empty()).then_some(span)
    };
    if let Some((first, last)) = place.split_once("..") {
        let first: u64 = first.trim().parse().ok()?;
        let last = if last.trim().is_empty() { first + 1 } else { last.trim().parse().ok()? };
        return of_bytes(first, last);
    }
    if let Some(byte) = place.strip_prefix("byte:") {
        let byte: u64 = byte.trim().parse().ok()?;
        return of_bytes(byte, byte.checked_add(1)?);
    }
    if let Some((line, column)) = place.split_once(':') {
        let (line, column): (u32, usize) = (line.trim().parse().ok()?, column.trim().parse().ok()?);
        let span = source.line_span((1..=lines).contains(&line).then_some(line)?);
        let (offset, character) = span.of(source.text()).char_indices().nth(column.checked_sub(1)?)?;
        let start = span.start + offset as u32;
        return Some(Span::new(start, start + character.len_utf8() as u32));
    }
    match place.trim().parse::<u64>().ok()? {
        0 => None,
        line if line <= u64::from(lines) => Some(source.line_span(u32::try_from(line).ok()?)),
        byte => of_bytes(byte, byte + 1),
    }
}

impl Shown<'_> {
    /// The line with a mark below the place, its block, section and table.
    fn where_it_is(&self, asked: Span) -> String {
        let source = &self.0.source;
        let line = source.line_span(source.line(asked.start));
        let mut said = format!("== {}, {}, bytes {}\n", self.0.name, self.place(asked), self.bytes(asked));
        let before = Span::new(line.start, asked.start).of(self.text());
        let skipped = before.chars().count().saturating_sub(40);
        let lead: String = before.chars().skip(skipped).collect();
        let shown = cut(&(lead.clone() + Span::new(asked.start, line.end).of(self.text())), 100);
        let mark = width(&cut(asked.of(self.text()), 100)).max(1);
        let _ =
            writeln!(said, "   | {shown}\n   | {}{}", " ".repeat(width(&cut(&lead, 100))), "^".repeat(mark.min(100)));
        // Where one block ends another begins: what is asked for stands in the second.
        let holds = |span: Span| span.start <= asked.start && asked.start < span.end;
        if let Some(block) = self.0.layout.blocks.iter().find(|block| holds(block.span)) {
            let _ = writeln!(said, "block:   {}, lines {}", kind(block.kind), self.lines(block.span));
        }
        let section = self.0.layout.section_path(self.0.layout.section_at(asked.start));
        let _ = writeln!(said, "section: {}", if section.is_empty() { "none" } else { &section });
        for (index, table) in self.0.tables.iter().enumerate().filter(|(_, table)| table.span.contains(asked)) {
            let _ = writeln!(said, "table:   {index}, {}", self.caption(table));
            let inside = |span: Span| span.start <= asked.start && asked.start < span.end;
            for cell in table.cells.iter().filter(|cell| inside(cell.span)) {
                let _ = writeln!(
                    said,
                    "cell:    row {}, column {}: {}",
                    cell.row,
                    cell.column,
                    cut(&cell.text(self.text()), 60)
                );
            }
        }
        said
    }

    /// A number with what became of it.
    fn number(&self, index: usize) -> String {
        let number = &self.0.numbers[index];
        let raw = cut(number.span.of(self.text()), 40);
        let by = if number.rule.is_none() { "← nothing read it".to_owned() } else { rule(number.rule) };
        let mut said = format!(
            "\"{raw}\" at {}, bytes {}: {} {by}\n",
            self.place(number.span),
            self.bytes(number.span),
            number.class.as_str()
        );
        for fact in self.facts(index) {
            let _ = writeln!(said, "  fact: {}, item “{}”", meaning(fact), fact.item);
        }
        said
    }
}

fn lines_of(note: &Note) -> String {
    let mut said = String::new();
    let mut last = "";
    for (label, words) in &note.lines {
        let shown = if *label == last { "" } else { label };
        let _ = writeln!(said, "  {shown:<20} {words}");
        last = label;
    }
    said
}
