//! One endpoint for several tenants, as a plain function of any bytes.

use std::borrow::Cow;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderName;
use receiver_core::scheme::{LookUpFailed, PerTenant, TenantAt, Token};
use receiver_core::{Json, Receiver, Request, Secret};

/// Any name of a tenant wherever it may stand, with any token: who is let in named a tenant and knows its
/// own secret, and whoever is not cannot tell whether there is such a tenant.
pub fn tenants(input: &[u8]) {
    let Some((place, input)) = input.split_first() else { return };
    let Some((name, token)) = who(input) else { return };
    let at = [
        TenantAt::LastSegment,
        TenantAt::Header(HeaderName::from_static("x-tenant")),
        TenantAt::query("tenant"),
    ];
    let at = at[usize::from(*place) % 3].clone();
    let receiver = Receiver::<Json<u8>>::new(PerTenant::new(at, NOBODY, look_up, scheme));

    let path = format!("/hooks/{name}");
    let escaped: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let query = format!("tenant={escaped}");
    let headers = [
        ("x-tenant", name.as_bytes()),
        ("x-token", token),
        ("content-type", b"application/json".as_slice()),
    ];
    let request = Request::new("POST", &path, &headers).with_query(Some(&query)).with_body("1");
    let is_its_own = |secret: Option<&str>| secret.is_some_and(|it| it.as_bytes() == token);
    match receiver.receive(&request, now()) {
        Ok(event) => {
            let tenant = event.proof.tenant().expect("a tenant");
            assert!(name.contains(tenant) && is_its_own(look_up(tenant).expect("a look-up")));
            assert!(!leaks(&format!("{event:?} {:?}", event.key())), "a secret is printed");
        }
        Err(rejection) => {
            let known = look_up(&name);
            assert!(!known.is_ok_and(is_its_own), "{name:?} is turned away");
            assert!(!leaks(&format!("{rejection:?} {rejection}")), "a secret is printed");
            let is_away = rejection.status() == 503;
            assert!(!is_away || name.contains("away"), "{name:?} was looked up");
            let answer = rejection.into_http(now());
            let nothing = http::HeaderMap::new();
            let nobody = Request::new("POST", "/", &nothing).with_body("1");
            let refused = receiver.receive(&nobody, now()).expect_err("nobody").into_http(now());
            let is_same = answer.headers() == refused.headers() && answer.body() == refused.body();
            assert!(is_away || answer.status() == 401 && is_same, "{name:?}: {answer:?}");
        }
    }
}

/// Who says to be there, and with which token: some that are known, or any bytes.
pub fn who(input: &[u8]) -> Option<(Cow<'_, str>, &[u8])> {
    let [whose, length, rest @ ..] = input else { return None };
    let (name, guess) = rest.split_at(usize::from(*length).min(rest.len()));
    let name = match *whose / 8 % 5 {
        0 => "acme".into(),
        1 => "zeta".into(),
        2 => "away".into(),
        3 => "stranger".into(),
        _ => String::from_utf8_lossy(name),
    };
    let token = match *whose % 8 {
        0 => ACME.as_bytes(),
        1 => ZETA.as_bytes(),
        2 => NOBODY.as_bytes(),
        _ => guess,
    };
    Some((name, token))
}

/// Whose secrets are known; the look-up of `away` fails.
pub fn look_up(name: &str) -> Result<Option<&'static str>, LookUpFailed> {
    match name {
        "acme" => Ok(Some(ACME)),
        "zeta" => Ok(Some(ZETA)),
        "away" => Err(LookUpFailed),
        _ => Ok(None),
    }
}

/// How a tenant proves itself.
pub fn scheme(secret: &'static str) -> Token {
    let key = Secret::new(secret).expect("a secret");
    Token::header(HeaderName::from_static("x-token"), key).expect("a token")
}

fn leaks(told: &str) -> bool {
    [ACME, ZETA, NOBODY].iter().any(|secret| told.contains(secret))
}

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_767_225_600)
}

const ACME: &str = "unguessed-acme-9f27c1d4";
const ZETA: &str = "unguessed-zeta-9f27c1d4";
/// What stands for a tenant that is not there: whoever finds it out has found nothing.
pub const NOBODY: &str = "unguessed-nobody-9f27c1d4";
