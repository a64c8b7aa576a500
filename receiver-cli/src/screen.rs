//! `Screen`: standard output, with colour where it is a terminal that wants it.

use std::io::{self, StdoutLock, Write};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use serde_json::Value;

/// Standard output. Colour is taken out where it is no terminal, and where `NO_COLOR` is set.
///
/// A reader that has gone, as `head` has, is no mistake: what would be written is dropped, and the
/// exit status stays what it is.
pub(crate) struct Screen(AutoStream<StdoutLock<'static>>);

impl Screen {
    pub(crate) fn new() -> Self {
        Self(AutoStream::auto(io::stdout().lock()))
    }
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        unless_gone(self.0.write(bytes), bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        unless_gone(self.0.flush(), ())
    }
}

/// A note for the person at the terminal, beside what the command prints.
pub(crate) fn note(text: &str) {
    let _ = writeln!(io::stderr(), "note: {}", harmless(text));
}

/// A text of somebody else's, harmless for a terminal and in one line.
pub(crate) fn plain(text: &str) -> String {
    harmless(&text.chars().take(120).collect::<String>())
}

/// A line of somebody else's, harmless for a terminal, whatever its length.
pub(crate) fn harmless(line: &str) -> String {
    let one = |c: char| if is_harmful(c) { c.escape_default().collect() } else { vec![c] };
    line.chars().flat_map(one).collect()
}

/// JSON in one line, harmless for a terminal: what is not stands in texts only, where it can be
/// written as its number.
pub(crate) fn json_line(value: &Value) -> String {
    let one = |c: char| {
        if is_harmful(c) { format!("\\u{:04x}", u32::from(c)).chars().collect() } else { vec![c] }
    };
    value.to_string().chars().flat_map(one).collect()
}

/// Whether it moves the cursor, or what stands there seems to stand elsewhere, or not at all.
fn is_harmful(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}');
    let isolates = matches!(c, '\u{2066}'..='\u{2069}');
    let hides = matches!(c, '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{feff}');
    c.is_control() || turns || isolates || hides
}

fn unless_gone<T>(written: io::Result<T>, all: T) -> io::Result<T> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(all),
        other => other,
    }
}

pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
pub(crate) const FAINT: Style = Style::new().dimmed();

#[cfg(test)]
mod tests {
    use super::{json_line, plain};

    #[test]
    fn a_text_of_somebody_else_cannot_move_the_cursor() {
        assert_eq!(plain("push\u{1b}[2J\r\n\u{9b}"), r"push\u{1b}[2J\r\n\u{9b}");
        assert_eq!(plain("ação"), "ação");
        assert_eq!(plain("a\u{202e}b\u{2066}c\u{200b}"), r"a\u{202e}b\u{2066}c\u{200b}");
        assert_eq!(plain(&"a".repeat(500)).len(), 120);
    }

    #[test]
    fn json_says_the_same_and_cannot_move_the_cursor() {
        let value = serde_json::json!({"a": "\u{1b}[2J\u{7f}\u{9b}\u{202e}\u{2069}\u{feff}ação"});
        let line = json_line(&value);
        assert_eq!(line, r#"{"a":"\u001b[2J\u007f\u009b\u202e\u2069\ufeffação"}"#);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&line).expect("JSON"), value);
    }
}
