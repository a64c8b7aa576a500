//! `receiver replay`: sends recorded deliveries again.

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;
use std::time::Duration;

use crate::Failure;
use crate::client::Client;
use crate::message::from_file;
use crate::screen::{BAD, GOOD, Screen, plain};

/// Send recorded deliveries again, byte for byte
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Replay {
    /// What `receiver listen --record` wrote, a HAR file, or a raw request (`-` for standard input)
    #[arg(value_name = "FILE")]
    file: OsString,

    /// The service. Without a path, each delivery goes to its own; the query is the delivery's
    #[arg(value_name = "URL")]
    url: String,

    /// Only this delivery, counted from 1
    #[arg(long, value_name = "NUMBER")]
    entry: Option<usize>,

    /// How long an answer is waited for, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30,
        value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,
}

impl Replay {
    pub(crate) fn run(&self) -> Result<ExitCode, Failure> {
        let client = Client::new(&self.url, Duration::from_secs(self.timeout))?;
        let messages = from_file(&self.file)?;
        let count = messages.len();
        let chosen = (1_usize..)
            .zip(messages)
            .filter(|(number, _)| self.entry.is_none_or(|entry| entry == *number));
        // Nothing is sent of a file that cannot be sent whole.
        let chosen = chosen.map(|(number, message)| Ok((number, message?)));
        let chosen = chosen.collect::<Result<Vec<_>, Failure>>()?;
        if chosen.is_empty() {
            return Err(Failure::new(format!("there is no such delivery: the file has {count}")));
        }
        let mut screen = Screen::new();
        let mut is_accepted = true;
        for (number, message) in chosen {
            let of = format!("{number}  {} {}", plain(&message.method), plain(message.path()));
            let answer = client.send(&message);
            is_accepted &= answer.as_ref().is_ok_and(|answer| answer.status().is_success());
            match answer {
                Ok(answer) => {
                    let status = answer.status();
                    let style = if status.is_success() { GOOD } else { BAD };
                    writeln!(screen, "{style}{}{style:#}  {of}", status.as_u16())?;
                }
                Err(why) => writeln!(screen, "{BAD}---{BAD:#}  {of}: {}", plain(&why))?,
            }
            screen.flush()?;
        }
        Ok(if is_accepted { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}

const EXAMPLES: &str = "\
Examples:
  receiver replay recorded.jsonl http://127.0.0.1:3000
  receiver replay recorded.jsonl http://127.0.0.1:3000/webhooks/github --entry 7

Timestamps and signatures stay what they were: a service that judges timestamps refuses old ones.
Exit status: 0 all were answered 2xx; 1 some were not; 2 wrong usage.";
