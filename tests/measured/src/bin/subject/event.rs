//! The event that is read, by hand and by the receiver: the sample `sol.created`, as its consumer would write it.
#![expect(dead_code, reason = "what is done with it afterwards is not measured")]

use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct Event {
    created: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: WorkRequest,
    client: Client,
    user: User,
    asset: Asset,
}

#[derive(Deserialize)]
struct WorkRequest {
    id: String,
    codigo: String,
    titulo: String,
    descripcion: Option<String>,
    created: String,
}

#[derive(Deserialize)]
struct Client {
    id: String,
    codigo: String,
    nombre_comercial: String,
    nombre_legal: String,
    caracteristicas: Option<String>,
    nro_id: String,
    direccion: Option<String>,
    pais: Option<String>,
    ciudad: Option<String>,
    email: Option<String>,
    telefono: Option<String>,
}

#[derive(Deserialize)]
struct User {
    id: String,
    nombre: String,
    ap_paterno: Option<String>,
    ap_materno: Option<String>,
    email: Option<String>,
    username: String,
    descripcion: Option<String>,
}

#[derive(Deserialize)]
struct Asset {
    id: Option<String>,
}
