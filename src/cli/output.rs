//! Commands about what `extract` wrote: its columns, views of it, a fact's way back to the report.

use clap::{Args, Subcommand, ValueEnum};
use juesuan::dataset::{schema_as_json, schema_as_markdown};
use juesuan::run::load_grammars;
use juesuan::tools::{ToolError, trace};
use juesuan::view::make_views;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

const VIEW_HELP: &str = "\
Writes beside the tables of DIR, in their format:
  wide    one row for every document and year, the headline figures as columns
  panel   one row for every agency, year and concept over all documents; conflicts are marked
  codes   the codes and names of functional and economic classes as the documents use them
`juesuan schema` says how figures are chosen where several places state them. `extract` removes the
views whenever it writes to DIR; make them again then.

Example
  juesuan extract reports --out accounts && juesuan view accounts
";

const TRACE_HELP: &str = "\
Examples
  juesuan trace out --fact 2019/a.txt:12                     the fact and the identities it takes part in
  juesuan trace out --fact 2019/a.txt:12 --reports reports   with the report's lines, the bytes marked
";

#[derive(Subcommand)]
pub enum Output {
    /// Explain every table and column, in English and Chinese
    Schema(Schema),
    /// Make wide, panel and codes of a dataset
    #[command(after_help = VIEW_HELP)]
    View(View),
    /// Follow a fact back to its bytes in the report, and to the identities it takes part in
    #[command(after_help = TRACE_HELP)]
    Trace(Trace),
}

#[derive(Clone, Copy, ValueEnum)]
enum SchemaFormat {
    /// Tables for people
    Md,
    /// Table Schemas, as in datapackage.json
    Json,
}

#[derive(Args)]
pub struct Schema {
    /// How it is printed
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "md")]
    format: SchemaFormat,
}

#[derive(Args)]
pub struct View {
    /// The output folder of `extract`
    #[arg(value_name = "DIR")]
    out: PathBuf,
    /// Folder with grammars to use instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    grammars: Option<PathBuf>,
}

#[derive(Args)]
pub struct Trace {
    /// The output folder of `extract`
    #[arg(value_name = "DIR")]
    out: PathBuf,
    /// The fact: columns `document` and `fact` of `facts`
    #[arg(long, value_name = "DOCUMENT:N")]
    fact: String,
    /// Where the reports lie: what was given to `extract`
    #[arg(long, value_name = "DIR")]
    reports: Option<PathBuf>,
}

impl Output {
    /// Does what was asked.
    pub fn run(self) -> ExitCode {
        let done = match self {
            Output::Schema(schema) => Ok(schema.text()),
            Output::View(view) => view.run(),
            Output::Trace(trace) => trace.run(),
        };
        match done {
            Ok(text) => {
                if super::tell(&text) {
                    ExitCode::SUCCESS
                } else {
                    ExitCode::from(2)
                }
            }
            Err(message) => {
                eprintln!("error: {message}");
                ExitCode::from(2)
            }
        }
    }
}

impl Schema {
    fn text(&self) -> String {
        match self.format {
            SchemaFormat::Md => schema_as_markdown(),
            SchemaFormat::Json => schema_as_json(),
        }
    }
}

impl View {
    fn run(self) -> Result<String, String> {
        let grammars = load_grammars(self.grammars.as_deref()).map_err(|stop| stop.to_string())?;
        let counts = make_views(&self.out, &grammars).map_err(|error| error.to_string())?;
        let mut text = String::new();
        for (name, rows) in counts {
            let _ = writeln!(text, "{name:<10} {rows:>12}");
        }
        let _ = writeln!(text, "written to {}", self.out.display());
        Ok(text)
    }
}

impl Trace {
    fn run(self) -> Result<String, String> {
        let grammars = load_grammars(None).map_err(|stop| stop.to_string())?;
        let options = trace::Options { out: self.out, fact: self.fact, reports: self.reports };
        trace::trace(&options, &grammars).map_err(|error: ToolError| error.to_string())
    }
}
