//! The test kit: what it sends is accepted in every framework, and what goes wrong with it is answered
//! as it says.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails, and says where"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::slice;

use receiver_core::scheme::dangerous::Anonymous;
use receiver_core::scheme::{Ed25519, Layout, Part, PublicKey, Strength, catalog};
use receiver_core::testing::{
    Clock, Credential, Fault, Outgoing, Unsendable, Way, to_actix, to_warp, ways,
};
use receiver_core::{
    AuthError, Cause, Event, Json, Key, Receiver, Rejection, Request, Secret, cmmshere, monuv,
    rabbot, samples, sintegre, standard_webhooks, voalle,
};
use receiver_tests::client::{by_actix, by_axum, by_warp};
use receiver_tests::leak;
use receiver_tests::own::Anything;

#[test]
fn every_sample_is_accepted_in_every_way_of_its_sender() {
    let mut senders = BTreeSet::new();
    for sample in samples::all() {
        senders.insert(sample.sender);
        for way in ways(sample.sender) {
            let outgoing = Outgoing::sample(sample).to(PATH).with_credential(credential(&way));
            receive(sample.sender, &way, &outgoing, None);
        }
    }
    let ways: Vec<_> = senders.iter().map(|sender| ways(sender).len()).collect();
    assert_eq!(ways, [3, 4, 3, 2, 1, 5], "{senders:?}");
}

#[test]
fn every_fault_of_every_sender_is_answered_as_it_says() {
    for sender in ["cmmshere", "monuv", "rabbot", "sintegre", "standard_webhooks", "voalle"] {
        for way in ways(sender) {
            let is_json = |it: &&samples::Sample| it.content_type == Some("application/json");
            let sample = samples::all().filter(is_json).find(|it| it.sender == sender);
            let outgoing = Outgoing::sample(sample.expect("a sample")).to(PATH);
            let outgoing = outgoing.with_credential(credential(&way));
            for fault in Fault::ALL {
                receive(sender, &way, &outgoing, Some(fault));
            }
        }
    }
}

#[test]
fn every_fault_of_every_row_of_the_catalogue_is_answered_as_it_says() {
    for row in catalog::senders() {
        let (name, layout) = (row.name(), row.layout());
        let ways = ways(name);
        assert_eq!(ways, [Way::Signature(layout.clone())], "{name}");
        let credential = ways.first().expect("a way").credential(KEY_TEXT).expect("a credential");
        let outgoing = outgoing(layout).with_credential(credential.with_public_url(URL));
        assert_eq!(outgoing.strength(), layout.strength(), "{name}");

        let mut impossible = Vec::new();
        if layout.timestamp().is_none_or(|timestamp| timestamp.tolerance().is_none()) {
            impossible.extend(TIMES);
        }
        if signs_form(layout) && layout.strength() < Strength::Body {
            impossible.push(Fault::TruncatedBody);
        }
        let outgoing = (&outgoing, &*impossible);
        let scheme = || row.signature(KEY_TEXT).expect("a key").with_public_url(URL);
        let signs_field = layout.content().iter().any(|part| matches!(part, Part::FormField(_)));
        for fault in [None].into_iter().chain(Fault::ALL.map(Some)) {
            if signs_field && fault == Some(Fault::TamperedBody) {
                // A strength cannot say whether the part that is tampered with is the signed one.
                continue;
            }
            if signs_form(layout) {
                let receiver = Receiver::<Anything>::new(scheme().expect("a URL"));
                check(name, receiver, outgoing, fault);
            } else {
                let scheme = scheme().expect("a URL");
                let receiver = Receiver::<Json<serde_json::Value>>::new(scheme);
                check(name, receiver, outgoing, fault);
            }
        }
    }
}

