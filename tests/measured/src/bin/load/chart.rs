//! The picture: a bar for each subject, as long as its rate, on light and dark paper.

use std::fmt::Write as _;

use receiver_measured::subject::Does;

use crate::figures::Measured;
use crate::report::{self, server, thousands};

pub(crate) fn draw(all: &[Measured], conditions: &str) -> String {
    let bars: Vec<_> = all.iter().filter_map(Bar::of).collect();
    let most = bars.iter().map(|bar| bar.rate).fold(1.0, f64::max);
    let (mut rows, mut told, mut top, mut group) = (String::new(), Vec::new(), TOP, "");
    for bar in &bars {
        if bar.server != group {
            (group, top) = (&bar.server, top + GAP);
        }
        let (width, text) = (bar.rate / most * LONGEST, top + ROW / 2.0);
        let (label, rate, class) = (bar.label(), thousands(bar.rate), bar.class);
        // It cannot fail: it is written to a text.
        let _ = write!(
            rows,
            r#"<text x="{end}" y="{text}" text-anchor="end">{label}</text>
<rect class="{class}" x="{START}" y="{bar_top}" width="{width:.1}" height="{height}"/>
<text x="{value:.1}" y="{text}">{rate}</text>
"#,
            end = START - 8.0,
            bar_top = top + 2.0,
            height = ROW - 4.0,
            value = START + width + 6.0,
        );
        told.push(format!("{label} {rate}"));
        top += ROW;
    }
    let (told, conditions) = (told.join("; "), escape(conditions));
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="title desc" font-family="system-ui, sans-serif" font-size="13">
<title id="title">Requests a second on one core</title>
<desc id="desc">{told}.</desc>
<style>
text {{ fill: #1f2328; dominant-baseline: central }}
.paper {{ fill: #ffffff }} .other {{ fill: #afb8c1 }} .own {{ fill: #0969da }}
@media (prefers-color-scheme: dark) {{
text {{ fill: #e6edf3 }}
.paper {{ fill: #0d1117 }} .other {{ fill: #57606a }} .own {{ fill: #4493f8 }}
}}
</style>
<rect class="paper" width="{WIDTH}" height="{height}"/>
<text x="12" y="18" font-weight="600" font-size="15">Requests a second on one core, a signed delivery of 1.1 KiB each</text>
{rows}<text x="12" y="{foot}" font-size="11">{conditions}</text>
</svg>
"#,
        height = top + GAP + 24.0,
        foot = top + GAP + 8.0,
    )
}

struct Bar {
    server: String,
    does: String,
    rate: f64,
    class: &'static str,
}

impl Bar {
    fn of(measured: &Measured) -> Option<Self> {
        let does = measured.subject.does;
        let is_own = matches!(does, Does::Receiver | Does::Bearer | Does::Basic | Does::Example);
        Some(Self {
            server: server(measured).to_owned(),
            does: report::does(measured.subject).replace(['*', '`'], ""),
            rate: measured.median(|run| run.rate)?,
            class: if is_own { "own" } else { "other" },
        })
    }

    fn label(&self) -> String {
        escape(&format!("{}, {}", self.server, self.does))
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

const WIDTH: f64 = 860.0;
const TOP: f64 = 30.0;
const ROW: f64 = 20.0;
const GAP: f64 = 12.0;
/// Where the bars begin.
const START: f64 = 390.0;
const LONGEST: f64 = 400.0;

#[cfg(test)]
mod tests {
    use receiver_measured::subject::{On, Subject};

    use super::*;
    use crate::figures::Run;

    #[test]
    fn each_subject_that_was_measured_has_a_bar_and_is_told() {
        let measured = |on, does, rate| {
            let run = Run { rate, p50: 1.0, p99: 1.0, processor: 1.0, busy: 1.0 };
            Measured {
                subject: Subject { on, does },
                about: "a < b".to_owned(),
                runs: Ok(vec![run]),
            }
        };
        let axum = On::Framework("axum");
        let all = [
            measured(axum, Does::Bare, 100_000.0),
            measured(axum, Does::Receiver, 75_000.0),
            Measured { runs: Err(String::new()), ..measured(On::Other("go"), Does::Peer, 1.0) },
        ];
        let drawn = draw(&all, "Quietly & well.");
        for text in [
            r#"<rect class="other" x="390" y="44" width="400.0" height="16"/>"#,
            r#"<rect class="own" x="390" y="64" width="300.0" height="16"/>"#,
            "a &lt; b, bare: reads the body 100,000; a &lt; b, signature, strict JSON, event: receiver 75,000.</desc>",
            "Quietly &amp; well.",
        ] {
            assert!(drawn.contains(text), "{text}\n{drawn}");
        }
        assert_eq!(drawn.matches("<rect").count(), 3);
    }
}
