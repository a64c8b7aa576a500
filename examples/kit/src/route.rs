//! `Route`: what is generated and printed for an endpoint.

use std::io;

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};

/// An endpoint of the examples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/webhooks/sintegre`.
    Sintegre,
    /// `/webhooks/cmmshere`.
    Cmmshere,
    /// `/webhooks/monuv`.
    Monuv,
    /// `/webhooks/rabbot`.
    Rabbot,
    /// `/webhooks/voalle`.
    Voalle,
    /// `/webhooks/signed`.
    Signed,
    /// `/webhooks/own`.
    Own,
}

impl Route {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Sintegre,
        Self::Cmmshere,
        Self::Monuv,
        Self::Rabbot,
        Self::Voalle,
        Self::Signed,
        Self::Own,
    ];

    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Sintegre => "/webhooks/sintegre",
            Self::Cmmshere => "/webhooks/cmmshere",
            Self::Monuv => "/webhooks/monuv",
            Self::Rabbot => "/webhooks/rabbot",
            Self::Voalle => "/webhooks/voalle",
            Self::Signed => "/webhooks/signed",
            Self::Own => "/webhooks/own",
        }
    }

    /// The variables that hold its credentials.
    pub(crate) fn variables(self) -> &'static [&'static str] {
        match self {
            Self::Sintegre => &["SINTEGRE_USERNAME", "SINTEGRE_PASSWORD", "SINTEGRE_TOKEN"],
            Self::Cmmshere => &["CMMSHERE_TOKEN"],
            Self::Monuv => &["MONUV_TOKEN"],
            Self::Rabbot => &["RABBOT_TOKEN"],
            Self::Voalle => &["VOALLE_USERNAME", "VOALLE_PASSWORD"],
            Self::Signed => &["SIGNED_SECRET"],
            Self::Own => &["OWN_TOKEN"],
        }
    }

    /// A value for each of them.
    pub(crate) fn generate(self) -> io::Result<Vec<(&'static str, String)>> {
        let value = |name: &&'static str| {
            let random = random()?;
            Ok((
                *name,
                match *name {
                    "SINTEGRE_USERNAME" => "sintegre".to_owned(),
                    "VOALLE_USERNAME" => "voalle".to_owned(),
                    "SIGNED_SECRET" => format!("whsec_{}", BASE64_STANDARD.encode(random)),
                    _ => BASE64_URL_SAFE_NO_PAD.encode(random),
                },
            ))
        };
        self.variables().iter().map(value).collect()
    }

    /// A line for a shell that delivers something to it. `shown` gives a variable that is there, as
    /// it is to stand between double quotes.
    pub(crate) fn curl(self, url: &str, shown: &dyn Fn(&'static str) -> Option<String>) -> String {
        let credential = |name| shown(name).unwrap_or_default();
        let curl = format!("curl -i '{url}' -H 'Content-Type: application/json'");
        match self {
            Self::Sintegre if shown("SINTEGRE_USERNAME").is_some() => {
                let user = credential("SINTEGRE_USERNAME");
                let password = credential("SINTEGRE_PASSWORD");
                format!(r#"{curl} -u "{user}:{password}" -d '{PRODUCT}'"#)
            }
            Self::Sintegre => {
                let token = credential("SINTEGRE_TOKEN");
                format!(r#"{curl} -H "Authorization: {token}" -d '{PRODUCT}'"#)
            }
            Self::Cmmshere => {
                let token = credential("CMMSHERE_TOKEN");
                format!(r#"{curl} -H "Authorization: Bearer {token}" -d '{WORK_REQUEST}'"#)
            }
            Self::Monuv => {
                let token = credential("MONUV_TOKEN");
                format!(r#"{curl} -H "Authorization: Bearer {token}" -d '{ALERT}'"#)
            }
            Self::Rabbot => {
                let token = credential("RABBOT_TOKEN");
                format!(r#"{curl} -H "Authorization: {token}" -d '{CHECKLIST}'"#)
            }
            Self::Voalle => {
                let user = credential("VOALLE_USERNAME");
                let password = credential("VOALLE_PASSWORD");
                format!(r#"{curl} -H "username: {user}" -H "password: {password}" -d '{CONTRACT}'"#)
            }
            Self::Signed => {
                let secret = credential("SIGNED_SECRET");
                let curl = format!(
                    r#"{curl} -H "webhook-id: $id" -H "webhook-timestamp: $ts" -H "webhook-signature: v1,$sig" -d "$body""#
                );
                format!(r#"(secret="{secret}"; {SIGN}; {curl})"#)
            }
            Self::Own => {
                let token = credential("OWN_TOKEN");
                format!(r#"{curl} -H "Authorization: Bearer {token}" -d '{OWN}'"#)
            }
        }
    }
}

fn random() -> io::Result<[u8; 32]> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|_| io::Error::other("the system gives no random bytes"))?;
    Ok(bytes)
}

const PRODUCT: &str = r#"{"nome":"Exemplo","processo":"Processo","macroProcesso":"Macroprocesso","dataProduto":"15/01/2026","periodicidade":"2026-01-15T00:00:00","periodicidadeFinal":"2026-01-15T23:59:59","url":"https://apps08.ons.org.br/ONS.Sintegre.Proxy/webhook?token=example"}"#;

const WORK_REQUEST: &str = r#"{"created":"2026-01-15T12:30:00.000000Z","object":"event","type":"sol.created","data":{"object":{"id":"sol_1","object":"solicitud_trabajo","codigo":"RQ000123","titulo":"Fuga en la bomba 3","created":"2026-01-15T12:30:00.000000Z"}}}"#;

const ALERT: &str = r#"{"event_id":"E130","event_description":"Pessoa detectada","event_at":"2026-01-15 09:30:12","camera_id":"cam-042","client_id":"CLI-7"}"#;

const CHECKLIST: &str =
    r#"{"placa":"ABC1D23","checklist":"Entrega","km":"45.210","valor":"1.350,90"}"#;

const CONTRACT: &str = r#"{"CompanyId":1,"CompanyTxId":"00.000.000/0001-00","ActionType":1,"Contract":{"Number":"1042","Amount":99.9,"Status":{"Code":6,"Description":"Bloqueio Financeiro"}}}"#;

const OWN: &str = r#"{"id":"1","type":"greeting","created":"2026-01-15T12:30:00Z","n":42,"url":"https://example.com/1"}"#;

/// Signs `$body` with the first of the secrets in `$secret`, as Standard Webhooks says, in bash.
const SIGN: &str = r#"secret=${secret%% *}; key=$(printf %s "${secret#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \n'); ts=$(date +%s); id=msg_$ts; body='{"type":"greeting"}'; sig=$(printf %s "$id.$ts.$body" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)"#;
