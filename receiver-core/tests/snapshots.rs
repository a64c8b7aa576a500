//! Every sample's typed form, as kept in `tests/snapshots`. Written anew with `UPDATE_SNAPSHOTS=1`.
//!
//! Personal data and links show as `Private(..)` and the like: that they do is part of the form.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails, and says where"
)]

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use receiver_core::scheme::Signature;
use receiver_core::{Event, Receiver, Request, Secret};
use receiver_core::{cmmshere, monuv, rabbot, sintegre, standard_webhooks, voalle};

#[test]
fn each_sample_is_read_as_it_was() {
    let is_update = std::env::var_os("UPDATE_SNAPSHOTS").is_some_and(|set| set == "1");
    let (samples, snapshots) = (folder("samples"), folder("tests/snapshots"));
    let mut seen = BTreeSet::new();
    for sample in files(&samples).into_iter().filter(|name| name != "README.md") {
        let snapshot = snapshots.join(format!("{sample}.txt"));
        let read = read(&sample, &fs::read_to_string(samples.join(&sample)).expect("a sample"));
        if is_update {
            fs::create_dir_all(snapshot.parent().expect("a folder")).expect("a folder");
            fs::write(&snapshot, &read).expect("a snapshot");
        }
        let kept = fs::read_to_string(&snapshot).unwrap_or_default();
        assert!(kept == read, "{sample} is read differently now:\n{read}\n\nand was:\n{kept}");
        seen.insert(format!("{sample}.txt"));
    }
    let kept: BTreeSet<_> = files(&snapshots).into_iter().collect();
    assert_eq!(kept, seen, "a snapshot without a sample");
}

/// Kind, key and type of what a sample is read as, by the receiver of its sender.
fn read(sample: &str, text: &str) -> String {
    let sender = sample.split('/').next().unwrap_or_default();
    match sender {
        "cmmshere" => print(&cmmshere::token(secret()).expect("a token"), sample, text),
        "monuv" => {
            let options = monuv::Options::default()
                .with_kind("E140", monuv::Kind::CameraAlert)
                .with_kind("E120", monuv::Kind::PanicButton)
                .with_kind("E130", monuv::Kind::Analytic)
                .with_kind("E150", monuv::Kind::QrCode)
                .with_kind("160", monuv::Kind::CameraStatus);
            let receiver = monuv::token(secret()).expect("a token").with_options(options);
            print(&receiver, sample, text)
        }
        "rabbot" => print(&rabbot::token::<()>(secret()).expect("a token"), sample, text),
        "sintegre" => print(&sintegre::token(secret()).expect("a token"), sample, text),
        "standard_webhooks" => print(&standard_webhooks::receiver(secret()), sample, text),
        "voalle" => print(&voalle::token(secret()).expect("a token"), sample, text),
        _ => panic!("{sample} is of no known sender"),
    }
}

fn print<E: Event + Debug>(receiver: &Receiver<E>, sample: &str, text: &str) -> String {
    let (method, target, media, body) = match sample.rsplit_once('.') {
        Some((_, "query")) => ("GET", format!("/?{text}"), None, ""),
        Some((_, "form")) => {
            ("POST", "/".to_owned(), Some("application/x-www-form-urlencoded"), text)
        }
        _ => ("POST", "/".to_owned(), Some("application/json"), text),
    };
    let signed = Signature::standard_webhooks(secret()).sign("msg_1", now(), body.as_bytes());
    let mut headers: Vec<(String, String)> =
        signed.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
    headers.push(("authorization".to_owned(), TOKEN.to_owned()));
    headers.extend(media.map(|media| ("content-type".to_owned(), media.to_owned())));
    let request = Request::new(method, &target, &headers).with_body(body);
    let read = receiver.receive(&request, now()).unwrap_or_else(|it| panic!("{sample}: {it}"));
    let event = &read.event;
    let key = read.key().map_or("none".to_owned(), |key| key.to_string());
    format!("kind: {}\nkey: {key}\n{event:#?}\n", event.kind())
}

/// The files below a folder, by their path from there.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|below| format!("{name}/{below}")));
        } else {
            found.push(name);
        }
    }
    found.sort();
    found
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn now() -> SystemTime {
    UNIX_EPOCH.checked_add(Duration::from_secs(1_768_478_400)).expect("a time")
}

fn secret() -> Secret {
    Secret::new(TOKEN).expect("a secret")
}

const TOKEN: &str = "synthetic-token";
