//! The maintainers' commands: arguments in, text and exit code out.

use clap::{Args, Subcommand, ValueEnum};
use juesuan::grammar::GrammarFiles;
use juesuan::run::load_grammars;
use juesuan::tools::inspect::{Part, at, inspect};
use juesuan::tools::{ToolError, annotate, coverage, grammar, read_document, score, unread};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const INSPECT_HELP: &str = "\
Examples
  juesuan inspect report.txt                     everything
  juesuan inspect report.txt --show unread       the numbers that nothing could read
  juesuan inspect report.txt --show tables       tables, drawn
  juesuan inspect report.txt --at 41             every number of line 41: what was tried, what won, why
  juesuan inspect report.txt --at 41:18          the number at line 41, column 18
  juesuan inspect report.txt --at 1523..1529     the bytes that a row of `facts` names
  juesuan inspect report.txt --at 41 --grammars grammars
                                                 the same with grammars that you are changing
";

const UNREAD_HELP: &str = "\
Digits of the surroundings are shown as #, so that sentences which differ in their figures only
fall together; »#« is the unread number itself.

Examples
  juesuan unread reports                         read all reports anew and list what is unread
  juesuan unread reports --grammars grammars     the same with grammars that you are changing
  juesuan unread out --reports reports           of a dataset that was written already
";

const CHECK_HELP: &str = "\
DIR is the folder `grammars` if there is one here, else the built-in grammars are checked.
Faults keep the grammars from loading. Warnings are entries that cannot do what they say: shadowed,
ambiguous or never matching. Cases are the files *.cases.txt beside the grammars.

Examples
  juesuan grammar check                          faults, warnings, cases of ./grammars
  juesuan grammar check grammars --all           also patterns that add nothing, rules without a case
  juesuan grammar check grammars --update        write what comes out into the cases; read the diff!

Exit status
  0  the grammars load and every case holds
  1  a fault, or a case that fails
  2  the folder cannot be read or written
";

const COVERAGE_HELP: &str = "\
Example
  juesuan extract reports --out out && juesuan grammar coverage out
";

const ANNOTATE_HELP: &str = "\
Writes DIR/NAME/figures.csv and DIR/NAME/tables.csv. Numbers that could not be read have no class and
a note. The draft repeats the program's errors: read every row against the report.

