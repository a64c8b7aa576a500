//! Arrays, spellings, and what is new.

use super::*;
use crate::sender::voalle::{Action, ContractStage, ContractStatus, SignatureStatus};

#[test]
fn nothing_of_an_array_is_dropped() {
    let connection = |id: u8| format!(r#"{{"ContractID":{id}}}"#);
    let envelope = |action, inner: &str| enveloped(action, &format!(r#""Authentication":{inner}"#));
    let two = format!("[{},{}]", connection(3), connection(4));
    let body = format!(
        "[{},{},{}]",
        envelope(0, &connection(1)),
        envelope(0, &format!("[{}]", connection(2))),
        envelope(0, &two),
    );
    let event = read(&body);
    let ids: Vec<_> = event.changes.iter().map(|change| change.subject.contract_number()).collect();
    assert_eq!(ids, [Some("1"), Some("2"), Some("3"), Some("4")]);
    assert_eq!(event.kind(), "connection.created");

    let several =
        format!(r#""Authentication":{two},"Contract":{{"Number":5}},"contracts":[{{"Number":6}}]"#);
    assert_eq!(read(&enveloped(1, &several)).changes.len(), 4);
}

#[test]
fn a_delivery_of_several_kinds_is_mixed() {
    let body = format!(
        "[{},{}]",
        enveloped(0, r#""Contract":{"Number":1}"#),
        enveloped(1, r#""Contract":{"Number":1}"#),
    );
    let event = read(&body);
    let kinds: Vec<_> = event.changes.iter().map(Change::kind).collect();
    assert_eq!(kinds, ["contract.created", "contract.updated"]);
    assert_eq!(event.kind(), "mixed");
}

#[track_caller]
fn check_number(members: &str) {
    assert_eq!(contract(&enveloped(1, members)).number, "1042", "{members}");
}

#[test]
fn names_are_read_in_any_case() {
    check_number(r#""contract":{"number":"1042"}"#);
    check_number(r#""CONTRACT":[{"NUMBER":1042}]"#);
    check_number(r#""Contracts":{"Number":1042}"#);
    for envelope in [
        r#"{"companyid":1,"COMPANYTXID":"x","actiontype":1,"#,
        r#"{"CompanyID":1,"CompanyTxID":"x","ActionType":"1","#,
        r#"{"companyId":"1","companyTxId":"x","actionType":1,"#,
        r#"{"Company":1,"CompanyTxId":"x","Action":1,"#,
        r#"{"Company":{"Name":"x"},"CompanyId":1,"CompanyTxId":"x","ActionType":1,"Action":"edit","#,
    ] {
        let change = only(&format!(r#"{envelope}"contract":{{"number":7}}}}"#));
        assert_eq!(change.kind(), "contract.updated", "{envelope}");
        assert_eq!(change.company_id.as_deref(), Some("1"), "{envelope}");
        assert_eq!(change.company_tx_id.as_deref(), Some("x"), "{envelope}");
    }
}

#[test]
fn the_listed_misspellings_are_read() {
    let read =
        |members: &str| contract(&enveloped(0, &format!(r#""Contract":{{"Number":1,{members}}}"#)));
    for name in ["PaymentForm", "PaymnetForm", "paymnetForm"] {
        let contract = read(&format!(r#""{name}":{{"Code":"2.01"}}"#));
        assert_eq!(contract.payment_form.unwrap().code.as_deref(), Some("2.01"), "{name}");
    }
    for name in ["Neighborhood", "Neigborhood", "neighborhood"] {
        let contract = read(&format!(r#""Address":{{"{name}":"Centro"}}"#));
        assert_eq!(contract.address.unwrap().neighborhood.as_deref(), Some("Centro"), "{name}");
    }
    for name in ["Activation", "Activations", "activations"] {
        assert_eq!(read(&format!(r#""{name}":[{{"Id":1}},{{"ID":2}}]"#)).activations.len(), 2);
    }
    for name in ["Negotiation", "Negotiations", "negotiation"] {
        assert_eq!(read(&format!(r#""{name}":{{"Id":1}}"#)).negotiations.len(), 1, "{name}");
    }
    for name in ["NegotiationID", "NegotiationId"] {
        let contract = read(&format!(r#""ThirdPartyInformation":{{"{name}":7}}"#));
        let other = contract.third_party_information.unwrap();
        assert_eq!(other.negotiation_id.as_deref(), Some("7"), "{name}");
    }
    for name in ["ContractID", "ContractId", "contractId"] {
        let body = enveloped(0, &format!(r#""Authentication":{{"{name}":7}}"#));
        assert_eq!(only(&body).subject.contract_number(), Some("7"), "{name}");
    }
    for name in ["Attendance", "Atendence", "Atendance"] {
        let ticket = format!(r#""Solicitations":{{"SolicitationId":1,"{name}":{{"Id":7}}}}"#);
        let Subject::Solicitation(ticket) = only(&enveloped(0, &ticket)).subject else { panic!() };
        assert_eq!(ticket.attendance.unwrap().id.as_deref(), Some("7"), "{name}");
    }
    for (kind, date) in [
        ("FinancialReceiptTitle", "ReceiptaDate"),
        ("FinancialReceiptTitles", "ReceiptDate"),
        ("financialReceiptTitle", "receiptDate"),
    ] {
        let id = "FinancialReceivableTitleId";
        let title = format!(r#""{kind}":{{"{id}":7,"{date}":"15/01/2026"}}"#);
        let Subject::TitlePaid(title) = only(&enveloped(0, &title)).subject else { panic!() };
        assert_eq!(title.financial_receivable_title_id, "7");
        assert_eq!(day(title.receipt_date.as_ref()), january(15), "{date}");
    }
}

#[test]
fn a_party_is_an_object_a_name_an_id_or_none() {
    let team = |team: &str| {
        let ticket = format!(r#""Solicitations":{{"SolicitationId":1,"Team":{team}}}"#);
        let Subject::Solicitation(ticket) = only(&enveloped(0, &ticket)).subject else { panic!() };
        ticket.team.map(|team| (team.id, team.name.map(|name| name.to_string())))
    };
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(team(r#"{"Id":3,"Name":"Suporte"}"#), Some((text("3"), text("Suporte"))));
    assert_eq!(team(r#""Suporte""#), Some((None, text("Suporte"))));
    assert_eq!(team("3"), Some((text("3"), None)));
    assert_eq!((team("null"), team(r#"" ""#)), (None, None));
}

#[test]
fn all_spellings_of_a_date_are_read_and_others_refuse_nothing() {
    let begin = |date: &str| {
        let members = format!(r#""Contract":{{"Number":1,"BeginContractVigency":{date}}}"#);
        contract(&enveloped(0, &members)).begin_contract_vigency
    };
    for date in [
        "2026-01-15",
        "15-01-2026",
        "15/01/2026",
        "15-01-2026 09:14:19",
        "15/01/2026 09:14:19",
        "2026-01-15 09:14:19",
        "2026-01-15T09:14:19",
    ] {
        assert_eq!(day(begin(&format!("{date:?}")).as_ref()), january(15), "{date}");
    }
    for odd in ["31/02/2026", "15.01.2026", "em breve", "0001-01-01T00:00:00 "] {
        assert_eq!(begin(&format!("{odd:?}")).unwrap().text(), odd);
    }
    assert_eq!(begin("20260115").unwrap().text(), "20260115");
    assert_eq!((begin("null"), begin(r#""""#)), (None, None));
}

#[test]
fn ids_keep_every_digit() {
    for id in ["9223372036854775807", "9223372036854775809", "18446744073709551617"] {
        for written in [id.to_owned(), format!("{id:?}")] {
            let change = only(&format!(
                r#"{{"CompanyId":{written},"ActionType":0,"Authentication":{{"ContractID":{written}}}}}"#
            ));
            assert_eq!(change.subject.contract_number(), Some(id));
            assert_eq!(change.company_id.as_deref(), Some(id));
        }
    }
}

#[test]
fn codes_are_the_guides_and_new_ones_are_kept() {
    let code = |member: &str, code: &str| {
        let members = format!(r#""Contract":{{"Number":1,"{member}":{{"Code":{code}}}}}"#);
        contract(&enveloped(0, &members))
    };
    let status = |status: &str| code("Status", status).status.unwrap().code;
    for (number, expected) in [
        ("1", ContractStatus::Normal),
        ("2", ContractStatus::Demonstration),
        ("3", ContractStatus::Courtesy),
        ("4", ContractStatus::Cancelled),
        ("5", ContractStatus::Suspended),
        ("6", ContractStatus::FinancialBlock),
        ("7", ContractStatus::AdministrativeBlock),
        ("8", ContractStatus::Ended),
        ("42", ContractStatus::from(42)),
        (r#""6""#, ContractStatus::FinancialBlock),
        ("6.0", ContractStatus::FinancialBlock),
        (r#""S""#, ContractStatus::Other("S".to_owned())),
    ] {
        assert_eq!(status(number), Some(expected));
    }
    assert_eq!((status("null"), status(r#""""#)), (None, None));
    let stage = |stage: &str| code("Stage", stage).stage.unwrap().code;
    for (number, expected) in [
        ("1", ContractStage::PreContract),
        ("2", ContractStage::InApproval),
        ("3", ContractStage::Approved),
        ("4", ContractStage::Rejected),
        ("5", ContractStage::Cancelled),
        ("42", ContractStage::from(42)),
    ] {
        assert_eq!(stage(number), Some(expected));
    }
    let done = (1..=9).filter(|code| SignatureStatus::from(*code).is_done());
    assert_eq!(done.collect::<Vec<_>>(), [3, 7]);
}

#[test]
fn an_action_that_is_new_is_accepted() {
    let change = only(&enveloped(9, r#""Contract":{"Number":1}"#));
    assert_eq!((&change.action, change.kind()), (&Some(Action::from(9)), "contract.9"));
    assert!(matches!(change.subject, Subject::Contract(_)));
}

#[test]
fn an_action_that_is_a_word_is_accepted() {
    let change = only(r#"{"ActionType":"Created","Contract":{"Number":1}}"#);
    assert_eq!(change.kind(), "contract.Created");
}

#[test]
fn an_object_that_is_new_is_kept_whole() {
    let json = r#"{"Id": 7, "nested": [1.0, {"ID": 18446744073709551617}]}"#;
    let change = only(&enveloped(0, &format!(r#""Note":"x","FiscalDocument":{json}"#)));
    assert_eq!(change.kind(), "FiscalDocument.created");
    let Subject::Other(other) = &change.subject else { panic!("{change:?}") };
    assert_eq!((other.name.as_deref(), other.content.as_str()), (Some("FiscalDocument"), json));
    assert_eq!(other.content.read::<serde_json::Value>().unwrap()["Id"], 7);
}

#[test]
fn a_name_with_two_plural_endings_is_new() {
    let change = only(&enveloped(0, r#""Contractss":{"Number":1}"#));
    assert_eq!(change.kind(), "Contractss.created");
}

#[test]
fn members_that_are_new_are_ignored_beside_a_known_object() {
    for new in
        [r#""Status":"ok""#, r#""Client":7"#, r#""Meta":{"Contract":[]}"#, r#""Version":[1]"#]
    {
        check_number(&format!(r#"{new},"Contract":{{"Number":1042,"New":{{"a":[1]}}}}"#));
    }
}

#[test]
fn without_an_envelope_nothing_is_refused() {
    let subscription = only(r#"{"contract":{"number":7},"status":{"description":"x"}}"#);
    assert_eq!(subscription.kind(), "subscription");
    assert_eq!(subscription.subject.contract_number(), Some("7"));
    assert_eq!((subscription.action, subscription.company_id), (None, None));
    for json in [
        r#"{"Contract":{"Number":7},"Services":"many"}"#,
        r#"{"Contract":{"Number":[7]}}"#,
        r#"{"Invoice":{"Id":1}}"#,
        r#"{"ping":true}"#,
    ] {
        let change = only(json);
        let Subject::Other(other) = &change.subject else { panic!("{change:?}") };
        assert_eq!((change.kind(), other.name.as_deref()), ("other", None));
        assert_eq!(other.content.as_str(), json);
    }
}

#[test]
fn signatures_are_told_from_contracts() {
    let kind =
        |members: &str| only(&enveloped(1, &format!(r#""Contract":{members}"#))).kind().to_owned();
    assert_eq!(kind(r#"{"Number":1,"ElectronicSignatures":[]}"#), "contract.updated");
    assert_eq!(kind(r#"{"ElectronicSignatures":[]}"#), "signature.updated");
    assert_eq!(kind(r#"{"electronicsignatures":{"code":1}}"#), "signature.updated");
    let both = r#""Contract":{"Number":7,"ElectronicSignatures":[{"Code":1},{"Code":2}]}"#;
    let change = only(&enveloped(1, both));
    assert_eq!(change.subject.contract_number(), Some("7"));
    let Subject::Signature(signature) = change.subject else { panic!("no signature") };
    assert_eq!(signature.electronic_signatures.len(), 2);
}

#[test]
fn a_byte_order_mark_is_no_fault() {
    let body = format!("\u{feff}{}", sample!("contract.updated"));
    assert_eq!(read(&body).kind(), "contract.updated");
}
