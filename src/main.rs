//! The command line: arguments in, exit code out.

mod cli;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    cli::Arguments::parse().run()
}
