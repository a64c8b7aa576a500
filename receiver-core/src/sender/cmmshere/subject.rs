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
/// Kind and thing are two questions: what is new in either is kept, and is no error.
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::cmmshere::{self, Asset, Client, Object, Subject, User, Verb, WorkOrder, WorkRequest};
/// use receiver_core::wire::Private;
/// use receiver_core::{Request, Secret};
///
/// fn code(subject: &Subject) -> Option<&str> {
///     match subject {
///         Subject::WorkRequest(WorkRequest { codigo, .. })
///         | Subject::WorkOrder(WorkOrder { codigo, .. })
///         | Subject::Client(Client { codigo, .. })
///         | Subject::Asset(Asset { codigo, .. }) => codigo.as_deref(),
///         _ => None, // new, and not read yet
///     }
/// }
///
/// let body = r#"{
///     "created": "2026-01-15 12:30:00",
///     "type": "sol.created",
///     "data": {
///         "object": {"id": "sol_9zQaB1c2D", "codigo": "RQ000123", "titulo": "Fuga de agua"},
///         "user": {"id": "usr_1", "nombre": "Fulana", "ap_paterno": " "}
///     }
/// }"#;
/// let headers = vec![
///     ("authorization", "Bearer correct-horse"),
///     ("content-type", "application/json"),
/// ];
/// let request = Request::new("POST", "/", &headers).with_body(body);
/// let received = cmmshere::token(Secret::new("correct-horse")?)?.receive(&request, SystemTime::now())?;
///
/// let event = &received.event;
/// assert_eq!((&event.object, &event.verb), (&Object::WorkRequest, &Verb::Created));
/// assert_eq!(code(&event.subject), Some("RQ000123"));
/// let user: &User = event.user.as_ref().ok_or("no user")?;
/// assert_eq!((user.nombre.as_ref().map(Private::as_str), &user.ap_paterno), (Some("Fulana"), &None));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
