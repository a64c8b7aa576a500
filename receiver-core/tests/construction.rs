//! What cannot be configured: a secret that is empty, or that no request could ever carry.

use http::HeaderName;
use receiver_core::InvalidSecret::{
    self, Blank, ColonInUser, ControlCharacter, Empty, NotBase64, NotHex, Padded, SpaceInToken,
    TooLong,
};
use receiver_core::scheme::{Basic, Bearer, HeaderPair, Token};
use receiver_core::{Key, Secret, cmmshere, sintegre};

/// Every way to make a credential out of a text.
const MAKERS: [(&str, Maker); 14] = [
    ("Secret::new", |text| Secret::new(text).map(drop)),
    ("Secret::from_base64", |text| Secret::from_base64(text).map(drop)),
    ("Secret::from_hex", |text| Secret::from_hex(text).map(drop)),
    ("Secret::from_whsec", |text| Secret::from_whsec(text).map(drop)),
    ("Basic::new", |text| Basic::new("erp", Secret::new(text)?).map(drop)),
    ("Basic::with", |text| basic()?.with("erp", Secret::new(text)?).map(drop)),
    ("Bearer::new", |text| Bearer::new(Secret::new(text)?).map(drop)),
    ("Bearer::with", |text| Bearer::new(good()?)?.with(Secret::new(text)?).map(drop)),
    ("Token::authorization", |text| Token::authorization(Secret::new(text)?).map(drop)),
    ("Token::query", |text| Token::query("token", Secret::new(text)?).map(drop)),
    ("HeaderPair::new", |text| HeaderPair::username_password("erp", Secret::new(text)?).map(drop)),
    ("sintegre::basic", |text| sintegre::basic("ons", Secret::new(text)?).map(drop)),
    ("sintegre::token", |text| sintegre::token(Secret::new(text)?).map(drop)),
    ("cmmshere::token", |text| cmmshere::token(Secret::new(text)?).map(drop)),
];

#[test]
fn an_empty_secret_is_refused_by_every_constructor() {
    for (name, make) in MAKERS {
        assert_eq!(make(""), Err(Empty), "{name}");
    }
}

#[test]
fn a_blank_secret_is_refused_by_every_constructor() {
    for (name, make) in MAKERS {
        for text in [" ", "\t", "\r\n", "  \n\t ", "\u{2003}"] {
            assert!(matches!(make(text), Err(Blank | Empty)), "{name}, {text:?}");
        }
    }
}

#[test]
fn a_prefix_without_a_secret_behind_it_is_empty() {
    for text in ["whsec_", "v1,", "v1,whsec_", " whsec_ "] {
        check(|| Secret::from_whsec(text).map(drop), Err(Empty));
    }
}

#[test]
fn a_secret_that_cannot_be_decoded_is_refused() {
    check(|| Secret::from_base64("correct horse").map(drop), Err(NotBase64));
    check(|| Secret::from_base64("=").map(drop), Err(NotBase64));
    check(|| Secret::from_whsec("whsec_whsec_").map(drop), Err(NotBase64));
    check(|| Secret::from_whsec("whsec_AAAA AAAA").map(drop), Err(NotBase64));
    check(|| Secret::from_hex("0x00").map(drop), Err(NotHex));
    check(|| Secret::from_hex("abc").map(drop), Err(NotHex));
}

#[test]
fn a_secret_that_decodes_to_white_space_is_blank() {
    check(|| Secret::from_base64("ICAg").map(drop), Err(Blank));
    check(|| Secret::from_hex("0a").map(drop), Err(Blank));
    check(|| Secret::from_whsec("whsec_AAAAAAAA").map(drop), Err(Blank));
}

#[test]
fn a_line_break_at_the_end_of_the_secrets_file_is_told() {
    for (name, make) in MAKERS.into_iter().filter(|(name, _)| is_in_plain_header(name)) {
        assert_eq!(make("correct-horse\n"), Err(Padded), "{name}");
        assert_eq!(make(" correct-horse"), Err(Padded), "{name}");
        assert_eq!(make("correct\0horse"), Err(ControlCharacter), "{name}");
    }
    check(|| Basic::new("erp", Secret::new("correct-horse\n")?).map(drop), Err(ControlCharacter));
    check(|| Basic::new("erp", Secret::new(" correct horse ")?).map(drop), Ok(()));
}

#[test]
fn a_user_name_ends_at_its_colon_so_it_holds_none() {
    check(|| Basic::new("a:b", good()?).map(drop), Err(ColonInUser));
    check(|| basic()?.with("a:b", good()?).map(drop), Err(ColonInUser));
    check(|| sintegre::basic("a:b", good()?).map(drop), Err(ColonInUser));
    check(|| Basic::new("a\nb", good()?).map(drop), Err(ControlCharacter));
    check(|| Basic::new("a", Secret::new("b:c")?).map(drop), Ok(()));
    check(|| HeaderPair::username_password("a:b", good()?).map(drop), Ok(()));
    check(|| HeaderPair::username_password("a\nb", good()?).map(drop), Err(ControlCharacter));
}

#[test]
fn a_user_name_in_a_header_of_its_own_is_one_that_a_header_carries() {
    for (user, expected) in [
        ("", Err(Empty)),
        ("  ", Err(Blank)),
        ("erp ", Err(Padded)),
        (" erp", Err(Padded)),
        ("erp\n", Err(Padded)),
        ("e r p", Ok(())),
    ] {
        check(|| HeaderPair::username_password(user, good()?).map(drop), expected);
        let with = || HeaderPair::username_password("erp", good()?)?.with(user, good()?).map(drop);
        check(with, expected);
    }
}

#[test]
fn a_bearer_token_ends_at_its_space_so_it_holds_none() {
    check(|| Bearer::new(Secret::new("two words")?).map(drop), Err(SpaceInToken));
    check(|| cmmshere::token(Secret::new("two words")?).map(drop), Err(SpaceInToken));
    let name = HeaderName::from_static("x-token");
    check(move || Token::header(name, Secret::new("two words")?).map(drop), Ok(()));
}

#[test]
fn user_name_and_password_fit_into_1024_bytes_with_their_colon() {
    let password = |length: usize| Secret::new("p".repeat(length));
    check(|| Basic::new("user", password(1019)?).map(drop), Ok(()));
    check(|| Basic::new("user", password(1020)?).map(drop), Err(TooLong));
}

#[test]
fn a_refusal_says_what_is_wrong_without_the_secret() {
    let errors = [
        Empty,
        Blank,
        Padded,
        ControlCharacter,
        ColonInUser,
        SpaceInToken,
        TooLong,
        NotBase64,
        NotHex,
    ];
    let mut sentences: Vec<_> = errors.iter().map(ToString::to_string).collect();
    sentences.sort();
    sentences.dedup();
    assert_eq!(sentences.len(), errors.len());
}

#[track_caller]
fn check(make: impl FnOnce() -> Made, expected: Made) {
    assert_eq!(make(), expected);
}

fn is_in_plain_header(maker: &str) -> bool {
    ["Bearer", "Token", "HeaderPair", "sintegre::token", "cmmshere"]
        .iter()
        .any(|start| maker.starts_with(start))
}

fn basic() -> Result<Basic, InvalidSecret> {
    Basic::new("erp", good()?)
}

fn good() -> Result<Key, InvalidSecret> {
    Secret::new("correct-horse").map(Key::new)
}

type Made = Result<(), InvalidSecret>;
type Maker = fn(&str) -> Made;
