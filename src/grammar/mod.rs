//! Loads and checks `grammars/`: what documents say, as data.
//!
//! In: the embedded files or those of `--grammars DIR`. Out: [`Grammars`], compiled, or every fault
//! of every file. Knows the form of grammar files; how a rule is applied is left to the stages.

pub mod affix;
pub mod agencies;
pub mod classification;
mod edges;
pub mod entries;
pub mod fault;
pub mod files;
pub mod identities;
pub mod labels;
pub mod lexicon;
pub mod meaning;
pub mod narrative;
pub mod pattern;
pub mod regions;
pub mod rules;
pub mod statements;
pub mod trie;
mod version;
pub mod vocabulary;
pub mod wordlist;

pub use agencies::Agencies;
pub use classification::Classification;
pub use fault::{Fault, GrammarFile};
pub use files::GrammarFiles;
pub use identities::Identities;
pub use narrative::NarrativeGrammar;
pub use regions::Regions;
pub use statements::Statements;
pub use vocabulary::Vocabulary;

/// All grammars, loaded and compiled.
#[derive(Debug)]
pub struct Grammars {
    version: String,
    vocabulary: Vocabulary,
    statements: Statements,
    narrative: NarrativeGrammar,
    identities: Identities,
    regions: Regions,
    agencies: Agencies,
    classification: Classification,
}

impl Grammars {
    /// Compiles the grammars of `files`.
    ///
    /// # Errors
    /// Every fault of every file.
    pub fn load(files: &GrammarFiles) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let vocabulary = Vocabulary::load(files, &mut faults);
        let narrative = || {
            let mut faults = Vec::new();
            (NarrativeGrammar::load(files, &vocabulary, &mut faults), faults)
        };
        // The sentences' words take as long as everything else: half of every start, if there is a thread to spare.
        let (first, rest) = std::thread::scope(|scope| {
            let first = std::thread::Builder::new().spawn_scoped(scope, narrative);
            let mut faults = Vec::new();
            let statements = Statements::load(files, &vocabulary, &mut faults);
            let identities = Identities::load(files, &vocabulary, &mut faults);
            let regions = Regions::load(files, &mut faults);
            let agencies = Agencies::load(files, &mut faults);
            let classification = Classification::load(files, &mut faults);
            let rest = (statements, identities, regions, agencies, classification, files.version(), faults);
            (first.ok().and_then(|first| first.join().ok()), rest)
        });
        let (narrative, found) = first.unwrap_or_else(narrative);
        let (statements, identities, regions, agencies, classification, version, others) = rest;
        faults.extend(found);
        faults.extend(others);
        match narrative {
            Some(narrative) if faults.is_empty() => Ok(Grammars {
                version,
                vocabulary,
                statements,
                narrative,
                identities,
                regions,
                agencies,
                classification,
            }),
            _ => Err(faults),
        }
    }

    /// A short hash over all grammar files: the column `grammar_version`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Statements and forms: titles, columns, rows.
    #[must_use]
    pub fn statements(&self) -> &Statements {
        &self.statements
    }

    /// Concepts and units.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// What the figures owe each other.
    #[must_use]
    pub fn identities(&self) -> &Identities {
        &self.identities
    }

    /// Words, subjects, sections and number classes of prose.
    #[must_use]
    pub fn narrative(&self) -> &NarrativeGrammar {
        &self.narrative
    }

    /// Regions and their codes.
    #[must_use]
    pub fn regions(&self) -> &Regions {
        &self.regions
    }

    /// How agencies are named.
    #[must_use]
    pub fn agencies(&self) -> &Agencies {
        &self.agencies
    }

    /// Functional and economic classes.
    #[must_use]
    pub fn classification(&self) -> &Classification {
        &self.classification
    }
}
