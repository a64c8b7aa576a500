//! Whether the time of a refusal tells how near the credential was to the right one.
//!
//! `cargo bench -p receiver-core --bench constant_time [-- NAME]`; how to read it is in
//! `docs/constant-time.md`. The names that begin with `leaks_` are controls, and so is
//! `nothing_to_find`: a measurement that does not find the leaks, or finds one where both classes are the
//! same, says nothing.
#![expect(
    clippy::expect_used,
    reason = "a bench that cannot go on fails, and says where; it is no library"
)]

use std::hint::black_box;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use base64::Engine as _;
use dudect_bencher::ctbench::{BenchMetadata, BenchName, BenchOpts, run_benches_console};
use dudect_bencher::rand::RngExt as _;
use dudect_bencher::{BenchRng, Class, CtRunner};
use http::HeaderName;
use receiver_core::scheme::{
    Basic, Bearer, Encoding, Hash, HeaderPair, Layout, PerTenant, Signature, TenantAt, Token,
};
use receiver_core::{Request, Scheme, Secret, handshake};

fn main() -> std::io::Result<()> {
    // Cargo adds `--bench` to the arguments.
    let filter = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let bench = |&(name, benchfn)| BenchMetadata { name: BenchName(name), seed: None, benchfn };
    let options = BenchOpts { filter, ..BenchOpts::default() };
    run_benches_console(options, BENCHES.iter().map(bench).collect())
}

type Bench = fn(&mut CtRunner, &mut BenchRng);

