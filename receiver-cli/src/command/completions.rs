//! `receiver completions`: what a shell needs to complete this program's words.

use std::io::Write as _;
use std::process::ExitCode;

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::screen::Screen;
use crate::{Cli, Failure};

/// Print the completions for a shell
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self) -> Result<ExitCode, Failure> {
        // The generator panics where it cannot write: it writes to memory.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "receiver", &mut script);
        let mut screen = Screen::new();
        screen.write_all(&script)?;
        screen.flush()?;
        Ok(ExitCode::SUCCESS)
    }
}

const EXAMPLES: &str = "\
Examples:
  receiver completions bash > ~/.local/share/bash-completion/completions/receiver
  receiver completions fish > ~/.config/fish/completions/receiver.fish
  receiver completions zsh > \"${fpath[1]}/_receiver\"";
