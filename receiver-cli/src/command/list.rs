//! `receiver list`: what is known by name.

use std::io::Write as _;
use std::process::ExitCode;

use clap::ValueEnum;
use receiver_core::samples;
use receiver_core::scheme::catalog::{self, Evidence};
use serde_json::{Map, Value};

use crate::Failure;
use crate::endpoint::{self, BUILT_IN};
use crate::screen::{FAINT, Screen};

/// List what is known by name
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct List {
    /// What
    what: What,

    /// Print a JSON array, an object for each
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    /// Senders whose events are read
    Senders,
    /// How senders sign
    Schemes,
    /// The samples that come with the program
    Samples,
    /// The kinds of events that the samples show
    Kinds,
}

impl List {
    pub(crate) fn run(&self) -> Result<ExitCode, Failure> {
        let table = match self.what {
            What::Senders => senders(),
            What::Schemes => schemes(),
            What::Samples => all_samples(),
            What::Kinds => kinds()?,
        };
        let mut screen = Screen::new();
        if self.json {
            writeln!(screen, "{}", table.json())?;
        } else {
            table.print(&mut screen)?;
        }
        screen.flush()?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Rows under the names of their columns.
struct Table {
    columns: &'static [&'static str],
    rows: Vec<Vec<String>>,
}

impl Table {
    fn json(&self) -> Value {
        let row = |row: &Vec<String>| {
            let columns = self.columns.iter().map(ToString::to_string);
            Value::Object(columns.zip(row.iter().cloned().map(Value::from)).collect::<Map<_, _>>())
        };
        self.rows.iter().map(row).collect()
    }

    fn print(&self, screen: &mut Screen) -> Result<(), Failure> {
        let mut widths: Vec<_> = self.columns.iter().map(|name| name.chars().count()).collect();
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = cell.chars().count().max(*width);
            }
        }
        let line = |cells: &mut dyn Iterator<Item = &str>| {
            let cells = cells.zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        writeln!(screen, "{FAINT}{}{FAINT:#}", line(&mut self.columns.iter().copied()))?;
        for row in &self.rows {
            writeln!(screen, "{}", line(&mut row.iter().map(String::as_str)))?;
        }
        Ok(())
    }
}

fn senders() -> Table {
    let row = |it: &endpoint::BuiltIn| vec![it.name.into(), it.title.into(), it.proof.into()];
    Table { columns: &["name", "sender", "proof"], rows: BUILT_IN.iter().map(row).collect() }
}

fn schemes() -> Table {
    let row = |sender: &'static catalog::Sender| {
        let layout = sender.layout();
        vec![
            sender.name().to_owned(),
            sender.title().to_owned(),
            layout.source().to_string(),
            layout.key_form().to_string(),
            layout.timestamp().map_or_else(|| "none".to_owned(), ToString::to_string),
            if layout.needs_public_url() { "signed" } else { "" }.to_owned(),
            match sender.evidence() {
                Evidence::Documented => "documented",
                _ => "likely",
            }
            .to_owned(),
        ]
    };
    Table {
        columns: &["name", "sender", "in", "key", "time", "url", "evidence"],
        rows: catalog::senders().map(row).collect(),
    }
}

fn all_samples() -> Table {
    let row = |sample: &'static samples::Sample| {
        vec![
            sample.sender.to_owned(),
            sample.name.to_owned(),
            sample.method.to_owned(),
            sample.content_type.unwrap_or("none").to_owned(),
        ]
    };
    let rows = samples::all().map(row).collect();
    Table { columns: &["sender", "name", "method", "content type"], rows }
}

/// What the samples are read as, each kind once.
fn kinds() -> Result<Table, Failure> {
    let mut rows = Vec::new();
    for sample in samples::all() {
        let row = vec![sample.sender.to_owned(), endpoint::kind(sample)?];
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    Ok(Table { columns: &["sender", "kind"], rows })
}

const EXAMPLES: &str = "\
Examples:
  receiver list schemes
  receiver list kinds --json";