/// Each has two classes of input: what should take the same time.
const BENCHES: [(&str, Bench); 18] = [
    ("leaks_byte_by_byte", |runner, rng| {
        leaks(runner, rng, |sent| sent.bytes().zip(SECRET.bytes()).all(|(a, b)| a == b));
    }),
    ("leaks_equals_sign", |runner, rng| leaks(runner, rng, |sent| sent == black_box(SECRET))),
    ("nothing_to_find", |runner, rng| {
        let [sent, _] = wrong_at_either_end(SECRET).map(|it| [format!("Bearer {it}")]);
        let sent = [sent.clone(), sent];
        check(runner, rng, &Bearer::new(key()).expect("a token"), ["authorization"], &sent);
    }),
    ("bearer_first_or_last_byte", |runner, rng| {
        let sent = wrong_at_either_end(SECRET).map(|it| [format!("Bearer {it}")]);
        check(runner, rng, &Bearer::new(key()).expect("a token"), ["authorization"], &sent);
    }),
    ("token_first_or_last_byte", |runner, rng| {
        let name = HeaderName::from_static("x-token");
        let sent = wrong_at_either_end(SECRET).map(|it| [it]);
        check(runner, rng, &Token::header(name, key()).expect("a token"), ["x-token"], &sent);
    }),
    ("basic_first_or_last_byte", |runner, rng| {
        let sent = wrong_at_either_end(SECRET).map(|it| [basic("erp", &it)]);
        let scheme = Basic::new("erp", key()).expect("credentials");
        check(runner, rng, &scheme, ["authorization"], &sent);
    }),
    ("basic_right_or_wrong_user", |runner, rng| {
        let sent = ["erp", "ERP"].map(|user| [basic(user, WRONG)]);
        let scheme = Basic::new("erp", key()).expect("credentials");
        check(runner, rng, &scheme, ["authorization"], &sent);
    }),
    ("pair_first_or_last_byte", |runner, rng| {
        let sent = wrong_at_either_end(SECRET).map(|it| ["erp".to_owned(), it]);
        let scheme = HeaderPair::username_password("erp", key()).expect("a pair");
        check(runner, rng, &scheme, ["username", "password"], &sent);
    }),
    ("pair_right_or_wrong_user", |runner, rng| {
        let sent = ["erp", "ERP"].map(|user| [user.to_owned(), WRONG.to_owned()]);
        let scheme = HeaderPair::username_password("erp", key()).expect("a pair");
        check(runner, rng, &scheme, ["username", "password"], &sent);
    }),
    ("signature_hex_first_or_last_byte", |runner, rng| {
        signature(runner, rng, Hash::Sha256, Encoding::Hex);
    }),
    ("signature_base64_first_or_last_byte", |runner, rng| {
        signature(runner, rng, Hash::Sha256, Encoding::Base64);
    }),
    ("signature_sha1_first_or_last_byte", |runner, rng| {
        signature(runner, rng, Hash::Sha1, Encoding::Hex);
    }),
    ("signature_sha512_first_or_last_byte", |runner, rng| {
        signature(runner, rng, Hash::Sha512, Encoding::Hex);
    }),
    ("standard_webhooks_first_or_last_byte", |runner, rng| {
        let scheme = Signature::standard_webhooks(key());
        let signed = scheme.sign("msg_1", UNIX_EPOCH, BODY).into_iter().map(|(_, value)| value);
        let [id, at, right] = signed.collect::<Vec<_>>().try_into().expect("three headers");
        let right = right.strip_prefix("v1,").expect("a version");
        let sent = wrong_at_either_end(right);
        let sent = sent.map(|it| [id.clone(), at.clone(), format!("v1,{it}")]);
        let names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
        check(runner, rng, &scheme, names, &sent);
    }),
    ("signature_near_first_or_second_key", |runner, rng| {
        // Two tags differ everywhere, so in base64, which is read without a branch for a letter.
        let layout = || {
            let header = HeaderName::from_static("x-signature");
            Layout::body(header, Hash::Sha256, Encoding::Base64)
        };
        let keys = [Secret::new(WRONG).expect("a secret"), key()];
        let sent = keys.clone().map(|key| {
            let signed = Signature::new(layout(), key).sign("", UNIX_EPOCH, BODY);
            let [_, near] = wrong_at_either_end(&signed.first().expect("a header").1);
            [near]
        });
        let [first, second] = keys;
        let scheme = Signature::new(layout(), first).with(second);
        check(runner, rng, &scheme, ["x-signature"], &sent);
    }),
    ("tenant_known_or_unknown", |runner, rng| tenant(runner, rng, false)),
    ("tenant_one_or_another_known", |runner, rng| tenant(runner, rng, true)),
    ("meta_token_first_or_last_byte", |runner, rng| {
        let headers = http::HeaderMap::new();
        let sent = wrong_at_either_end(SECRET);
        let sent =
            sent.map(|it| [format!("hub.mode=subscribe&hub.challenge=1&hub.verify_token={it}")]);
        let token = key();
        time(runner, rng, ["query"], &sent, |[(_, query)]| {
            let request = Request::new("GET", "/", &headers).with_query(Some(query));
            handshake::meta::answer(&request, &token).is_ok()
        });
    }),
];

/// A right name with a wrong secret, or a wrong name; or two right names. The look-up is the caller's;
/// this one finds a scheme that is ready made.
fn tenant(runner: &mut CtRunner, rng: &mut BenchRng, are_both_known: bool) {
    let scheme =
        |secret: &str| Signature::new(Layout::GITHUB, Secret::new(secret).expect("a secret"));
    let [known, other, decoy] = [SECRET, WRONG, WRONG].map(|it| Arc::new(scheme(it)));
    let look_up = move |tenant: &str| {
        Ok(match tenant {
            "acme" => Some(Arc::clone(&known)),
            "acne" if are_both_known => Some(Arc::clone(&other)),
            _ => None,
        })
    };
    let tenants = PerTenant::new(TenantAt::LastSegment, decoy, look_up, |scheme| scheme);
    let signed = scheme("neither-of-them").sign("", UNIX_EPOCH, BODY);
    let sent = ["/acme", "/acne"].map(|path| [path.to_owned()]);
    time(runner, rng, ["path"], &sent, |[(_, path)]| {
        let request = Request::new("POST", path, &signed).with_body(BODY);
        tenants.verify(&request, UNIX_EPOCH).is_ok()
    });
}

