//! SINtegre: the portal of ONS, Brazil's grid operator, tells that a data product was published.
//!
//! One kind of event, one POST a product, JSON. The portal sends no credentials, Basic, or a bare
//! token as the whole `Authorization` value; any 2xx is a delivery, anything else is sent again.
//! Sources: ONS's guide to webhooks in SINtegre, its sample receivers, and bodies seen in the wild.
//!
//! ```
//! use receiver_core::{Received, Reply, Secret, sintegre};
//!
//! let receiver = sintegre::basic("ons", Secret::new("correct horse")?)?;
//!
//! async fn handle(received: Received<sintegre::ProductPublished>) -> Reply {
//!     let product = &received.event;
//!     println!("{} for {}", product.nome, product.data_produto);
//!     received.receipt.accepted()
//! }
//! # Ok::<(), receiver_core::InvalidSecret>(())
//! ```

use serde::Deserialize;

use crate::event::Media;
use crate::scheme::{Basic, Scheme as _, Token};
#[cfg(feature = "testing")]
use crate::testing::Way;
use crate::wire::date::LocalTime;
use crate::wire::text;
use crate::{Delivery, EventKey, InvalidSecret, Key, ParseError, Receiver, json};

pub use data_produto::DataProduto;
pub use link::{DownloadLink, ONS_DOMAINS};

mod data_produto;
mod link;

/// A data product was published.
#[non_exhaustive]
#[derive(Clone, Debug)]
pub struct ProductPublished {
    /// The product's name, as published: with accents, double spaces and capitals. Names change; the
    /// link's [`product_id`](DownloadLink::product_id) does not.
    pub nome: String,
    /// The process the product belongs to.
    pub processo: String,
    /// The macro-process the process belongs to, such as `Programação da Operação`.
    pub macro_processo: String,
    /// The reference date as shown to people: a day, a month, a range, or something new.
    pub data_produto: DataProduto,
    /// When the period the product is about begins, in Brazil's time.
    pub periodicidade: LocalTime,
    /// When that period ends, in Brazil's time.
    pub periodicidade_final: Option<LocalTime>,
    /// Where the file can be downloaded for 24 hours, without a login.
    pub url: DownloadLink,
}

/// An endpoint for notifications with this user name and password.
///
/// # Errors
///
/// Those of [`Basic::new`].
pub fn basic(
    user: impl AsRef<[u8]>,
    password: impl Into<Key>,
) -> Result<Receiver<ProductPublished>, InvalidSecret> {
    Ok(Receiver::new(Basic::new(user, password)?))
}

/// An endpoint for notifications with this token, which SINtegre sends as the whole `Authorization`
/// value.
///
/// # Errors
///
/// Those of [`Token::authorization`].
pub fn token(token: impl Into<Key>) -> Result<Receiver<ProductPublished>, InvalidSecret> {
    Ok(Receiver::new(Token::authorization(token)?))
}

/// An endpoint that accepts either, for subscriptions of both kinds or while changing over.
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::{Request, Secret, sintegre};
///
/// let new = || Secret::new("5d0c-1f");
/// let only_new = sintegre::token(new()?)?;
/// let both = sintegre::basic_or_token("ons", Secret::new("correct horse")?, new()?)?;
///
/// let headers = vec![("authorization", "5d0c-1f"), ("content-type", "application/json")];
/// let request = Request::new("POST", "/", &headers).with_body("{}");
/// assert!(only_new.verify(&request, SystemTime::now()).is_ok());
/// assert!(both.verify(&request, SystemTime::now()).is_ok());
/// # Ok::<(), receiver_core::InvalidSecret>(())
/// ```
///
/// # Errors
///
/// Those of [`Basic::new`] and [`Token::authorization`].
pub fn basic_or_token(
    user: impl AsRef<[u8]>,
    password: impl Into<Key>,
    token: impl Into<Key>,
) -> Result<Receiver<ProductPublished>, InvalidSecret> {
    Ok(Receiver::new(Basic::new(user, password)?.or(Token::authorization(token)?)))
}

impl crate::Event for ProductPublished {
    type Options = ();

    const SENDER: &'static str = "sintegre";

    // None of ONS's samples shows the header that is sent; its receivers read JSON whatever it says.
    const MEDIA: &'static [Media] = &[Media::Json, Media::Unnamed];

    fn from_delivery(delivery: &Delivery<'_>, (): &()) -> Result<Self, ParseError> {
        // ONS's software is .NET, which writes a byte order mark unless told otherwise.
        let body: Body = json::read(json::check(json::without_bom(delivery.request().body()))?)?;
        Ok(Self {
            nome: body.nome,
            processo: body.processo,
            macro_processo: body.macro_processo,
            data_produto: body.data_produto,
            periodicidade: body.periodicidade,
            periodicidade_final: body.periodicidade_final,
            url: body.url,
        })
    }

    fn kind(&self) -> &'static str {
        "product_published"
    }

    /// The file's own address from the link's token, else name and period.
    ///
    /// The link itself is new with each delivery, and a product is published more than once for the
    /// same date.
    fn key(&self, key: EventKey) -> Option<EventKey> {
        Some(match self.url.file_url() {
            Some(file) => key.part("file", file),
            None => key
                .part("nome", &self.nome)
                .part("periodicidade", self.periodicidade.text())
                .optional(
                    "periodicidadeFinal",
                    self.periodicidade_final.as_ref().map(LocalTime::text),
                ),
        })
    }
}

/// The body, apart from the event so that nothing else reads one: in lower and upper camel case,
/// because the guide prints `DataProduto` and `Uri` and the portal sends `dataProduto` and `url`.
#[derive(Deserialize)]
struct Body {
    #[serde(alias = "Nome", deserialize_with = "text::required")]
    nome: String,
    #[serde(alias = "Processo", deserialize_with = "text::required")]
    processo: String,
    #[serde(
        rename = "macroProcesso",
        alias = "MacroProcesso",
        deserialize_with = "text::required"
    )]
    macro_processo: String,
    #[serde(rename = "dataProduto", alias = "DataProduto")]
    #[serde(deserialize_with = "text::loose_required")]
    data_produto: DataProduto,
    #[serde(alias = "Periodicidade", deserialize_with = "text::loose_required")]
    periodicidade: LocalTime,
    #[serde(rename = "periodicidadeFinal", alias = "PeriodicidadeFinal")]
    #[serde(default, deserialize_with = "text::loose")]
    periodicidade_final: Option<LocalTime>,
    #[serde(alias = "uri", alias = "Uri", alias = "Url", alias = "URL", alias = "URI")]
    #[serde(deserialize_with = "text::required")]
    url: DownloadLink,
}

/// How it proves itself.
#[cfg(feature = "testing")]
pub(super) static WAYS: [Way; 2] = [Way::Basic, Way::AUTHORIZATION];

/// A synthetic payload for each kind.
#[cfg(feature = "samples")]
pub(super) const SAMPLES: &[crate::samples::Sample] = &[
    crate::samples::json!("sintegre", "product_published.daily"),
    crate::samples::json!("sintegre", "product_published.monthly"),
    crate::samples::json!("sintegre", "product_published.weekly_pascal_case"),
];
