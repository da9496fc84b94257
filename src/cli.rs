//! What `juesuan` understands on the command line, and the exit code that it gives back.
//!
//! In: arguments. Out: [`juesuan::run::Options`], and afterwards the summary and the exit code. Nothing
//! is read or written here.

mod output;
mod review;
mod tools;

use clap::{Args, Parser, Subcommand, ValueEnum};
use juesuan::dataset::Format;
use juesuan::run::{self, Existing, Options, Outcome, Stop};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const ABOUT: &str = "Reads Chinese government final-accounts reports (部门决算), as converters leave them, and writes exact, \
                     traceable datasets.";

const EXTRACT_HELP: &str = "\
What goes in
  Text: what Apache Tika, `pdftotext -layout`, a Markdown or an HTML converter made of the reports.
  UTF-8, GB18030 and UTF-16 are told apart. In a folder and all its sub-folders, .txt .text .md
  .markdown .html .htm .xhtml and files without extension are read; other files are listed in
  `problems`, hidden files and the output folder are left out, symbolic links are not followed.
  A file that is named on the command line is read whatever its extension.

What comes out
  DIR/documents  one row for every file
  DIR/numbers    every number of every document, with its bytes in the file and its class
  DIR/facts      what the figures mean: concept, value, unit, phase, year
  DIR/tables     every table, and DIR/cells its cells
  DIR/checks     the sums and shares that the figures should obey, and whether they do
  DIR/problems   what went wrong, and what to do
  Each is a folder of Parquet parts (DIR/facts/*.parquet), or one DIR/facts.csv with --format csv.
  DIR/datapackage.json and `juesuan schema` explain every column, DIR/manifest.jsonl lists what
  was read.
  The same input gives the same bytes, whatever --jobs is.

Examples
  juesuan extract reports
  juesuan extract 2019 2020 --out accounts --format csv
  pdftotext -layout report.pdf - | juesuan extract - --out report

Exit status
  0    every document was read
  1    some documents could not be read, see standard error and `problems`; the rest is written
  2    wrong usage, or the output cannot be written
  130  interrupted (Ctrl-C): what was done is written, the same command with --resume goes on
";

const CHECK_HELP: &str = "\
Writes DIR/checks, the flag `inconsistent` of DIR/facts and the counts of DIR/documents anew. The facts are
those that were read; with --grammars other identities are tried on them. Checks over several documents are added:
an opening balance against last year's closing one, last year's values as this year's changes imply them,
reports that were published twice, a department against the units whose accounts it includes. Checks of contents and headings need the report and stay as they were.

Examples
  juesuan check out                              a line for each document, and the sums
  juesuan check out --grammars grammars          with identities that you are changing
  juesuan check out --quiet --strict             for pipelines: exit status 1 if a check fails

Exit status
  0  the checks are written
  1  with --strict: a check fails
  2  wrong usage, no whole dataset, or it cannot be written
";

/// The whole command line.
#[derive(Parser)]
#[command(name = "juesuan", version, about = ABOUT, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read reports and write a dataset
    #[command(after_long_help = EXTRACT_HELP, after_help = "`--help` tells what goes in, what comes out, examples and exit status.")]
    Extract(Extract),
    /// Write pages that show every number in its report, and an index of the dataset
    #[command(after_long_help = review::HELP, after_help = "`--help` tells what comes out, examples and exit status.")]
    Review(review::Review),
    /// Try the identities again over a dataset, without reading the reports
    #[command(after_help = CHECK_HELP)]
    Check(Check),
    #[command(flatten)]
    Output(output::Output),
    #[command(flatten)]
    Tool(tools::Tool),
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatWord {
    /// A folder of Parquet parts for each table
    Parquet,
    /// One CSV file for each table
    Csv,
}

#[derive(Args)]
#[allow(clippy::struct_excessive_bools)] // one for each switch
struct Extract {
    /// Files and folders to read; `-` is standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Folder to write to; made if missing
    #[arg(long, value_name = "DIR", default_value = "out")]
    out: PathBuf,
    /// How the tables are written
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "parquet")]
    format: FormatWord,
    /// Folder with grammars to use instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    grammars: Option<PathBuf>,
    /// Threads [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Replace a dataset that lies in DIR
    #[arg(long, conflicts_with = "resume")]
    overwrite: bool,
    /// Go on where an interrupted run stopped, and redo what has changed since
    #[arg(long)]
    resume: bool,
    /// Print nothing but errors
    #[arg(long, short)]
    quiet: bool,
    /// Do not read larger documents (bytes)
    #[arg(long, value_name = "N", default_value_t = 64 << 20, value_parser = clap::value_parser!(u64).range(1..=1 << 30))]
    max_document_bytes: u64,
    /// Exit with 1 also if a document has errors, warnings, a failing check, or a number that no rule could class
    #[arg(long)]
    strict: bool,
    /// A part holds documents of about so many bytes; a run that is killed loses the part it was in
    #[arg(long, value_name = "N", default_value_t = 64 << 20, value_parser = clap::value_parser!(u64).range(1..), hide_short_help = true)]
    part_bytes: u64,
}

#[derive(Args)]
struct Check {
    /// Folder that `juesuan extract` wrote
    #[arg(value_name = "OUT")]
    out: PathBuf,
    /// Folder with grammars to use instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    grammars: Option<PathBuf>,
    /// Print nothing but errors
    #[arg(long, short)]
    quiet: bool,
    /// Exit with 1 if a check fails
    #[arg(long)]
    strict: bool,
}

impl Check {
    fn run(self) -> ExitCode {
        let grammars = match run::load_grammars(self.grammars.as_deref()) {
            Ok(grammars) => grammars,
            Err(stop) => return refuse(&stop),
        };
        let (quiet, mut told) = (self.quiet, true);
        let came = run::check(&self.out, &grammars, |document| {
            if !quiet {
                told = told && tell(&run::checked_line(&document));
            }
        });
        match came {
            Ok(came) => {
                told = told && (quiet || tell(&run::checked_summary(&came, &self.out)));
                if !told {
                    ExitCode::from(2)
                } else if self.strict && came.fails > 0 {
                    ExitCode::from(1)
                } else {
                    ExitCode::SUCCESS
                }
            }
            Err(stop) => refuse(&stop),
        }
    }
}

impl Arguments {
    /// Does what was asked.
    pub fn run(self) -> ExitCode {
        match self.command {
            Command::Extract(extract) => extract.run(),
            Command::Review(review) => review.run(),
            Command::Check(check) => check.run(),
            Command::Tool(tool) => tool.run(),
            Command::Output(output) => output.run(),
        }
    }
}

impl Extract {
    fn options(self) -> Options {
        let processors = || std::thread::available_parallelism().map_or(1, usize::from);
        Options {
            inputs: self.inputs,
            out: self.out,
            format: match self.format {
                FormatWord::Parquet => Format::Parquet,
                FormatWord::Csv => Format::Csv,
            },
            grammars: self.grammars,
            jobs: self.jobs.map_or_else(processors, usize::from),
            existing: match (self.overwrite, self.resume) {
                (true, _) => Existing::Overwrite,
                (_, true) => Existing::Resume,
                _ => Existing::Refuse,
            },
            quiet: self.quiet,
            max_document_bytes: self.max_document_bytes,
            part_bytes: self.part_bytes,
        }
    }

    fn run(self) -> ExitCode {
        let strict = self.strict;
        let options = self.options();
        let stop = stop_on_signal();
        match run::extract(&options, &stop) {
            Ok(outcome) => report(&outcome, options.quiet, strict),
            Err(stop) => refuse(&stop),
        }
    }
}

/// Set at the first Ctrl-C; a second one ends the program at once.
fn stop_on_signal() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let handler = Arc::clone(&stop);
    let set = ctrlc::set_handler(move || {
        if handler.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        eprintln!("interrupted: finishing what has begun; once more to stop at once");
    });
    if let Err(error) = set {
        eprintln!("warning: Ctrl-C will stop without finishing ({error})");
    }
    stop
}

fn report(outcome: &Outcome, quiet: bool, strict: bool) -> ExitCode {
    let told = quiet || tell(&run::summary(outcome));
    let counts = &outcome.counts;
    if outcome.interrupted {
        eprintln!("interrupted: not all documents are in the dataset; the same command with --resume goes on");
        ExitCode::from(130)
    } else if !told {
        eprintln!("the dataset is complete; only the summary could not be printed");
        ExitCode::from(2)
    } else if counts.failed > 0
        || (strict && counts.errors + counts.warnings + counts.unread + counts.checks_failed > 0)
    {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    }
}

/// Prints what a command has to say; whether it could. A reader that has gone (a closed pipe) is no error.
fn tell(text: &str) -> bool {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            eprintln!("error: cannot write to standard output: {error}");
            false
        }
        _ => true,
    }
}

fn refuse(stop: &Stop) -> ExitCode {
    eprintln!("error: {stop}");
    ExitCode::from(2)
}
