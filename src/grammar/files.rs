//! The files of a grammar folder: embedded in the program, or read from a folder at run time.

use super::fault::Fault;
use include_dir::{Dir, include_dir};
use std::borrow::Cow;
use std::path::Path;

/// Endings of the files that are grammars.
const GRAMMARS: [&str; 2] = ["toml", "csv"];
/// Ending of the files of cases, which are no part of the grammars.
pub const CASES: &str = ".cases.txt";

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/grammars");

/// Every file of a grammar folder, sorted by path.
#[derive(Clone, Debug, Default)]
pub struct GrammarFiles {
    files: Vec<(Cow<'static, str>, Cow<'static, str>)>,
}

impl GrammarFiles {
    /// The grammars that the program was built with.
    #[must_use]
    pub fn embedded() -> Self {
        fn collect(dir: &Dir<'static>, files: &mut Vec<(Cow<'static, str>, Cow<'static, str>)>) {
            for file in dir.files() {
                let path = file.path().to_string_lossy().replace('\\', "/");
                files.push((path.into(), String::from_utf8_lossy(file.contents())));
            }
            for sub in dir.dirs() {
                collect(sub, files);
            }
        }
        let mut files = Vec::new();
        collect(&EMBEDDED, &mut files);
        files.sort();
        GrammarFiles { files }
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
        Ok(GrammarFiles { files })
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
        use sha2::{Digest, Sha256};
        use std::fmt::Write;
        let mut hash = Sha256::new();
        for (path, text) in &self.files {
            if GRAMMARS.contains(&path.rsplit('.').next().unwrap_or("")) {
                hash.update((path.len() as u64).to_le_bytes());
                hash.update(path.as_bytes());
                hash.update((text.len() as u64).to_le_bytes());
                hash.update(text.as_bytes());
            }
        }
        hash.finalize().iter().take(6).fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}