Example
  juesuan annotate report.txt --out gold         then correct gold/report/*.csv by hand
";

const SCORE_HELP: &str = "\
Examples
  juesuan extract reports --out out && juesuan score out gold
  juesuan score out gold --errors 50             with the first 50 errors of each report
  juesuan score out gold --doc 2019 --json       reports whose name holds 2019, a line of JSON each
";

/// Maintainers' commands, flattened into the command line.
#[derive(Subcommand)]
pub enum Tool {
    /// Show a document as the program sees it, or explain one place of it
    #[command(after_help = INSPECT_HELP)]
    Inspect(Inspect),
    /// List the numbers that no rule could read, grouped by what stands around them
    #[command(after_help = UNREAD_HELP)]
    Unread(Unread),
    /// Check grammars, or see what their rules read
    #[command(subcommand, arg_required_else_help = true)]
    Grammar(Grammar),
    /// Write a draft of a document's annotation, to be corrected by hand
    #[command(after_help = ANNOTATE_HELP)]
    Annotate(Annotate),
    /// Compare a dataset with annotated reports
    #[command(after_help = SCORE_HELP)]
    Score(Score),
}

#[derive(Subcommand)]
pub enum Grammar {
    /// Look for faults and doubtful entries, and run the cases
    #[command(after_help = CHECK_HELP)]
    Check(Check),
    /// Tell what each rule read, and which rules read nothing
    #[command(after_help = COVERAGE_HELP)]
    Coverage(Coverage),
}

/// The parts of [`Part`] as words.
#[derive(Clone, Copy, ValueEnum)]
enum PartWord {
    Metadata,
    Unread,
    Blocks,
    Tables,
    Numbers,
    Checks,
    Problems,
}

#[derive(Args)]
pub struct Inspect {
    /// The document; `-` is standard input
    file: PathBuf,
    /// Explain one place: LINE, LINE:COLUMN, or bytes as START..END or byte:START
    #[arg(long, value_name = "PLACE")]
    at: Option<String>,
    /// Show these parts only
    #[arg(long, value_enum, value_name = "PART", value_delimiter = ',', conflicts_with = "at")]
    show: Vec<PartWord>,
    /// Folder with grammars to use instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    grammars: Option<PathBuf>,
}

#[derive(Args)]
pub struct Unread {
    /// Reports, folders of reports, or one output folder of `extract`
    #[arg(required = true, value_name = "PATH")]
    inputs: Vec<PathBuf>,
    /// Where the reports of an output folder lie
    #[arg(long, value_name = "DIR")]
    reports: Option<PathBuf>,
    /// Characters to compare on each side
    #[arg(long, value_name = "N", default_value_t = 6)]
    around: usize,
    /// Groups to show
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// Folder with grammars to use instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    grammars: Option<PathBuf>,
}

#[derive(Args)]
pub struct Check {
    /// The grammar folder
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Also list what is merely worth knowing
    #[arg(long)]
    all: bool,
    /// Write what comes out into the files of cases
    #[arg(long)]
    update: bool,
}

#[derive(Args)]
pub struct Coverage {
    /// The output folder of `extract`
    out: PathBuf,
    /// The grammars that it was written with, if not the built-in ones
    #[arg(long, value_name = "DIR")]
    grammars: Option<PathBuf>,
}

#[derive(Args)]
pub struct Annotate {
    /// The document
    file: PathBuf,
    /// Folder to write to; made if missing
    #[arg(long, value_name = "DIR", default_value = "gold")]
    out: PathBuf,
    /// Replace an annotation that lies there
    #[arg(long)]
    overwrite: bool,
    /// Folder with grammars to use instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    grammars: Option<PathBuf>,
}

#[derive(Args)]
pub struct Score {
    /// The output folder of `extract`
    out: PathBuf,
    /// Folder with one annotation for each report
    gold: PathBuf,
    /// Only reports whose name holds this
    #[arg(long, value_name = "NAME")]
    doc: Option<String>,
    /// List so many errors of each report
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,
    /// One line of JSON for each report
    #[arg(long)]
    json: bool,
}

impl Tool {
    /// Does what was asked.
    pub fn run(self) -> ExitCode {
        let done = match self {
            Tool::Inspect(inspect) => inspect.run(),
            Tool::Unread(unread) => unread.run(),
            Tool::Grammar(Grammar::Check(check)) => check.run(),
            Tool::Grammar(Grammar::Coverage(coverage)) => coverage.run(),
            Tool::Annotate(annotate) => annotate.run(),
            Tool::Score(score) => score.run(),
        };
        match done {
            Ok((text, code)) => ExitCode::from(if super::tell(&text) { code } else { 2 }),
            Err(error) => {
                eprintln!("error: {error}");
                ExitCode::from(2)
            }
        }
    }
}

/// What to print, and the exit code.
type Done = Result<(String, u8), ToolError>;

impl Inspect {
    fn run(self) -> Done {
        let grammars = load_grammars(self.grammars.as_deref())?;
        let (name, bytes) = read_document(&self.file)?;
        if let Some(place) = &self.at {
            return Ok((at(&bytes, &name, &grammars, place)?, 0));
        }
        let parts: Vec<Part> = self.show.iter().map(|word| word.part()).collect();
        let parts = if parts.is_empty() { Part::ALL } else { &parts };
        Ok((inspect(&bytes, &name, &grammars, parts), 0))
    }
}

impl PartWord {
    fn part(self) -> Part {
        match self {
            PartWord::Metadata => Part::Metadata,
            PartWord::Unread => Part::Unread,
            PartWord::Blocks => Part::Blocks,
            PartWord::Tables => Part::Tables,
            PartWord::Numbers => Part::Numbers,
            PartWord::Checks => Part::Checks,
            PartWord::Problems => Part::Problems,
        }
    }
}

impl Unread {
    fn run(self) -> Done {
        let grammars = load_grammars(self.grammars.as_deref())?;
        let options =
            unread::Options { inputs: self.inputs, reports: self.reports, around: self.around, limit: self.limit };
        Ok((unread::unread(&options, &grammars)?, 0))
    }
}

/// The files of a grammar folder, or the built-in ones.
fn grammar_files(folder: Option<&Path>) -> Result<GrammarFiles, ToolError> {
    match folder {
        Some(folder) => GrammarFiles::read(folder).map_err(ToolError::Faults),
        None => Ok(GrammarFiles::embedded()),
    }
}

impl Check {
    fn run(self) -> Done {
        let here = Path::new("grammars");
        let folder = self.folder.or_else(|| here.join("vocabulary").is_dir().then(|| here.to_owned()));
        let mut text = String::new();
        if self.update {
            let Some(folder) = &folder else {
                let message = "--update has to know the folder\n  help: juesuan grammar check DIR --update";
                return Err(ToolError::Usage(message.to_owned()));
            };
            let changed = grammar::update(folder)?;
            for file in &changed {
                let _ = writeln!(text, "written: {}", folder.join(file).display());
            }
            if changed.is_empty() {
                text.push_str("no file of cases changed\n");
            }
        }
        let name = folder.as_ref().map_or("the built-in grammars".to_owned(), |folder| folder.display().to_string());
        let checked = grammar::check(&grammar_files(folder.as_deref())?, self.all);
        let _ = write!(text, "checking {name}\n\n{}", checked.report);
        Ok((text, u8::from(!checked.well)))
    }
}

impl Coverage {
    fn run(self) -> Done {
        Ok((coverage::coverage(&self.out, &grammar_files(self.grammars.as_deref())?)?, 0))
    }
}

impl Annotate {
    fn run(self) -> Done {
        let grammars = load_grammars(self.grammars.as_deref())?;
        let (name, bytes) = read_document(&self.file)?;
        let draft = annotate::annotate(&bytes, &name, &grammars);
        let folder = annotate::write(&draft, &name, &self.out, self.overwrite)?;
        let text = format!(
            "written to {}: figures.csv, tables.csv\n{} numbers are unread and have no class; read every row against the report\n",
            folder.display(),
            draft.unread
        );
        Ok((text, 0))
    }
}

impl Score {
    fn run(self) -> Done {
        let scores = score::score(&self.out, &self.gold, self.doc.as_deref(), self.errors)?;
        let shown = |score: &score::Score| if self.json { score.as_json() } else { score.as_text() };
        Ok((scores.iter().map(shown).collect(), 0))
    }
}
