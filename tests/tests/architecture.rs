//! The layering, as a table of (files, forbidden words, because). See `ARCHITECTURE.md`.
//!
//! Comments and the tests at the end of a file may say what they like; the code may not.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::fs;
use std::path::Path;

use receiver_tests::case::workspace_dir;

#[path = "architecture/rules.rs"]
mod rules;

use rules::{ADAPTERS, HOUSE, RULES, Rule};

#[test]
fn no_layer_holds_a_word_of_another() {
    let files = sources();
    let layers = RULES.iter().flat_map(|rule| violations(rule, &files, Source::code));
    let broken: Vec<_> = layers.chain(violations(&HOUSE, &files, Source::lines)).collect();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn every_rule_has_files_and_finds_each_of_its_words_in_them() {
    let files = sources();
    for rule @ (.., words, because) in RULES.iter().chain([&HOUSE]) {
        for start in rule.0 {
            assert!(files.iter().any(|file| file.path.starts_with(start)), "no {start}: {because}");
        }
        for word in *words {
            let path = format!("{}planted.rs", rule.0.first().expect("files"));
            let text = format!("// {word}\nlet planted = {word};\n");
            let found = violations(rule, &[Source { path, text }], Source::code);
            assert_eq!(found.len(), 1, "{word} is not found once: {because}");
        }
    }
}

/// The rules pass them over, so nothing but tests may be in them.
#[test]
fn a_file_of_tests_is_compiled_for_tests_only() {
    let files = sources();
    for file in files.iter().filter(|file| file.is_test()) {
        let parent = file.path.replace("/tests.rs", ".rs");
        let parent = files.iter().find(|file| file.path == parent).expect("the module above it");
        assert!(parent.text.contains("#[cfg(test)]\nmod tests;"), "{}", parent.path);
    }
}

#[test]
fn a_sender_knows_no_other_sender() {
    let files = sources();
    let start = "receiver-core/src/sender/";
    let own = files.iter().filter_map(|file| file.path.strip_prefix(start)?.strip_suffix(".rs"));
    let senders: Vec<_> = own.filter(|sender| !sender.contains('/')).collect();
    assert!(senders.len() >= 3, "{senders:?}");
    for sender in &senders {
        let (file, folder) = (format!("{start}{sender}.rs"), format!("{start}{sender}/"));
        for source in &files {
            if source.path == file || source.path.starts_with(&folder) {
                for (number, line) in source.code() {
                    let other = senders.iter().find(|other| *other != sender && holds(line, other));
                    assert_eq!(other, None, "{}:{number}: {line}", source.path);
                }
            }
        }
    }
}

#[test]
fn only_the_receiver_makes_a_delivery_and_in_one_place() {
    let files = sources();
    let core = files.iter().filter(|file| file.path.starts_with("receiver-core/src/"));
    let (mut calls, mut literals) = (Vec::new(), Vec::new());
    for file in core {
        for (_, line) in file.code() {
            if holds(line, "proven") && !line.contains("fn proven(") {
                calls.push((file.path.as_str(), line.trim()));
            }
            let is_literal = holds(line, "Delivery {")
                || line.trim() == "Self { request, sender, proof, received_at }";
            if is_literal && !line.contains("struct") && !line.contains("impl") {
                literals.push(file.path.as_str());
            }
        }
    }
    let paths: Vec<_> = calls.iter().map(|(path, _)| *path).collect();
    assert_eq!(paths, ["receiver-core/src/receiver.rs"], "{calls:?}");
    assert_eq!(literals, ["receiver-core/src/delivery.rs"]);
}

/// With `Deserialize` on it, an event could be read from any bytes.
#[test]
fn no_event_of_a_sender_is_read_by_anything_but_itself() {
    let files = sources();
    let senders = files.iter().filter(|file| file.path.starts_with("receiver-core/src/sender/"));
    let (mut seen, mut readable) = (0, Vec::new());
    for file in senders {
        let events = file.code().into_iter().filter_map(|(_, line)| line.split_once("Event for "));
        let events = events.filter_map(|(_, rest)| rest.split([' ', '<']).next());
        for event in events {
            seen += 1;
            let lines: Vec<_> = file.code().into_iter().map(|(_, line)| line.trim()).collect();
            let names = [format!("struct {event}"), format!("enum {event}")];
            let is_its_type = |line: &&str| names.iter().any(|name| holds(line, name));
            let place =
                lines.iter().position(is_its_type).expect("the event's type is in its file");
            let attributes =
                lines.iter().take(place).rev().take_while(|line| line.starts_with("#["));
            if attributes.into_iter().any(|line| holds(line, "Deserialize")) {
                readable.push(format!("{}: {event}", file.path));
            }
        }
    }
    assert!(seen >= 3, "only {seen} events were found");
    assert_eq!(readable, [""; 0]);
}

#[test]
fn a_file_is_one_concept_and_an_adapter_is_short() {
    for file in sources() {
        let is_adapter = ADAPTERS.iter().any(|start| file.path.starts_with(start));
        let (lines, most) = (file.text.lines().count(), if is_adapter { 100 } else { 400 });
        assert!(lines <= most, "{} has {lines} lines", file.path);
    }
}

#[test]
fn versions_and_lints_are_in_the_root_and_nowhere_else() {
    let root = fs::read_to_string(workspace_dir().join("Cargo.toml")).expect("the root");
    let (_, members) = root.split_once("members = [").expect("members");
    let (members, _) = members.split_once(']').expect("members");
    let members: Vec<_> = members.split('"').skip(1).step_by(2).collect();
    assert!(members.len() >= 5, "{members:?}");
    for member in members {
        let path = workspace_dir().join(member).join("Cargo.toml");
        let manifest =
            fs::read_to_string(&path).unwrap_or_else(|error| panic!("{member}: {error}"));
        let (_, dependencies) = manifest.split_once("dependencies]").expect("dependencies");
        let version = dependencies.lines().find(|line| {
            line.contains("version =") || line.contains("= \"") && !line.contains("path =")
        });
        assert_eq!(version, None, "{member} names a version of its own");
        assert!(manifest.contains("[lints]\nworkspace = true"), "{member} has no lints");
    }
}

struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The lines with their numbers, without comments.
    fn lines(&self) -> Lines<'_> {
        (1..)
            .zip(self.text.lines())
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(number, line)| (number, line.split(" // ").next().unwrap_or(line)))
            .collect()
    }

    /// The same without the tests at the end, and none of a file that is all tests.
    fn code(&self) -> Lines<'_> {
        let mut lines = self.lines();
        let end = lines.iter().position(|(_, line)| line.starts_with("#[cfg(test)]"));
        lines.truncate(if self.is_test() { 0 } else { end.unwrap_or(lines.len()) });
        lines
    }

    fn is_test(&self) -> bool {
        self.path.starts_with("receiver-core/src/") && self.path.ends_with("/tests.rs")
    }
}

