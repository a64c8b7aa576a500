//! What Rabbot sends and asks, field by field, and what it must not be able to do.

use std::time::SystemTime;

use super::*;
use crate::wire::Private;
use crate::wire::decimal::Decimal;
use crate::wire::fields::Field;
use crate::{Content, Event as _, Received, Rejection, Request, Secret};

const TOKEN: &str = "rabbot-test-token";

const PLATE: Field = Field::new(&["placa", "plate", "carro"]);
const KM: Field = Field::new(&["km", "quilometragem", "km rodados"]);
const COST: Field = Field::new(&["valor"]);
const DRIVER: Field = Field::new(&["condutor_email", "email"]);
const PHOTOS: Field = Field::new(&["fotos", "foto_url"]);
const STATUS: Field = Field::new(&["status", "situação"]);

/// As a user would declare it.
#[derive(Debug)]
enum Told {
    Checklist {
        plate: Plate,
        km: Decimal,
        cost: Option<Decimal>,
        driver: Option<Private>,
        photos: Vec<Private>,
    },
    Status {
        plate: Plate,
        status: String,
    },
    Other,
}

impl Mapping for Told {
    fn read(event: &str, fields: &Fields) -> Result<Self, Shape> {
        Ok(match event {
            "checklist" => Self::Checklist {
                plate: fields.read(PLATE)?,
                km: fields.read(KM)?,
                cost: fields.read(COST)?,
                driver: fields.read(DRIVER)?,
                photos: fields.read(PHOTOS)?,
            },
            "status" => Self::Status { plate: fields.read(PLATE)?, status: fields.read(STATUS)? },
            _ => Self::Other,
        })
    }
}

fn receive(method: &str, target: &str, body: &str) -> Result<Received<Event<Told>>, Rejection> {
    let headers = vec![("authorization", TOKEN)];
    let request = Request::new(method, target, &headers).with_body(body);
    let receiver = token(Secret::new(TOKEN).unwrap()).unwrap();
    receiver.receive(&request, SystemTime::UNIX_EPOCH)
}

fn post(target: &str, body: &str) -> Event<Told> {
    receive("POST", target, body).unwrap().event
}

#[track_caller]
fn check_checklist(event: &Event<Told>) {
    let Told::Checklist { plate, km, cost, driver, photos } = &event.data else {
        panic!("{event:?}")
    };
    assert_eq!((event.kind(), event.is_question), ("checklist", false));
    assert_eq!((plate.as_str(), km.to_string().as_str()), ("ABC1D23", "45210"));
    assert_eq!(cost.and_then(Decimal::cents), Some(135_090));
    assert_eq!(driver.as_deref(), Some("condutor@exemplo.invalid"));
    assert_eq!(
        photos.iter().map(Private::as_str).collect::<Vec<_>>(),
        ["https://exemplo.invalid/f/1.jpg"]
    );
}

const CHECKLIST: &str = include_str!("../../../samples/rabbot/checklist.json");
const STATUS_FORM: &str = include_str!("../../../samples/rabbot/status.form");
const QUERY: &str = include_str!("../../../samples/rabbot/current_driver.query");

#[test]
fn the_checklist_is_read_field_by_field() {
    let event = post("/rabbot?event=checklist", CHECKLIST);
    check_checklist(&event);
    let checklist: String = event.fields.read(Field::new(&["checklist"])).unwrap();
    assert_eq!(checklist, "Entrega a Serviço");
    assert_eq!(event.fields.len(), 7, "six of the body and the name of the query");
}

#[test]
fn the_same_fields_may_come_in_any_form_and_under_other_names() {
    check_checklist(&post(
        "/rabbot?event=checklist",
        "Placa=abc-1d23&KM+Rodados=45.210&valor=1350%2C90&E-mail=x&Email=condutor%40exemplo.invalid\
         &fotos[]=https%3A%2F%2Fexemplo.invalid%2Ff%2F1.jpg",
    ));
    check_checklist(&post(
        "/rabbot?event=checklist&carro=ABC1D23&km=45210,0&valor=1350.90\
         &condutor_email=condutor@exemplo.invalid&foto_url=https://exemplo.invalid/f/1.jpg",
        "",
    ));
}

