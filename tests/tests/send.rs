//! `receiver send` against the three started examples.

use std::collections::BTreeMap;
use std::thread;

use receiver_core::samples;
use receiver_core::scheme::Strength;
use receiver_core::testing::Fault;
use receiver_tests::endpoints::{
    CMMSHERE_TOKEN, MONUV_TOKEN, ONS_PASSWORD, ONS_TOKEN, ONS_USER, RABBOT_TOKEN, VOALLE_PASSWORD,
    WHSEC,
};
use receiver_tests::server::{EXAMPLES, Ended, Server, receiver};

#[test]
fn every_kind_of_every_sender_is_accepted() {
    for example in EXAMPLES {
        let server = Server::start(example, &ENVIRONMENT);
        for sample in samples::all() {
            let ended = send(&server, sample.sender, &["--kind", sample.name]);
            let of = format!("{example}, {}/{}", sample.sender, sample.name);
            assert_eq!(ended.status.code(), Some(0), "{of}: {ended:?}");
            assert!(ended.output.starts_with('2'), "{of}: {ended:?}");
        }
    }
}

#[test]
fn each_fault_is_answered_as_is_documented() {
    // Of each sender a body of JSON: half of a form is a form.
    let of_json = samples::all().filter(|sample| sample.content_type == Some("application/json"));
    let kinds: BTreeMap<_, _> = of_json.map(|sample| (sample.sender, sample.name)).collect();
    assert!(samples::all().all(|sample| kinds.contains_key(sample.sender)));
    for example in EXAMPLES {
        let server = Server::start(example, &ENVIRONMENT);
        for (sender, kind) in &kinds {
            let is_signed = *sender == "standard_webhooks";
            let strength = if is_signed { Strength::Body } else { Strength::SharedToken };
            for fault in Fault::ALL {
                let ended = send(&server, sender, &["--kind", kind, "--fault", fault.as_str()]);
                let is_of_time = matches!(fault, Fault::StaleTimestamp | Fault::FutureTimestamp);
                let can_be = strength == Strength::Body || !is_of_time;
                let expected = if can_be { 0 } else { 2 };
                assert_eq!(ended.status.code(), Some(expected), "{example}, {sender}: {ended:?}");
                let status = fault.status(strength);
                let said = format!("as documented: {fault} is answered {}", status.as_u16());
                assert_eq!(ended.output.contains(&said), can_be, "{example}, {sender}: {ended:?}");
            }
        }
    }
}

/// All three at once, because each waits for the whole time that a body has.
#[test]
fn a_slow_body_is_answered_as_is_documented() {
    thread::scope(|scope| {
        for example in EXAMPLES {
            scope.spawn(move || {
                let server = Server::start(example, &ENVIRONMENT);
                let ended = send(&server, "standard_webhooks", &["--fault", "slow"]);
                assert_eq!(ended.status.code(), Some(0), "{example}: {ended:?}");
                assert!(ended.output.starts_with("408 "), "{example}: {ended:?}");
            });
        }
    });
}

/// Sends with the credentials of the server, and with nothing of them on the command line.
fn send(server: &Server, sender: &str, arguments: &[&str]) -> Ended {
    let route = if sender == "standard_webhooks" { "signed" } else { sender };
    let url = format!("http://{}/webhooks/{route}", server.address());
    let (user, secret) = match sender {
        "sintegre" => (ONS_USER, ONS_PASSWORD),
        "cmmshere" => ("", CMMSHERE_TOKEN),
        "monuv" => ("", MONUV_TOKEN),
        "rabbot" => ("", RABBOT_TOKEN),
        "voalle" => ("erp", VOALLE_PASSWORD),
        _ => ("", WHSEC),
    };
    let environment = [("RECEIVER_USER", user), ("RECEIVER_SECRET", secret)];
    receiver(&[&["send", sender, &url], arguments].concat(), &environment)
}

const ENVIRONMENT: [(&str, &str); 9] = [
    ("SINTEGRE_USERNAME", ONS_USER),
    ("SINTEGRE_PASSWORD", ONS_PASSWORD),
    ("SINTEGRE_TOKEN", ONS_TOKEN),
    ("CMMSHERE_TOKEN", CMMSHERE_TOKEN),
    ("MONUV_TOKEN", MONUV_TOKEN),
    ("RABBOT_TOKEN", RABBOT_TOKEN),
    ("VOALLE_USERNAME", "erp"),
    ("VOALLE_PASSWORD", VOALLE_PASSWORD),
    ("SIGNED_SECRET", WHSEC),
];
