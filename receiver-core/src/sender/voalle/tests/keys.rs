//! What makes a change recognisable, and what must not be.

use super::*;

#[test]
fn a_delivery_sent_again_has_the_same_key() {
    let key = |body: &str| receive(body).unwrap().key().unwrap();
    let updated = sample!("contract.updated");
    assert_eq!(key(updated), key(updated));
    for other in [
        sample!("contract.created").to_owned(),
        sample!("contract.deleted").to_owned(),
        updated.replace("99.9", "99.8"),
        updated.replace(r#""ActionType": 1"#, r#""ActionType": 2"#),
        updated.replace(r#""CompanyId": 1"#, r#""CompanyId": 2"#),
        format!("[{updated},{updated}]"),
    ] {
        assert_ne!(key(&other), key(updated));
    }
    assert_eq!(key(&format!("[{updated}]")), key(updated), "an array of one says the same");
    assert_eq!(key(&updated.replace(r#""ActionType""#, r#""New": 7, "ActionType""#)), key(updated));
}

#[test]
fn every_change_has_its_own_key() {
    let paid = |amount: u8| format!(r#"{{"FinancialReceivabletitleId":470,"Amount":{amount}}}"#);
    let body = format!(r#""FinancialReceiptTitles":[{},{}]"#, paid(1), paid(2));
    let event = read(&enveloped(0, &body));
    let [first, second] = &event.changes[..] else { panic!("two parts of one title") };
    assert_ne!(first.key(), second.key());
    let alone = only(&enveloped(0, &format!(r#""FinancialReceiptTitle":{}"#, paid(1))));
    assert_eq!(alone.key(), first.key());
    let received = receive(sample!("contract.updated")).unwrap();
    let (whole, change) = (received.key(), received.event.changes[0].key());
    assert_ne!(whole.as_ref(), Some(change), "both may be kept in one place");
}

#[test]
fn the_time_of_a_subscription_is_not_part_of_its_key() {
    let subscription = sample!("subscription");
    let key = |body: &str| receive(body).unwrap().key();
    let later = subscription.replace("09:30:00", "09:45:00");
    assert_eq!(key(&later), key(subscription));
    assert_ne!(key(&subscription.replace("PLANO-A", "PLANO-B")), key(subscription));
    assert_ne!(key(r#"{"a":1}"#), key(r#"{"b":1}"#));
}

#[test]
fn nobody_s_data_prints() {
    let unread = enveloped(0, r#""New":{"Name":"Fulana"}"#);
    for body in [
        sample!("contract.created"),
        sample!("connection.created"),
        sample!("solicitation.created"),
        sample!("report.created"),
        sample!("title_issued.created"),
        sample!("title_paid.updated"),
        sample!("signature.created"),
        sample!("subscription"),
        sample!("dialect_b"),
        &unread,
    ] {
        let event = read(body);
        let printed = format!("{event:?} {event:#?}");
        for marker in [
            "FICTICIO LTDA",
            "Fulana",
            "FULANA",
            "exemplo.invalid",
            "90000",
            "Inventada",
            "000-00",
            "0001-00",
            "cliente.ficticio",
            "SYNTHETIC\")",
            "assinatura",
            "queda",
            "horário",
            "00:53",
            "Atendente",
            "VENDEDORA",
            "Desconto",
            "Centro",
            "Cidade",
        ] {
            assert!(!printed.contains(marker), "{marker} in {printed}");
        }
    }
}
