//! Every public item of the core stands in an example: as code, in a block that rustdoc compiles and
//! shows, on the crate's page or on any item's. `CONTRIBUTING.md` says what counts.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails, and says where"
)]

use std::collections::BTreeSet;
use std::fs;

use receiver_tests::case::workspace_dir;

#[path = "items/example.rs"]
mod example;
#[path = "items/source.rs"]
mod source;
#[path = "items/surface.rs"]
mod surface;

use source::Source;
use surface::Surface;

#[test]
fn every_public_item_stands_in_an_example() {
    let (listing, readme) = (read("public-api.txt"), read("README.md"));
    let sources = Source::all();
    let surface = Surface::new(&listing, &sources);
    let examples = example::all(&readme, &sources);
    assert!(surface.items().count() > 200, "{} items", surface.items().count());
    assert!(examples.len() > 60, "{} examples", examples.len());

    let missing = missing(&surface, &examples);
    assert!(missing.is_empty(), "in no example:\n{}", missing.join("\n"));
}

/// The controls: what an item is found in, and what it is not.
#[test]
fn an_item_without_an_example_is_found() {
    for shown in [
        "use receiver_core::door::Door;\nlet door = Door::new();",
        "let door = receiver_core::door::Door;",
        "use receiver_core::{Request, door};\nf(&[door::Door::default()]);",
        "use receiver_core::door::{self, Door as Gate};\nassert_eq!(Gate, x);",
        "use receiver_core::Door;\nfn open(door: &Door) {}", // by its other path
        "use receiver_core::door::Door;\n#[serde(deserialize_with = \"Door::read\")]\nstruct A;",
    ] {
        check(&format!("```\n{shown}\n```"), &["open", "Knock"]);
    }
    check("```\nuse receiver_core::door::Knock;\n0.knock();\n```", &["Door", "open"]);
    check("```rust,no_run\nuse receiver_core::door::open;\nopen();\n```", &["Door", "Knock"]);

    let all = ["Door", "open", "Knock"];
    for none in [
        "`receiver_core::door::Door` is one.",
        "```text\nlet door = receiver_core::door::Door;\n```",
        "```ignore\nlet door = receiver_core::door::Door;\n```",
        "```compile_fail\nlet door = receiver_core::door::Door;\n```",
        "```\n// let door = receiver_core::door::Door;\n```",
        "```\nlet door = \"receiver_core::door::Door\";\n```",
        "```\nuse receiver_core::door::{Door, open};\n```",
        "```\n# let door = receiver_core::door::Door;\n```",
        "```\nuse receiver_core::window::Door;\nlet door = Door;\n```",
        "```\nlet door = Door;\n```",
        "```\nuse receiver_core::door::open;\nx.open();\n```",
    ] {
        check(none, &all);
    }
}

/// A crate with three items and this on one of them.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let lines = format!("/// {}\n", text.replace('\n', "\n/// "));
    let sources = [
        Source::new("lib.rs", "mod door;\npub use door::leaf::Door;"),
        Source::new("door.rs", "pub use leaf::Door;\nmod leaf;"),
        Source::new("door/leaf.rs", &format!("{lines}#[derive(Debug)]\npub struct Door;")),
    ];
    let listing = "pub mod receiver_core\n\
        pub mod receiver_core::door\n\
        pub struct receiver_core::door::Door\n\
        impl receiver_core::door::Door\n\
        pub fn receiver_core::door::Door::new() -> receiver_core::door::Door\n\
        pub async fn receiver_core::door::open(receiver_core::door::Door)\n\
        pub trait receiver_core::door::Knock: core::marker::Sized\n\
        #[non_exhaustive] pub struct receiver_core::Door\n";
    let surface = Surface::new(listing, &sources);
    let missing = missing(&surface, &example::all("", &sources));
    let missing: BTreeSet<_> = missing
        .iter()
        .filter_map(|path| path.rsplit("::").next())
        .filter(|it| *it != "door")
        .collect();
    assert_eq!(missing, expected.iter().copied().collect(), "{text}");
}

/// The items that no example uses. A trait is used by being imported: its methods are called then.
fn missing(surface: &Surface, examples: &[String]) -> Vec<String> {
    let (mut used, mut imported) = (BTreeSet::new(), BTreeSet::new());
    for example in examples {
        let names = example::names(example);
        for home in names.used.iter().map(|path| surface.home(path)) {
            // What leads there is used too: the type of a constant, the module of a function.
            let above = home.match_indices("::").filter_map(|(end, _)| home.get(..end));
            used.extend(above.map(str::to_owned));
            used.insert(home);
        }
        imported.extend(names.imported.iter().map(|path| surface.home(path)));
    }
    let is_used =
        |home: &str, is_trait: bool| used.contains(home) || (is_trait && imported.contains(home));
    let items = surface.items().filter(|(home, item)| !is_used(home, item.is_trait));
    items.map(|(_, item)| item.path.clone()).collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(workspace_dir().join("receiver-core").join(path)).expect("a file")
}
