//! `juesuan review`: arguments in, pages and exit code out.

use clap::{ArgGroup, Args};
use juesuan::grammar::Grammars;
use juesuan::review::{self, Choice, Names, Outcome};
use juesuan::run::load_grammars;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

/// What the long help ends with.
pub const HELP: &str = "\
Writes DIR/index.html, the whole dataset in pictures and a list, and DIR/documents/*.html, one page
for each document that was chosen: its text with every number marked, and its facts, checks and
problems beside it; a click on either side shows the other. Pages need no network and no server.
Without a choice, all documents get a page; of more than 200, those with most to look at.
A report that has changed since `extract` read it is named and not shown.

Examples
  juesuan review out --reports corpus/reports     then open out/review/index.html
  juesuan review out --reports reports --failed   pages for documents where an identity fails
  juesuan review out --reports reports --document 2019/yunling.txt --html /tmp/yunling

Exit status
  0  the pages are written
  1  some of the documents chosen have no page, see standard error; the rest is written
  2  wrong usage, or the dataset cannot be read or the pages not written
";

/// The arguments.
#[derive(Args)]
#[command(group = ArgGroup::new("choice").args(["document", "failed", "sample"]))]
pub struct Review {
    /// The output folder of `extract`
    out: PathBuf,
    /// The reports: what `extract` was given; may be repeated
    #[arg(long, value_name = "FOLDER", required = true)]
    reports: Vec<PathBuf>,
    /// Pages for the documents with this name, or names that hold this; may be repeated
    #[arg(long, value_name = "NAME", conflicts_with = "unread")]
    document: Vec<String>,
    /// Pages for documents in which a check fails
    #[arg(long)]
    failed: bool,
    /// Pages for documents in which a number is unread
    #[arg(long, conflicts_with = "sample")]
    unread: bool,
    /// Pages for N documents, spread over the dataset
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// Folder to write to [default: OUT/review]
    #[arg(long, value_name = "DIR")]
    html: Option<PathBuf>,
    /// Folder with grammars whose names of concepts are shown, instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    grammars: Option<PathBuf>,
}

impl Review {
    fn choice(&self) -> Choice {
        match (self.sample, self.failed || self.unread) {
            (Some(count), _) => Choice::Sample(count),
            (_, true) => Choice::Troubled { failed: self.failed, unread: self.unread },
            _ if !self.document.is_empty() => Choice::Named(self.document.clone()),
            _ => Choice::Most,
        }
    }

    fn options(self) -> review::Options {
        let choice = self.choice();
        let html = self.html.clone().unwrap_or_else(|| self.out.join("review"));
        review::Options { out: self.out, reports: self.reports, choice, html }
    }

    /// Does what was asked.
    pub fn run(self) -> ExitCode {
        let names = match load_grammars(self.grammars.as_deref()) {
            Ok(grammars) => names(&grammars),
            Err(stop) => return refuse(&stop),
        };
        match review::review(&self.options(), &names) {
            Ok(outcome) => tell(&outcome),
            Err(error) => refuse(&error),
        }
    }
}

fn refuse(error: &impl std::fmt::Display) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::from(2)
}

fn tell(outcome: &Outcome) -> ExitCode {
    for (document, why) in &outcome.missing {
        eprintln!("{document}: {why}");
    }
    let (pages, documents) = (outcome.pages, outcome.documents);
    let text = format!("{}\npages for {pages} of {documents} documents\n", outcome.index.display());
    let missing = u8::from(!outcome.missing.is_empty());
    ExitCode::from(if super::tell(&text) { missing } else { 2 })
}

/// What the grammars call things, which the pages show beside the ids.
fn names(grammars: &Grammars) -> Names {
    let concepts = grammars.vocabulary().concepts().iter();
    let identities = grammars.identities().all().iter();
    let provinces = grammars.regions().rows().iter().filter(|region| region.parent == 0);
    let provinces: BTreeMap<String, String> = provinces
        .map(|region| (format!("{:02}", region.code / 10_000), grammars.regions().name(region).to_owned()))
        .collect();
    Names {
        concepts: concepts.map(|concept| (concept.id.clone(), (concept.zh.clone(), concept.en.clone()))).collect(),
        identities: identities.map(|rule| (rule.id.clone(), (rule.zh.clone(), rule.en.clone()))).collect(),
        provinces,
    }
}
