//! `receiver`: verify a saved webhook and say why not, sign one, make secrets, listen, send,
//! replay.

use std::process::ExitCode;

use clap::Parser as _;

use command::Command;
use failure::Failure;

mod client;
mod command;
mod config;
mod endpoint;
mod failure;
mod message;
mod moment;
mod random;
mod scheme;
mod screen;
mod secrets;

/// The command line.
#[derive(clap::Parser)]
#[command(name = "receiver", version, about = ABOUT, after_help = AFTER, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    match Cli::parse().command.run() {
        Ok(code) => code,
        Err(failure) => failure.exit(),
    }
}

const ABOUT: &str = "Webhooks on the command line: verify a saved one and say why not, sign one, \
                     make secrets, listen, send samples, send recorded ones again";

const AFTER: &str = "\
Exit status: 0 valid, or done; 1 not valid, or not every delivery was accepted; 2 wrong usage, or a
secret that cannot be used.

Secrets: set RECEIVER_SECRET, or use --secret-env, --secret-file or `--secret -`. What follows
--secret itself can be seen by others on this machine, in the list of processes.";

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser as _};

    use super::Cli;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    /// The commands that the help gives as examples are commands of this program.
    #[test]
    fn every_example_is_understood() {
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_help().expect("examples").to_string();
            let lines: Vec<_> = help
                .lines()
                .filter(|line| line.starts_with("  ") && line.contains("receiver"))
                .collect();
            assert!(!lines.is_empty(), "{}", command.get_name());
            for line in lines {
                let line = line.split(['>', '|']).next().expect("a command");
                let words = shlex::split(line).expect("words");
                let words = words.iter().skip_while(|word| *word != "receiver");
                assert!(Cli::try_parse_from(words).is_ok(), "{line}");
            }
        }
    }
}
