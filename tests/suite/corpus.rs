//! Every sample of `corpus/` against the truth that was authored with it.
//!
//! `cargo test --test suite corpus -- --nocapture` prints each sample's measures; with `JUESUAN_MISSES` set to a
//! part of a sample's name, also what is wrong in it.

use crate::checks;
use crate::reading::{documents, package, read};
use crate::score::Score;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What all samples together are to reach: measure, floor that holds today, aim. A floor is raised when the work has
/// raised the measure, never lowered without a reason beside it.
const FLOORS: [(&str, f64, f64); 7] = [
    ("found", 1.0, 1.0),
    ("read", 0.995, 0.995),
    ("class_accuracy", 0.96, 0.97),
    ("figure_f1", 0.97, 0.97),
    ("facts_full", 0.80, 0.95),
    ("cells", 0.94, 0.98),
    ("relations", 0.87, 0.95),
];

/// Name, bytes and the folder of the truth of each sample.
pub fn samples() -> Vec<(String, Vec<u8>, PathBuf)> {
    samples_of(&package().join("corpus"))
}

/// The samples below a folder with `reports` and `truth`.
pub fn samples_of(corpus: &Path) -> Vec<(String, Vec<u8>, PathBuf)> {
    let reports = corpus.join("reports");
    let with_truth = |(name, bytes): (String, Vec<u8>)| {
        let truth = corpus.join("truth").join(name.strip_suffix(".txt").unwrap_or(&name));
        (name, bytes, truth)
    };
    documents(&reports, &["txt", "xhtml", "html"]).into_iter().map(with_truth).collect()
}

#[test]
fn samples_are_read_as_their_truth_says() {
    let (mut all, mut report) = (Score::default(), String::new());
    for (name, bytes, truth) in samples() {
        let score = Score::of(&read(&bytes, &name), &truth);
        let _ = writeln!(report, "{name}\n    {}", score.line());
        if std::env::var("JUESUAN_MISSES").is_ok_and(|wanted| !wanted.is_empty() && name.contains(&wanted)) {
            let _ = writeln!(report, "    {}", score.misses.join("\n    "));
        }
        all.add(&score);
    }
    println!("{report}all samples\n    {}", all.line());
    println!("short of the aim: {:?}", all.below(&FLOORS.map(|(measure, _, aim)| (measure, aim))));
    let below = all.below(&FLOORS.map(|(measure, floor, _)| (measure, floor)));
    assert!(below.is_empty(), "{}\n{report}JUESUAN_MISSES=<part of a name> shows what is wrong", below.join("\n"));
}

#[test]
fn every_sample_has_its_truth_and_every_truth_its_sample() {
    let samples = samples();
    assert!(samples.len() >= 4, "only {} samples in corpus/", samples.len());
    let mut truths: Vec<PathBuf> = std::fs::read_dir(package().join("corpus/truth"))
        .expect("corpus/truth")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    for (name, bytes, truth) in &samples {
        assert!(
            truth.join("figures.csv").is_file(),
            "{name} has no {}/figures.csv: corpus/make writes it",
            truth.display()
        );
        let size = bytes.len() as u64;
        for row in crate::reading::annotation(&truth.join("figures.csv")) {
            let end: u64 = row["byte_end"].parse().expect("a position");
            assert!(end <= size, "{name}: number {} lies beyond the file; the truth is of another version", row["id"]);
        }
        truths.retain(|other| other != truth);
    }
    assert!(truths.is_empty(), "truth without a sample in corpus/: {truths:?}");
}

#[test]
fn every_row_of_a_sample_decodes_to_its_text() {
    for (name, bytes, _) in samples() {
        println!("{name}"); // shown if the next line panics
        checks::extract_document(&bytes);
    }
}
