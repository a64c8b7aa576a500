//! Measures what an endpoint costs: bare, by hand, with the receiver, as the examples serve it, and as others do it.
//!
//! `tests/load` says how it is called, and builds what is measured.
#![expect(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "it prints its figures, and how it goes on"
)]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use receiver_measured::subject;

use bench::Bench;
use report::Report;

mod bench;
mod chart;
mod figures;
// The bench of the core tells its goals in the same way.
#[path = "../../../../../receiver-core/benches/speed/goal.rs"]
mod goal;
mod goals;
mod machine;
// And its figures.
#[path = "../../../../../receiver-core/benches/speed/middle.rs"]
mod middle;
mod report;
mod wrk;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tests/load: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), String> {
    let mut scale = Scale::LONG;
    let (mut writes, mut only) = (false, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--short" => scale = Scale::SHORT,
            "--write" => writes = true,
            "--only" => only = Some(arguments.next().ok_or("--only WHAT, such as axum")?),
            other => return Err(format!("there is no {other}; --help says what there is")),
        }
    }
    if writes && (scale.is_short || only.is_some()) {
        return Err("--write puts all figures into the page: run it alone".to_owned());
    }

    let mut subjects = subject::of_frameworks();
    if !scale.is_short {
        subjects.extend(subject::examples());
        subjects.extend(subject::peers());
    }
    if let Some(word) = only {
        subjects.retain(|subject| bench::name(*subject).contains(&word));
        if subjects.is_empty() {
            return Err(format!("nothing that is measured has {word} in its name"));
        }
    }
    let bench = Bench::new(scale, target_dir()?)?;
    let figures = bench.measure(&subjects)?;
    let report = Report::new(&figures, &scale);
    println!("\n{}", report.tables());
    if writes { report.write() } else { Ok(()) }
}

/// How much of everything.
#[derive(Clone, Copy)]
pub(crate) struct Scale {
    is_short: bool,
    /// How often every server is started anew.
    pub(crate) starts: usize,
    /// How often each is measured then, in turns.
    pub(crate) rounds: usize,
    /// Before it is measured, for what compiles while it runs.
    pub(crate) warm_up: Duration,
    pub(crate) time: Duration,
}

impl Scale {
    const LONG: Self = Self {
        is_short: false,
        starts: 3,
        rounds: 7,
        warm_up: Duration::from_secs(2),
        time: Duration::from_secs(1),
    };
    const SHORT: Self = Self {
        is_short: true,
        starts: 1,
        rounds: 2,
        warm_up: Duration::from_secs(1),
        time: Duration::from_secs(1),
    };
}

/// Where cargo put this program, and `tests/load` the others: `target`.
fn target_dir() -> Result<PathBuf, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    program
        .ancestors()
        .nth(2)
        .map(PathBuf::from)
        .ok_or_else(|| "this program is nowhere".to_owned())
}