/// Only its sender can sign: the receiver is given the public key.
#[test]
fn every_fault_of_a_signature_by_a_private_key_is_answered_as_it_says() {
    // RFC 8032, section 7.1, test 1.
    let public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    let private = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    let scheme = || Ed25519::discord(PublicKey::from_hex(public).expect("a key"));
    let private = Secret::from_hex(private).expect("a key");
    let credential = Credential::ed25519(scheme().layout().clone(), private);
    let outgoing = Outgoing::json(PATH, r#"{"type":1}"#).with_credential(credential);
    for fault in [None].into_iter().chain(Fault::ALL.map(Some)) {
        let receiver = Receiver::<Json<serde_json::Value>>::new(scheme());
        check("discord", receiver, (&outgoing, &[]), fault);
    }
    let outgoing =
        outgoing.with_credential(Credential::ed25519(scheme().layout().clone(), secret()));
    let error = outgoing.request(Clock::default().now()).expect_err("no key of 32 bytes");
    assert_eq!(error, Unsendable::Malformed);
}

#[test]
fn a_duplicate_is_the_same_and_the_order_is_the_other_way_round() {
    let numbers = ["1", "2", "3"].map(|number| Outgoing::json(PATH, number).with_id(number));
    let signed = numbers.map(|one| one.with_credential(signature()));
    let bodies = |fault: Fault| {
        let sent = fault.apply(&signed, Clock::default().now()).expect("requests");
        sent.into_iter().map(|it| (it.headers().clone(), it.into_body())).collect::<Vec<_>>()
    };
    let twice = bodies(Fault::Duplicate);
    let texts: Vec<_> = twice.iter().map(|(_, body)| &body[..]).collect();
    assert_eq!(texts, [b"1", b"1", b"2", b"2", b"3", b"3"]);
    assert!(twice.chunks(2).all(|pair| pair.first() == pair.last()));
    let texts: Vec<_> = bodies(Fault::Reordered).into_iter().map(|(_, body)| body).collect();
    assert_eq!(texts, ["3", "2", "1"]);
}

/// Both parts of a proof go wrong, and both are covered.
#[test]
fn a_request_may_have_several_credentials() {
    let outgoing = Outgoing::json(PATH, "{}");
    assert_eq!(outgoing.strength(), Strength::Unproven);
    let outgoing = outgoing.with_credential(credential(&Way::Query("token")));
    assert_eq!(outgoing.strength(), Strength::SharedToken);
    let outgoing = outgoing.with_credential(signature());
    assert_eq!(outgoing.strength(), Strength::Body);
    let request = outgoing.request(Clock::default().now()).expect("a request");
    assert_eq!(request.uri().query(), Some("token=correct-horse%2F5d0c"));
    assert!(request.headers().contains_key("webhook-signature"));
}

#[test]
fn what_cannot_be_sent_says_so() {
    let check = |outgoing: &Outgoing, expected: Unsendable| {
        let error = outgoing.request(Clock::default().now()).expect_err("no request");
        assert_eq!(error, expected);
        assert!(!error.to_string().is_empty());
    };
    let outgoing = Outgoing::json(PATH, "{}");
    check(&Outgoing::new("PO ST", PATH), Unsendable::Malformed);
    check(&Outgoing::new("POST", "/a b"), Unsendable::Malformed);
    check(&outgoing.clone().with_header("a b", "c"), Unsendable::Malformed);
    check(&outgoing.clone().with_header("a", "b\nc"), Unsendable::Malformed);
    let token = Secret::new("a\nb").expect("a secret");
    check(&outgoing.clone().with_credential(Credential::token(token)), Unsendable::Malformed);

    let square = catalog::find("square").expect("a row").layout().clone();
    let square = Credential::new(Way::Signature(square), secret());
    let unsigned = outgoing.clone().with_credential(square.clone());
    check(&unsigned, Unsendable::Signature(AuthError::NoPublicUrl));
    let mislaid = outgoing.with_credential(square.with_public_url("example.com"));
    let error = mislaid.request(Clock::default().now()).expect_err("no request");
    assert!(matches!(error, Unsendable::PublicUrl(_)), "{error:?}");

    for fault in Fault::ALL {
        let bare = Outgoing::new("GET", PATH).with_fault(fault);
        let possible = [Fault::Duplicate, Fault::Reordered, Fault::WrongContentType];
        if possible.contains(&fault) || fault == Fault::HugeBody {
            assert!(bare.request(Clock::default().now()).is_ok(), "{fault}");
        } else {
            check(&bare, Unsendable::Inapplicable(fault));
        }
    }
}

#[test]
fn the_names_of_the_faults_are_words_and_stand_once() {
    let names: BTreeSet<_> = Fault::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(names.len(), Fault::ALL.len());
    let is_plain = |name: &String| name.chars().all(|it| it.is_ascii_lowercase() || it == '-');
    assert!(names.iter().all(is_plain), "{names:?}");
}

#[test]
fn nothing_prints_its_secrets() {
    let mut printed = String::new();
    let senders = ["cmmshere", "monuv", "sintegre", "standard_webhooks", "voalle"];
    for way in senders.iter().flat_map(|sender| ways(sender)) {
        let credential =
            credential(&way).with_public_url("https://erp:correct-horse/5d0c@a.example");
        let outgoing = Outgoing::new("POST", "/?key=correct-horse/5d0c")
            .with_header("x-key", "correct-horse/5d0c")
            .with_body("correct-horse/5d0c")
            .with_credential(credential.clone());
        write!(printed, "{way:?} {credential:?} {outgoing:?}").expect("text");
        // The value is marked as sensitive, so that `http` does not print it either.
        if !matches!(way, Way::Query(_)) {
            let outgoing = Outgoing::new("POST", PATH).with_credential(self::credential(&way));
            let request = outgoing.request(Clock::default().now());
            write!(printed, "{request:?}").expect("text");
        }
    }
    assert!(printed.len() > 4000, "{printed}");
    assert_eq!(leak::find(&printed, &[SECRET.as_bytes()]), [""; 0], "{printed}");
}

/// warp's builder would drop the first unsaid.
#[test]
fn a_repeated_header_stays_repeated_or_is_refused() {
    let outgoing = Outgoing::new("POST", "/a?b=c").with_header("x-a", "1").with_header("X-A", "2");
    let request = outgoing.request(Clock::default().now()).expect("a request");
    assert!(matches!(to_warp(&request), Err(Unsendable::RepeatedHeader)));
    let request = to_actix(request).to_http_request();
    let values: Vec<_> = request.headers().get_all("x-a").map(AsRef::<[u8]>::as_ref).collect();
    assert_eq!(values, [b"1", b"2"]);
    assert_eq!(request.uri(), "/a?b=c");
}

/// What the request itself says about its length is what is sent.
#[test]
fn a_length_that_is_a_lie_is_kept() {
    let outgoing = Outgoing::json(PATH, "{}").with_header("content-length", "1048577");
    let anonymous = Anonymous::because("the test is about the length");
    let receiver = Receiver::<Anything>::new(anonymous);
    let request = outgoing.request(Clock::default().now()).expect("a request");
    for (framework, status) in play(&receiver, &request) {
        assert_eq!(status, 413, "{framework}");
    }
}

/// An endpoint of this sender for this way is given it.
#[track_caller]
fn receive(sender: &str, way: &Way, outgoing: &Outgoing, fault: Option<Fault>) {
    let timed = matches!(way, Way::Signature(_));
    let impossible: &[Fault] = if timed { &[] } else { &TIMES };
    let outgoing = (outgoing, impossible);
    let key = || Key::new(secret());
    match (sender, way) {
        ("cmmshere", _) => check(sender, cmmshere::token(key()).expect("one"), outgoing, fault),
        ("monuv", _) => check(sender, monuv::token(key()).expect("one"), outgoing, fault),
        ("rabbot", _) => check(sender, rabbot::token::<()>(key()).expect("one"), outgoing, fault),
        ("sintegre", _) => {
            let receiver = sintegre::basic_or_token(USER, key(), key()).expect("one");
            check(sender, receiver, outgoing, fault);
        }
        ("standard_webhooks", _) => {
            check(sender, standard_webhooks::receiver(key()), outgoing, fault);
        }
        ("voalle", Way::Pair(..)) => {
            let receiver = voalle::username_password(USER, key()).expect("one");
            check(sender, receiver, outgoing, fault);
        }
        ("voalle", _) => check(sender, voalle::token(key()).expect("one"), outgoing, fault),
        _ => panic!("{sender} is not tested"),
    }
}

/// It is answered, or cannot happen, as the fault says, for the reason that it is.
#[track_caller]
fn check<E>(
    name: &str,
    receiver: Receiver<E>,
    (outgoing, impossible): (&Outgoing, &[Fault]),
    fault: Option<Fault>,
) where
    E: Event + Send + 'static,
{
    let (clock, strength) = (Clock::default(), outgoing.strength());
    let receiver = receiver.with_clock(clock.reader());
    let of = |fault: Fault| fault.apply(slice::from_ref(outgoing), clock.now());
    let sent = match fault {
        None => outgoing.request(clock.now()).map(|request| vec![request]),
        Some(fault) if impossible.contains(&fault) => {
            return assert_eq!(of(fault).err(), Some(Unsendable::Inapplicable(fault)));
        }
        Some(fault) => of(fault),
    };
    let expected = fault.map_or(200, |fault| fault.status(strength).as_u16());
    for request in sent.expect("requests") {
        let what = format!("{name}, {fault:?}, {outgoing:?}");
        for (framework, status) in play(&receiver, &request) {
            assert_eq!(status, expected, "{framework}: {what}");
        }
        let refused = receiver.receive(&Request::from(&request), clock.now()).err();
        if let Some(Cause::Auth(cause)) = refused.as_ref().map(Rejection::cause) {
            assert!(is_cause(fault, *cause), "{cause:?}: {what}");
        }
    }
}

/// What each framework answers, and the bare core.
fn play<E>(
    receiver: &Receiver<E>,
    request: &http::Request<bytes::Bytes>,
) -> [(&'static str, u16); 4]
where
    E: Event + Send + 'static,
{
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_time().build().expect("a runtime");
    let bare = receiver.receive(&Request::from(request), Clock::default().now());
    let bare = bare.map_or_else(|refused| refused.status().as_u16(), |_| 200);
    let own = || (receiver.clone(), request.clone());
    runtime.block_on(async {
        let (for_axum, for_actix, for_warp) = (own(), own(), own());
        [
            ("the bare core", bare),
            ("axum", by_axum(for_axum.0, for_axum.1).await.status),
            ("actix-web", by_actix(for_actix.0, for_actix.1).await.status),
            ("warp", by_warp(for_warp.0, for_warp.1).await.status),
        ]
    })
}

/// Whether this is why a request with this fault is refused.
fn is_cause(fault: Option<Fault>, cause: AuthError) -> bool {
    match fault {
        Some(Fault::TamperedBody | Fault::WrongSecret) => {
            matches!(cause, AuthError::Mismatch | AuthError::SignatureMismatch)
        }
        Some(Fault::TruncatedBody) => cause == AuthError::SignatureMismatch,
        Some(Fault::StaleTimestamp) => cause == AuthError::Stale,
        Some(Fault::FutureTimestamp) => cause == AuthError::Future,
        Some(Fault::MissingCredential) => cause == AuthError::Missing,
        Some(Fault::RepeatedCredential) => cause == AuthError::Repeated,
        _ => false,
    }
}

/// A request as whoever signs so sends it.
fn outgoing(layout: &Layout) -> Outgoing {
    let outgoing = Outgoing::new("POST", "/hooks/rows?data.id=17&a=b%20c").with_id("3f2504e0");
    let field = layout.content().iter().find_map(|part| match part {
        Part::FormField(name) => Some(&**name),
        Part::Form => Some("payload"),
        _ => None,
    });
    match field {
        Some(name) => outgoing
            .with_header("content-type", "application/x-www-form-urlencoded")
            .with_body(format!("{name}=17")),
        None => outgoing.with_header("content-type", "application/json").with_body(r#"{"n":17}"#),
    }
}

fn signs_form(layout: &Layout) -> bool {
    layout.content().iter().any(|part| matches!(part, Part::Form | Part::FormField(_)))
}

fn credential(way: &Way) -> Credential {
    Credential::new(way.clone(), secret()).with_user(USER)
}

fn signature() -> Credential {
    Credential::signature(Layout::STANDARD_WEBHOOKS, secret())
}

fn secret() -> Secret {
    Secret::new(SECRET).expect("a secret")
}

const TIMES: [Fault; 2] = [Fault::StaleTimestamp, Fault::FutureTimestamp];
const PATH: &str = "/hooks/here";
const URL: &str = "https://example.com/hooks?given=before";
const USER: &str = "erp";
const SECRET: &str = "correct-horse/5d0c";
/// A key in every form that the settings of a sender show one in.
const KEY_TEXT: &str = "c0ffee00c0ffee00c0ffee00c0ffee00";
