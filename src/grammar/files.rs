//! The files of a grammar folder: embedded in the program, or read from a folder at run time.

use super::fault::Fault;
use super::version;
use std::borrow::Cow;
use std::path::Path;

/// Ending of the files of cases, which are no part of the grammars.
pub const CASES: &str = ".cases.txt";

// `EMBEDDED`, paths and texts sorted by path, and their `VERSION`: written by build.rs.
include!(concat!(env!("OUT_DIR"), "/grammars.rs"));

/// Every file of a grammar folder, sorted by path.
#[derive(Clone, Debug, Default)]
pub struct GrammarFiles {
    files: Vec<(Cow<'static, str>, Cow<'static, str>)>,
    /// Their version, as long as they are those that the program was built with.
    version: Option<&'static str>,
}

impl GrammarFiles {
    /// The grammars that the program was built with.
    #[must_use]
    pub fn embedded() -> Self {
        let files = EMBEDDED.iter().map(|(path, text)| (Cow::Borrowed(*path), Cow::Borrowed(*text))).collect();
        GrammarFiles { files, version: Some(VERSION) }
    }

    /// The grammars of a folder.
    ///
    /// # Errors
    /// A [`Fault`] for each file or folder that cannot be read.
    pub fn read(folder: &Path) -> Result<Self, Vec<Fault>> {
        let (mut files, mut faults) = (Vec::new(), Vec::new());
        let unreadable = |path: &Path, error: &dyn std::fmt::Display| Fault {
            file: path.display().to_string(),
            line: 1,
            column: 1,
            message: format!("cannot be read: {error}"),
            help: Some("give a folder shaped like the program's own `grammars/`".into()),
            source_line: String::new(),
        };
        let mut folders = vec![folder.to_path_buf()];
        while let Some(next) = folders.pop() {
            let entries = match std::fs::read_dir(&next) {
                Ok(entries) => entries,
                Err(error) => {
                    faults.push(unreadable(&next, &error));
                    continue;
                }
            };
            for entry in entries.flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                match std::fs::read_to_string(&path) {
                    Ok(text) => files.push((name.into(), text.into())),
                    Err(error) => faults.push(unreadable(&path, &error)),
                }
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        files.sort();
        Ok(GrammarFiles { files, version: None })
    }

    /// Path and text of every file below `folder` whose name ends with `ending`, sorted by path.
    pub fn below<'s>(&'s self, folder: &'s str, ending: &'s str) -> impl Iterator<Item = (&'s str, &'s str)> {
        self.files
            .iter()
            .filter(move |(path, _)| path.starts_with(folder) && path.ends_with(ending))
            .map(|(path, text)| (&**path, &**text))
    }

    /// Adds a file, or takes the place of the one at `path`.
    pub fn put(&mut self, path: &str, text: &str) {
        self.version = None;
        self.files.retain(|(name, _)| name != path);
        self.files.push((path.to_owned().into(), text.to_owned().into()));
        self.files.sort();
    }

    /// The text of one file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|(name, _)| name == path).map(|(_, text)| &**text)
    }

    /// A short hash over names and texts of all grammars; cases, scripts and pages about them do not count.
    #[must_use]
    pub fn version(&self) -> String {
        let files = || self.files.iter().map(|(path, text)| (&**path, &**text));
        self.version.map_or_else(|| version::version(files()), str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_the_files() {
        let mut files = GrammarFiles::embedded();
        assert!(files.files.is_sorted(), "the order that a folder is read in, too");
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("grammars");
        assert_eq!(GrammarFiles::read(&folder).expect("the folder").version(), files.version());
        let before = files.version();
        files.put("tables/more.toml", "# more");
        assert_ne!(files.version(), before);
    }
}
