//! What Voalle sends, member by member, and what it must not be able to do.

use std::time::UNIX_EPOCH;

use jiff::civil::{Date, date};

use super::{Change, Contract, Event, Subject, receiver};
use crate::scheme::dangerous::Anonymous;
use crate::wire::date::LocalTime;
use crate::wire::decimal::Decimal;
use crate::{Cause, Event as _, ParseError, Received, Rejection, Request};

mod endpoint;
mod keys;
mod reading;
mod samples;
mod wrong;

macro_rules! sample {
    ($name:literal) => {
        include_str!(concat!("../../../../samples/voalle/", $name, ".json"))
    };
}
use sample;

fn receive(body: &str) -> Result<Received<Event>, Rejection> {
    let headers = vec![("content-type", "application/json")];
    let request = Request::new("POST", "/", &headers).with_body(body);
    receiver(Anonymous::because("a test")).receive(&request, UNIX_EPOCH)
}

#[track_caller]
fn read(body: &str) -> Event {
    receive(body).unwrap().event
}

/// The one change of a delivery.
#[track_caller]
fn only(body: &str) -> Change {
    let mut changes = read(body).changes;
    assert_eq!(changes.len(), 1);
    changes.pop().unwrap()
}

#[track_caller]
fn contract(body: &str) -> Contract {
    match only(body).subject {
        Subject::Contract(contract) => *contract,
        other => panic!("{other:?}"),
    }
}

/// The member a body is refused for, and what was expected there.
#[track_caller]
fn refused(body: &str) -> (String, String) {
    match receive(body).unwrap_err().cause() {
        Cause::Parse(ParseError::Shape(shape)) => {
            (shape.member().to_owned(), shape.expected().to_owned())
        }
        other => panic!("{other:?}"),
    }
}

/// An envelope around these members.
fn enveloped(action: u8, members: &str) -> String {
    format!(
        r#"{{"CompanyId":1,"CompanyTxId":"00.000.000/0001-00","ActionType":{action},{members}}}"#
    )
}

fn day(time: Option<&LocalTime>) -> Option<Date> {
    time.and_then(LocalTime::date)
}

/// A day of January 2026.
fn january(day: i8) -> Option<Date> {
    Date::new(2026, 1, day).ok()
}

fn amount(text: &str) -> Option<Decimal> {
    let amount = Decimal::parse(text);
    assert!(amount.is_ok(), "{text}");
    amount.ok()
}
