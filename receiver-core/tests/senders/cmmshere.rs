//! What CMMShere sends, member by member.

use receiver_core::cmmshere::{self, Event, Object, Subject, Verb};
use receiver_core::{Event as _, EventKey, Receiver, Secret};

use super::{TOKEN, edit, json, post, refused};

#[test]
fn the_documented_sample_is_read_member_by_member() {
    let event = read(SOL);
    assert_eq!(event.kind(), "sol.created");
    assert_eq!((&event.object, &event.verb), (&Object::WorkRequest, &Verb::Created));
    let created = event.created.timestamp().map(|created| created.to_string());
    assert_eq!(created.as_deref(), Some("2026-01-15T12:30:00Z"));

    let Subject::WorkRequest(request) = &event.subject else { panic!("{event:?}") };
    assert_eq!(request.id, "sol_9zQaB1c2D");
    assert_eq!(request.codigo.as_deref(), Some("RQ000123"));
    assert_eq!(request.titulo.as_deref(), Some("Fuga en la bomba 3"));
    assert_eq!(request.descripcion.as_deref(), Some("Goteo visible"));
    assert!(request.created.as_ref().is_some_and(|created| created.timestamp().is_some()));

    let client = event.client.as_ref().expect("a client");
    assert_eq!(client.id, "cli_4Kd0XyZ12");
    assert_eq!(client.codigo.as_deref(), Some("C0000042"));
    assert_eq!(client.nombre_comercial.as_deref(), Some("EMPRESA FICTICIA S.A."));
    assert_eq!(client.nombre_legal.as_deref(), Some("EMPRESA FICTICIA S.A."));
    assert_eq!(client.caracteristicas.as_deref(), Some("MANUFACTURA"));
    assert!(client.nro_id.is_some());
    assert_eq!(client.direccion.as_deref(), Some("CALLE INVENTADA 10"));
    assert_eq!(client.pais.as_deref(), Some("BOLIVIA"));
    assert_eq!(client.ciudad.as_deref(), Some("La Paz"));
    assert_eq!((&client.email, &client.telefono), (&None, &None));

    let user = event.user.as_ref().expect("a user");
    assert_eq!(user.id, "cliusu_7Hh8Gg9F1");
    assert_eq!(user.nombre.as_deref(), Some("operador"));
    assert_eq!((&user.ap_paterno, &user.ap_materno), (&None, &None), "blank is none");
    assert_eq!(user.email.as_deref(), Some("operador@exemplo.invalid"));
    assert!(event.asset.is_none(), "an asset without an id is none");
}

#[test]
fn the_other_kinds_are_typed() {
    let order = read(include_str!("../../samples/cmmshere/ot.created.json"));
    assert!(matches!(&order.subject, Subject::WorkOrder(order) if order.codigo.is_some()));
    assert!(order.user.is_none(), "a user without an id is none");
    assert!(order.asset.is_some());
    let client = read(include_str!("../../samples/cmmshere/cli.created.json"));
    assert!(matches!(&client.subject, Subject::Client(client) if client.id.starts_with("cli_")));
    let asset = read(include_str!("../../samples/cmmshere/act.updated.json"));
    assert!(matches!(&asset.subject, Subject::Asset(asset) if asset.id.starts_with("act_")));
    assert_eq!(asset.verb, Verb::Updated);
}

#[test]
fn a_kind_that_is_new_is_accepted_and_kept() {
    for kind in ["con.created", "sol2.created", "ping", "a.b.c", "."] {
        let event = of_kind(kind);
        assert_eq!(event.kind(), kind);
        let data = event.subject.unread().unwrap_or_else(|| panic!("{kind}"));
        let data: serde_json::Value = data.read().expect("any value");
        assert_eq!(data["object"]["codigo"], "RQ000123", "{kind}");
    }
    let event = of_kind("a.b.c");
    assert_eq!((event.object.as_str(), event.verb.as_str()), ("a.b", "c"));
    assert_eq!(of_kind("sol.closed").verb, Verb::Other("closed".to_owned()));
}

