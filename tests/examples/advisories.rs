//! Writes `tests/advisories.toml` anew: what a clone of the `RustSec` advisory database, whose path is given, says
//! of the crates that are locked now.

use std::collections::BTreeSet;
use std::error::Error;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use receiver_tests::advisory::FILE;
use receiver_tests::case::workspace_dir;
use receiver_tests::lock::{LOCKS, packages};
use serde::Deserialize;

fn main() -> Result<(), Box<dyn Error>> {
    let clone: PathBuf = env::args_os().nth(1).ok_or("the path of the clone is missing")?.into();
    let locked = LOCKS.iter().flat_map(|lock| packages(lock)).filter(|it| !it.is_own());
    let names: BTreeSet<_> = locked.map(|it| it.name).collect();

    let path = workspace_dir().join(FILE);
    let old = fs::read_to_string(&path)?;
    let mut new: String =
        old.split_inclusive('\n').take_while(|line| line.starts_with('#')).collect();
    let today = jiff::Timestamp::now().strftime("%F").to_string();
    writeln!(new, "\nread = {today:?}\n\nasked = [")?;
    for name in &names {
        writeln!(new, "    {name:?},")?;
    }
    writeln!(new, "]\n\nadvisories = [")?;
    for name in &names {
        for Entry { advisory, versions: Versions { patched, unaffected } } in of(&clone, name)? {
            let Head { id, date, informational, .. } = advisory;
            let kind = informational.as_deref().unwrap_or("vulnerability");
            writeln!(
                new,
                "    {{ id = {id:?}, crate = {name:?}, date = {date:?}, kind = {kind:?}, \
                 patched = {patched:?}, unaffected = {unaffected:?} }},"
            )?;
        }
    }
    writeln!(new, "]")?;
    Ok(fs::write(path, new)?)
}

/// What is said of a crate and was not taken back, in the order of the names of the files.
fn of(clone: &Path, name: &str) -> Result<Vec<Entry>, Box<dyn Error>> {
    if !clone.join("crates").is_dir() {
        return Err("this is no clone of the advisory database".into());
    }
    let folder = clone.join("crates").join(name);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let files = fs::read_dir(&folder)?.map(|file| Ok(file?.file_name()));
    let mut entries = Vec::new();
    for file in files.collect::<Result<BTreeSet<OsString>, std::io::Error>>()? {
        let text = fs::read_to_string(folder.join(&file))?;
        let front = text.split("```").nth(1).and_then(|it| it.strip_prefix("toml"));
        let front = front.ok_or_else(|| format!("{name}: {} has no TOML", file.display()))?;
        let entry: Entry = toml::from_str(front)?;
        if entry.advisory.withdrawn.is_none() {
            entries.push(entry);
        }
    }
    Ok(entries)
}

#[derive(Deserialize)]
struct Entry {
    advisory: Head,
    versions: Versions,
}

#[derive(Deserialize)]
struct Head {
    id: String,
    date: String,
    informational: Option<String>,
    withdrawn: Option<String>,
}

#[derive(Deserialize)]
struct Versions {
    patched: Vec<String>,
    #[serde(default)]
    unaffected: Vec<String>,
}
