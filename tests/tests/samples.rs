//! The samples that are reachable from code are those in the folder, and the other way round.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use receiver_core::samples;

#[test]
fn every_sample_of_the_folder_is_listed_once() {
    let listed: Vec<_> = samples::all().map(|it| format!("{}/{}", it.sender, it.name)).collect();
    let found = folders().flat_map(|sender| files(&sender)).collect::<BTreeSet<_>>();
    assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), found);
    assert_eq!(listed.len(), found.len(), "a sample is listed twice");
}

#[test]
fn a_sample_is_what_its_file_says() {
    let sample = samples::find("monuv", "panic_button.query").expect("a sample");
    assert_eq!((sample.method, sample.content_type, sample.body), ("GET", None, b"".as_slice()));
    assert!(sample.query.is_some_and(|query| query.contains("user_id=")));
    let sample = samples::find("rabbot", "status.form").expect("a sample");
    assert_eq!(sample.content_type, Some("application/x-www-form-urlencoded"));
    assert_eq!(samples::find("rabbot", "no such sample"), None);
}

fn folders() -> impl Iterator<Item = String> {
    names(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../receiver-core/samples"))
        .into_iter()
        .filter(|name| name != "README.md")
}

fn files(sender: &str) -> Vec<String> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../receiver-core/samples").join(sender);
    let names = names(&folder).into_iter();
    names.map(|name| format!("{sender}/{}", name.trim_end_matches(".json"))).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
    entries.map(|entry| name(entry).to_string_lossy().into_owned()).collect()
}
