//! Sentences in wordings of other regions, written before the grammars had seen them, against their truth.
//!
//! `cargo test --test suite wordings -- --nocapture` prints what is wrong. Where they come from: `tests/wordings/README.md`.

use crate::reading::{documents, package, read};
use crate::score::Score;

/// What all of them together hold today.
const FLOORS: [(&str, f64); 4] = [("found", 1.0), ("read", 1.0), ("class_accuracy", 1.0), ("facts_full", 0.99)];

#[test]
fn sentences_of_other_regions_are_read_as_their_truth_says() {
    let folder = package().join("tests/wordings");
    let mut all = Score::default();
    for (name, bytes) in documents(&folder.join("reports"), &["txt"]) {
        let truth = folder.join("truth").join(name.trim_end_matches(".txt"));
        let score = Score::of(&read(&bytes, &name), &truth);
        println!("{name}\n    {}\n    {}", score.line(), score.misses.join("\n    "));
        all.add(&score);
    }
    assert!(all.get("tokens") > 350, "only {} numbers in tests/wordings", all.get("tokens"));
    let below = all.below(&FLOORS);
    assert!(below.is_empty(), "{}\n{}", below.join("\n"), all.misses.join("\n"));
}
