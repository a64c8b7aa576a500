//! What a page puts into a `Cargo.toml`.

use std::fs;

use receiver_tests::case::workspace_dir;
use toml::{Table, Value};

/// Checks that each dependency is one of the workspace's, in the same version, and that the crates of the
/// repository are where the pages say, with features that they have.
pub(crate) fn check(text: &str) -> Result<(), String> {
    let manifest: Table = text.parse().map_err(|error: toml::de::Error| error.to_string())?;
    for (section, crates) in &manifest {
        if !["dependencies", "dev-dependencies"].contains(&section.as_str()) {
            return Err(format!("nothing checks [{section}]"));
        }
        for (name, dependency) in crates.as_table().ok_or("no table")? {
            check_dependency(name, dependency)?;
        }
    }
    Ok(())
}

fn check_dependency(name: &str, dependency: &Value) -> Result<(), String> {
    if let Some(path) = dependency.get("path").and_then(Value::as_str) {
        let folder = path.strip_prefix("receiver/").filter(|folder| *folder == name);
        let folder = folder.ok_or_else(|| format!("{path} is not where {name} is"))?;
        let known = table(&format!("{folder}/Cargo.toml"), "features");
        let asked = dependency.get("features").and_then(Value::as_array).into_iter().flatten();
        let mut asked = asked.filter_map(Value::as_str);
        return match asked.find(|feature| !known.contains_key(*feature)) {
            Some(feature) => Err(format!("{name} has no feature {feature}")),
            None => Ok(()),
        };
    }
    let known = table("Cargo.toml", "workspace");
    let known = known.get("dependencies").and_then(|all| all.get(name));
    let known = known.ok_or_else(|| format!("the workspace has no {name}"))?;
    let (known, asked) = (version(known), version(dependency));
    // `1` on a page is `1.12` in the workspace: the page asks for no more than has been tried.
    if asked.is_some_and(|asked| known.is_some_and(|known| known.starts_with(asked))) {
        return Ok(());
    }
    Err(format!("{name} is {known:?} in the workspace and {asked:?} here"))
}

fn version(dependency: &Value) -> Option<&str> {
    dependency.as_str().or_else(|| dependency.get("version")?.as_str())
}

fn table(file: &str, name: &str) -> Table {
    let text = fs::read_to_string(workspace_dir().join(file)).expect("a manifest");
    let manifest: Table = text.parse().expect("TOML");
    manifest.get(name).and_then(Value::as_table).cloned().unwrap_or_default()
}
