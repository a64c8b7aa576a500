//! From the text of a delivery to its changes: one or many, in one dialect or the other.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::change::{Action, Change, Other, Subject};
use super::contract::Contract;
use super::signature::Signature;
use super::subscription::Subscription;
use crate::json::{self, Shape};
use crate::wire::caseless::Caseless;
use crate::wire::open::whole_number;
use crate::wire::text::is_blank;
use crate::wire::{Private, Unread, text};
use crate::{EventKey, ParseError};

/// All changes of a delivery, in the order they stand in. Never none.
pub(super) fn changes(text: &str, sender: &str) -> Result<Vec<Change>, ParseError> {
    // An object of two bytes becomes a struct of hundreds.
    if text.bytes().filter(|&byte| byte == b'{').count() > MAX_OBJECTS {
        return Err(wrong("", "at most 20000 objects"));
    }
    if first_byte(text) != Some(b'[') {
        return element(text, sender);
    }
    let elements: Vec<Box<RawValue>> = json::read(text)?;
    let mut changes = Vec::new();
    for (index, text) in elements.iter().enumerate() {
        changes
            .extend(element(text.get(), sender).map_err(|error| at(&format!("[{index}]"), error))?);
    }
    if changes.is_empty() {
        return Err(wrong("", "at least one object in the array"));
    }
    Ok(changes)
}

/// The changes of one object at the root: an envelope, or a whole subscription without one.
fn element(text: &str, sender: &str) -> Result<Vec<Change>, ParseError> {
    if first_byte(text) != Some(b'{') {
        return Err(wrong("", "an object or an array of objects"));
    }
    let members: Members = json::read(text)?;
    let Caseless(envelope) = json::read::<Caseless<Envelope>>(text)?;
    if envelope.is_one() || members.is_empty() {
        return enveloped(&envelope, members, sender);
    }
    without_envelope(text, &members, sender).map(|change| vec![change])
}

type Members = BTreeMap<String, Box<RawValue>>;

/// What stands around the named object. `Company` and `Action` are spellings of the guide that
/// could as well be members of their own, so they count only where the others are missing.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Envelope {
    #[serde(deserialize_with = "text::optional_id")]
    company_id: Option<String>,
    #[serde(deserialize_with = "text::optional_id")]
    company_tx_id: Option<Private>,
    #[serde(deserialize_with = "text::optional_id")]
    action_type: Option<Action>,
    #[serde(deserialize_with = "text::loose")]
    company: Option<String>,
    #[serde(deserialize_with = "text::loose")]
    action: Option<String>,
}

impl Envelope {
    /// Whether it is there: it may lack a member, and then that is what is wrong.
    fn is_one(&self) -> bool {
        self.company_id.is_some() || self.company_tx_id.is_some() || self.action().is_some()
    }

    fn action(&self) -> Option<Action> {
        let other = || whole_number(self.action.as_deref()?).map(Action::from);
        self.action_type.clone().or_else(other)
    }

    fn company_id(&self) -> Option<String> {
        let other = || self.company.clone().filter(|company| !company.starts_with(['{', '[']));
        self.company_id.clone().or_else(other)
    }
}

fn enveloped(
    envelope: &Envelope,
    members: Members,
    sender: &str,
) -> Result<Vec<Change>, ParseError> {
    let action = envelope.action().ok_or_else(|| wrong("ActionType", "to be present"))?;
    let company_id = envelope.company_id();
    // Each change has a copy of them, so they must not be long: one is a number, the other has 18
    // characters.
    if company_id.as_ref().is_some_and(|id| id.len() > MAX_ID) {
        return Err(wrong("CompanyId", "at most 64 bytes"));
    }
    if envelope.company_tx_id.as_ref().is_some_and(|id| id.len() > MAX_ID) {
        return Err(wrong("CompanyTxId", "at most 64 bytes"));
    }
    let change = |subject, content: &str| {
        let (company_id, company_tx_id) = (company_id.clone(), envelope.company_tx_id.clone());
        Change::new(sender, company_id, company_tx_id, Some(action.clone()), subject, content)
    };

    let mut changes = Vec::new();
    for (name, json) in &members {
        let Some(named) = Named::of(name) else { continue };
        for (place, json) in objects(name, json)? {
            let subject = named.read(json.get()).map_err(|error| at(&place.path(), error))?;
            changes.push(change(subject, json.get()));
        }
    }
    if !changes.is_empty() {
        return Ok(changes);
    }
    // The object is new, then: whatever else stands in the envelope and is more than a word.
    for (name, json) in members {
        if Named::of(&name).is_none() && matches!(first_byte(json.get()), Some(b'{' | b'[')) {
            let content = json.clone();
            changes.push(change(other(Some(name), json), content.get()));
        }
    }
    if changes.is_empty() {
        return Err(wrong("", "an envelope around an object such as `Contract`"));
    }
    Ok(changes)
}

