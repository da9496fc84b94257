//! `manifest.jsonl`: which parts are done, so that a run that was killed can go on.
//!
//! One line says how the run was started, then comes one line for each part, written once all tables of
//! the part are on the disk. A line is valid only with its line end, so a kill at any moment leaves
//! either the whole line or nothing that counts. There are no dates and no paths outside of the folder
//! in it: a resumed run ends in the bytes of one that was never interrupted. Surprise: the file is also
//! the lock that keeps a second run out of the folder.

use crate::dataset::{Counts, PartBytes};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// The file's name.
pub const NAME: &str = "manifest.jsonl";

/// What its first bytes are.
pub const MARK: &str = r#"{"manifest":"juesuan""#;

/// How the run was started; a run with another header starts from the beginning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Always `juesuan`; says whose file this is.
    pub manifest: String,
    pub program_version: String,
    pub grammar_version: String,
    pub format: String,
    pub part_bytes: u64,
    pub max_document_bytes: u64,
}

/// A document of a part: its name, its size when it was listed, the SHA-256 of what was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub document: String,
    pub size: Option<u64>,
    pub sha256: Option<String>,
}

/// A part that is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its number, from 0.
    #[serde(rename = "part")]
    pub ordinal: u32,
    /// Whether it holds all documents that belong to it; an interrupted run may end with one that does not.
    pub complete: bool,
    /// Length of each table's file, in the order of the tables.
    pub bytes: PartBytes,
    pub counts: Counts,
    pub documents: Vec<Listed>,
}

/// The manifest's file, open and locked.
pub struct Manifest {
    file: File,
    /// Length up to the header's end and each part's end.
    ends: Vec<u64>,
}

impl Manifest {
    /// Takes over `file`, which the caller has locked.
    pub fn new(file: File) -> Self {
        Manifest { file, ends: Vec::new() }
    }

    /// What it says: the header and the parts up to the first line that is not whole.
    pub fn read(&mut self) -> io::Result<Option<(Header, Vec<Part>)>> {
        let mut bytes = Vec::new();
        self.file.seek(SeekFrom::Start(0))?;
        self.file.read_to_end(&mut bytes)?;
        self.ends.clear();
        let mut lines = bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n"));
        let Some(first) = lines.next() else { return Ok(None) };
        let Ok(header) = serde_json::from_slice::<Header>(first) else { return Ok(None) };
        let mut end = first.len() as u64;
        self.ends.push(end);
        let mut parts = Vec::new();
        for line in lines {
            match serde_json::from_slice::<Part>(line) {
                Ok(part) if part.ordinal as usize == parts.len() => parts.push(part),
                _ => break,
            }
            end += line.len() as u64;
            self.ends.push(end);
        }
        Ok(Some((header, parts)))
    }

    /// The text of a manifest with `header` and `parts`.
    pub fn lines(header: &Header, parts: &[Part]) -> io::Result<String> {
        let mut text = serde_json::to_string(header)?;
        for part in parts {
            text.push('\n');
            text.push_str(&serde_json::to_string(part)?);
        }
        text.push('\n');
        Ok(text)
    }

    /// Puts `text` in the place of what the manifest says.
    pub fn replace(&mut self, text: &str) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(text.as_bytes())?;
        self.file.set_len(text.len() as u64)?;
        self.file.sync_all()
    }

    /// Starts anew with `header`.
    pub fn start(&mut self, header: &Header) -> io::Result<()> {
        self.ends.clear();
        self.file.set_len(0)?;
        self.append(header)
    }

    /// Forgets all parts but the first `count`.
    pub fn keep(&mut self, count: usize) -> io::Result<()> {
        self.ends.truncate(count + 1);
        self.file.set_len(self.ends.last().copied().unwrap_or(0))?;
        self.file.sync_all()
    }

    /// Adds a part; once this returns, it is done for good.
    pub fn commit(&mut self, part: &Part) -> io::Result<()> {
        self.append(part)
    }

    fn append(&mut self, line: &impl Serialize) -> io::Result<()> {
        let mut bytes = serde_json::to_vec(line)?;
        bytes.push(b'\n');
        self.file.seek(SeekFrom::End(0))?;
        self.file.write_all(&bytes)?;
        self.file.sync_all()?;
        self.ends.push(self.file.metadata()?.len());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Header {
        Header {
            manifest: "juesuan".into(),
            program_version: "1".into(),
            grammar_version: "2".into(),
            format: "csv".into(),
            part_bytes: 3,
            max_document_bytes: 4,
        }
    }

    fn part(part: u32) -> Part {
        let documents = vec![Listed { document: format!("{part}.txt"), size: Some(1), sha256: None }];
        Part { ordinal: part, complete: true, bytes: vec![1; 7], counts: Counts::default(), documents }
    }

    fn written() -> Manifest {
        let mut manifest = Manifest::new(tempfile::tempfile().expect("a temporary file"));
        manifest.start(&header()).expect("header");
        (0..3).for_each(|index| manifest.commit(&part(index)).expect("part"));
        manifest
    }

    fn parts(manifest: &mut Manifest) -> Vec<u32> {
        let (read, parts) = manifest.read().expect("readable").expect("a header");
        assert_eq!(read, header());
        parts.iter().map(|part| part.ordinal).collect()
    }

    #[test]
    fn what_was_written_is_read() {
        assert_eq!(parts(&mut written()), [0, 1, 2]);
    }

    #[test]
    fn a_torn_line_does_not_count_and_is_overwritten() {
        let mut manifest = written();
        let length = manifest.file.metadata().expect("length").len();
        manifest.file.set_len(length - 1).expect("cut");
        assert_eq!(parts(&mut manifest), [0, 1]);
        manifest.keep(2).expect("kept");
        manifest.commit(&part(2)).expect("part");
        assert_eq!(parts(&mut manifest), [0, 1, 2]);
    }

    #[test]
    fn an_empty_or_foreign_file_is_no_manifest() {
        let mut manifest = Manifest::new(tempfile::tempfile().expect("a temporary file"));
        assert_eq!(manifest.read().expect("readable"), None);
        manifest.file.write_all(b"{\"hello\":1}\n").expect("written");
        assert_eq!(manifest.read().expect("readable"), None);
    }
}
