//! One synthetic payload for each kind of event of each sender, for tests and for trying.
//!
//! ```
//! use receiver_core::samples::{Sample, all, find};
//!
//! let sample: &Sample = find("cmmshere", "sol.created").unwrap();
//! assert_eq!(sample.method, "POST");
//! assert!(sample.body.starts_with(b"{"));
//!
//! let of_voalle: Vec<&str> =
//!     all().filter(|sample| sample.sender == "voalle").map(|sample| sample.name).collect();
//! assert!(of_voalle.contains(&"contract.updated"));
//! ```

use crate::sender::SAMPLES;

/// A sample in a JSON body.
macro_rules! json {
    ($sender:literal, $name:literal) => {
        $crate::samples::Sample {
            sender: $sender,
            name: $name,
            method: "POST",
            content_type: Some("application/json"),
            query: None,
            body: include_bytes!(concat!("../../samples/", $sender, "/", $name, ".json")),
        }
    };
}

/// A sample in a form body.
macro_rules! form {
    ($sender:literal, $name:literal) => {
        $crate::samples::Sample {
            sender: $sender,
            name: concat!($name, ".form"),
            method: "POST",
            content_type: Some("application/x-www-form-urlencoded"),
            query: None,
            body: include_bytes!(concat!("../../samples/", $sender, "/", $name, ".form")),
        }
    };
}

/// A sample in the query, without a body.
macro_rules! query {
    ($sender:literal, $name:literal) => {
        $crate::samples::Sample {
            sender: $sender,
            name: concat!($name, ".query"),
            method: "GET",
            content_type: None,
            query: Some(include_str!(concat!("../../samples/", $sender, "/", $name, ".query"))),
            body: b"",
        }
    };
}

pub(crate) use {form, json, query};

/// A synthetic payload of a sender.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The sender's name, as in [`Event::SENDER`](crate::Event::SENDER).
    pub sender: &'static str,
    /// The sample's name: the kind of event, and what is special about it.
    pub name: &'static str,
    /// The method it is sent with.
    pub method: &'static str,
    /// Its content type, if it has a body.
    pub content_type: Option<&'static str>,
    /// What stands behind the `?` of the URL, if the sender puts its fields there.
    pub query: Option<&'static str>,
    /// The body.
    pub body: &'static [u8],
}

/// All samples, sender by sender.
pub fn all() -> impl Iterator<Item = &'static Sample> {
    SAMPLES.iter().copied().flatten()
}

/// The sample of this name.
#[must_use]
pub fn find(sender: &str, name: &str) -> Option<&'static Sample> {
    all().find(|sample| sample.sender == sender && sample.name == name)
}
