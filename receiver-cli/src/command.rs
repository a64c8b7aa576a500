//! The commands, one a file.

use std::process::ExitCode;

use clap::Subcommand;

use crate::Failure;

mod completions;
mod list;
mod listen;
mod man;
mod replay;
pub(crate) mod secret;
mod send;
mod sign;
mod verify;

#[derive(Subcommand)]
pub(crate) enum Command {
    Verify(verify::Verify),
    Sign(sign::Sign),
    Secret(secret::Secret),
    List(list::List),
    Listen(listen::Listen),
    Send(send::Send),
    Replay(replay::Replay),
    Completions(completions::Completions),
    Man(man::Man),
}

impl Command {
    pub(crate) fn run(&self) -> Result<ExitCode, Failure> {
        match self {
            Self::Verify(verify) => verify.run(),
            Self::Sign(sign) => sign.run(),
            Self::Secret(secret) => secret.run(),
            Self::List(list) => list.run(),
            Self::Listen(listen) => listen.run(),
            Self::Send(send) => send.run(),
            Self::Replay(replay) => replay.run(),
            Self::Completions(completions) => completions.run(),
            Self::Man(man) => man.run(),
        }
    }
}
