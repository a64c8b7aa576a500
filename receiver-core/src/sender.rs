//! The senders, a line each.

pub mod cmmshere;
pub mod sintegre;
pub mod standard_webhooks;
