//! What an event is about: the kind's two halves, and the thing itself.

use super::{Asset, Client, WorkOrder, WorkRequest};
use crate::wire::Unread;
use crate::wire::open::open_enum;

open_enum! {
    /// What an event happened to: the first half of its kind.
    pub enum Object: str {
        /// `ot`, orden de trabajo.
        WorkOrder = "ot",
        /// `sol`, solicitud de trabajo.
        WorkRequest = "sol",
        /// `cli`, cliente.
        Client = "cli",
        /// `act`, activo.
        Asset = "act",
    }
}

open_enum! {
    /// What happened: the second half of an event's kind.
    pub enum Verb: str {
        /// It is new.
        Created = "created",
        /// It was changed.
        Updated = "updated",
        /// It was removed. Inferred: no page names it.
        Deleted = "deleted",
    }
}

/// Splits a kind at its last dot.
pub(super) fn split(kind: &str) -> (Object, Verb) {
    let (object, verb) = kind.rsplit_once('.').unwrap_or((kind, ""));
    (Object::from(object), Verb::from(verb))
}

/// The thing an event is about (`data.object`).
#[non_exhaustive]
#[derive(Clone, Debug)]
pub enum Subject {
    /// A work request (solicitud de trabajo).
    WorkRequest(WorkRequest),
    /// A work order (orden de trabajo).
    WorkOrder(WorkOrder),
    /// A client (cliente).
    Client(Client),
    /// An asset (activo).
    Asset(Asset),
    /// Anything else, or one of the above in a shape that is new: the whole `data`, not read yet.
    Other(Unread),
}

impl Subject {
    /// The thing's id, such as `sol_9zQaB1c2D`. It is not the id that CMMShere's REST interface
    /// uses; `codigo` is what the two have in common.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::WorkRequest(request) => Some(&request.id),
            Self::WorkOrder(order) => Some(&order.id),
            Self::Client(client) => Some(&client.id),
            Self::Asset(asset) => Some(&asset.id),
            Self::Other(_) => None,
        }
    }

    /// What was not read.
    #[must_use]
    pub fn unread(&self) -> Option<&Unread> {
        match self {
            Self::Other(unread) => Some(unread),
            _ => None,
        }
    }
}
