//! What the members are called.

use crate::wire::fields::Field;

// The first name of each was seen in real receivers; the others are inferred.
pub(super) const EVENT_ID: Field =
    Field::new(&["event_id", "eventId", "external_event_id", "id_evento"]);
pub(super) const EVENT_DESCRIPTION: Field =
    Field::new(&["event_description", "eventDescription", "descricao_evento", "descricao"]);
pub(super) const EVENT_AT: Field = Field::new(&["event_at", "eventAt", "data_evento", "data_hora"]);
pub(super) const CAMERA_ID: Field =
    Field::new(&["camera_id", "cameraId", "external_camera_id", "id_camera"]);
pub(super) const CAMERA_NAME: Field = Field::new(&["camera_name", "cameraName", "nome_camera"]);
pub(super) const CLIENT_ID: Field =
    Field::new(&["client_id", "clientId", "external_client_id", "id_cliente"]);
pub(super) const USER_ID: Field =
    Field::new(&["user_id", "userId", "external_user_id", "id_usuario"]);
pub(super) const EVENT_URL: Field = Field::new(&["event_url", "eventUrl", "url_evento"]);
pub(super) const EVENT_THUMB: Field = Field::new(&["event_thumb", "eventThumb", "thumb_evento"]);

pub(super) const KNOWN: [Field; 9] = [
    EVENT_ID,
    EVENT_DESCRIPTION,
    EVENT_AT,
    CAMERA_ID,
    CAMERA_NAME,
    CLIENT_ID,
    USER_ID,
    EVENT_URL,
    EVENT_THUMB,
];

pub(super) const EXPECTED: &str = "a Monuv event: at least one of event_id, event_at, camera_id, client_id, \
                        user_id, event_description, camera_name, event_url and event_thumb";
