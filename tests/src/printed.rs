//! `Printed`: what a started example printed on standard error, each line a JSON object.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::leak;

/// The log of a started example, by target.
#[derive(Debug, Default)]
pub struct Printed {
    /// How many lines there are.
    pub lines: usize,
    /// How many of them are the line of a delivery.
    pub deliveries: usize,
    /// The lines of each target.
    pub targets: BTreeMap<String, String>,
    /// Lines that are none, and those that speak to a terminal.
    pub wrong: Vec<String>,
}

impl Printed {
    /// Reads it.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut log = Self::default();
        for line in text.lines() {
            log.lines = log.lines.saturating_add(1);
            let Ok(Value::Object(fields)) = serde_json::from_str(line) else {
                log.wrong.push(format!("no line of the log: {line:?}"));
                continue;
            };
            let field = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
            let target = field("target").to_owned();
            let mut values = fields.values().filter_map(Value::as_str);
            if is_ours(&target) && values.any(|it| it.contains(char::is_control)) {
                log.wrong.push(format!("a control character: {line}"));
            }
            if (&*target, field("message")) == ("receiver", "delivery") {
                log.deliveries = log.deliveries.saturating_add(1);
            }
            log.targets.entry(target).or_default().push_str(line);
        }
        if text.contains(|letter: char| letter.is_control() && letter != '\n') {
            log.wrong.push("a control character as it is".to_owned());
        }
        log
    }

    /// The targets under which there is a secret: ours, and those of others.
    #[must_use]
    pub fn leaks(&self, secrets: &[&[u8]]) -> (BTreeSet<&str>, BTreeSet<&str>) {
        let holds = |lines: &str| !leak::find(lines, secrets).is_empty();
        let leaking = self.targets.iter().filter(|(_, lines)| holds(lines));
        leaking.map(|(target, _)| target.as_str()).partition(|target| is_ours(target))
    }
}

fn is_ours(target: &str) -> bool {
    let first = target.split("::").next().unwrap_or_default();
    ["receiver", "receiver_core", "receiver_serve"].contains(&first)
        || first.starts_with("example_")
}
