//! The log as a test sees it: every event of this thread, with all its fields.

use std::cell::RefCell;
use std::fmt;
use std::sync::Once;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// One event or new span, at any level: its target and fields.
#[derive(Clone, Debug)]
pub struct Line {
    target: &'static str,
    level: tracing::Level,
    fields: Vec<(&'static str, String)>,
}

impl Line {
    /// Whether it is the one line of a request.
    #[must_use]
    pub fn is_delivery(&self) -> bool {
        self.target == "receiver" && self.field("message") == Some("delivery")
    }

    /// The target.
    #[must_use]
    pub fn target(&self) -> &'static str {
        self.target
    }

    /// The level.
    #[must_use]
    pub fn level(&self) -> tracing::Level {
        self.level
    }

    /// The names of the fields, in order.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        self.fields.iter().map(|(name, _)| *name).collect()
    }

    /// A field's value as it is printed.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut values = self.fields.iter().filter(|(candidate, _)| *candidate == name);
        values.next().map(|(_, value)| value.as_str())
    }
}

/// What is wrong with what was logged while one delivery was answered, if anything is: there is one
/// line of it, and nothing in it speaks to a terminal.
#[must_use]
pub fn complaint(log: &[Line]) -> Option<String> {
    let fields = log.iter().flat_map(|line| line.names().into_iter().map(|name| line.field(name)));
    if fields.flatten().any(|value| value.contains(char::is_control)) {
        return Some(format!("a control character in {log:?}"));
    }
    let lines = log.iter().filter(|line| line.is_delivery()).count();
    (lines != 1).then(|| format!("{lines} lines in {log:?}"))
}

/// Does the work and gives what this thread logged meanwhile, at every level, by `tracing` or `log`.
///
/// The subscriber is the process's only one and sorts by thread, because a subscriber for a scope
/// may miss a call site that another test's thread reached first.
pub fn capture<T>(work: impl FnOnce() -> T) -> (T, Vec<Line>) {
    static INSTALL: Once = Once::new();
    INSTALL.call_once(|| {
        tracing::subscriber::set_global_default(Collector).expect("no other subscriber");
        tracing_log::LogTracer::init().expect("no other logger");
    });
    LINES.take();
    let result = work();
    (result, LINES.take())
}

thread_local! {
    static LINES: RefCell<Vec<Line>> = const { RefCell::new(Vec::new()) };
}

struct Collector;

impl Collector {
    fn keep(metadata: &Metadata<'static>, record: impl FnOnce(&mut Fields)) {
        let mut fields = Fields(Vec::new());
        record(&mut fields);
        let line = Line { target: metadata.target(), level: *metadata.level(), fields: fields.0 };
        LINES.with_borrow_mut(|lines| lines.push(line));
    }
}

impl Subscriber for Collector {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        Self::keep(span.metadata(), |fields| span.record(fields));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        Self::keep(event.metadata(), |fields| event.record(fields));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Fields(Vec<(&'static str, String)>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.push((field.name(), format!("{value:?}")));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.push((field.name(), value.to_owned()));
    }
}
