//! Loads and checks `grammars/`: what documents say, as data.
//!
//! In: the embedded files or those of `--grammars DIR`. Out: [`Grammars`], compiled, or every fault
//! of every file. Knows the form of grammar files; how a rule is applied is left to the stages.

pub mod entries;
pub mod fault;
pub mod files;
pub mod pattern;
pub mod trie;
pub mod vocabulary;

pub use fault::{Fault, GrammarFile};
pub use files::GrammarFiles;
pub use vocabulary::Vocabulary;

/// All grammars, loaded and compiled.
#[derive(Debug, Default)]
pub struct Grammars {
    version: String,
    vocabulary: Vocabulary,
}

impl Grammars {
    /// Compiles the grammars of `files`.
    ///
    /// # Errors
    /// Every fault of every file.
    pub fn load(files: &GrammarFiles) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let vocabulary = Vocabulary::load(files, &mut faults);
        if faults.is_empty() { Ok(Grammars { version: files.version(), vocabulary }) } else { Err(faults) }
    }

    /// A short hash over all grammar files: the column `grammar_version`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Concepts and units.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }
}
