//! The senders whose events are read.

use receiver_core::scheme::dangerous::Anonymous;
use receiver_core::scheme::{Bearer, HeaderPair, KeyForm, Layout, Scheme as _, Token};
use receiver_core::{
    InvalidSecret, Key, Receiver, Secret, cmmshere, monuv, rabbot, sintegre, standard_webhooks,
    voalle,
};

use super::Endpoint;

/// A sender whose events are read.
pub(crate) struct BuiltIn {
    /// The name of its endpoint.
    pub(crate) name: &'static str,
    /// The name it goes by.
    pub(crate) title: &'static str,
    /// How it proves itself here.
    pub(crate) proof: &'static str,
    /// How its secret is given.
    pub(super) key_form: KeyForm,
    pub(super) make: fn(&str) -> Result<Endpoint, InvalidSecret>,
    /// An endpoint without any proof, to read samples with.
    pub(super) open: fn() -> Endpoint,
}

impl BuiltIn {
    /// The name its samples are under.
    pub(super) fn sample_name(&self) -> String {
        self.name.replace('-', "_")
    }
}

/// All of them. Where a user name is needed, it is the sender's name.
pub(crate) const BUILT_IN: &[BuiltIn] = &[
    BuiltIn {
        name: "cmmshere",
        title: "CMMShere",
        proof: "Bearer, bare token, ?token=",
        key_form: KeyForm::Text,
        make: |secret| Ok(Endpoint::reading(cmmshere::token(key(secret)?)?)),
        open: || Endpoint::reading(Receiver::<cmmshere::Event>::new(nobody())),
    },
    BuiltIn {
        name: "monuv",
        title: "Monuv",
        proof: "Bearer, bare token, ?token=",
        key_form: KeyForm::Text,
        make: |secret| Ok(Endpoint::reading(monuv::token(key(secret)?)?.with_options(ids()))),
        open: || Endpoint::reading(Receiver::<monuv::Event>::new(nobody()).with_options(ids())),
    },
    BuiltIn {
        name: "rabbot",
        title: "Rabbot",
        proof: "Bearer, bare token, ?token=",
        key_form: KeyForm::Text,
        make: |secret| Ok(Endpoint::reading(rabbot::token::<()>(key(secret)?)?)),
        open: || Endpoint::reading(Receiver::<rabbot::Event>::new(nobody())),
    },
    BuiltIn {
        name: "sintegre",
        title: "SINtegre (ONS)",
        proof: "Basic (user sintegre), bare token",
        key_form: KeyForm::Text,
        make: |secret| {
            let receiver = sintegre::basic_or_token("sintegre", key(secret)?, key(secret)?);
            Ok(Endpoint::reading(receiver?))
        },
        open: || Endpoint::reading(Receiver::<sintegre::ProductPublished>::new(nobody())),
    },
    BuiltIn {
        name: "standard-webhooks",
        title: "Standard Webhooks",
        proof: "HMAC signature",
        key_form: KeyForm::Whsec,
        make: |secret| {
            let key = Key::new(Secret::from_whsec(secret)?);
            let explain = super::Explain::new(Layout::STANDARD_WEBHOOKS, key.clone());
            let endpoint = Endpoint::reading(standard_webhooks::receiver(key));
            Ok(Endpoint { explain: Some(explain), ..endpoint })
        },
        open: || Endpoint::reading(Receiver::<standard_webhooks::Message>::new(nobody())),
    },
    BuiltIn {
        name: "voalle",
        title: "Voalle",
        proof: "headers username (voalle) and password, Bearer, bare token, x-api-key, token",
        key_form: KeyForm::Text,
        make: |secret| {
            let key = key(secret)?;
            let header = |name| Token::header(http::HeaderName::from_static(name), key.clone());
            let scheme = HeaderPair::username_password("voalle", key.clone())?
                .or(Bearer::new(key.clone())?)
                .or(Token::authorization(key.clone())?)
                .or(header("x-api-key")?)
                .or(header("token")?);
            Ok(Endpoint::reading(voalle::receiver(scheme)))
        },
        open: || Endpoint::reading(voalle::receiver(nobody())),
    },
];

/// The ids that the samples use.
fn ids() -> monuv::Options {
    monuv::Options::default()
        .with_kind("E120", monuv::Kind::PanicButton)
        .with_kind("E130", monuv::Kind::Analytic)
        .with_kind("E140", monuv::Kind::CameraAlert)
        .with_kind("E150", monuv::Kind::QrCode)
}

fn key(secret: &str) -> Result<Key, InvalidSecret> {
    Secret::new(secret).map(Key::new)
}

fn nobody() -> Anonymous {
    Anonymous::because("the samples that come with the program are read")
}
