//! The delivery that every subject is given: right, or wrong in all that it proves itself by.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use receiver_core::Secret;
use receiver_core::scheme::Signature;

/// A POST with every credential at once, so that it is equally long for everybody.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Name and value.
    pub headers: Vec<(String, String)>,
    /// The body, 1.1 KiB of JSON.
    pub body: String,
}

/// How a subject wants `Authorization`, if it looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authorization {
    /// `Bearer` and the secret's text.
    Bearer,
    /// `Basic`, with the secret's text as the password.
    Basic,
}

impl Delivery {
    /// Signed now.
    #[must_use]
    pub fn right(authorization: Authorization) -> Self {
        Self::of(SECRET, authorization)
    }

    /// The same with one byte more than was signed, and by somebody who knows no secret.
    #[must_use]
    pub fn wrong(authorization: Authorization) -> Self {
        let mut wrong = Self::of("somebody else's", authorization);
        wrong.body.push('\n');
        wrong
    }

    fn of(secret: &str, authorization: Authorization) -> Self {
        let body = include_str!("../../../receiver-core/samples/cmmshere/sol.created.json");
        let signature = Signature::standard_webhooks(Secret::from_whsec(SECRET).expect("a secret"));
        let signed = signature.sign(ID, SystemTime::now(), body.as_bytes());
        let authorization = match authorization {
            Authorization::Bearer => format!("Bearer {secret}"),
            Authorization::Basic => {
                format!("Basic {}", BASE64_STANDARD.encode(format!("{USER}:{secret}")))
            }
        };
        let plain = [
            ("content-type", "application/json"),
            ("user-agent", "Sender/1.0"),
            ("accept", "*/*"),
            ("authorization", &authorization),
        ];
        let plain = plain.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let signed = signed.into_iter().map(|(name, value)| (name.as_str().to_owned(), value));
        Self { headers: plain.into_iter().chain(signed).collect(), body: body.to_owned() }
    }

    /// Delivers it once. The status of the answer, and its body.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn send(&self, to: SocketAddr) -> io::Result<(u16, String)> {
        let mut stream = TcpStream::connect_timeout(&to, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut head = format!(
            "POST {PATH} HTTP/1.1\r\nhost: {to}\r\nconnection: close\r\ncontent-length: {}\r\n",
            self.body.len()
        );
        for (name, value) in &self.headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        stream.write_all(format!("{head}\r\n{}", self.body).as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
        let body = answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned());
        status.zip(body).ok_or_else(|| io::Error::other("no answer"))
    }
}

/// Where everybody takes it.
pub const PATH: &str = "/webhooks/signed";
/// What everybody knows, in `SIGNED_SECRET`. It protects nothing.
pub const SECRET: &str = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
/// The user beside it, where there is one.
pub const USER: &str = "erp";
/// What everybody answers to what is right.
pub const ACCEPTED: &str = r#"{"status":"accepted"}"#;

const ID: &str = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W";
const PATIENCE: Duration = Duration::from_secs(10);
