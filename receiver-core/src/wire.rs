//! How real senders spell things: dates, numbers, names, text and codes, read leniently and
//! exactly.
//!
//! Senders are real systems with real habits. What is here reads their spellings without rounding,
//! without guessing, and without refusing a proven sender for an odd date. Nothing here knows a
//! sender by name: a sender picks the readers that fit, and so can a payload type of your own:
//!
//! ```
//! use receiver_core::wire::{date::LocalTime, decimal::{self, Decimal}, text};
//!
//! #[derive(serde::Deserialize)]
//! struct FinePaid {
//!     #[serde(deserialize_with = "text::id")]
//!     veiculo: String,
//!     #[serde(deserialize_with = "decimal::pt_br")]
//!     valor: Decimal,
//!     paga_em: LocalTime,
//! }
//!
//! let fine: FinePaid =
//!     serde_json::from_str(r#"{"veiculo": 42, "valor": "1.350,90", "paga_em": "15/01/2026"}"#)?;
//! assert_eq!(fine.veiculo, "42");
//! assert_eq!(fine.valor.cents(), Some(135_090));
//! assert_eq!(fine.paga_em.date().map(|day| day.to_string()).as_deref(), Some("2026-01-15"));
//! # Ok::<(), serde_json::Error>(())
//! ```

pub use private::Private;
pub use unread::Unread;

pub mod caseless;
pub mod date;
pub mod decimal;
pub mod fields;
pub mod fold;
pub(crate) mod open;
mod private;
pub(crate) mod scalar;
pub mod text;
mod unread;
