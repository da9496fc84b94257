//! Puts `grammars/` into the program: a list of its files, and their version, which a start need not hash then.
//!
//! In: the folder. Out: `grammars.rs` in the build folder, which `src/grammar/files.rs` includes. Built anew when a
//! grammar file is added, changed or taken away.

#[path = "src/grammar/version.rs"]
mod version;

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=grammars");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("grammars");
    let mut files = Vec::new();
    collect(&root, &root, &mut files)?;
    files.sort();
    // As literals of Rust, for a name may hold quotes; below the folder of the package, for that may have moved since.
    let mut code = String::from("static EMBEDDED: &[(&str, &str)] = &[\n");
    for (name, _) in &files {
        let below = format!("/grammars/{name}");
        let _ = writeln!(code, "    ({name:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {below:?}))),");
    }
    let version = version::version(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let _ = writeln!(code, "];\nstatic VERSION: &str = {version:?};");
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("grammars.rs"), code)
}

/// Name below `root` and text of every file in `folder`.
fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
            continue;
        }
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&path)?;
        files.push((name, text));
    }
    Ok(())
}
