//! How the cost grows: a table for each thing that there can be more of.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;
use std::time::SystemTime;

use http::{HeaderMap, HeaderName, HeaderValue};
use receiver_core::scheme::{Encoding, Hash, Layout, PerTenant, Signature, TenantAt};
use receiver_core::{Key, Request, Scheme, Secret, json as strict};

use crate::message::{Message, json};
use crate::report::{line, section, time};
use crate::rounds::Rounds;
use crate::subject::{NOW, Subject};

pub(crate) fn tables() {
    table(
        "growth-body",
        "body, bytes",
        "verified in",
        [1 << 8, 1 << 12, 1 << 16, 1 << 20],
        |bytes| {
            let subject = Subject::github(bytes);
            Box::new(move || subject.verify())
        },
    );
    table(
        "growth-secrets",
        "secrets, the last one right",
        "verified in",
        [1, 4, 16, 64],
        |secrets| {
            let secret = |at| Key::from(Secret::new(format!("{at:032}")).expect("a secret"));
            let right = Signature::new(Layout::GITHUB, secret(secrets));
            let scheme = Signature::new(Layout::GITHUB, secret(1));
            let scheme = (2..=secrets).fold(scheme, |scheme, at| scheme.with(secret(at)));
            verifying(scheme, signed(&right, "/"))
        },
    );
    table(
        "growth-tenants",
        "tenants at one address",
        "verified in",
        [1, 16, 256, 4096],
        |tenants| {
            let scheme = |at: usize| {
                let secret = Secret::new(format!("{at:032}")).expect("a secret");
                Arc::new(Signature::new(Layout::GITHUB, secret))
            };
            let known: HashMap<_, _> =
                (0..tenants).map(|at| (format!("tenant-{at}"), scheme(at))).collect();
            let last = tenants - 1;
            let request = signed(&scheme(last), &format!("/hooks/tenant-{last}"));
            let look_up = move |tenant: &str| Ok(known.get(tenant).cloned());
            let nobody = scheme(tenants);
            verifying(PerTenant::new(TenantAt::LastSegment, nobody, look_up, |it| it), request)
        },
    );
    table(
        "growth-ways",
        "ways to prove oneself, the last one right",
        "verified in",
        [1, 2, 4, 8],
        |ways| {
            let of = |at: usize| {
                let header = HeaderName::try_from(format!("x-signature-{at}")).expect("a name");
                let layout = Layout::body(header, Hash::Sha256, Encoding::Hex);
                Signature::new(layout, Secret::new(format!("{at:032}")).expect("a secret"))
            };
            let request = signed(&of(ways), "/");
            if ways == 1 {
                return verifying(of(1), request);
            }
            verifying((3..=ways).fold(of(1).or(of(2)), |ways, at| ways.or(of(at))), request)
        },
    );
    table("growth-headers", "headers", "verified in", [8, 16, 32, 64], |headers| {
        let mut subject = Subject::github(1024);
        for at in subject.message.headers.len()..headers {
            let name = HeaderName::try_from(format!("x-header-{at}")).expect("a name");
            subject.message.headers.insert(name, HeaderValue::from_static("a value"));
        }
        Box::new(move || subject.verify())
    });
    table(
        "growth-members",
        "members of one object",
        "strict pass in",
        [10, 100, 1000, 10_000],
        |members| {
            let mut body = String::from("{");
            for at in 0..members {
                write!(body, r#"{}"member-{at}":{at}"#, if at == 0 { "" } else { "," })
                    .expect("memory");
            }
            body.push('}');
            Box::new(move || assert!(black_box(strict::check(black_box(body.as_bytes()))).is_ok()))
        },
    );
}

type Case = Box<dyn FnMut()>;

/// A table of four sizes, measured in turns.
fn table(name: &str, what: &str, figure: &str, sizes: [usize; 4], case: impl Fn(usize) -> Case) {
    let [mut a, mut b, mut c, mut d] = sizes.map(case);
    let rounds = Rounds::of([&mut *a, &mut *b, &mut *c, &mut *d]);
    let lines = sizes.iter().enumerate().map(|(at, size)| {
        let median = rounds.median(|it| it.get(at).copied().unwrap_or(f64::NAN));
        line(&[size.to_string(), time(median)])
    });
    section(name, &[what, figure], lines);
}

fn verifying(scheme: impl Scheme + 'static, (target, headers): (String, HeaderMap)) -> Case {
    let message = Message { headers, body: json(1024) };
    Box::new(move || {
        let request = Request::new("POST", &target, &message.headers).with_body(&message.body);
        assert!(black_box(scheme.verify(black_box(&request), *NOW)).is_ok());
    })
}

/// A kibibyte, signed as GitHub does.
fn signed(scheme: &Signature, target: &str) -> (String, HeaderMap) {
    let message = Message::new(&json(1024));
    let signed = scheme.sign("", SystemTime::now(), &message.body);
    let message = signed.iter().fold(message, |it, (name, value)| it.with(name.clone(), value));
    (target.to_owned(), message.headers)
}
