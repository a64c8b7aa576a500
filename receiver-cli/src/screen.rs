//! `Screen`: standard output, with colour where it is a terminal that wants it.

use std::io::{self, StdoutLock, Write};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};

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
    let _ = writeln!(io::stderr(), "note: {text}");
}

/// A text of somebody else's, harmless for a terminal and in one line.
pub(crate) fn plain(text: &str) -> String {
    let most = text.chars().take(120);
    most.flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] }).collect()
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
    use super::plain;

    #[test]
    fn a_text_of_somebody_else_cannot_move_the_cursor() {
        assert_eq!(plain("push\u{1b}[2J\r\n\u{9b}"), r"push\u{1b}[2J\r\n\u{9b}");
        assert_eq!(plain("ação"), "ação");
        assert_eq!(plain(&"a".repeat(500)).len(), 120);
    }
}
