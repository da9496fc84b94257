//! The grammars' version: a short hash over the names and texts of all grammar files.
//!
//! Also part of `build.rs`, which hashes the embedded files once, when the program is built.

use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Endings of the files that are grammars; cases, scripts and pages about them do not count.
const GRAMMARS: [&str; 2] = ["toml", "csv"];

/// The version of `files`, paths and texts sorted by path.
pub fn version<'f>(files: impl Iterator<Item = (&'f str, &'f str)>) -> String {
    let mut hash = Sha256::new();
    for (path, text) in files.filter(|(path, _)| GRAMMARS.contains(&path.rsplit('.').next().unwrap_or(""))) {
        hash.update((path.len() as u64).to_le_bytes());
        hash.update(path.as_bytes());
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    }
    hash.finalize().iter().take(6).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
