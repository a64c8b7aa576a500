//! What each example is tried with in its own tests: a delivery for each route, and the credentials
//! to take it with.

use std::env::VarError;
use std::time::SystemTime;

use receiver_core::Secret;
use receiver_core::scheme::Signature;

/// A delivery that is accepted with its credentials, and not without them.
#[derive(Debug)]
pub(crate) struct Delivery {
    pub(crate) path: &'static str,
    pub(crate) credentials: Vec<(String, String)>,
    pub(crate) body: String,
}

/// The environment of the examples' tests.
pub(crate) fn var(name: &'static str) -> Result<String, VarError> {
    Ok(match name {
        "SINTEGRE_USERNAME" => "Aladdin",
        "SINTEGRE_PASSWORD" => "open sesame",
        "SIGNED_SECRET" => "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        "VOALLE_USERNAME" => "erp",
        "CMMSHERE_TOKEN" | "MONUV_TOKEN" | "OWN_TOKEN" | "RABBOT_TOKEN" | "VOALLE_PASSWORD" => {
            "correct-horse"
        }
        _ => return Err(VarError::NotPresent),
    }
    .to_owned())
}

/// One for each route.
pub(crate) fn deliveries() -> Vec<Delivery> {
    let authorization = |value: &str| vec![("authorization".to_owned(), value.to_owned())];
    let signed = r#"{"type":"greeting"}"#;
    vec![
        Delivery {
            path: "/webhooks/sintegre",
            credentials: authorization("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
            body: sample("sintegre/product_published.daily.json"),
        },
        Delivery {
            path: "/webhooks/cmmshere",
            credentials: authorization("Bearer correct-horse"),
            body: sample("cmmshere/sol.created.json"),
        },
        Delivery {
            path: "/webhooks/monuv",
            credentials: authorization("Bearer correct-horse"),
            body: sample("monuv/analytic.json"),
        },
        Delivery {
            path: "/webhooks/rabbot",
            credentials: authorization("correct-horse"),
            body: sample("rabbot/checklist.json"),
        },
        Delivery {
            path: "/webhooks/voalle",
            credentials: [("username", "erp"), ("password", "correct-horse")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
            body: sample("voalle/contract.updated.json"),
        },
        Delivery {
            path: "/webhooks/signed",
            credentials: sign(signed.as_bytes()),
            body: signed.to_owned(),
        },
        Delivery {
            path: "/webhooks/own",
            credentials: authorization("Bearer correct-horse"),
            body: r#"{"id":"1","type":"greeting","n":42}"#.to_owned(),
        },
    ]
}

/// Signs as a Standard Webhooks sender does, now.
pub(crate) fn sign(body: &[u8]) -> Vec<(String, String)> {
    let secret = Secret::from_whsec(&var("SIGNED_SECRET").unwrap_or_default()).expect("a secret");
    let headers = Signature::standard_webhooks(secret).sign("msg_1", SystemTime::now(), body);
    headers.into_iter().map(|(name, value)| (name.to_string(), value)).collect()
}

fn sample(name: &str) -> String {
    let path = format!("{}/../../receiver-core/samples/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("a sample")
}
