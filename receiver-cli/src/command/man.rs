//! `receiver man`: this program's manual pages.

use std::io::Write as _;
use std::process::ExitCode;

use clap::CommandFactory as _;

use crate::screen::Screen;
use crate::{Cli, Failure};

/// Print a manual page
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Man {
    /// The command whose page it is [default: the program's own]
    command: Option<String>,
}

impl Man {
    pub(crate) fn run(&self) -> Result<ExitCode, Failure> {
        let mut program = Cli::command();
        program.build();
        let page = match &self.command {
            None => program,
            Some(name) => program
                .find_subcommand(name)
                .cloned()
                .ok_or_else(|| Failure::new(format!("there is no command {name:?}")))?
                .display_name(format!("receiver-{name}")),
        };
        let mut screen = Screen::new();
        clap_mangen::Man::new(page).render(&mut screen)?;
        screen.flush()?;
        Ok(ExitCode::SUCCESS)
    }
}

const EXAMPLES: &str = "\
Examples:
  receiver man > receiver.1
  receiver man verify | man -l -";
