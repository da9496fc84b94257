//! The columns as they are explained: by `juesuan schema`, in docs/data-dictionary.md, in every descriptor.

use super::support::*;
use crate::reading::package;
use serde_json::Value;
use std::fs;

fn schema(arguments: &[&str]) -> String {
    let output = juesuan().arg("schema").args(arguments).output().expect("juesuan runs");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output)
}

#[test]
fn the_data_dictionary_is_what_the_program_says() {
    let path = package().join("docs/data-dictionary.md");
    let said = schema(&[]);
    if std::env::var_os("JUESUAN_UPDATE").is_some() {
        fs::write(&path, &said).expect("written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == said,
        "docs/data-dictionary.md is not what `juesuan schema` prints; write it anew with\n  \
         JUESUAN_UPDATE=1 cargo test --test suite -- the_data_dictionary\nand read the diff"
    );
    assert_eq!(schema(&["--format", "md"]), said);
}

#[test]
fn the_schema_as_json_is_that_of_the_descriptor() {
    let root = folder();
    let out = root.path().join("out");
    extract_well(&reports(root.path(), 1), &out, &["--format", "csv"]);
    let described: Value =
        serde_json::from_slice(&fs::read(out.join("datapackage.json")).expect("a descriptor")).expect("JSON");
    let said: Value = serde_json::from_str(&schema(&["--format", "json"])).expect("JSON");
    let said = said["resources"].as_array().expect("a list");
    let described = described["resources"].as_array().expect("a list");
    assert_eq!((described.len(), said.len()), (7, 10), "the views are explained before they are made");
    for (described, said) in described.iter().zip(said) {
        for part in ["name", "title", "description", "juesuan:descriptionZh", "schema"] {
            assert_eq!(described[part], said[part], "{part} of {}", said["name"]);
        }
    }
}
