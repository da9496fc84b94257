//! The tree itself: what a newcomer relies on when guessing where things are. Each failure says how to put it right.

use crate::reading::package;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Files over 500 lines, each with the reason why it has no seam.
const LONG: [(&str, &str); 4] = [
    ("src/check/relations.rs", "to be parted: sums | relations between years"),
    ("src/grammar/narrative.rs", "to be parted into what a grammar says and how it is loaded"),
    ("src/grammar/identities.rs", "to be parted into what an identity says and how it is loaded"),
    ("src/table/columns.rs", "to be parted into finding columns and filling rows"),
];

/// Folders with Rust code of our own.
const CODE: [&str; 5] = ["src", "tests", "benches", "examples", "fuzz"];

/// Every file below `folder` whose name ends with `ending`, by path relative to the package.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    fn add(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for path in entries.map(|entry| entry.expect("an entry").path()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() && name != "target" && name != "node_modules" && name != "kept" && name != "corpus" {
                add(&path, ending, found);
            } else if name.ends_with(ending) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    add(&package().join(folder), ending, &mut found);
    found.sort();
    let relative = |path: PathBuf| {
        let name = path.strip_prefix(package()).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        (name, fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
    };
    found.into_iter().map(relative).collect()
}

fn code() -> Vec<(String, String)> {
    CODE.iter().flat_map(|folder| files(folder, ".rs")).collect()
}

fn none(faults: &[String], advice: &str) {
    assert!(faults.is_empty(), "{}\n{advice}", faults.join("\n"));
}

#[test]
fn modules_have_headers() {
    let headless = |(_, text): &&(String, String)| !text.starts_with("//!");
    let faults: Vec<_> = code().iter().filter(headless).map(|(name, _)| name.clone()).collect();
    none(&faults, "begin each file with `//!`: what goes in, what comes out, what is left to others, the one surprise");
    let short = |(_, text): &&(String, String)| {
        let header: Vec<_> = text.lines().take_while(|line| line.starts_with("//!")).collect();
        header.len() > 16
    };
    let faults: Vec<_> = code().iter().filter(short).map(|(name, _)| name.clone()).collect();
    none(
        &faults,
        "a header is three to ten lines; longer explanations belong to ARCHITECTURE.md or the items themselves",
    );
}

#[test]
fn files_are_short() {
    let mut faults = Vec::new();
    for (name, text) in code() {
        let (lines, listed) = (text.lines().count(), LONG.iter().any(|(long, _)| name == *long));
        if lines > 500 && !listed {
            faults.push(format!("{name} has {lines} lines"));
        }
    }
    none(
        &faults,
        "look for the seam (reading | printing, table | prose, list | logic), or list the file in LONG with a reason",
    );
    for (name, reason) in LONG {
        assert!(package().join(name).is_file() && !reason.is_empty(), "{name} is gone: take it out of LONG");
    }
}

/// The modules of src/lib.rs in reading order.
fn stages() -> Vec<String> {
    let lib = fs::read_to_string(package().join("src/lib.rs")).expect("src/lib.rs");
    let module = |line: &str| Some(line.strip_prefix("pub mod ")?.strip_suffix(';')?.to_owned());
    lib.lines().filter_map(module).collect()
}

#[test]
fn imports_point_to_earlier_stages() {
    let stages = stages();
    assert!(stages.len() > 8, "src/lib.rs lists the modules in reading order as `pub mod name;`, found {stages:?}");
    let place = |name: &str| stages.iter().position(|stage| stage == name);
    let mut faults = Vec::new();
    for (name, text) in files("src", ".rs") {
        let stage = name.trim_start_matches("src/").split(['/', '.']).next().unwrap_or("");
        let Some(here) = place(stage).filter(|_| stage != "problem") else { continue }; // known to all, knows spans
        let tests = name.ends_with("/tests.rs") || name.ends_with("/gold.rs") || name.ends_with("/properties.rs");
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("");
        for (number, line) in
            code.lines().enumerate().filter(|(_, line)| !tests && !line.trim_start().starts_with("//"))
        {
            for other in line.split("crate::").skip(1) {
                let other: String = other.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                if place(&other).is_some_and(|there| there > here) {
                    faults.push(format!("{name}:{}: {stage} imports the later stage {other}", number + 1));
                }
            }
        }
    }
    none(
        &faults,
        "a stage may use those above it in src/lib.rs, never those below; if it must, some type lives too late: move the type",
    );
}

