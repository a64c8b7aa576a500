//! Every block of code on every page is seen to be true by something, and here is by what.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::fs;

use receiver_tests::case::workspace_dir;
use receiver_tests::page::{Block, Page};

#[path = "blocks/manifest.rs"]
mod manifest;

#[test]
fn every_block_is_checked_by_something() {
    let mut count = 0;
    for page in Page::all() {
        for block in page.blocks() {
            count += 1;
            if let Err(error) = check(&page, &block) {
                panic!("{}: {error}:\n{}", page.path, block.text);
            }
        }
    }
    assert!(count > 80, "{count}");
}

#[test]
fn a_block_that_nothing_checks_is_found() {
    let planted = [
        ("docs/planted.md", "rust", "fn main() {}"),
        ("docs/testing.md", "rust", "fn main() {}"),
        ("docs/verify.md", "rust,ignore", "fn main() {"),
        ("docs/verify.md", "rust,no_run,ignore", ""),
        ("docs/verify.md", "", "cargo run"),
        ("docs/verify.md", "python", "print(1)"),
        ("docs/verify.md", "console", "$ ls"),
        ("docs/verify.md", "text", "a log"),
        ("docs/verify.md", "sh", "cargo run -p example-none"),
        ("docs/verify.md", "sh", "rm -rf target"),
        ("docs/verify.md", "sh", "tests/none --short"),
        ("docs/verify.md", "sh", "bash tests/none"),
        ("docs/verify.md", "sh", "cargo test -p receiver-tests --test none"),
        ("docs/verify.md", "json", "{\"a\": }"),
        ("docs/verify.md", "toml", "[dependencies"),
        ("docs/verify.md", "toml", "[dependencies]\naxum = \"0.7\""),
        ("docs/verify.md", "toml", "[dependencies]\nreceiver-core = { path = \"receiver-core\" }"),
        (
            "docs/verify.md",
            "toml",
            "[dependencies]\nreceiver-core = { path = \"receiver/receiver-core\", features = [\"none\"] }",
        ),
        ("docs/verify.md", "nginx", "server {}"),
        ("docs/verify.md", "ini", "[Unit]"),
        ("docs/verify.md", "sh", "NO_TOKEN=1"),
        ("docs/verify.md", "sh", "sudo install a /usr/local/bin/endpoint"),
        ("docs/verify.md", "sh", "sudo systemctl restart endpoint"),
    ];
    for (path, language, text) in planted {
        let page = Page { path: path.to_owned(), text: String::new() };
        let block = Block { language: language.to_owned(), text: text.to_owned() };
        assert!(check(&page, &block).is_err(), "{path}, {language}: {text}");
    }
}

/// The page has a test for each framework.
#[test]
fn every_test_that_is_to_be_copied_is_on_its_page() {
    let (copied, blocks) = (copied(), Page::read(COPIED).blocks());
    assert_eq!(copied.len(), 3);
    for test in copied {
        assert!(blocks.iter().any(|block| block.text == test), "{test}");
    }
}

/// What is wrong with a block, as far as it is seen here, or that nothing sees it.
fn check(page: &Page, block: &Block) -> Result<(), String> {
    let path = page.path.as_str();
    match block.language.as_str() {
        "rust" | "rust,no_run" if is_compiled(path) || is_followed(path) => Ok(()),
        "rust" if is_copied(page, block) => Ok(()),
        "sh" | "toml" | "console" | "text" if is_followed(path) => Ok(()),
        "console" | "text" if is_run(path) => Ok(()),
        "console" if path == "receiver-cli/README.md" => Ok(()), // by trycmd
        "text" if is_the_diagram(block) => Ok(()),
        "nginx" | "caddyfile" if names(".ci/proxied", path) => Ok(()),
        "ini" if names(".ci/unit", path) => Ok(()),
        "sh" => block.text.replace("\\\n", " ").lines().try_for_each(|line| command(page, line)),
        "toml" => manifest::check(&block.text),
        "json" => {
            let values =
                serde_json::Deserializer::from_str(&block.text).into_iter::<serde_json::Value>();
            values
                .map(|value| value.map(drop))
                .try_for_each(|value| value.map_err(|error| error.to_string()))
        }
        language => Err(format!("nothing checks a block of `{language}`")),
    }
}

