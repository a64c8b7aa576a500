//! The sender signs in another way than the layout says.

use std::borrow::Cow;

use http::HeaderName;
use receiver_core::explain::{Change, Explain, LayoutChange, SecretChange};
use receiver_core::scheme::{
    Encoding, Grammar, Hash, KeyForm, Layout, Part, Timestamp, Unit, catalog,
};

use crate::failure::{Failure, KEY, check as check_all, secret};

#[track_caller]
fn check(given: Layout, sender: &Layout, expected: &[LayoutChange]) {
    let explain = Explain::new(given, secret(KEY));
    let send = |key| Failure::signed(sender, key, "{}");
    let expected: Vec<_> = expected.iter().cloned().map(Change::Layout).collect();
    check_all(&explain, KEY, send, &[&expected]);
}

fn over_body(hash: Hash, encoding: Encoding) -> Layout {
    Layout::body(HeaderName::from_static("x-acme-signature"), hash, encoding)
}

#[test]
fn another_hash() {
    for given in HASHES {
        for hash in HASHES.into_iter().filter(|hash| *hash != given) {
            let (given, sender) = (over_body(given, Encoding::Hex), over_body(hash, Encoding::Hex));
            check(given, &sender, &[LayoutChange::Hash(hash)]);
        }
    }
}

#[test]
fn another_encoding() {
    for (given, encoding) in [
        (Encoding::Hex, Encoding::Base64),
        (Encoding::Base64, Encoding::Hex),
        (Encoding::Base64Url, Encoding::Hex),
    ] {
        let (given, sender) = (over_body(Hash::Sha256, given), over_body(Hash::Sha256, encoding));
        check(given, &sender, &[LayoutChange::Encoding(encoding)]);
    }
    // With a signature that has a letter in which they differ.
    for (given, encoding) in
        [(Encoding::Base64, Encoding::Base64Url), (Encoding::Base64Url, Encoding::Base64)]
    {
        let (given, sender) = (over_body(Hash::Sha512, given), over_body(Hash::Sha512, encoding));
        check(given, &sender, &[LayoutChange::Encoding(encoding)]);
    }
}

#[test]
fn another_hash_in_another_encoding() {
    for hash in [Hash::Sha1, Hash::Sha384, Hash::Sha512] {
        let sender = over_body(hash, Encoding::Base64);
        let changes = [LayoutChange::Encoding(Encoding::Base64), LayoutChange::Hash(hash)];
        check(over_body(Hash::Sha256, Encoding::Hex), &sender, &changes);
    }
}

/// What is only another spelling verifies as it is.
#[test]
fn capitals_and_padding_are_no_failure() {
    let explain = |encoding| Explain::new(over_body(Hash::Sha256, encoding), secret(KEY));
    let sent = |encoding| Failure::signed(&over_body(Hash::Sha256, encoding), secret(KEY), "{}");
    for failure in [
        sent(Encoding::Hex).spelled(str::to_uppercase),
        sent(Encoding::Base64).spelled(|it| it.trim_end_matches('=').to_owned()),
        sent(Encoding::Base64Url).spelled(|it| format!("{it}=")),
    ] {
        let encodings = [Encoding::Hex, Encoding::Base64, Encoding::Base64Url];
        let verdicts = encodings.map(|it| failure.explained_by(&explain(it)).verdict().is_ok());
        assert!(verdicts.contains(&true), "{failure:?}");
    }
    let explanation = sent(Encoding::Hex).explained_by(&explain(Encoding::Hex));
    assert_eq!((explanation.macs(), explanation.hypotheses()), (0, &[][..]));
    assert_eq!(explanation.to_string(), "verifies (key 1)");
}

#[test]
fn a_text_before_the_signature() {
    let bare = || over_body(Hash::Sha256, Encoding::Hex);
    let behind = |prefix| LayoutChange::Prefix(Cow::Borrowed(prefix));
    check(bare().with_prefix("sha256="), &bare(), &[LayoutChange::WithoutPrefix]);
    check(bare(), &bare().with_prefix("sha256="), &[behind("sha256=")]);
    check(bare().with_prefix("v0="), &bare().with_prefix("sha256="), &[behind("sha256=")]);
    check(bare().with_prefix("acme="), &bare().with_prefix("ACME="), &[behind("acme=")]);
    check(bare(), &bare().with_grammar(Grammar::word("HMAC")), &[behind("HMAC ")]);
    let word = || bare().with_grammar(Grammar::word("HMAC"));
    check(word(), &bare(), &[LayoutChange::WithoutPrefix]);
    let list = || bare().with_grammar(Grammar::list(',', "v1="));
    check(list(), &bare(), &[LayoutChange::WithoutPrefix]);
    check(list(), &bare().with_prefix("v0="), &[behind("v0=")]);
    let sha512 = over_body(Hash::Sha512, Encoding::Base64).with_prefix("sha512=");
    let changes = [
        behind("sha512="),
        LayoutChange::Encoding(Encoding::Base64),
        LayoutChange::Hash(Hash::Sha512),
    ];
    check(bare(), &sha512, &changes);
}

#[test]
fn another_name_among_the_fields() {
    let fields = |name| {
        over_body(Hash::Sha256, Encoding::Hex)
            .with_grammar(Grammar::fields(',', "t", name))
            .with_timestamp(Timestamp::beside(Unit::Seconds))
            .with_content(TIME_DOT_BODY)
    };
    check(fields("v1"), &fields("v0"), &[LayoutChange::Field("v0")]);
    check(fields("sig"), &fields("h1"), &[LayoutChange::Field("h1")]);
    let groups = |name| fields("v1").with_grammar(Grammar::groups("t", name));
    check(groups("v1"), &groups("s"), &[LayoutChange::Field("s")]);
}

#[test]
fn another_sender_of_the_catalogue() {
    let row = |name| catalog::find(name).expect("a row").layout();
    check(Layout::GITHUB, row("github-sha1"), &[LayoutChange::Sender("github-sha1")]);
    check(row("stripe").clone(), row("paddle"), &[LayoutChange::Sender("paddle")]);
    check(Layout::STANDARD_WEBHOOKS, row("svix"), &[LayoutChange::Sender("svix")]);

    // The same header: the row is told, and what differs.
    let explain = Explain::new(row("lemon-squeezy").clone(), secret(KEY));
    let send = |key| Failure::signed(row("segment"), key, "{}");
    let [hash, segment] = [LayoutChange::Hash(Hash::Sha1), LayoutChange::Sender("segment")];
    check_all(&explain, KEY, send, &[&[Change::Layout(hash)], &[Change::Layout(segment)]]);
}

/// A row may make its key in another way.
#[test]
fn another_sender_and_its_form_of_the_key() {
    let squarespace = catalog::find("squarespace").expect("a row").layout();
    let given = secret("7369676e696e672d6b65792d63326439");
    let explain = Explain::new(Layout::GITHUB, given);
    let send = |key| Failure::signed(squarespace, key, "{}");
    let changes = [
        Change::Secret(SecretChange::Read(KeyForm::Hex)),
        Change::Layout(LayoutChange::Sender("squarespace")),
    ];
    check_all(&explain, KEY, send, &[&changes]);
}

const HASHES: [Hash; 5] = [Hash::Sha1, Hash::Sha256, Hash::Sha384, Hash::Sha512, Hash::PlainSha256];

const TIME_DOT_BODY: &[Part] = &[Part::Timestamp, Part::literal("."), Part::Body];
