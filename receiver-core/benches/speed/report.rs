//! Tables.

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
