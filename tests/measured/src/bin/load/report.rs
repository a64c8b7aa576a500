//! The figures as tables, and where the page has them.

use std::fs;
use std::path::Path;

use receiver_measured::subject::{Does, On, Subject};

use crate::figures::Measured;
use crate::goals::goals;
use crate::wrk::CONNECTIONS;
use crate::{Scale, chart, machine};

pub(crate) struct Report<'m> {
    all: &'m [Measured],
    conditions: String,
}

impl<'m> Report<'m> {
    pub(crate) fn new(all: &'m [Measured], scale: &Scale) -> Self {
        let conditions = format!(
            "Medians of {} rounds of {} s, {} with each process, {CONNECTIONS} connections; {}; load average {}.",
            scale.starts.saturating_mul(scale.rounds),
            scale.time.as_secs(),
            scale.rounds,
            machine::about(),
            machine::load_average(),
        );
        Self { all, conditions }
    }

    /// The goals, the figures, and under what conditions.
    pub(crate) fn tables(&self) -> String {
        let goals: Vec<_> = goals(self.all).iter().map(ToString::to_string).collect();
        let rows: Vec<_> = self.all.iter().map(|measured| self.row(measured)).collect();
        let idle: Vec<_> = self.all.iter().filter_map(idle).collect();
        let idle = if idle.is_empty() {
            String::new()
        } else {
            format!(
                "\nThe server did not use all of its core, so something else was the limit: {}.\n",
                idle.join(", ")
            )
        };
        format!(
            "| goal | figure | bound | measured | |\n|---|---|---|---|---|\n{}\n\n\
             | server | what it does | requests/s | beside bare | p50 | p99 | processor/request |\n\
             |---|---|---|---|---|---|---|\n{}\n\n{}\n{idle}",
            goals.join("\n"),
            rows.join("\n"),
            self.conditions,
        )
    }

    fn row(&self, measured: &Measured) -> String {
        let (server, does) = (server(measured), does(measured.subject));
        if let Err(error) = &measured.runs {
            return format!("| {server} | {does} | not measured: {error} | | | | |");
        }
        let of = |figure: Option<f64>, digits| {
            figure.map_or_else(String::new, |it| format!("{it:.digits$}"))
        };
        let bare = self.bare_of(measured);
        format!(
            "| {server} | {does} | {} | {} | {} µs | {} µs | {} µs |",
            measured.median(|run| run.rate).map_or_else(String::new, thousands),
            of(bare.and_then(|bare| measured.beside(bare, |run| run.rate)).map(|it| it.median), 2),
            of(measured.median(|run| run.p50), 0),
            of(measured.median(|run| run.p99), 0),
            of(measured.median(|run| run.processor), 1),
        )
    }

    /// The bare handler of the same framework; that of axum for what is on none of the three.
    fn bare_of(&self, measured: &Measured) -> Option<&Measured> {
        let on = match measured.subject.on {
            On::Other(_) => On::Framework("axum"),
            on @ On::Framework(_) => on,
        };
        let bare = Subject { on, does: Does::Bare };
        self.all.iter().find(|other| other.subject == bare)
    }

    /// Puts the tables and the picture into the pages.
    pub(crate) fn write(&self) -> Result<(), String> {
        let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
        let page = docs.join("performance.md");
        let text = fs::read_to_string(&page).map_err(|error| error.to_string())?;
        let text = between(&text, &self.tables()).ok_or("the page has no place for the figures")?;
        fs::write(page, text).map_err(|error| error.to_string())?;
        let picture = chart::draw(self.all, &self.conditions);
        fs::write(docs.join("performance.svg"), picture).map_err(|error| error.to_string())
    }
}

/// The page with this between the two lines that say where.
fn between(page: &str, tables: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{tables}{END}{after}"))
}

/// What it is built on, as it says itself or as we call it.
pub(crate) fn server(measured: &Measured) -> &str {
    let (On::Framework(name) | On::Other(name)) = measured.subject.on;
    if measured.about.is_empty() { label(name) } else { &measured.about }
}

