//! The output folder: who may write there, what lies there already, what is removed.
//!
//! In: its path and what to do with an earlier dataset. Out: the folder, locked, with the manifest.
//! Removes only files that juesuan writes, by their exact names; whatever else lies there stays. Views of an
//! earlier dataset go with it: they would say what its rows no longer do.

use super::manifest::{self, Manifest, Part};
use super::{Existing, Stop};
use crate::dataset::{
    self, Format, TABLES, Table, VIEWS, checked_path, csv_path, part_path, unfinished_csv_path, unfinished_part_path,
};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// The descriptor's name.
pub const DESCRIPTOR: &str = "datapackage.json";

/// What `juesuan check` is about to put in its place.
const JOURNAL: &str = ".check.json";

/// The output folder, which this run alone writes to.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Makes the folder if need be, locks it, and looks at what lies there.
    ///
    /// # Errors
    /// [`Stop::Output`] if it cannot be written, another run writes there, or a dataset is in the way.
    pub fn open(path: &Path, existing: Existing) -> Result<(Folder, Manifest), Stop> {
        let folder = Folder { path: path.to_owned() };
        fs::create_dir_all(path).map_err(|error| folder.refused(&error))?;
        let known = path.join(manifest::NAME).exists();
        if !known {
            folder.look(existing, false)?; // before a file is made in a folder that is refused
        }
        let file = folder.lock()?;
        folder.look(existing, known && file.metadata().is_ok_and(|metadata| metadata.len() > 0))?;
        if existing == Existing::Overwrite {
            file.set_len(0).map_err(|error| folder.refused(&error))?;
            folder.remove_all()?;
        }
        Ok((folder, Manifest::new(file)))
    }

    /// Locks a folder that holds a dataset, and finishes what a `juesuan check` that was killed had begun.
    ///
    /// # Errors
    /// [`Stop::Output`] if there is no whole dataset, or another run writes there.
    pub fn reopen(path: &Path) -> Result<(Folder, Manifest), Stop> {
        let folder = Folder { path: path.to_owned() };
        if !path.join(manifest::NAME).exists() || !path.join(DESCRIPTOR).exists() {
            return Err(folder.nothing_to_check());
        }
        let file = folder.lock()?;
        folder.look(Existing::Resume, true)?;
        let mut manifest = Manifest::new(file);
        if path.join(JOURNAL).exists() {
            folder.finish_moves(&mut manifest)?;
        }
        Ok((folder, manifest))
    }

    /// The error of a folder without a whole dataset.
    pub fn nothing_to_check(&self) -> Stop {
        self.stop(
            "no whole dataset lies there",
            "give the folder that `juesuan extract … --out DIR` wrote; --resume finishes one that was interrupted",
        )
    }

    /// Writes down that files take the places of others, and what the manifest says then. From here on it happens.
    pub fn begin_moves(&self, moves: Vec<(PathBuf, PathBuf)>, manifest: &str) -> Result<(), Stop> {
        let relative = |path: &Path| path.strip_prefix(&self.path).unwrap_or(path).to_string_lossy().into_owned();
        let moves: Vec<_> = moves.iter().map(|(from, to)| (relative(from), relative(to))).collect();
        let unfinished = self.path.join(format!("{JOURNAL}.unfinished"));
        let text = serde_json::to_string(&(moves, manifest)).map_err(|error| self.refused(&error.into()))?;
        let written = fs::write(&unfinished, text)
            .and_then(|()| File::open(&unfinished)?.sync_all())
            .and_then(|()| fs::rename(&unfinished, self.path.join(JOURNAL)));
        written.map_err(|error| self.refused(&error))
    }

    /// Does what the journal says, as often as need be.
    pub fn finish_moves(&self, manifest: &mut Manifest) -> Result<(), Stop> {
        let journal = self.path.join(JOURNAL);
        let finished = fs::read_to_string(&journal).and_then(|text| {
            let (moves, lines): (Vec<(String, String)>, String) = serde_json::from_str(&text)?;
            for (from, to) in moves {
                let (from, to) = (self.path.join(from), self.path.join(to));
                if from.exists() {
                    fs::rename(from, to)?;
                }
            }
            manifest.replace(&lines)?;
            fs::remove_file(&journal)
        });
        finished.map_err(|error| self.refused(&error))?;
        self.forget_views()
    }

    /// Removes the views, which may say other than the tables now.
    fn forget_views(&self) -> Result<(), Stop> {
        let text = fs::read_to_string(self.path.join(DESCRIPTOR)).map_err(|error| self.refused(&error))?;
        let Some(described) = dataset::Described::read(&text).filter(|described| described.views) else {
            return Ok(());
        };
        self.describe(&dataset::datapackage(&dataset::Described { views: false, ..described }))?;
        for view in VIEWS {
            for part in self.parts(view) {
                self.remove(&part_path(&self.path, view, part))?;
            }
            self.remove_rest(view)?;
        }
        Ok(())
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The error that the file system's `error` is to the user.
    pub fn refused(&self, error: &io::Error) -> Stop {
        self.stop(error.to_string(), "choose a folder that you may write to with --out DIR")
    }

    fn stop(&self, reason: impl Into<String>, help: impl Into<String>) -> Stop {
        Stop::Output { path: self.path.clone(), reason: reason.into(), help: help.into() }
    }

    fn lock(&self) -> Result<File, Stop> {
        let path = self.path.join(manifest::NAME);
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let file = file.map_err(|error| self.refused(&error))?;
        match file.try_lock() {
            // Some network file systems have no locks; then nothing guards against a second run.
            Ok(()) | Err(TryLockError::Error(_)) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(self.stop(
                "another run of juesuan is writing there",
                "wait until it ends, or choose another folder with --out DIR",
            )),
        }
    }

    fn look(&self, existing: Existing, has_manifest: bool) -> Result<(), Stop> {
        if let Some(foreign) = TABLES.iter().chain(VIEWS).find_map(|table| self.foreign_part(table)) {
            return Err(self.stop(
                format!("{} lies among the parts of a table and would be read as one", foreign.display()),
                "move that file away, or choose another folder with --out DIR",
            ));
        }
        for (name, mark) in [(manifest::NAME, manifest::MARK), (DESCRIPTOR, dataset::DESCRIPTOR_MARK)] {
            let ours = fs::read(self.path.join(name)).is_ok_and(|bytes| is_marked(&bytes, mark));
            if self.path.join(name).exists() && !ours {
                return Err(self.stop(
                    format!("{name} lies there, and juesuan did not write it"),
                    "move that file away, or choose another folder with --out DIR",
                ));
            }
        }
        let lying = self.lying(has_manifest);
        match existing {
            Existing::Refuse if !lying.is_empty() => Err(self.stop(
                format!("a dataset lies there already ({})", lying.join(", ")),
                "--overwrite replaces it, --resume goes on with an interrupted run, --out DIR writes elsewhere",
            )),
            Existing::Resume if !lying.is_empty() && !has_manifest => Err(self.stop(
                format!("{} lies there, but no {} that says how far it got", lying.join(", "), manifest::NAME),
                "--overwrite replaces it, --out DIR writes elsewhere",
            )),
            _ => Ok(()),
        }
    }

    /// What of a dataset lies there, for people.
    fn lying(&self, has_manifest: bool) -> Vec<String> {
        let mut lying = Vec::new();
        if has_manifest {
            lying.push(manifest::NAME.to_owned());
        }
        if self.path.join(DESCRIPTOR).exists() {
            lying.push(DESCRIPTOR.to_owned());
        }
        for table in TABLES {
            if !self.parts(table).is_empty() {
                lying.push(format!("{}/", table.name));
            }
            if csv_path(&self.path, table).exists() {
                lying.push(format!("{}.csv", table.name));
            }
        }
        lying
    }

    /// Numbers of the parts of `table` that lie there, finished or not.
    fn parts(&self, table: &Table) -> Vec<u32> {
        let names = file_names(&self.path.join(table.name));
        names.iter().filter_map(|name| part_number(name)).collect()
    }

    fn foreign_part(&self, table: &Table) -> Option<PathBuf> {
        let folder = self.path.join(table.name);
        let names = file_names(&folder);
        let foreign = names.into_iter().find(|name| name.ends_with(".parquet") && part_number(name).is_none())?;
        Some(folder.join(foreign))
    }

    /// Removes every file of a dataset but the manifest, and table folders that are empty then.
    pub fn remove_all(&self) -> Result<(), Stop> {
        self.keep_parts(0)?;
        TABLES.iter().try_for_each(|table| self.remove_rest(table))
    }

    /// Removes the CSV file of `table`, and its folder if no part lies in it any more.
    fn remove_rest(&self, table: &Table) -> Result<(), Stop> {
        self.remove(&csv_path(&self.path, table))?;
        self.remove(&unfinished_csv_path(&self.path, table))?;
        let _ = fs::remove_dir(self.path.join(table.name)); // stays if something else lies in it
        Ok(())
    }

    /// Removes the descriptor, the views and the Parquet parts from `count` on.
    fn keep_parts(&self, count: u32) -> Result<(), Stop> {
        self.remove(&self.path.join(DESCRIPTOR))?;
        self.remove(&self.unfinished_descriptor())?;
        self.remove(&self.path.join(JOURNAL))?;
        for (table, count) in TABLES.iter().map(|table| (table, count)).chain(VIEWS.iter().map(|view| (view, 0))) {
            self.remove(&checked_path(&csv_path(&self.path, table)))?;
            for part in self.parts(table) {
                self.remove(&checked_path(&part_path(&self.path, table, part)))?;
                self.remove(&unfinished_part_path(&self.path, table, part))?;
                if part >= count {
                    self.remove(&part_path(&self.path, table, part))?;
                }
            }
        }
        VIEWS.iter().try_for_each(|view| self.remove_rest(view))
    }

    fn remove(&self, file: &Path) -> Result<(), Stop> {
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                let reason = format!("{} cannot be removed: {error}", file.display());
                Err(self.stop(reason, "remove it by hand, or choose another folder with --out DIR"))
            }
            _ => Ok(()),
        }
    }

    /// How many of `parts` lie there as the manifest says.
    pub fn intact(&self, format: Format, parts: &[Part]) -> usize {
        let length = |path: PathBuf| fs::metadata(path).map_or(0, |metadata| metadata.len());
        let csv: Vec<_> = TABLES
            .iter()
            .map(|table| length(unfinished_csv_path(&self.path, table)).max(length(csv_path(&self.path, table))))
            .collect();
        let intact = |part: &Part| {
            part.bytes.len() == TABLES.len()
                && TABLES.iter().zip(&part.bytes).zip(&csv).all(|((table, bytes), csv)| match format {
                    Format::Parquet => length(part_path(&self.path, table, part.ordinal)) == *bytes,
                    Format::Csv => csv >= bytes,
                })
        };
        parts.iter().take_while(|part| intact(part)).count()
    }

    /// Removes what does not belong to `parts`, which are intact, so that the next part can follow.
    pub fn keep(&self, format: Format, parts: &[Part]) -> Result<(), Stop> {
        let Some(last) = parts.last() else { return self.remove_all() };
        self.keep_parts(parts.len() as u32)?;
        if format == Format::Csv {
            for (table, bytes) in TABLES.iter().zip(&last.bytes) {
                self.cut_csv(table, *bytes).map_err(|error| self.refused(&error))?;
            }
        }
        Ok(())
    }

    fn cut_csv(&self, table: &Table, bytes: u64) -> io::Result<()> {
        let unfinished = unfinished_csv_path(&self.path, table);
        if !unfinished.exists() {
            fs::rename(csv_path(&self.path, table), &unfinished)?;
        }
        let file = OpenOptions::new().write(true).open(&unfinished)?;
        file.set_len(bytes)?;
        file.sync_all()
    }

    fn unfinished_descriptor(&self) -> PathBuf {
        self.path.join(format!(".{DESCRIPTOR}.unfinished"))
    }

    /// Writes the descriptor, whole or not at all.
    pub fn describe(&self, text: &str) -> Result<(), Stop> {
        let unfinished = self.unfinished_descriptor();
        let written = fs::write(&unfinished, text)
            .and_then(|()| File::open(&unfinished)?.sync_all())
            .and_then(|()| fs::rename(&unfinished, self.path.join(DESCRIPTOR)));
        written.map_err(|error| self.refused(&error))
    }
}