#[test]
fn the_form_is_read_field_by_field() {
    let event = post("/rabbot?event=status", STATUS_FORM);
    let Told::Status { plate, status } = &event.data else { panic!("{event:?}") };
    assert_eq!((plate.as_str(), status.as_str()), ("ABC1D23", "EM MANUTENÇÃO"));
    assert_eq!(event.fields.read::<Decimal>(KM).unwrap().to_string(), "45210");
}

#[test]
fn a_question_is_answered_with_data() {
    let asked = receive("GET", &format!("/rabbot/current-driver?{QUERY}"), "").unwrap();
    assert!(asked.event.is_question);
    assert_eq!(asked.event.fields.read::<Plate>(PLATE).unwrap().as_str(), "ABC1D23");

    let driver = serde_json::json!({"placa": "ABC1D23", "condutor": "Fulano de Tal"});
    let reply = asked.receipt.accepted_with(Content::json(&driver).unwrap());
    let answer = reply.into_http(SystemTime::UNIX_EPOCH);
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["content-type"]),
        (200, &"application/json".parse().unwrap())
    );
    assert_eq!(serde_json::from_slice::<serde_json::Value>(answer.body()).unwrap(), driver);
}

#[test]
fn an_event_of_an_unknown_name_or_of_no_fields_is_accepted() {
    for (target, name) in
        [("/rabbot?event=multa", "multa"), ("/rabbot", "event"), ("/rabbot?event=", "event")]
    {
        for body in [r#"{"novo":{"campo":[1,2]}}"#, "novo=1", "{}", ""] {
            let event = post(target, body);
            assert_eq!(event.kind(), name);
            assert!(matches!(event.data, Told::Other));
        }
    }
}

#[track_caller]
fn check_refused(target: &str, body: &str, status: u16, says: &str) {
    let rejection = receive("POST", target, body).unwrap_err();
    assert_eq!(rejection.status().as_u16(), status, "{rejection}");
    let answer = rejection.into_http(SystemTime::UNIX_EPOCH).into_body();
    let answer = String::from_utf8(answer.to_vec()).unwrap();
    assert!(answer.contains(says) && !answer.contains("canary"), "{answer}");
}