/// The dialect without an envelope was only ever seen from outside, so what does not fit is kept and
/// not refused.
fn without_envelope(text: &str, members: &Members, sender: &str) -> Result<Change, ParseError> {
    let subject = match json::read::<Caseless<Subscription>>(text) {
        Ok(Caseless(subscription)) if subscription.is_one() => {
            Subject::Subscription(Box::new(subscription))
        }
        _ => other(None, json::read(text)?),
    };
    // The time may be that of the attempt, and would make each attempt another event.
    let lasting = members.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("timestamp"));
    let content = EventKey::of(sender);
    let content = lasting.fold(content, |content, (name, json)| content.part(name, json.get()));
    Ok(Change::new(sender, None, None, None, subject, content.digest()))
}

fn other(name: Option<String>, json: Box<RawValue>) -> Subject {
    Subject::Other(Other { name, content: Unread::new(json) })
}

/// The objects an envelope is known to hold.
#[derive(Clone, Copy)]
enum Named {
    Contract,
    Authentication,
    Solicitation,
    SolicitationReport,
    FinancialReceivableTitle,
    FinancialReceiptTitle,
}

impl Named {
    /// The guide writes some of the names in the plural, and not always the same ones.
    fn of(member: &str) -> Option<Self> {
        let member = member.to_ascii_lowercase();
        match member.strip_suffix('s').unwrap_or(&member) {
            "contract" => Some(Self::Contract),
            "authentication" => Some(Self::Authentication),
            "solicitation" => Some(Self::Solicitation),
            "solicitationreport" => Some(Self::SolicitationReport),
            "financialreceivabletitle" => Some(Self::FinancialReceivableTitle),
            "financialreceipttitle" => Some(Self::FinancialReceiptTitle),
            _ => None,
        }
    }

    fn read(self, text: &str) -> Result<Subject, ParseError> {
        match self {
            Self::Contract => contract(read(text)?),
            Self::Authentication => read(text).map(Subject::Connection),
            Self::Solicitation => read(text).map(Subject::Solicitation),
            Self::SolicitationReport => read(text).map(Subject::Report),
            Self::FinancialReceivableTitle => read(text).map(Subject::TitleIssued),
            Self::FinancialReceiptTitle => read(text).map(Subject::TitlePaid),
        }
    }
}

fn read<T: DeserializeOwned>(text: &str) -> Result<Box<T>, ParseError> {
    let Caseless(thing) = json::read::<Caseless<Box<T>>>(text)?;
    Ok(thing)
}

/// Signatures come as a contract that has them, and usually nothing else.
fn contract(mut contract: Box<Contract>) -> Result<Subject, ParseError> {
    let has_number = !contract.number.is_empty();
    match contract.electronic_signatures.take() {
        Some(signatures) if !has_number || !signatures.is_empty() => {
            let third_party = contract.third_party_information.as_ref();
            Ok(Subject::Signature(Box::new(Signature {
                negotiation_id: third_party.and_then(|other| other.negotiation_id.clone()),
                electronic_signatures: signatures,
                contract: has_number.then_some(contract),
            })))
        }
        _ if has_number => Ok(Subject::Contract(contract)),
        _ => Err(wrong("Number", "to be present")),
    }
}

/// Where an object stands: in a member, or in the array that the member is. Spelled out only for an
/// error, or else a long name would be copied for each object of a long array.
#[derive(Clone, Copy)]
struct At<'n> {
    name: &'n str,
    index: Option<usize>,
}

impl At<'_> {
    fn path(self) -> String {
        match self.index {
            Some(index) => format!("{}[{index}]", self.name),
            None => self.name.to_owned(),
        }
    }
}

type Placed<'n> = (At<'n>, Box<RawValue>);

/// The objects in a member that holds one, an array of them, or none.
fn objects<'n>(name: &'n str, json: &RawValue) -> Result<Vec<Placed<'n>>, ParseError> {
    let objects = match first_byte(json.get()) {
        Some(b'[') => {
            let objects: Vec<Box<RawValue>> = json::read(json.get())?;
            let place = |(index, object)| (At { name, index: Some(index) }, object);
            objects.into_iter().enumerate().map(place).collect()
        }
        Some(b'n') => Vec::new(),
        Some(b'"') if json::read::<String>(json.get()).is_ok_and(|text| is_blank(&text)) => {
            Vec::new()
        }
        _ => vec![(At { name, index: None }, json.to_owned())],
    };
    match objects.iter().find(|(_, object)| first_byte(object.get()) != Some(b'{')) {
        Some((place, _)) => Err(wrong(&place.path(), "an object")),
        None => Ok(objects),
    }
}

fn first_byte(json: &str) -> Option<u8> {
    json.trim_start().bytes().next()
}

fn wrong(member: &str, expected: &str) -> ParseError {
    ParseError::Shape(Shape::new(member, expected))
}

/// The error of a part, with the path of that part.
fn at(path: &str, error: ParseError) -> ParseError {
    match error {
        ParseError::Shape(shape) => shape.below(path).into(),
        other => other,
    }
}

/// How many objects a delivery may hold, all in all.
const MAX_OBJECTS: usize = 20_000;

/// How long an id of the company may be, in bytes.
const MAX_ID: usize = 64;
