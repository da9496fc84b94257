//! Whether time grows with length only: each shape in two sizes, the second twice the first.
//!
//! `cargo bench --no-default-features --bench growth [NAME]` prints milliseconds for both and their ratio; 2 is
//! linear, 4 is quadratic. Nothing is asserted, because a busy machine lies: read it, and look closer at what is
//! far above 2. Measured is `extract_document`, so that no stage is left out.

#[allow(dead_code)] // each bench uses some of the shapes
mod shapes;

use juesuan::grammar::{GrammarFiles, Grammars};
use shapes::{again, report, rows, rows_as, wide};
use std::time::{Duration, Instant};

/// A shape's name, its smaller size, and the text of a size.
type Shape = (&'static str, usize, fn(usize) -> String);

const SHAPES: [Shape; 26] = [
    ("report, bytes", 500_000, report),
    ("rows with tabs", 50_000, rows),
    ("rows a cell per line", 50_000, |count| rows_as("tika", count)),
    ("rows with pipes", 50_000, |count| rows_as("markdown", count)),
    ("rows in html", 50_000, |count| rows_as("html", count)),
    ("rows by spaces", 50_000, |count| rows_as("columns", count)),
    ("rows of words", 50_000, |count| rows_as("flow", count)),
    ("columns with tabs", 2_500, wide),
    ("columns with pipes", 2_500, |count| wide(count).replace('\t', " | ").replace('\n', " |\n")),
    ("columns by spaces", 2_500, |count| wide(count).replace('\t', "   ")),
    ("columns in html", 2_500, |count| {
        format!(
            "<table><tr><td>{}</td></tr></table>",
            wide(count).replace('\t', "</td><td>").replace('\n', "</td></tr><tr><td>")
        )
    }),
    ("tabs", 500_000, |bytes| again("\t", bytes)),
    ("tabs and line ends", 500_000, |bytes| again("\t\n", bytes)),
    ("line ends", 500_000, |bytes| again("\n", bytes)),
    ("spaces", 500_000, |bytes| again(" ", bytes)),
    ("digits", 500_000, |bytes| again("7", bytes)),
    ("numbers on one line", 500_000, |bytes| again("3.5 ", bytes)),
    ("numbers with units", 500_000, |bytes| again("3.5万元，", bytes)),
    ("groups of thousands", 500_000, |bytes| again("123,", bytes)),
    ("one sentence without end", 500_000, |bytes| again("其中支出", bytes)),
    ("subjects and numbers", 500_000, |bytes| again("“三公”经费支出12.5万元、", bytes)),
    ("quantities in words", 500_000, |bytes| again("五十万元，", bytes)),
    ("numerals", 500_000, |bytes| again("一二三", bytes)),
    ("open brackets", 500_000, |bytes| again("（", bytes)),
    ("open tags", 500_000, |bytes| again("<table><tr><td>", bytes)),
    ("headings", 500_000, |bytes| again("一、收入支出决算总体情况说明\n", bytes)),
];

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let grammars = Grammars::load(&GrammarFiles::embedded()).expect("the embedded grammars load");
    println!("{:28}{:>10}{:>10}{:>8}{:>12}", "shape", "once", "twice", "ratio", "MB/s");
    for (name, size, text_of) in SHAPES {
        if !wanted.is_empty() && !wanted.iter().any(|wanted| name.contains(wanted.as_str())) {
            continue;
        }
        let (once, twice) = (text_of(size), text_of(2 * size));
        let (first, second) = (fastest(&once, &grammars), fastest(&twice, &grammars));
        let (ratio, speed) =
            (second.as_secs_f64() / first.as_secs_f64(), f64::from(twice.len() as u32) / 1e6 / second.as_secs_f64());
        println!("{name:28}{:>8.1}ms{:>8.1}ms{ratio:>8.2}{speed:>12.1}", milliseconds(first), milliseconds(second));
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The fastest of three runs; of one, if it takes long.
fn fastest(text: &str, grammars: &Grammars) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..3 {
        let start = Instant::now();
        std::hint::black_box(juesuan::extract_document(text.as_bytes(), "shape.txt", grammars));
        best = best.min(start.elapsed());
        if best > Duration::from_secs(5) {
            break;
        }
    }
    best
}
