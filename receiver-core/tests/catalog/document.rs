//! `docs/signatures.md` says what the rows say.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use receiver_core::scheme::catalog::{self, Evidence, Sender, UNCOVERED};

/// Run with `UPDATE_DOCS=1` to write it anew.
#[test]
fn the_table_in_the_documentation_is_current() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/signatures.md");
    let expected = document();
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &expected).expect("docs/signatures.md");
    }
    let written = fs::read_to_string(&path).expect("docs/signatures.md");
    assert!(
        written == expected,
        "docs/signatures.md is not what the rows say; UPDATE_DOCS=1 cargo test writes it anew"
    );
}

fn document() -> String {
    let mut text = String::from(HEAD);
    for sender in catalog::senders() {
        writeln!(text, "{}", line(sender)).expect("a line");
    }
    text.push_str("\n## Notes\n\n");
    for sender in catalog::senders().filter(|sender| !sender.note().is_empty()) {
        writeln!(text, "* `{}`: {}", sender.name(), sender.note()).expect("a line");
    }
    text.push_str("\n## Sources\n\n");
    for (evidence, title) in
        [(Evidence::Documented, "The sender says so"), (Evidence::Likely, "Likely")]
    {
        writeln!(text, "{title}:\n").expect("a line");
        for sender in catalog::senders().filter(|sender| sender.evidence() == evidence) {
            writeln!(text, "* `{}`: {}", sender.name(), sender.source()).expect("a line");
        }
        text.push('\n');
    }
    text.push_str(UNSAID);
    for sender in UNCOVERED {
        writeln!(text, "| {} | {} |", sender.title, sender.because).expect("a line");
    }
    text
}

fn line(sender: &Sender) -> String {
    let layout = sender.layout();
    let id = layout.id().map_or(String::new(), |name| format!("; id: {name}"));
    let time = layout.timestamp().map_or_else(|| "none".to_owned(), ToString::to_string);
    let evidence = match sender.evidence() {
        Evidence::Documented => "documented",
        _ => "likely",
    };
    format!(
        "| `{}` | {} | {}{id} | `{}` | {}, {} | {layout} | {} | {time} | {} | {evidence} |",
        sender.name(),
        sender.title(),
        layout.source(),
        layout.grammar().to_string().replace('|', "\\|"),
        layout.hash(),
        layout.encoding(),
        layout.key_form(),
        layout.strength(),
    )
}

const HEAD: &str = "\
# Signatures

Written by a test from the rows in `receiver-core/src/scheme/catalog/`: change the rows, not this file.

`catalog::find(\"name\")` gives a row; `row.signature(\"the secret as the settings show it\")` the scheme.
A sender that signs its url needs `with_public_url` too, or every request is refused
(`no_public_url`). `<sig>` is the signature, `<ts>` the timestamp, `[…]` what may follow. Where a sender says
no tolerance for its timestamp, the 5 minutes are ours; `with_tolerance` changes them.

| name | sender | in | written | made with | over | key | time | covers | evidence |
|---|---|---|---|---|---|---|---|---|---|
";

const UNSAID: &str = "\
## Not covered

| sender | because |
|---|---|
";
