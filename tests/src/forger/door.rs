//! `Door`: an endpoint, the letters that it lets in, and a way to it.

use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use super::knows::is_plain;
use super::{Knows, Letter};
use crate::answer::Answer;
use crate::case::{load, topics};
use crate::endpoints::{
    CMMSHERE_TOKEN, MONUV_TOKEN, NEW_TOKEN, ONS_PASSWORD, ONS_TOKEN, ONS_USER, OWN_TOKEN, PASSWORD,
    RABBOT_TOKEN, TOKEN, VOALLE_PASSWORD, VOALLE_TOKEN,
};
use crate::stage::Stage;

/// An endpoint, and a way to it.
pub struct Door {
    /// Its name.
    pub name: String,
    /// What it lets in, and why.
    pub knows: Knows,
    /// Letters that it lets in.
    pub rights: Vec<Letter>,
    /// Whether there is HTTP on the way.
    pub is_http: bool,
    /// The way.
    pub play: Rc<dyn Fn(&Letter) -> Answer>,
}

impl fmt::Debug for Door {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Door").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Door {
    /// Whether this letter can get to it.
    #[must_use]
    pub fn can_send(&self, letter: &Letter) -> bool {
        !self.is_http || letter.is_http()
    }

    /// The same with right letters that are short and say no more than they must, so that whatever
    /// is spoiled in one matters.
    #[must_use]
    pub fn reduced(mut self) -> Self {
        let covers_body = self.knows.covers_body();
        self.rights.retain(|right| !covers_body || right.body.len() <= LONGEST);
        for right in &mut self.rights {
            for place in (0..right.headers.len()).rev() {
                let mut less = right.clone();
                let (name, _) = less.headers.remove(place);
                if !is_plain(&name) && (self.play)(&less).status == 200 {
                    *right = less;
                }
            }
        }
        self.rights.sort_by(|a, b| (&a.headers, &a.query).cmp(&(&b.headers, &b.query)));
        self.rights.dedup_by(|a, b| (&a.headers, &a.query) == (&b.headers, &b.query));
        self
    }

    /// What a letter without any credential is told: all the others have to be told the same.
    #[must_use]
    pub fn refusal(&self) -> Answer {
        let mut letter = self.rights.first().expect("a right letter").clone();
        letter.headers.clear();
        letter.query = None;
        let answer = (self.play)(&letter);
        assert_eq!(answer.status, 401, "{} lets in anybody", self.name);
        answer
    }
}

/// The doors of the table, with the letters that the table says are right.
#[must_use]
pub fn table(stage: Stage, is_http: bool) -> Vec<Door> {
    let mut rights: BTreeMap<String, Vec<Letter>> = BTreeMap::new();
    for case in topics().iter().flat_map(|topic| load(topic)) {
        if case.expect.status == 200 {
            rights.entry(case.to.clone()).or_default().push(Letter::of(&case));
        }
    }
    let stage = Rc::new(stage);
    let mut door = |(name, knows): (&str, Knows)| {
        let stage = Rc::clone(&stage);
        Door {
            name: name.to_owned(),
            knows,
            rights: rights.remove(name).unwrap_or_else(|| panic!("no right letter for {name}")),
            is_http,
            play: Rc::new(move |letter| stage(&letter.case())),
        }
    };
    known().into_iter().map(&mut door).collect()
}

/// What the endpoints of the table let in.
fn known() -> Vec<(&'static str, Knows)> {
    use Knows::{Basic, Both, Either, Header, Pair, Query, Signature, Word};
    let anywhere = |token: &'static [&'static str], query| {
        let plain = Header("authorization", token);
        Either(vec![Word("bearer", token), Word("token", token), plain, Query(query, token)])
    };
    vec![
        ("basic", Basic(&[("Aladdin", "open sesame"), ("svc", PASSWORD)])),
        ("bearer", Word("bearer", &[TOKEN, NEW_TOKEN])),
        ("token", Header("authorization", &[TOKEN, "two words"])),
        ("token-header", Header("x-gitlab-token", &[TOKEN])),
        ("token-query", Query("token", &["correct horse+&="])),
        ("pair", Pair("erp", PASSWORD)),
        ("any", Either(vec![Word("bearer", &[TOKEN]), Query("token", &[NEW_TOKEN])])),
        ("all", Both(vec![Signature, Header("x-gitlab-token", &[TOKEN])])),
        ("github", Signature),
        ("sha1", Signature),
        ("sha256", Signature),
        ("sha384", Signature),
        ("sha512", Signature),
        ("exact", Signature),
        ("lopsided", Signature),
        ("signed", Signature),
        (
            "sintegre",
            Either(vec![Basic(&[(ONS_USER, ONS_PASSWORD)]), Header("authorization", &[ONS_TOKEN])]),
        ),
        ("cmmshere", anywhere(&[CMMSHERE_TOKEN], "token")),
        ("monuv", anywhere(&[MONUV_TOKEN], "token")),
        ("monuv-header", Header("x-api-key", &[MONUV_TOKEN])),
        ("rabbot", anywhere(&[RABBOT_TOKEN], "token")),
        ("rabbot-header", Header("x-api-key", &[RABBOT_TOKEN])),
        ("voalle", Pair("erp", VOALLE_PASSWORD)),
        (
            "voalle-token",
            Either(vec![
                Word("bearer", &[VOALLE_TOKEN]),
                Header("authorization", &[VOALLE_TOKEN]),
                Header("x-api-key", &[VOALLE_TOKEN]),
                Header("api-key", &[VOALLE_TOKEN]),
                Header("token", &[VOALLE_TOKEN]),
            ]),
        ),
        ("own", Word("bearer", &[OWN_TOKEN])),
    ]
}

/// A body is spoiled at each of its bits, so a long one takes long.
const LONGEST: usize = 256;
