//! The `bilint` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    bilint::cli::main()
}