/// The name that everybody calls it by.
pub(crate) fn label(program: &str) -> &str {
    match program {
        "actix" => "actix-web",
        "go" => "Go net/http",
        "fastify" => "Fastify",
        "express" => "Express",
        "fastapi" => "FastAPI",
        same => same,
    }
}

pub(crate) fn does(subject: Subject) -> &'static str {
    match (subject.does, subject.on) {
        (Does::Bare, _) => "bare: reads the body",
        (Does::Hand, _) | (Does::Peer, On::Other(_)) => "signature, event: by hand",
        (Does::Strict, _) => "signature, strict JSON, event: by hand",
        (Does::Receiver, _) => "signature, strict JSON, event: **receiver**",
        (Does::Bearer, _) => "bearer token: **receiver**",
        (Does::Basic, _) => "user, password: **receiver**",
        (Does::Example, _) => "the example, limits and all: **receiver**",
        (Does::Peer, On::Framework(_)) => "signature, event: crate `standardwebhooks`",
    }
}

fn idle(measured: &Measured) -> Option<String> {
    let busy = measured.median(|run| run.busy).filter(|busy| *busy < BUSY)?;
    let does = does(measured.subject).replace("**", "");
    Some(format!("{} ({does}) {:.0} %", server(measured), busy * 100.0))
}

/// A whole number as people read it.
pub(crate) fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().rev().enumerate() {
        if place > 0 && place % 3 == 0 {
            text.insert(0, ',');
        }
        text.insert(0, digit);
    }
    text
}

/// What a server uses of its core when nothing but that core is the limit.
const BUSY: f64 = 0.95;
const BEGIN: &str = "<!-- load -->";
const END: &str = "<!-- /load -->";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::Run;

    fn measured(does: Does, runs: Result<Vec<Run>, String>) -> Measured {
        let subject = Subject { on: On::Framework("actix"), does };
        Measured { subject, about: String::new(), runs }
    }

    fn run(rate: f64) -> Run {
        Run { rate, p50: 180.4, p99: 410.0, processor: 6.25, busy: 0.999 }
    }

    #[test]
    fn a_row_has_all_figures_or_says_why_it_has_none() {
        let all = [
            measured(Does::Bare, Ok(vec![run(160_000.0)])),
            measured(Does::Hand, Ok(vec![Run { busy: 0.5, ..run(120_000.0) }])),
            measured(Does::Peer, Err("not installed".to_owned())),
        ];
        let tables = Report { all: &all, conditions: "Quietly.".to_owned() }.tables();
        for line in [
            "| actix-web | bare: reads the body | 160,000 | 1.00 | 180 µs | 410 µs | 6.2 µs |\n",
            "| actix-web | signature, event: by hand | 120,000 | 0.75 | 180 µs | 410 µs | 6.2 µs |\n",
            "| actix-web | signature, event: crate `standardwebhooks` | not measured: not installed | | | | |\n",
            "Quietly.\n",
            "was the limit: actix-web (signature, event: by hand) 50 %.\n",
        ] {
            assert!(tables.contains(line), "{line}{tables}");
        }
    }

    #[test]
    fn the_figures_are_put_between_their_lines_and_nowhere_else() {
        let page = "a\n<!-- load -->\nold\n<!-- /load -->\nb\n";
        let written = between(page, "new\n").unwrap();
        assert_eq!(written, "a\n<!-- load -->\nnew\n<!-- /load -->\nb\n");
        assert_eq!(between(&written, "new\n"), Some(written.clone()));
        assert_eq!(between("a\n<!-- load -->\n", "new\n"), None);
    }

    #[test]
    fn numbers_are_grouped() {
        for (number, text) in
            [(0.0, "0"), (999.4, "999"), (999.5, "1,000"), (1_234_567.0, "1,234,567")]
        {
            assert_eq!(thousands(number), text);
        }
    }
}