/// Whether a file begins with `mark`, or was cut off while that was written.
fn is_marked(bytes: &[u8], mark: &str) -> bool {
    let length = bytes.len().min(mark.len());
    bytes[..length] == mark.as_bytes()[..length]
}

fn file_names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

/// 7 for `part-00007.parquet` and for its unfinished name.
fn part_number(name: &str) -> Option<u32> {
    let name = name.strip_prefix('.').and_then(|name| name.strip_suffix(".unfinished")).unwrap_or(name);
    let digits = name.strip_prefix("part-")?.strip_suffix(".parquet")?;
    (digits.len() >= 5 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_ours_by_its_first_bytes() {
        assert!(is_marked(br#"{"manifest":"juesuan","pro"#, manifest::MARK));
        assert!(is_marked(b"{\"man", manifest::MARK) && is_marked(b"", manifest::MARK));
        assert!(!is_marked(b"{\"name\": 1}", manifest::MARK));
    }

    #[test]
    fn only_our_own_names_are_parts() {
        assert_eq!(part_number("part-00012.parquet"), Some(12));
        assert_eq!(part_number(".part-00012.parquet.unfinished"), Some(12));
        assert_eq!(part_number("part-1.parquet"), None);
        assert_eq!(part_number("my-part-00012.parquet"), None);
        assert_eq!(part_number("part-00012.csv"), None);
    }
}