fn signature(runner: &mut CtRunner, rng: &mut BenchRng, hash: Hash, encoding: Encoding) {
    let layout = Layout::body(HeaderName::from_static("x-signature"), hash, encoding);
    let scheme = Signature::new(layout, key());
    let right = scheme.sign("", UNIX_EPOCH, BODY).remove(0).1;
    let sent = wrong_at_either_end(&right).map(|it| [it]);
    check(runner, rng, &scheme, ["x-signature"], &sent);
}

/// A comparison of tokens as it should not be.
fn leaks(runner: &mut CtRunner, rng: &mut BenchRng, is_secret: impl Fn(&str) -> bool) {
    let sent = wrong_at_either_end(SECRET).map(|it| [it]);
    time(runner, rng, ["token"], &sent, |[(_, sent)]| is_secret(sent));
}

/// Refuses requests whose headers of these names have the values of one class or the other.
fn check<const N: usize>(
    runner: &mut CtRunner,
    rng: &mut BenchRng,
    scheme: &dyn Scheme,
    names: [&'static str; N],
    classes: &[[String; N]; 2],
) {
    time(runner, rng, names, classes, |headers| {
        let request = Request::new("POST", "/", headers).with_body(BODY);
        scheme.verify(&request, UNIX_EPOCH).is_ok()
    });
}

/// Refuses the values of one class or the other, in an order drawn by lot.
///
/// What goes before a measurement is the same for both, without a branch and in the same places in
/// memory: the processor remembers branches and places, and would tell the classes apart by those.
fn time<const N: usize>(
    runner: &mut CtRunner,
    rng: &mut BenchRng,
    names: [&'static str; N],
    classes: &[[String; N]; 2],
    is_accepted: impl Fn(&[(&'static str, String); N]) -> bool,
) {
    let [left, right] = classes;
    let mut values = names.map(|name| (name, String::new()));
    for _ in 0..SAMPLES {
        let side = u8::from(rng.random::<bool>());
        let mask = 0_u8.wrapping_sub(side);
        for ((_, value), (left, right)) in values.iter_mut().zip(left.iter().zip(right)) {
            value.clear();
            let pairs = left.bytes().zip(right.bytes());
            value.extend(pairs.map(|(left, right)| char::from(left ^ ((left ^ right) & mask))));
        }
        runner.run_one(if side == 0 { Class::Left } else { Class::Right }, || is_accepted(&values));
        assert!(!is_accepted(&values), "what is measured is a refusal");
    }
}

/// The text is wrong in its first letter, or in its last. (Before base64's padding, and
/// above the bits that it does not use.)
fn wrong_at_either_end(right: &str) -> [String; 2] {
    let last = right.trim_end_matches('=').len().saturating_sub(2);
    [0, last].map(|wrong| {
        let spoil = |(at, it)| if at == wrong { other(it) } else { it };
        right.chars().enumerate().map(spoil).collect()
    })
}

/// Another letter of the same kind: reading hexadecimal takes its time by the kinds of what was sent,
/// which whoever sent it knows.
fn other(letter: char) -> char {
    match letter {
        '0' => '1',
        'a'..='f' => {
            if letter == 'a' {
                'b'
            } else {
                'a'
            }
        }
        'g'..='z' => 'a',
        'A'..='Z' => {
            if letter == 'A' {
                'B'
            } else {
                'A'
            }
        }
        '1'..='9' => '0',
        _ => letter,
    }
}

fn basic(user: &str, password: &str) -> String {
    let credentials = base64::prelude::BASE64_STANDARD.encode(format!("{user}:{password}"));
    format!("Basic {credentials}")
}

fn key() -> Secret {
    Secret::new(SECRET).expect("a secret")
}

const SECRET: &str = "c4bd7a0e95f1382667e0c19a5bd84f3210f7a6e3d9b58c4e2a71f06d8395bc4e";
const WRONG: &str = "0f7a6e3d9b58c4e2a71f06d8395bc4ec4bd7a0e95f1382667e0c19a5bd84f321";
const BODY: &[u8] = br#"{"event":"order.paid","order":17}"#;
const SAMPLES: u32 = 500_000;
