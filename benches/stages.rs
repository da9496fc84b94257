//! How fast each stage is, over an invented report and, where `../shared/reports` is, over all real ones.
//!
//! `cargo bench --no-default-features --bench stages` prints times and bytes a second for each stage alone, and for
//! `extract_document`, which is all of them.

#[allow(dead_code)] // each bench uses some of the shapes
mod shapes;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use juesuan::figure::scan_numbers;
use juesuan::grammar::{GrammarFiles, Grammars};
use juesuan::layout::lay_out;
use juesuan::narrative::{Context, read_passage};
use juesuan::source::Source;
use juesuan::table::read_tables;
use std::path::PathBuf;
use std::sync::OnceLock;

const INPUTS: [&str; 2] = ["invented", "reports"];

fn main() {
    divan::main();
}

fn grammars() -> &'static Grammars {
    static GRAMMARS: OnceLock<Grammars> = OnceLock::new();
    GRAMMARS.get_or_init(|| Grammars::load(&GrammarFiles::embedded()).expect("the embedded grammars load"))
}

/// The documents of an input; none, said aloud, if the real reports are not there.
fn documents(input: &str) -> Vec<String> {
    if input == "invented" {
        return vec![shapes::report(300_000)];
    }
    let given = std::env::var_os("JUESUAN_SHARED").map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder =
        given.into_iter().chain([beside, PathBuf::from("/work/shared")]).find(|path| path.join("reports").is_dir());
    let Some(folder) = folder else {
        eprintln!("skipped: no real reports in ../shared/reports");
        return Vec::new();
    };
    let entries = std::fs::read_dir(folder.join("reports")).expect("the reports' folder").flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect()
}

/// Measures `work` over each document of `input`, together.
fn measure<R>(bencher: Bencher<'_, '_>, input: &str, work: impl Fn(&str) -> R + Sync) {
    let documents = documents(input);
    let bytes: usize = documents.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for document in &documents {
            black_box(work(black_box(document)));
        }
    });
}

#[divan::bench(args = INPUTS)]
fn source(bencher: Bencher<'_, '_>, input: &str) {
    measure(bencher, input, |text| Source::decode(text.as_bytes()).0.text().len());
}

#[divan::bench(args = INPUTS)]
fn layout(bencher: Bencher<'_, '_>, input: &str) {
    measure(bencher, input, lay_out);
}

#[divan::bench(args = INPUTS)]
fn figure(bencher: Bencher<'_, '_>, input: &str) {
    measure(bencher, input, scan_numbers);
}

/// With the layout that it needs.
#[divan::bench(args = INPUTS)]
fn layout_and_table(bencher: Bencher<'_, '_>, input: &str) {
    measure(bencher, input, |text| read_tables(text, &lay_out(text), &mut Vec::new()));
}

/// Every line as a passage of its own.
#[divan::bench(args = INPUTS)]
fn narrative(bencher: Bencher<'_, '_>, input: &str) {
    measure(bencher, input, |text| {
        let mut context = Context { fiscal_year: Some(2021), ..Context::default() };
        text.lines().map(|line| read_passage(line, &mut context, grammars()).len()).sum::<usize>()
    });
}

#[divan::bench(args = INPUTS)]
fn extract_document(bencher: Bencher<'_, '_>, input: &str) {
    measure(bencher, input, |text| juesuan::extract_document(text.as_bytes(), "bench.txt", grammars()).numbers.len());
}

#[divan::bench]
fn load_grammars(bencher: Bencher<'_, '_>) {
    bencher.bench(|| Grammars::load(&GrammarFiles::embedded()));
}
