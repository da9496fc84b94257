//! `juesuan inspect`: one document as the program sees it.
//!
//! In: a document's bytes and the grammars. Out: text: who reports about which year, the numbers that
//! nobody read, blocks, tables drawn, every number with its meaning, problems. [`at`] looks at one place.

mod at;

pub use at::at;

use super::text::{columns, count, cut};
use crate::cases::meaning;
use crate::fact::{Fact, Number};
use crate::grammar::Grammars;
use crate::layout::BlockKind;
use crate::quantity::{NumberClass, words};
use crate::source::Span;
use crate::table::Table;
use crate::{Extraction, extract_document};
use std::fmt::Write;

words! {
    /// What can be shown of a document.
    Part {
        /// Encoding, converter, year, counts.
        Metadata = "metadata",
        /// Numbers that no rule could class.
        Unread = "unread",
        /// Headings, paragraphs, tables by their lines.
        Blocks = "blocks",
        /// Tables, drawn.
        Tables = "tables",
        /// Every number with its class and meaning.
        Numbers = "numbers",
        /// Identities that do not hold.
        Checks = "checks",
        /// What went wrong.
        Problems = "problems",
    }
}

/// The `parts` of a document, in the order of [`Part`].
#[must_use]
pub fn inspect(bytes: &[u8], name: &str, grammars: &Grammars, parts: &[Part]) -> String {
    let shown = Shown(extract_document(bytes, name, grammars));
    let mut all = String::new();
    for part in Part::ALL.iter().filter(|part| parts.contains(part)) {
        let (title, body) = match part {
            Part::Metadata => (name.to_owned(), shown.metadata(bytes.len())),
            Part::Unread => shown.unread(),
            Part::Blocks => ("blocks".to_owned(), shown.blocks()),
            Part::Tables => (count(shown.0.tables.len(), "table"), shown.tables()),
            Part::Numbers => (count(shown.0.numbers.len(), "number"), shown.numbers(|_| true)),
            Part::Checks => shown.checks(),
            Part::Problems => (count(shown.0.problems.len(), "problem"), shown.problems()),
        };
        let _ = writeln!(all, "{}== {title}\n{body}", if all.is_empty() { "" } else { "\n" });
        all.truncate(all.trim_end().len());
        all.push('\n');
    }
    all
}

struct Shown<'a>(Extraction<'a>);

impl<'a> Shown<'a> {
    fn text(&self) -> &str {
        self.0.source.text()
    }

    /// `41:7`.
    fn place(&self, span: Span) -> String {
        format!("{}:{}", self.0.source.line(span.start), self.0.source.column(span.start))
    }

    fn bytes(&self, span: Span) -> String {
        let place = self.0.source.file_span(span);
        format!("{}..{}", place.start, place.end)
    }

    /// `12-15`, the lines of a block without its last line break.
    fn lines(&self, span: Span) -> String {
        let first = self.0.source.line(span.start);
        let last = self.0.source.line(span.start + span.of(self.text()).trim_end().len() as u32);
        if first >= last { first.to_string() } else { format!("{first}-{last}") }
    }

    fn metadata(&self, size: usize) -> String {
        let (found, metadata) = (&self.0, &self.0.metadata);
        let or_unknown = |words: Option<&str>| words.unwrap_or("unknown").to_owned();
        let unread = self.0.numbers.iter().filter(|number| number.class == NumberClass::Unread).count();
        let rows = [
            ("encoding", format!("{}, {size} bytes", found.source.encoding())),
            ("converter", found.layout.converter.as_str().to_owned()),
            ("title", or_unknown(metadata.title.as_deref())),
            ("entity", or_unknown(metadata.entity.as_deref())),
            ("region", or_unknown(metadata.region.as_deref())),
            ("region code", or_unknown(metadata.region_code.as_deref())),
            ("level", or_unknown(metadata.level)),
            ("kind of report", or_unknown(metadata.report_kind)),
            ("fiscal year", metadata.fiscal_year.map_or("unknown".to_owned(), |year| year.to_string())),
            ("numbers", format!("{} ({unread} unread)", found.numbers.len())),
            ("facts", found.facts.len().to_string()),
            ("tables", found.tables.len().to_string()),
            ("problems", found.problems.len().to_string()),
        ];
        columns(&rows.map(|(name, words)| vec![name.to_owned(), words]), "", 20)
    }