type Lines<'s> = Vec<(usize, &'s str)>;

fn violations(
    (starts, exempt, words, because): &Rule,
    files: &[Source],
    lines: fn(&Source) -> Lines<'_>,
) -> Vec<String> {
    let is_in = |path: &str, starts: &[&str]| starts.iter().any(|start| path.starts_with(start));
    let files = files.iter().filter(|file| is_in(&file.path, starts) && !is_in(&file.path, exempt));
    let mut found = Vec::new();
    for file in files {
        for (number, line) in lines(file) {
            let words = words.iter().filter(|word| holds(line, word));
            found.extend(words.map(|word| format!("{}:{number}: {word} ({because})", file.path)));
        }
    }
    found
}

/// Whether the word stands in the line as a word.
fn holds(line: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(start, _)| {
        let before = line.get(..start).and_then(|text| text.chars().next_back());
        let after =
            line.get(start.saturating_add(word.len())..).and_then(|text| text.chars().next());
        let goes_on = word.ends_with(is_part) && after.is_some_and(is_part);
        !goes_on && !before.is_some_and(is_part)
    })
}

/// Every Rust file of the workspace, by its path from there.
fn sources() -> Vec<Source> {
    let mut files = Vec::new();
    for folder in [
        "fuzz/fuzz_targets",
        "fuzz/src",
        "receiver-cli/src",
        "receiver-cli/tests",
        "receiver-core/benches",
        "receiver-core/src",
        "receiver-core/tests",
        "examples",
        "tests",
    ] {
        collect(&workspace_dir(), folder, &mut files);
    }
    files
}

fn collect(root: &Path, folder: &str, files: &mut Vec<Source>) {
    for entry in fs::read_dir(root.join(folder)).expect("a folder") {
        let entry = entry.expect("an entry");
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().expect("a type").is_dir() {
            collect(root, &path, files);
        } else if entry.path().extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(entry.path()).expect("text");
            files.push(Source { path, text });
        }
    }
}
