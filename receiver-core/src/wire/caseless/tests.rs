use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::value::{Error as Plain, MapDeserializer, StrDeserializer};
use serde_json::value::RawValue;
use serde_json::{Value, from_str, from_value};

use super::*;

#[derive(Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "PascalCase")]
struct Ticket {
    #[serde(rename = "ContractID", alias = "Contrat")]
    contract_id: String,
    #[serde(default)]
    parts: Vec<Part>,
    #[serde(default)]
    whole: Option<Box<Part>>,
    #[serde(default)]
    by_name: BTreeMap<String, Part>,
    #[serde(default)]
    by_number: BTreeMap<u8, u8>,
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
struct Part {
    #[serde(rename = "TxId")]
    tx_id: u64,
}

fn ticket() -> Ticket {
    Ticket { contract_id: "7".to_owned(), ..Ticket::default() }
}

#[track_caller]
fn check(json: &str, expected: &Ticket) {
    let Caseless(read) = from_str::<Caseless<Ticket>>(json).unwrap();
    assert_eq!(&read, expected);
    assert_eq!(&crate::json::read::<Caseless<Ticket>>(json).unwrap().0, expected);
    let value: Value = from_str(json).unwrap();
    assert_eq!(&from_value::<Caseless<Ticket>>(value).unwrap().0, expected);
}

#[test]
fn a_name_is_found_in_any_case() {
    for name in ["ContractID", "ContractId", "contractId", "CONTRACTID", "contractid", "cONTRAT"] {
        check(&format!(r#"{{"{name}": "7"}}"#), &ticket());
    }
    check(r#"{"contract\u0049d": "7"}"#, &ticket());
}

#[test]
fn other_names_are_not_found() {
    for name in ["Contract_ID", "ContractI", "Contract ID", "ContractÍD", " ContractID", ""] {
        let json = format!(r#"{{"{name}": "7"}}"#);
        let error = from_str::<Caseless<Ticket>>(&json).unwrap_err().to_string();
        assert!(error.contains("missing field `ContractID`"), "{error}");
    }
    check(r#"{"ContractID": "7", "New": {"contractid": [1]}, "": null}"#, &ticket());
}

#[test]
fn names_are_found_at_every_depth() {
    let part = || Part { tx_id: 9 };
    let expected = Ticket {
        parts: vec![part(), part()],
        whole: Some(Box::new(part())),
        by_name: [("TxID".to_owned(), part())].into(),
        ..ticket()
    };
    check(
        r#"{"contractid": "7", "PARTS": [{"txid": 9}, {"TXID": 9}], "Whole": {"txID": 9},
            "byname": {"TxID": {"tXid": 9}}}"#,
        &expected,
    );
}

#[test]
fn names_are_found_in_the_content_of_an_enum() {
    #[derive(Debug, Deserialize, PartialEq, Eq)]
    enum Change {
        One(Part),
        Two {
            #[serde(rename = "PartId")]
            id: u8,
        },
    }
    let json = r#"[{"One": {"txid": 9}}, {"Two": {"PARTID": 1}}]"#;
    let Caseless(changes) = from_str::<Caseless<Vec<Change>>>(json).unwrap();
    assert_eq!(changes, [Change::One(Part { tx_id: 9 }), Change::Two { id: 1 }]);
}

#[test]
fn a_struct_is_not_read_from_an_array() {
    assert!(from_str::<Caseless<Part>>("[9]").is_err());
}

#[test]
fn the_keys_of_a_map_stay() {
    let expected = Ticket {
        by_name: [("tXid".to_owned(), Part { tx_id: 9 })].into(),
        by_number: [(1, 2)].into(),
        ..ticket()
    };
    check(
        r#"{"ContractID": "7", "ByName": {"tXid": {"TxId": 9}}, "ByNumber": {"1": 2}}"#,
        &expected,
    );
}

#[test]
fn two_spellings_of_one_member_are_a_duplicate() {
    for json in [
        r#"{"ContractID": "7", "ContractId": "7"}"#,
        r#"{"contractId": "7", "ContractId": "8"}"#,
        r#"{"contractId": "7", "Contrat": "8"}"#,
    ] {
        let error = from_str::<Caseless<Ticket>>(json).unwrap_err().to_string();
        assert!(error.contains("duplicate field `ContractID`"), "{error}");
    }
}

#[test]
fn names_that_differ_in_case_alone_are_told_apart_by_it() {
    #[derive(Deserialize)]
    struct Both {
        id: u8,
        #[serde(rename = "ID")]
        capital: u8,
    }
    for json in [r#"{"id": 1, "ID": 2}"#, r#"{"ID": 2, "Id": 1}"#] {
        let Caseless(both) = from_str::<Caseless<Both>>(json).unwrap();
        assert_eq!((both.id, both.capital), (1, 2));
    }
}

#[test]
fn numbers_keep_every_digit_and_raw_text_stays() {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Bill {
        amount: crate::wire::decimal::Decimal,
        #[serde(deserialize_with = "crate::wire::text::id")]
        id: String,
        raw: Box<RawValue>,
    }
    let json =
        r#"[{"AMOUNT": 900719925474099.31, "ID": 18446744073709551617, "raw": {"iD": 1.0}}]"#;
    let Caseless(bills) = from_str::<Caseless<Vec<Bill>>>(json).unwrap();
    assert_eq!(bills[0].amount.to_string(), "900719925474099.31");
    assert_eq!(bills[0].id, "18446744073709551617");
    assert_eq!(bills[0].raw.get(), r#"{"iD": 1.0}"#);
}

#[test]
fn any_deserializer_will_do() {
    let pairs = [("contractid", "7"), ("x", "y")];
    let pairs = pairs.map(|(key, value)| (key, StrDeserializer::<Plain>::new(value)));
    let read = Caseless::<Ticket>::deserialize(MapDeserializer::new(pairs.into_iter())).unwrap();
    assert_eq!(read.0, ticket());
}

#[test]
fn an_object_that_a_visitor_was_given_is_read_as_well() {
    #[derive(Debug, PartialEq, Eq)]
    struct Given(Ticket);

    impl<'de> Deserialize<'de> for Given {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_any(Taker).map(Self)
        }
    }

    struct Taker;

    impl<'de> Visitor<'de> for Taker {
        type Value = Ticket;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Ticket, A::Error> {
            object(map)
        }
    }

    let json = r#"{"contractid": "7", "PARTS": [{"txid": 9}]}"#;
    let expected = Given(Ticket { parts: vec![Part { tx_id: 9 }], ..ticket() });
    assert_eq!(from_str::<Caseless<Given>>(json).unwrap().0, expected);
}