/// Words of `text` that look like paths into the package; those with wildcards or in capitals stand for many.
fn paths(text: &str) -> impl Iterator<Item = &str> {
    let inside = ["src/", "grammars/", "corpus/", "tests/", "fuzz/", "benches/", "examples/", ".ci/", "out/"];
    let of_path = |c: char| c.is_ascii_alphanumeric() || "._-/*<>{}…[]".contains(c);
    text.split(move |c: char| !of_path(c))
        .map(|word| word.trim_end_matches(['.', '/']))
        .filter(move |word| inside.iter().any(|folder| word.starts_with(folder)))
        .filter(|word| !word.contains(['*', '<', '{', '…', '[']) && !word.contains("..") && !word.starts_with("out/"))
        .filter(|word| !word.split('/').any(|part| part.len() > 2 && part.chars().all(|c| c.is_ascii_uppercase())))
}

#[test]
fn paths_in_comments_exist() {
    let mut faults = Vec::new();
    let documents = files(".", ".md").into_iter().filter(|(name, _)| !name.starts_with("target"));
    for (name, text) in code().into_iter().chain(documents) {
        let prose = Path::new(&name).extension().is_some_and(|ending| ending == "md");
        for (number, line) in text.lines().enumerate() {
            let comment = line.trim_start();
            if !prose && !comment.starts_with("//") || comment.starts_with("/// assert") {
                continue;
            }
            for path in paths(line) {
                let beside = package().join(&name).parent().is_some_and(|folder| folder.join(path).exists());
                if !package().join(path).exists() && !beside {
                    faults.push(format!("{name}:{}: {path} does not exist", number + 1));
                }
            }
        }
    }
    none(&faults, "write paths from the package's root, of files that are there; for many files use * or <name>");
}

/// What the README asks its reader to type in the repository: lines that begin with `cargo` or `bash` in its fenced blocks.
fn commands(text: &str) -> Vec<String> {
    let mut inside = false;
    let mut commands = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            inside = !inside;
        } else if inside
            && ["cargo ", "bash "].iter().any(|word| line.trim_start().trim_start_matches("$ ").starts_with(word))
        {
            let command = line.trim().trim_start_matches("$ ").split(" #").next().unwrap_or("");
            commands.push(command.trim().to_owned());
        }
    }
    commands
}

#[test]
fn the_commands_of_the_readme_are_those_that_ci_runs() {
    let readme = fs::read_to_string(package().join("README.md")).expect("README.md at the package's root");
    let ci = fs::read_to_string(package().join(".ci/run")).expect(".ci/run");
    let commands = commands(&readme);
    assert!(
        commands.len() >= 2,
        "README.md gives its test command and its main job in fenced blocks, found {commands:?}"
    );
    let run: BTreeSet<&str> = ci.lines().map(str::trim).collect();
    let faults: Vec<_> = commands.into_iter().filter(|command| !run.contains(command.as_str())).collect();
    none(
        &faults,
        "README.md promises these commands, and .ci/run does not run them as they are printed: add them there",
    );
}

/// The fenced blocks of `text` without comments, and the files that it links to.
fn blocks_and_links(text: &str) -> (Vec<String>, BTreeSet<String>) {
    let mut inside = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        let fence = line.starts_with("```");
        if inside || fence {
            lines.push(line.split(" #").next().unwrap_or("").trim_end().to_owned());
        }
        inside ^= fence;
    }
    let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    (lines, links.filter(|link| !link.starts_with("README")).map(str::to_owned).collect())
}

#[test]
fn the_chinese_readme_has_the_commands_tables_and_links_of_the_english_one() {
    let read = |name: &str| fs::read_to_string(package().join(name)).expect("a README at the package's root");
    let (english, chinese) = (read("README.md"), read("README.zh.md"));
    let advice = "README.zh.md is the README in Chinese: change both";
    let ((commands, links), (commands_zh, links_zh)) = (blocks_and_links(&english), blocks_and_links(&chinese));
    assert!(commands.len() > 15, "the fenced blocks were found: {commands:?}");
    assert_eq!(commands, commands_zh, "{advice}");
    assert_eq!(links, links_zh, "{advice}");
    let first_cells = |text: &str| -> Vec<String> {
        let code = |line: &str| line.strip_prefix("| `").and_then(|rest| rest.split('`').next()).map(str::to_owned);
        text.lines().filter_map(code).collect()
    };
    assert_eq!(first_cells(&english), first_cells(&chinese), "{advice}");
}
