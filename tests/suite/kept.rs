//! Every kept fuzz input is fed to the function that its target calls: what was once broken stays mended.

use crate::checks::TARGETS;
use crate::reading::package;
use std::fs;
use std::panic::catch_unwind;
use std::path::PathBuf;

fn kept(target: &str) -> Vec<PathBuf> {
    let folder = package().join("fuzz/kept").join(target);
    let entries = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

#[test]
fn kept_inputs_break_no_promise() {
    let mut broken = Vec::new();
    for (name, check) in TARGETS {
        let files = kept(name);
        assert!(!files.is_empty(), "fuzz/kept/{name} is empty: keep a few inputs that reach different code");
        for file in files {
            let bytes = fs::read(&file).expect("a kept input");
            if catch_unwind(|| check(&bytes)).is_err() {
                broken.push(file.display().to_string());
            }
        }
    }
    assert!(broken.is_empty(), "the messages above are about these inputs, in order:\n{}", broken.join("\n"));
}

#[test]
fn every_target_can_be_fuzzed() {
    let manifest = fs::read_to_string(package().join("fuzz/Cargo.toml")).expect("fuzz/Cargo.toml");
    for (name, _) in TARGETS {
        let path = format!("targets/{name}.rs");
        assert!(package().join("fuzz").join(&path).is_file(), "fuzz/{path} is missing: copy another target's");
        assert!(manifest.contains(&format!("path = \"{path}\"")), "fuzz/Cargo.toml has no [[bin]] for {path}");
    }
}