/// As a doctest.
fn is_compiled(path: &str) -> bool {
    let of_core = path == "receiver-core/README.md"
        && names("receiver-core/src/lib.rs", "include_str!(\"../README.md\")");
    of_core || names("tests/src/docs.rs", &format!("include_str!(\"../../{path}\")"))
}

/// From the tests that `copied.rs` runs, to the letter.
fn is_copied(page: &Page, block: &Block) -> bool {
    page.path == COPIED && copied().contains(&block.text)
}

fn copied() -> Vec<String> {
    let files = fs::read_dir(workspace_dir().join("tests/tests/copied")).expect("a folder");
    let files = files.flatten().filter(|file| {
        let name = file.file_name().to_string_lossy().into_owned();
        names("tests/tests/copied.rs", &format!("\"copied/{name}\""))
    });
    files.map(|file| fs::read_to_string(file.path()).expect("a test")).collect()
}

/// To the letter, in a folder of its own.
fn is_followed(path: &str) -> bool {
    names(".ci/followed", path)
}

/// By `readmes.rs`.
fn is_run(path: &str) -> bool {
    names("tests/tests/readmes.rs", &format!("\"{path}\""))
}

/// The receive path, drawn on two pages.
fn is_the_diagram(block: &Block) -> bool {
    ["ARCHITECTURE.md", "receiver-core/README.md"]
        .iter()
        .all(|path| Page::read(path).blocks().contains(block))
}

fn names(file: &str, text: &str) -> bool {
    let file = fs::read_to_string(workspace_dir().join(file)).expect("a file");
    file.contains(text)
}

/// What is for a reader to type: it names what there is.
fn command(page: &Page, line: &str) -> Result<(), String> {
    let line = line.split(" #").next().unwrap_or(line).trim();
    let words = shlex::split(line).ok_or("no command")?;
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let is_setting =
        |word: &&&str| word.split_once('=').is_some_and(|(name, _)| name.to_uppercase() == name);
    let (settings, words) = words.split_at(words.iter().take_while(is_setting).count());
    let exists = |path: &str| workspace_dir().join(path).exists();
    let is_good = match *words {
        [] => !settings.is_empty() && settings.iter().all(|setting| is_read(setting)),
        ["cargo", "run" | "bench", "-p", package, ..] => exists(&folder(package)),
        ["cargo", "test", "-p", package, "--test", test, ..] => {
            exists(&format!("{}/tests/{test}.rs", folder(package)))
        }
        ["cargo", "build", "--release"]
        | ["cargo", "test", "--workspace"]
        | ["cargo", "install", "--locked", "cargo-mutants"] => true,
        ["cargo", "install", "--path", path]
        | ["cargo", "run", "--release", "--manifest-path", path] => exists(path),
        ["cargo", "+nightly", "fuzz", "run", target, ..] => {
            exists(&format!("fuzz/fuzz_targets/{target}.rs"))
        }
        // Of a pattern, the folder that it is for.
        ["cargo", "mutants", ref of @ ..] => {
            let mut paths = of.iter().filter(|word| word.contains('/'));
            paths.all(|path| exists(path.split('*').next().unwrap_or_default()))
        }
        // What a unit on the same page is about.
        ["sudo", "install", .., path] => page.text.contains(&format!("={path}\n")),
        ["sudo", "systemctl", "daemon-reload"] => names(".ci/unit", &page.path),
        ["sudo", "systemctl", .., name] => page.text.contains(&format!("/{name}.service`")),
        ["bash", script, ..] => exists(script),
        [script, ..] if script.starts_with("tests/") => exists(script),
        ["receiver", command, ..] => exists(&format!("receiver-cli/src/command/{command}.rs")),
        ["curl", ..] => is_run(&page.path),
        _ => false,
    };
    if is_good { Ok(()) } else { Err(format!("nothing checks `{line}`")) }
}

/// Whether the examples read this variable, or the log that a service of one's own sets up.
fn is_read(setting: &str) -> bool {
    let name = setting.split('=').next().unwrap_or_default();
    names("examples/axum/src/app.rs", &format!("\"{name}\""))
        || ["NO_COLOR", "RUST_LOG"].contains(&name)
}

/// Where a package is.
fn folder(package: &str) -> String {
    match package.strip_prefix("example-") {
        Some(name) => format!("examples/{name}"),
        None if package == "receiver-tests" => "tests".to_owned(),
        None => package.to_owned(),
    }
}

/// The page whose tests are to be copied.
const COPIED: &str = "docs/testing.md";
