//! `Report`: the figures as a table.

use std::fs;
use std::process::ExitCode;

use receiver_tests::case::workspace_dir;

use crate::CONTROL;

/// One check of one server.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) check: String,
    pub(crate) server: String,
    pub(crate) figures: String,
    /// What is wrong, if anything is.
    pub(crate) wrong: Vec<String>,
}

/// All checks.
#[derive(Debug, Default)]
pub(crate) struct Report(Vec<Row>);

impl Report {
    /// Adds a row and tells how it went meanwhile.
    pub(crate) fn add(&mut self, row: Row) {
        println!("{}", line(&row));
        self.0.push(row);
    }

    /// Prints the table. It is a failure when an example fails, and when a control does not.
    pub(crate) fn print(&self, write: bool) -> ExitCode {
        let lines: Vec<_> = self.0.iter().map(line).collect();
        let table =
            format!("| check | server | figures | |\n|---|---|---|---|\n{}\n", lines.join("\n"));
        println!("\n{table}");
        if write {
            let path = workspace_dir().join("docs/security.md");
            let page = fs::read_to_string(&path).expect("the page");
            let (before, rest) = page.split_once(BEGIN).expect("where the figures begin");
            let (_, after) = rest.split_once(END).expect("where they end");
            fs::write(path, format!("{before}{BEGIN}\n{table}{END}{after}")).expect("written");
        }
        if self.0.iter().all(is_right) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

fn is_right(row: &Row) -> bool {
    row.wrong.is_empty() != (row.server == CONTROL)
}

fn line(row: &Row) -> String {
    let Row { check, server, figures, wrong } = row;
    let server = server.trim_start_matches("example-");
    let verdict = match (server == CONTROL, wrong.is_empty()) {
        (false, true) => "holds".to_owned(),
        (false, false) => format!("**FAILS**: {}", wrong.join("; ")),
        (true, false) => format!("fails, as it must: {}", wrong.join("; ")),
        (true, true) => "**DOES NOT FAIL**".to_owned(),
    };
    format!("| {check} | {server} | {figures} | {verdict} |")
}

const BEGIN: &str = "<!-- figures -->";
const END: &str = "<!-- end of figures -->";
