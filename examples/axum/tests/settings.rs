//! What is missing or set badly stops the start, by its name and without its value.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use std::env::VarError;
use std::ffi::OsString;

use example_axum::Receivers;

#[path = "../../smoke.rs"]
#[expect(dead_code, reason = "these tests make no deliveries")]
mod smoke;

#[test]
fn what_is_not_set_is_named() {
    check("SINTEGRE_USERNAME", None, "of SINTEGRE_USERNAME and SINTEGRE_PASSWORD only one is set");
    check("SINTEGRE_PASSWORD", None, "of SINTEGRE_USERNAME and SINTEGRE_PASSWORD only one is set");
    check("CMMSHERE_TOKEN", None, "CMMSHERE_TOKEN is not set");
    check("SIGNED_SECRET", None, "SIGNED_SECRET is not set");
    check("OWN_TOKEN", None, "OWN_TOKEN is not set");
    let nothing = Receivers::from_env(|_| Err(VarError::NotPresent)).expect_err("nothing is set");
    assert_eq!(nothing, "set SINTEGRE_USERNAME and SINTEGRE_PASSWORD, or SINTEGRE_TOKEN");
}

#[test]
fn what_is_set_to_nothing_is_not_unset() {
    for name in ["SINTEGRE_USERNAME", "SINTEGRE_PASSWORD", "SINTEGRE_TOKEN", "OWN_TOKEN"] {
        check(name, Some(""), &format!("{name}: the secret is empty"));
        check(name, Some(" \t"), &format!("{name}: the secret is blank"));
    }
    check("SIGNED_SECRET", Some(" "), "SIGNED_SECRET: the secret is empty");
    check("SIGNED_SECRET", Some("whsec_"), "SIGNED_SECRET: the secret is empty");
}

#[test]
fn what_no_header_can_carry_is_refused() {
    let both = "SINTEGRE_USERNAME and SINTEGRE_PASSWORD";
    let control = "the secret holds a control character";
    check("SINTEGRE_USERNAME", Some("marker:"), &format!("{both}: the user name holds a colon"));
    check("SINTEGRE_PASSWORD", Some("marker\n"), &format!("{both}: {control}"));
    check("SINTEGRE_TOKEN", Some("marker\0marker"), &format!("SINTEGRE_TOKEN: {control}"));
    let padded = "the secret has white space (or a line break) before or after it";
    check("CMMSHERE_TOKEN", Some("marker\n"), &format!("CMMSHERE_TOKEN: {padded}"));
    check("OWN_TOKEN", Some("marker marker"), "OWN_TOKEN: the token holds a space");
}

#[test]
fn a_secret_that_cannot_be_decoded_is_refused_in_any_place() {
    let right = smoke::var("SIGNED_SECRET").expect("a secret");
    for wrong in ["whsec_marker!", &format!("{right} whsec_marker!"), "marker!"] {
        check("SIGNED_SECRET", Some(wrong), "SIGNED_SECRET: the secret is not base64");
    }
}

#[test]
fn what_is_not_text_is_refused() {
    let var = |name| match name {
        "OWN_TOKEN" => Err(VarError::NotUnicode(OsString::from("marker"))),
        _ => smoke::var(name),
    };
    assert_eq!(Receivers::from_env(var).expect_err("no text"), "OWN_TOKEN is not UTF-8");
}

#[test]
fn several_secrets_are_separated_by_spaces() {
    let right = smoke::var("SIGNED_SECRET").expect("a secret");
    assert!(start("SIGNED_SECRET", Some(&format!("{right}  {right}\n"))).is_ok());
}

/// The examples differ in their routes only.
#[test]
fn the_other_examples_read_the_same_settings() {
    let [axum, actix, warp] = [
        include_str!("../src/app.rs"),
        include_str!("../../actix/src/app.rs"),
        include_str!("../../warp/src/app.rs"),
    ]
    .map(|text| text.split_once("impl Receivers {").map(|(_, rest)| rest));
    assert!(axum.is_some());
    assert_eq!(axum, actix);
    assert_eq!(axum, warp);
}

#[track_caller]
fn check(name: &'static str, value: Option<&str>, expected: &str) {
    assert_eq!(start(name, value).expect_err("a refusal"), expected);
}

/// All is set well but one.
fn start(name: &'static str, value: Option<&str>) -> Result<Receivers, String> {
    Receivers::from_env(|asked| match value {
        _ if asked != name => smoke::var(asked),
        Some(value) => Ok(value.to_owned()),
        None => Err(VarError::NotPresent),
    })
}