#[test]
fn what_does_not_fit_the_mapping_is_named() {
    let checklist = "/rabbot?event=checklist";
    check_refused(checklist, "km=1", 422, r#""member":"placa","expected":"a Brazilian plate"#);
    check_refused(checklist, "carro=canary&km=1", 422, r#""member":"carro""#);
    check_refused(
        checklist,
        "placa=ABC1D23",
        422,
        r#""member":"km","expected":"a decimal number""#,
    );
    check_refused(checklist, "placa=ABC1D23&km=canary", 422, r#""member":"km""#);
    check_refused(checklist, "placa=ABC1D23&placa=ABC1D24&km=1", 422, "one value, not several");
    check_refused(checklist, r#"{"placa":["canary"],"km":1}"#, 422, r#""member":"placa""#);
    check_refused(checklist, r#"{"placa":"ABC1D23","km":1,"fotos":[{"canary":1}]}"#, 422, "fotos");
    check_refused("/rabbot", r#"["canary"]"#, 422, "an object");
    check_refused("/rabbot", r#"{"canary":"#, 400, "malformed");
    check_refused("/rabbot", "a=canary%ff", 422, r#""member":"a","expected":"text in UTF-8""#);
}

fn key(method: &str, target: &str, body: &str) -> Option<String> {
    receive(method, target, body).unwrap().key().map(|key| key.to_string())
}

#[test]
fn a_redelivery_is_known_by_its_content_and_not_by_its_token() {
    let first = key("POST", "/rabbot?event=x&a=1", "b=2");
    assert!(first.is_some_and(|first| first.starts_with("rabbot:")));
    let same =
        |target| assert_eq!(key("POST", target, "b=2"), key("POST", "/rabbot?event=x&a=1", "b=2"));
    same("/rabbot?event=x&a=1");
    same("/rabbot?event=x&a=1&token=rotated");
    same("/rabbot?token=T&event=x&a=1");
}

#[test]
fn another_content_has_another_key() {
    let contents = [
        ("/rabbot?event=x", "b=2"),
        ("/rabbot?event=y", "b=2"),
        ("/rabbot2?event=x", "b=2"),
        ("/rabbot?event=x", "b=3"),
        ("/rabbot?event=x&b=2", ""),
        ("/rabbot?event=x&b=2", "b=2"),
        ("/rabbot?event=x", ""),
        ("/rabbot", "event=x&b=2"),
    ];
    let mut keys: Vec<_> =
        contents.iter().map(|(target, body)| key("POST", target, body)).collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), contents.len());
}

#[test]
fn a_question_has_no_key() {
    assert_eq!(key("GET", &format!("/rabbot?{QUERY}"), ""), None);
    assert_eq!(key("GET", "/rabbot", "a=1"), None);
}

#[track_caller]
fn check_token(header: (&str, &str), target: &str, is_proven: bool) {
    let headers = vec![header];
    let request = Request::new("GET", target, &headers);
    let endpoint = token::<()>(Secret::new(TOKEN).unwrap()).unwrap();
    let outcome = endpoint.receive(&request, SystemTime::UNIX_EPOCH);
    assert_eq!(outcome.is_ok(), is_proven, "{header:?} {target}");
}

#[test]
fn the_token_may_stand_wherever_the_operator_puts_it() {
    check_token(("authorization", TOKEN), "/", true);
    check_token(("authorization", "Bearer rabbot-test-token"), "/", true);
    check_token(("x", "y"), "/?token=rabbot-test-token", true);
    for value in ["", "Bearer", "rabbot-test-token2", "Basic rabbot-test-token"] {
        check_token(("authorization", value), "/", false);
    }
    for target in ["/", "/?token=", "/?token=rabbot-test-token&token=x", "/?a=rabbot-test-token"] {
        check_token(("x", "y"), target, false);
    }
}

#[test]
fn a_token_in_a_header_of_ones_own_stands_there_only() {
    let name = HeaderName::from_static("x-api-key");
    let receiver = token_in_header::<()>(name, Secret::new(TOKEN).unwrap()).unwrap();
    for (name, is_proven) in [("X-Api-Key", true), ("authorization", false)] {
        let headers = vec![(name, TOKEN)];
        let request = Request::new("GET", "/?event=x", &headers);
        assert_eq!(receiver.receive(&request, SystemTime::UNIX_EPOCH).is_ok(), is_proven);
    }
}

#[test]
fn a_token_under_another_name_is_no_field_either() {
    let headers = vec![("x", "y")];
    let receiver =
        Receiver::<Event>::new(Token::query("chave", Secret::new(TOKEN).unwrap()).unwrap())
            .with_options(Options::default().with_token_parameter("chave"));
    let request = Request::new("POST", "/?chave=rabbot-test-token&event=x", &headers);
    let event = receiver.receive(&request, SystemTime::UNIX_EPOCH).unwrap().event;
    assert_eq!(event.fields.names().collect::<Vec<_>>(), ["event"]);
}

#[test]
fn no_field_and_no_token_is_printed() {
    let target = "/rabbot?event=checklist&token=canary-0";
    let body =
        r#"{"placa":"ABC1D23","km":1,"email":"canary-1","fotos":"canary-2","novo":["canary-3"]}"#;
    let event = post(target, body);
    let printed = format!("{event:?} {event:#?}");
    assert!(printed.contains("checklist") && printed.contains("novo"), "{printed}");
    assert!(!printed.contains("canary") && !printed.contains("ABC1D23"), "{printed}");
    assert!(!serde_json::to_string(&event.fields).unwrap().contains("canary-0"));
}
