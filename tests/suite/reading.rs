//! Documents read inside of the test, and the files that tests read: samples, annotations, real reports.

use crate::checks;
use encoding_rs::{GB18030, UTF_8};
use juesuan::extract::Extraction;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// One row of an annotation, by the column's name.
pub type Annotated = BTreeMap<String, String>;

/// Encodings that reports lie in on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disk {
    Utf8,
    Utf8Bom,
    Gb18030,
    Utf16Le,
    Utf16Be,
}

impl Disk {
    pub const ALL: [Disk; 5] = [Disk::Utf8, Disk::Utf8Bom, Disk::Gb18030, Disk::Utf16Le, Disk::Utf16Be];

    /// `text` as a file in this encoding; the UTF-16 ones with a byte order mark, as they come.
    pub fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Disk::Utf8 => UTF_8.encode(text).0.into_owned(),
            Disk::Utf8Bom => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            Disk::Gb18030 => GB18030.encode(text).0.into_owned(),
            Disk::Utf16Le => once_marked(text).flat_map(u16::to_le_bytes).collect(),
            Disk::Utf16Be => once_marked(text).flat_map(u16::to_be_bytes).collect(),
        }
    }
}

fn once_marked(text: &str) -> impl Iterator<Item = u16> {
    std::iter::once(0xfeff).chain(text.encode_utf16())
}

/// Reads `bytes` with the embedded grammars.
pub fn read<'a>(bytes: &'a [u8], name: &str) -> Extraction<'a> {
    juesuan::extract_document(bytes, name, checks::embedded())
}

/// The folder of the package.
pub fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder with real reports and their annotations, which are never committed; says aloud if it is missing.
pub fn shared() -> Option<PathBuf> {
    let given = std::env::var_os("JUESUAN_SHARED").map(PathBuf::from);
    let beside = package().join("../shared");
    let found =
        given.into_iter().chain([beside, PathBuf::from("/work/shared")]).find(|path| path.join("gold").is_dir());
    if found.is_none() {
        eprintln!("skipped: no folder ../shared with real reports beside this package (or at JUESUAN_SHARED)");
    }
    found
}

/// Name and bytes of each file of `folder` with one of these extensions, by name.
pub fn documents(folder: &Path, extensions: &[&str]) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<_> = fs::read_dir(folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted)))
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
        })
        .collect();
    found.sort();
    found
}

/// The rows of `path`, an annotation; none if there is no such file.
pub fn annotation(path: &Path) -> Vec<Annotated> {
    if !path.exists() {
        return Vec::new();
    }
    let bytes = fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut reader = csv::Reader::from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes));
    let header = reader.headers().expect("a header").clone();
    let named = |row: csv::StringRecord| header.iter().zip(&row).map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
    reader.records().map(|row| named(row.unwrap_or_else(|e| panic!("{}: {e}", path.display())))).collect()
}
