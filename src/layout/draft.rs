//! The working state that the steps of the layout share.
//!
//! Holds the lines, the artefacts, and who has claimed what. A step claims lines and never takes one
//! that another has; what none has claimed in the end is prose.

use super::artefact::{Marks, normalise};
use super::lines::Line;
use super::shape::Trait;
use super::{Block, BlockKind, Converter, TableLayout};
use crate::source::Span;
use std::borrow::Cow;
use std::ops::Range;

/// A layout in the making.
#[derive(Debug)]
pub(super) struct Draft<'t> {
    /// The decoded text.
    pub text: &'t str,
    /// What the markup says.
    pub marks: Marks,
    /// Every line of the text.
    pub lines: Vec<Line>,
    /// What the text came through.
    pub converter: Converter,
    /// The column at which prose wraps, if it is wrapped.
    pub wrap: Option<u32>,
    groups: u32,
}

impl<'t> Draft<'t> {
    /// A draft in which nothing is claimed.
    pub fn new(text: &'t str, marks: Marks, lines: Vec<Line>) -> Self {
        Draft { text, marks, lines, converter: Converter::Plain, wrap: None, groups: 0 }
    }

    /// The words of line `index` without artefacts.
    pub fn words(&self, index: usize) -> Cow<'t, str> {
        self.lines[index].words(self.text, &self.marks.artefacts)
    }

    /// The words of line `index` without artefacts and white space.
    pub fn squeezed(&self, index: usize) -> String {
        self.words(index).chars().filter(|char| !char.is_whitespace()).collect()
    }

    /// Whether line `index` shows nothing that belongs to the report's text.
    pub fn is_void(&self, index: usize) -> bool {
        let line = &self.lines[index];
        line.is_blank() || line.kind == Some(BlockKind::PageBreak)
    }

    /// The first line from `index` on that is not void.
    pub fn next_shown(&self, index: usize) -> Option<usize> {
        (index..self.lines.len()).find(|index| !self.is_void(*index))
    }

    /// The last line before `index` that is not void.
    pub fn last_shown(&self, index: usize) -> Option<usize> {
        (0..index).rev().find(|index| !self.is_void(*index))
    }

    /// Claims `lines` for one table.
    pub fn claim(&mut self, lines: Range<usize>, layout: TableLayout) {
        self.groups += 1;
        for line in &mut self.lines[lines] {
            line.claim(layout, self.groups);
        }
    }

    /// Claims line `index` for `kind`.
    pub fn mark(&mut self, index: usize, kind: BlockKind) {
        self.lines[index].kind = Some(kind);
    }

    /// Makes `# ` and `- ` of Markdown artefacts.
    pub fn cut_markdown(&mut self) {
        if self.converter != Converter::Markdown {
            return;
        }
        let mut found = Vec::new();
        for line in &mut self.lines {
            let prefix = u32::from(line.shape.prefix);
            if prefix > 0 && !line.has(Trait::Cut) {
                found.push(Span::new(line.core.start, line.core.start + prefix));
                line.core.start += prefix;
                line.shape.prefix = 0;
            }
        }
        self.add_artefacts(found);
    }

    /// The lines as blocks: adjacent ones of the same kind and group together.
    pub fn blocks(&self) -> Vec<Block> {
        let mut blocks: Vec<(Block, u32)> = Vec::new();
        for line in &self.lines {
            // Every step has had its turn; what none has claimed is prose.
            let kind = line.kind.unwrap_or(BlockKind::Paragraph);
            match blocks.last_mut() {
                Some((block, group)) if block.kind == kind && *group == line.group => block.span.end = line.span.end,
                _ => blocks.push((Block { kind, span: line.span }, line.group)),
            }
        }
        blocks.into_iter().map(|(block, _)| block).collect()
    }

    /// Adds artefacts that were found later than the others.
    pub fn add_artefacts(&mut self, more: Vec<Span>) {
        if !more.is_empty() {
            self.marks.artefacts.extend(more);
            normalise(&mut self.marks.artefacts);
        }
    }
}
