//! `Report`: the figures as a table.

use std::fs;
use std::process::ExitCode;

use receiver_tests::case::workspace_dir;

use crate::control::Fault;
use crate::verdict::Verdict;

/// One check of one server.
#[derive(Debug)]
pub(crate) struct Row {
    /// The check, whose complaints are provoked by the controls of the same check.
    check: &'static str,
    /// What was played, in words.
    played: String,
    server: String,
    figures: String,
    verdict: Verdict,
    /// How the complaints begin that must be made of a control.
    must: Option<&'static str>,
}

impl Row {
    pub(crate) fn new(
        check: &'static str,
        server: &str,
        figures: String,
        verdict: Verdict,
    ) -> Self {
        let server = server.trim_start_matches("example-").to_owned();
        Self { check, played: check.to_owned(), server, figures, verdict, must: None }
    }

    /// The same check, played so.
    pub(crate) fn played(self, played: String) -> Self {
        Self { played, ..self }
    }

    /// The row of a server with a fault, of which this must be said.
    pub(crate) fn must(self, fault: Fault, must: &'static str) -> Self {
        Self { server: format!("control: {}", fault.name()), must: Some(must), ..self }
    }

    /// The same check, played because of what it found first.
    pub(crate) fn after(self, first: &Self) -> Self {
        let before = first.verdict.told("");
        let figures = format!("{}; it is the second time, after: {before}", self.figures);
        Self { figures, ..self }
    }

    /// Whether there is this to complain of, and nothing else.
    pub(crate) fn is_wrong_only_in(&self, complaint: &str) -> bool {
        self.verdict.wrong().eq([complaint])
    }

    fn is_right(&self) -> bool {
        self.must.map_or_else(|| self.verdict.is_right(), |must| self.verdict.complains(must))
    }

    /// Whether this is a control that provokes what might be complained of in that check.
    fn provokes(&self, check: &str, complaint: &str) -> bool {
        self.must.is_some_and(|must| complaint.starts_with(must))
            && self.check == check
            && self.verdict.complains(complaint)
    }
}

/// All checks.
#[derive(Debug, Default)]
pub(crate) struct Report(Vec<Row>);

impl Report {
    /// Adds rows and tells how it went meanwhile.
    pub(crate) fn add(&mut self, rows: impl IntoIterator<Item = Row>) {
        for row in rows {
            println!("{}", line(&row));
            self.0.push(row);
        }
    }

    /// Prints the table, and puts it into the page if it is right. It is a failure when an example fails, when
    /// nothing is said of a control, or something else than must be, and when something is judged that no
    /// control provokes.
    pub(crate) fn print(&self, write: bool) -> ExitCode {
        let lines: Vec<_> = self.0.iter().map(line).collect();
        let table =
            format!("| check | server | figures | |\n|---|---|---|---|\n{}\n", lines.join("\n"));
        println!("\n{table}");
        let loose = self.loose();
        for complaint in &loose {
            println!("**NO CONTROL** provokes {complaint}");
        }
        let is_right = self.0.iter().all(Row::is_right) && loose.is_empty();
        if write && is_right {
            let path = workspace_dir().join("docs/security.md");
            let page = fs::read_to_string(&path).expect("the page");
            let (before, rest) = page.split_once(BEGIN).expect("where the figures begin");
            let (_, after) = rest.split_once(END).expect("where they end");
            fs::write(path, format!("{before}{BEGIN}\n{table}{END}{after}")).expect("written");
        }
        if is_right { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    /// What examples are held to though nobody has seen that it is found.
    fn loose(&self) -> Vec<String> {
        let mut loose = Vec::new();
        for row in self.0.iter().filter(|row| row.must.is_none()) {
            let alone = row
                .verdict
                .judged()
                .filter(|it| !self.0.iter().any(|other| other.provokes(row.check, it)));
            loose.extend(alone.map(|complaint| format!("{}: {complaint}", row.check)));
        }
        loose.sort();
        loose.dedup();
        loose
    }
}

fn line(row: &Row) -> String {
    let Row { played, server, figures, verdict, must, .. } = row;
    let verdict = match (must, row.is_right()) {
        (None, true) => "holds".to_owned(),
        (None, false) => format!("**FAILS**: {}", verdict.told("")),
        (Some(must), true) => format!("fails, as it must: {}", verdict.told(must)),
        (Some(must), false) => format!("**IS NOT FOUND**: {must}"),
    };
    format!("| {played} | {server} | {figures} | {verdict} |")
}

const BEGIN: &str = "<!-- figures -->";
const END: &str = "<!-- end of figures -->";
