//! Loads and checks `grammars/`: what documents say, as data.

/// All grammars, loaded and compiled.
#[derive(Debug, Default)]
pub struct Grammars {
    version: String,
}

impl Grammars {
    /// A short hash over all grammar files: the column `grammar_version`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }
}
