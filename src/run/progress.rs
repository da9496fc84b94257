//! Says how far a run has got: a bar on a terminal, a line every few seconds elsewhere.
//!
//! In: what each document added. Out: text on standard error, never on standard output. Few documents get a line
//! each. With `--quiet` only failures are printed.

use crate::dataset::Counts;
use crate::problem::Problem;
use indicatif::{HumanBytes, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::fmt::Write;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// Seconds between two lines where there is no terminal.
const PAUSE: Duration = Duration::from_secs(5);

/// Documents of a run that get a line each; of more than these the summary tells.
const FEW: u64 = 20;

/// Progress of one run.
pub struct Progress {
    bar: ProgressBar,
    /// Whether lines are printed instead of a bar.
    lines: bool,
    quiet: bool,
    documents: u64,
    done: u64,
    /// Bytes that an earlier run had done.
    skipped: u64,
    counts: Counts,
    started: Instant,
    printed: Instant,
}

impl Progress {
    /// Nothing done yet of so many `documents` and `bytes`.
    pub fn new(documents: u64, bytes: u64, quiet: bool) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let target = if terminal && !quiet { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(bytes), target);
        let template = "{spinner} [{bar:30}] {bytes}/{total_bytes} {bytes_per_sec} {msg} {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        let now = Instant::now();
        let lines = !terminal && !quiet;
        Progress {
            bar,
            lines,
            quiet,
            documents,
            done: 0,
            skipped: 0,
            counts: Counts::default(),
            started: now,
            printed: now,
        }
    }

    /// A document that an earlier run had done.
    pub fn skip(&mut self, bytes: u64) {
        self.done += 1;
        self.skipped += bytes;
        self.bar.inc(bytes);
        self.bar.reset_eta();
    }

    /// Another document is done.
    pub fn add(&mut self, document: &str, bytes: u64, counts: &Counts) {
        if self.documents <= FEW && counts.read > 0 {
            self.say(&super::summary::document_line(document, counts));
        }
        self.done += 1;
        self.counts.add(counts);
        self.bar.inc(bytes);
        self.bar.set_message(self.figures());
        if self.lines && self.printed.elapsed() >= PAUSE {
            self.printed = Instant::now();
            let (bytes, total) = (self.bar.position(), self.bar.length().unwrap_or(0));
            let seconds = self.started.elapsed().as_secs().max(1);
            let new = bytes.saturating_sub(self.skipped);
            let left = total.saturating_sub(bytes).saturating_mul(seconds) / new.max(1);
            let speed = HumanBytes(new / seconds);
            eprintln!(
                "{}, {} of {}, {speed}/s, about {left} s left",
                self.figures(),
                HumanBytes(bytes),
                HumanBytes(total)
            );
        }
    }

    fn figures(&self) -> String {
        let problems = self.counts.errors + self.counts.warnings;
        let mut text = format!("{}/{} documents, {} figures", self.done, self.documents, self.counts.figures);
        let _ = write!(text, ", {problems} problems");
        text
    }

    /// A document could not be read.
    pub fn failure(&self, document: &str, problem: &Problem) {
        let line = format!("{}[{}]: {document}: {}", problem.severity.as_str(), problem.code, problem.message);
        self.bar.suspend(|| eprintln!("{line}"));
    }

    /// Something worth a line.
    pub fn say(&self, line: &str) {
        if !self.quiet {
            self.bar.suspend(|| eprintln!("{line}"));
        }
    }

    /// Takes the bar away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
