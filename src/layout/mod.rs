//! Text → a lossless sequence of blocks, and the paragraphs and sections that they make up.
//!
//! In: the decoded text. Out: [`Layout`]. Knows what converters leave behind and how reports are
//! headed; knows nothing of money and reads no number. Property: the blocks' spans, one after the
//! other, are the whole text.

mod artefact;
mod contents;
mod converter;
mod draft;
mod heading;
mod lines;
mod looks;
mod markup;
mod numbering;
mod page;
mod paragraph;
mod radical;
mod region;
mod section;
mod shape;
mod view;

pub(crate) use artefact::is_rule;
pub use view::{Piece, View};

use crate::quantity::words;
use crate::source::Span;

words! {
    /// What the text came through (column `converter` of `documents`).
    Converter {
        /// Apache Tika, plain text.
        Tika = "tika",
        /// `pdftotext -layout`.
        Pdftotext = "pdftotext",
        /// A Markdown writer: docling, OCR services.
        Markdown = "markdown",
        /// Tika's XHTML and other HTML.
        Html = "html",
        /// Nothing that can be told.
        Plain = "plain",
    }
}

words! {
    /// How a table stands in the text (column `layout` of `tables`).
    TableLayout {
        /// A cell a line, each begun with a tab; a blank line between rows (Word through Tika).
        Tika = "tika",
        /// The cells of a row on one line with tabs between.
        Tsv = "tsv",
        /// Cells between pipes.
        Markdown = "markdown",
        /// Columns by spaces (`pdftotext -layout`).
        Columns = "columns",
        /// `<table>` markup.
        Html = "html",
        /// A row's cells on a line with single spaces (PDF through Tika).
        Flow = "flow",
        /// The values of a Word chart, dumped at the end of the text.
        Chart = "chart",
    }
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// Lines with nothing but white space.
    Blank,
    /// A form feed or a line that holds only a page number.
    PageBreak,
    /// A heading; 1 is the highest level (第一部分), then 一、 （一） 1. （1）.
    Heading(u8),
    /// A line, or the lines, of prose.
    Paragraph,
    /// The lines of one table, its title not included.
    Table(TableLayout),
    /// A line of the table of contents.
    Contents,
    /// A line that is nothing but a converter's artefact: bookmarks, image marks, markup.
    Artefact,
}

/// A stretch of whole lines.
///
/// A form feed is a line of its own; in HTML an element is a line, whatever line ends it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its lines, their ends included.
    pub span: Span,
}

/// A heading with everything below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading's words without artefacts and outer white space: `七、“三公”经费…情况说明`.
    pub title: String,
    /// 1 is the highest.
    pub level: u8,
    /// Index of the section that holds it.
    pub parent: Option<u32>,
    /// The heading's words in the text.
    pub span: Span,
}

/// What the reader of the original saw as one paragraph: pieces of the text, artefacts and line
/// wraps left out. A heading, a line of the contents and a title are paragraphs of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Heading, paragraph or contents.
    pub kind: BlockKind,
    /// Its pieces in order; a paragraph that a table or page end interrupts has several.
    pub pieces: Vec<Span>,
    /// Index of its section in [`Layout::sections`], if it stands below any heading.
    pub section: Option<u32>,
}

/// The document's blocks, paragraphs and sections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// What the text came through.
    pub converter: Converter,
    /// Every line of the text, in order.
    pub blocks: Vec<Block>,
    /// Converter artefacts inside and between lines (bookmarks, image marks, tags), in order.
    pub artefacts: Vec<Span>,
    /// Paragraphs in reading order; no table lines.
    pub paragraphs: Vec<Paragraph>,
    /// Headings in reading order.
    pub sections: Vec<Section>,
}

impl Layout {
    /// The heading path of `section`, joined with ` > `; empty above the first heading.
    #[must_use]
    pub fn section_path(&self, section: Option<u32>) -> String {
        let mut titles = Vec::new();
        let mut next = section;
        while let Some(section) = next.and_then(|index| self.sections.get(index as usize)) {
            titles.push(section.title.as_str());
            next = section.parent;
        }
        titles.reverse();
        titles.join(" > ")
    }

    /// The innermost section whose heading stands before byte `at`.
    #[must_use]
    pub fn section_at(&self, at: u32) -> Option<u32> {
        let following = self.sections.partition_point(|section| section.span.start <= at);
        following.checked_sub(1).map(|index| index as u32)
    }
}

/// Splits `text` into blocks, paragraphs and sections.
#[must_use]
pub fn lay_out(text: &str) -> Layout {
    let marks = artefact::scan(text);
    let lines = lines::split(text, &marks);
    let mut draft = draft::Draft::new(text, marks, lines);
    draft.wrap = converter::wrap(&draft.lines).filter(|_| !converter::comes_from_word(text, &draft.marks));
    draft.converter = converter::detect(text, &draft.lines, &draft.marks, draft.wrap);
    draft.cut_markdown();
    page::mark_pages(&mut draft);
    contents::mark_outline(&mut draft);
    region::find_marked_tables(&mut draft);
    contents::mark_contents(&mut draft);
    region::find_spaced_tables(&mut draft);
    heading::mark_headings(&mut draft);
    let mut paragraphs = paragraph::join(&mut draft);
    let sections = section::divide(text, &mut paragraphs);
    let blocks = draft.blocks();
    Layout { converter: draft.converter, blocks, artefacts: draft.marks.artefacts, paragraphs, sections }
}

#[cfg(test)]
mod tests;
