//! What is refused, and the member that is named.

use super::*;

#[track_caller]
fn check_named(body: &str, member: &str) {
    assert_eq!(refused(body).0, member, "{body}");
}

#[test]
fn what_is_wrong_is_named() {
    for (inner, member) in [
        (r#""Contract":{"Number":1,"Amount":true}"#, "Contract.Amount"),
        (r#""Contract":{"Number":1,"Amount":"1.234"}"#, "Contract.Amount"),
        (r#""Contract":[{"Number":1},{"Number":2,"Amount":{}}]"#, "Contract[1].Amount"),
        (r#""contract":{"number":1,"amount":[]}"#, "contract.amount"),
        (r#""Contract":{"Number":1,"Services":[{},{"Units":{}}]}"#, "Contract.Services[1].Units"),
        (r#""Contract":{"Number":1,"Services":[{},7]}"#, "Contract.Services[1]"),
        (r#""Contract":{"Number":1,"Client":"Fulana"}"#, "Contract.Client"),
        (r#""Contract":{"Number":1,"Client":{"Name":7}}"#, "Contract.Client.Name"),
        (r#""Contract":{"Number":1,"Status":{"Code":["x"]}}"#, "Contract.Status.Code"),
        (r#""Contract":{"Number":1,"CollectionDay":1.5}"#, "Contract.CollectionDay"),
        (r#""Contract":{"Number":1,"number":2}"#, "Contract.Number"),
        (r#""Contract":{"Number":[]}"#, "Contract.Number"),
        (r#""Contract":{"Number":" "}"#, "Contract.Number"),
        (r#""Contract":{}"#, "Contract.Number"),
        (r#""Contract":7"#, "Contract"),
        (r#""Contract":"x""#, "Contract"),
        (r#""Contract":[{"Number":1},null]"#, "Contract[1]"),
        (r#""Contract":[[{"Number":1}]]"#, "Contract[0]"),
        (r#""Contract":{"ElectronicSignatures":[{}]}"#, "Contract.ElectronicSignatures[0].Code"),
        (r#""Authentication":{"Login":"x"}"#, "Authentication.ContractID"),
        (r#""Solicitations":{}"#, "Solicitations.SolicitationId"),
        (r#""solicitationReport":{}"#, "solicitationReport.SolicitationId"),
        (r#""FinancialReceivableTitle":{"Parcel":1}"#, "FinancialReceivableTitle.Number"),
        (
            r#""FinancialReceiptTitles":[{}]"#,
            "FinancialReceiptTitles[0].FinancialReceivabletitleId",
        ),
    ] {
        check_named(&enveloped(0, inner), member);
        check_named(&format!("[{}]", enveloped(0, inner)), &format!("[0].{member}"));
    }
}

#[test]
fn an_envelope_without_its_parts_is_refused() {
    let contract = r#""Contract":{"Number":1}"#;
    check_named(&format!(r#"{{"CompanyId":1,{contract}}}"#), "ActionType");
    check_named(&format!(r#"{{"CompanyTxId":"x","ActionType":null,{contract}}}"#), "ActionType");
    check_named(&format!(r#"{{"ActionType":{{}},{contract}}}"#), "ActionType");
    check_named(&format!(r#"{{"ActionType":1,"CompanyId":[],{contract}}}"#), "CompanyId");
    check_named(&format!(r#"{{"ActionType":1,"actiontype":2,{contract}}}"#), "ActionType");
    check_named("{}", "ActionType");
    for nothing in [
        r#""New":1"#,
        r#""Contract":null"#,
        r#""Contract":"""#,
        r#""Contract":[]"#,
        r#""Contract":null,"New":"x""#,
    ] {
        let (member, expected) = refused(&enveloped(0, nothing));
        assert_eq!(member, "", "{nothing}");
        assert!(expected.contains("`Contract`"), "{expected}");
    }
}

#[test]
fn a_root_that_is_no_object_is_refused() {
    for (body, member) in [
        ("7", ""),
        ("null", ""),
        (r#""x""#, ""),
        ("[7]", "[0]"),
        ("[[]]", "[0]"),
        ("[null]", "[0]"),
    ] {
        assert_eq!(
            refused(body),
            (member.to_owned(), "an object or an array of objects".to_owned())
        );
    }
    let second = format!("[{},7]", enveloped(0, r#""Contract":{"Number":1}"#));
    check_named(&second, "[1]");
}

/// An object of two bytes becomes a struct of hundreds.
#[test]
fn a_delivery_of_too_many_objects_is_refused() {
    let services = |count: usize| {
        let services = vec!["{}"; count].join(",");
        enveloped(0, &format!(r#""Contract":{{"Number":1,"Services":[{services}]}}"#))
    };
    assert!(receive(&services(19_998)).is_ok());
    assert_eq!(refused(&services(19_999)), (String::new(), "at most 20000 objects".to_owned()));
}

#[test]
fn an_array_of_nothing_is_refused() {
    assert_eq!(refused("[]").1, "at least one object in the array");
    assert_eq!(refused(" [ ] ").1, "at least one object in the array");
}

#[test]
fn an_id_of_the_company_is_short_because_every_change_has_it() {
    let long = "9".repeat(65);
    let contract = r#""Contract":{"Number":1}"#;
    for member in ["CompanyId", "CompanyTxId"] {
        check_named(&format!(r#"{{"ActionType":1,"{member}":"{long}",{contract}}}"#), member);
    }
}