    fn unread(&self) -> (String, String) {
        let rows: Vec<_> = self.0.numbers.iter().filter(|number| number.class == NumberClass::Unread).collect();
        let lines: Vec<_> = rows
            .iter()
            .map(|number| vec![self.place(number.span), self.bytes(number.span), self.around(number.span, 16)])
            .collect();
        (count(rows.len(), "unread number"), columns(&lines, "", 40))
    }

    /// The digits with a few characters of their line on each side.
    fn around(&self, span: Span, characters: usize) -> String {
        let line = self.0.source.line_span(self.0.source.line(span.start));
        let before = Span::new(line.start, span.start).of(self.text());
        let after = Span::new(span.end, line.end).of(self.text());
        let skipped = before.chars().count().saturating_sub(characters);
        let lead: String = before.chars().skip(skipped).collect();
        let dots = if skipped > 0 { "…" } else { "" };
        format!("{dots}{}»{}«{}", cut(&lead, characters), cut(span.of(self.text()), 40), cut(after, characters))
    }

    fn blocks(&self) -> String {
        let blocks = self.0.layout.blocks.iter().filter(|block| block.kind != BlockKind::Blank);
        let rows: Vec<_> = blocks
            .map(|block| vec![self.lines(block.span), kind(block.kind), cut(block.span.of(self.text()).trim(), 60)])
            .collect();
        columns(&rows, "", 20)
    }

    fn tables(&self) -> String {
        let mut all = String::new();
        for (index, table) in self.0.tables.iter().enumerate() {
            let _ = writeln!(all, "table {index}, {}", self.caption(table));
            let _ = writeln!(all, "{}", table.draw(self.text()));
        }
        all
    }

    fn caption(&self, table: &Table) -> String {
        let mut words =
            format!("lines {}: {} ({})", self.lines(table.span), table.kind.as_str(), table.layout.as_str());
        for (name, value) in [("", &table.title), ("form ", &table.form), ("unit ", &table.unit)] {
            if let Some(value) = value {
                let _ = write!(words, ", {name}{}", cut(value, 60));
            }
        }
        words
    }

    fn numbers(&self, wanted: impl Fn(&Number<'a>) -> bool) -> String {
        let mut rows = Vec::new();
        for (index, number) in self.0.numbers.iter().enumerate().filter(|(_, number)| wanted(number)) {
            let lead = vec![self.place(number.span), self.bytes(number.span), cut(number.span.of(self.text()), 24)];
            let facts = self.facts(index);
            if facts.is_empty() {
                let mut row = lead.clone();
                row.extend([number.class.as_str().to_owned(), rule(number.rule)]);
                rows.push(row);
            }
            for fact in facts {
                let mut row = lead.clone();
                row.extend([format!("figure  {}", meaning(fact)), rule(Some(fact.rule))]);
                rows.push(row);
            }
        }
        columns(&rows, "", 24)
    }

    /// The facts of number `index`.
    fn facts(&self, index: usize) -> &[Fact<'a>] {
        let facts = &self.0.facts;
        let first = facts.partition_point(|fact| (fact.number as usize) < index);
        let count = facts[first..].partition_point(|fact| fact.number as usize == index);
        &facts[first..first + count]
    }

    fn checks(&self) -> (String, String) {
        use crate::check::Status;
        let bad = self.0.checks.iter().filter(|check| matches!(check.status, Status::Fails | Status::Rounding));
        let rows: Vec<_> = bad
            .map(|check| {
                let status = check.status.as_str().to_owned();
                vec![self.place(check.span), status, check.identity.to_owned(), cut(&check.message, 160)]
            })
            .collect();
        let title = format!("{}, {} of them not exact", count(self.0.checks.len(), "check"), rows.len());
        (title, columns(&rows, "", 40))
    }

    fn problems(&self) -> String {
        let mut all = String::new();
        for problem in &self.0.problems {
            let place = problem.span.map_or("the document".to_owned(), |span| self.place(span));
            let _ = writeln!(all, "{place}  {}[{}]: {}", problem.severity.as_str(), problem.code, problem.message);
        }
        all
    }
}

fn rule(rule: Option<&str>) -> String {
    rule.map_or(String::new(), |rule| format!("← {rule}"))
}

fn kind(kind: BlockKind) -> String {
    match kind {
        BlockKind::Blank => "blank".to_owned(),
        BlockKind::PageBreak => "page break".to_owned(),
        BlockKind::Heading(level) => format!("heading {level}"),
        BlockKind::Paragraph => "paragraph".to_owned(),
        BlockKind::Table(layout) => format!("table ({})", layout.as_str()),
        BlockKind::Contents => "contents".to_owned(),
        BlockKind::Artefact => "artefact".to_owned(),
    }
}