#[test]
fn an_inferred_shape_that_turns_out_wrong_is_kept() {
    for object in [r#"{"id":null}"#, r#"{"id":"ot_1","titulo":{"es":"x"}}"#, "[]", "7", "null"] {
        let body = with("type", r#""ot.created""#);
        let body = edit(&body, |root| drop(root.insert("data".to_owned(), wrap(object))));
        let event = read(&body);
        assert!(event.subject.unread().is_some(), "{object}");
        assert_eq!(event.object, Object::WorkOrder);
    }
}

#[test]
fn the_type_may_stand_behind_the_data() {
    let kind = r#""type": "sol.created","#;
    let body = SOL.replacen(kind, "", 1);
    let (open, _) = body.rsplit_once('}').expect("an object");
    let body = format!(r#"{open}, "type": "sol.created"}}"#);
    assert!(matches!(read(&body).subject, Subject::WorkRequest(_)));
}

#[test]
fn relations_may_be_missing_null_or_without_an_id() {
    let object = r#"{"id":"sol_1"}"#;
    for none in [
        "",
        r#","client":null"#,
        r#","client":{"id":null}"#,
        r#","client":{}"#,
        r#","client":"""#,
        r#","client":" ""#,
    ] {
        let data = json(&format!(r#"{{"object":{object}{none}}}"#));
        let event = read(&edit(SOL, |root| drop(root.insert("data".to_owned(), data))));
        assert!(event.client.is_none(), "{none}");
    }
}

#[test]
fn what_the_envelope_needs_is_named() {
    for member in ["created", "type", "data"] {
        let body = edit(SOL, |root| drop(root.remove(member)));
        assert_eq!(refused(&receiver(), &body), (member.to_owned(), "to be present".to_owned()));
    }
    check_named("type", "7", "type");
    check_named("type", r#"" ""#, "type");
    check_named("created", "null", "created");
    check_named("created", "{}", "created");
    check_named("data", r#"{"client":{"id":"cli_1"}}"#, "data.object");
    for wrong in [r#""cli_1""#, "7", "true", "[]"] {
        let data = format!(r#"{{"object":{{"id":"sol_1"}},"client":{wrong}}}"#);
        check_named("data", &data, "data.client");
    }
    check_named("data", r#"{"object":{"codigo":"RQ000123"}}"#, "data.object.id");
    check_named("data", r#"{"object":{"id":"sol_1","titulo":[]}}"#, "data.object.titulo");
    check_named("data", r#"{"object":{"id":"sol_1"},"user":7}"#, "data.user");
}

#[test]
fn an_odd_date_refuses_nothing() {
    for odd in [r#""2026-13-01T00:00:00Z""#, r#""yesterday""#, "1768478400"] {
        let event = read(&with("created", odd));
        assert_eq!(event.created.timestamp(), None, "{odd}");
        assert_eq!(event.created.text(), odd.trim_matches('"'));
    }
}

#[test]
fn the_escapes_of_php_are_read() {
    let body = SOL.replace("Fuga en la bomba 3", r"Bomba n\u00ba 3 \/ sala \ud83d\udd27");
    let Subject::WorkRequest(request) = read(&body).subject else { panic!("a request") };
    assert_eq!(request.titulo.as_deref(), Some("Bomba nº 3 / sala 🔧"));
}

#[test]
fn overlapping_subscriptions_send_one_key() {
    let key = |body: &str| read(body).key(EventKey::of("cmmshere")).expect("a key");
    let title = SOL.replace("Goteo visible", "Goteo");
    assert_eq!(key(SOL), key(&title), "type, id and time make the event");
    assert_ne!(key(SOL), key(&with("created", r#""2026-01-15T12:30:00.000001Z""#)));
    assert_ne!(key(SOL), key(&with("type", r#""sol.updated""#)));
    assert_ne!(key(&with("type", r#""x.y""#)), key(&with("type", r#""x.z""#)));
}

#[test]
fn nobody_s_data_prints() {
    let event = read(SOL);
    let printed = format!("{event:?} {event:#?}");
    for marker in ["operador", "EMPRESA", "CALLE", "Fuga", "Goteo", "La Paz"] {
        assert!(!printed.contains(marker), "{marker} in {printed}");
    }
}

const SOL: &str = include_str!("../../samples/cmmshere/sol.created.json");

fn receiver() -> Receiver<Event> {
    cmmshere::token(Secret::new(TOKEN).expect("a secret")).expect("a token")
}

#[track_caller]
fn read(body: &str) -> Event {
    post(&receiver(), body).expect("a delivery").event
}

#[track_caller]
fn of_kind(kind: &str) -> Event {
    read(&with("type", &format!("{kind:?}")))
}

fn with(member: &str, value: &str) -> String {
    edit(SOL, |root| drop(root.insert(member.to_owned(), json(value))))
}

fn wrap(object: &str) -> Box<serde_json::value::RawValue> {
    json(&format!(r#"{{"object":{object}}}"#))
}

#[track_caller]
fn check_named(member: &str, value: &str, named: &str) {
    assert_eq!(refused(&receiver(), &with(member, value)).0, named, "{value}");
}
