//! The sample `sol.created` as a plain serde struct, which is what anybody writes first. `tests/measured` reads
//! this file too.
#![expect(dead_code, reason = "what is done with it afterwards is not measured")]

use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct Envelope {
    created: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: WorkRequest,
    client: Option<Client>,
    user: Option<User>,
    asset: Option<Asset>,
}

#[derive(Deserialize)]
struct WorkRequest {
    id: String,
    codigo: Option<String>,
    titulo: Option<String>,
    descripcion: Option<String>,
    created: Option<String>,
}

#[derive(Deserialize)]
struct Client {
    id: Option<String>,
    codigo: Option<String>,
    nombre_comercial: Option<String>,
    nombre_legal: Option<String>,
    caracteristicas: Option<String>,
    nro_id: Option<String>,
    direccion: Option<String>,
    pais: Option<String>,
    ciudad: Option<String>,
    email: Option<String>,
    telefono: Option<String>,
}

#[derive(Deserialize)]
struct User {
    id: Option<String>,
    nombre: Option<String>,
    ap_paterno: Option<String>,
    ap_materno: Option<String>,
    email: Option<String>,
    username: Option<String>,
    descripcion: Option<String>,
}

#[derive(Deserialize)]
struct Asset {
    id: Option<String>,
    codigo: Option<String>,
    nombre: Option<String>,
    descripcion: Option<String>,
}
