//! Tables, and goals with their figures.

use std::fmt;

/// A figure that should be so much.
pub(crate) struct Goal {
    pub(crate) name: &'static str,
    pub(crate) figure: String,
    pub(crate) bound: Bound,
    pub(crate) measured: f64,
}

pub(crate) enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

impl Goal {
    fn is_met(&self) -> bool {
        match self.bound {
            Bound::AtMost(most) => self.measured <= most,
            Bound::AtLeast(least) => self.measured >= least,
        }
    }
}

/// A line of a table.
impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, figure, measured, .. } = self;
        let bound = match self.bound {
            Bound::AtMost(most) => format!("≤ {most}"),
            Bound::AtLeast(least) => format!("≥ {least}"),
        };
        let verdict = if self.is_met() { "met" } else { "**not met**" };
        write!(f, "| {name} | {figure} | {bound} | {measured:.2} | {verdict} |")
    }
}

/// A table in Markdown, between two lines by which a page can take it.
pub(crate) fn section(name: &str, head: &[&str], lines: impl IntoIterator<Item = String>) {
    println!("<!-- begin {name} -->");
    println!("| {} |", head.join(" | "));
    println!("|{}", "---|".repeat(head.len()));
    for line in lines {
        println!("{line}");
    }
    println!("<!-- end {name} -->\n");
}

/// A line of a table.
pub(crate) fn line<const N: usize>(cells: &[String; N]) -> String {
    format!("| {} |", cells.join(" | "))
}

/// A time as people read it.
pub(crate) fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        short if short < 10_000.0 => format!("{short:.0} ns"),
        long => format!("{:.1} µs", long / 1000.0),
    }
}
