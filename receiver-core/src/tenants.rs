//! Tenants whose secrets have to be waited for.

use std::borrow::Cow;
use std::fmt::Display;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::scheme::tenant::{self, LookUpFailed, Making, PerTenant, TenantAt};
use crate::{AuthError, Event, Proof, Receiver, Request, Scheme};

impl<E: Event> Receiver<E> {
    /// An endpoint for several tenants, whose secrets are looked up while the request waits, as in a
    /// database. It is used through an adapter, or [`Receiver::receive_body`].
    ///
    /// `look_up` is given the tenant's name once the body is there, and finds what `scheme` makes the
    /// tenant's scheme of: a secret, or one ready made in an [`Arc`] of a cache's. An unknown tenant is
    /// answered as a wrong secret is, after the same work with `nobody`; see [`PerTenant`]. A look-up
    /// that fails or takes too long is answered 503, with its error in the log; and so is everything by
    /// [`Receiver::receive`] and [`Receiver::verify`], which cannot wait.
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use receiver_core::scheme::{Layout, Signature, TenantAt};
    /// use receiver_core::{InvalidSecret, Json, Receiver, Secret};
    ///
    /// # struct Database;
    /// # impl Database {
    /// #     async fn secret_of(&self, _: &str) -> Result<Option<String>, std::io::Error> { Ok(None) }
    /// # }
    /// # fn example(database: Arc<Database>) -> Result<(), InvalidSecret> {
    /// let receiver = Receiver::<Json<serde_json::Value>>::for_tenants(
    ///     TenantAt::LastSegment, // of `/webhooks/github/{tenant}`
    ///     Secret::new("nobody knows this one")?,
    ///     move |tenant| {
    ///         let database = database.clone();
    ///         async move {
    ///             let secret = database.secret_of(&tenant).await.map_err(|it| it.to_string())?;
    ///             secret.map(Secret::new).transpose().map_err(|it| it.to_string())
    ///         }
    ///     },
    ///     |secret| Signature::new(Layout::GITHUB, secret),
    /// );
    /// # drop(receiver); Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn for_tenants<T, S, F, Found, Error>(
        at: TenantAt,
        nobody: T,
        look_up: F,
        scheme: impl Fn(T) -> S + Send + Sync + 'static,
    ) -> Self
    where
        T: Clone + Send + Sync + 'static,
        S: Scheme + 'static,
        F: Fn(String) -> Found + Send + Sync + 'static,
        Found: Future<Output = Result<Option<T>, Error>> + Send + 'static,
        Error: Display,
    {
        let making = Arc::new(Making { nobody, scheme });
        let of_those_who_wait = Arc::clone(&making);
        // Whoever does not wait cannot know.
        let nobody = making.nobody.clone();
        let scheme = move |nobody| (making.scheme)(nobody);
        let unknown = PerTenant::new(at.clone(), nobody, |_| Err(LookUpFailed), scheme);
        let look_up = move |tenant: Option<String>| -> Waiting {
            let (looking, making) = (tenant.map(&look_up), Arc::clone(&of_those_who_wait));
            Box::pin(async move {
                let found = match looking {
                    Some(looking) => looking.await.map_err(|error| error.to_string())?,
                    None => None,
                };
                let (is_known, scheme) = making.of(found);
                Ok((is_known, Box::new(scheme) as Box<dyn Scheme>))
            })
        };
        let deadline = Duration::from_secs(5);
        Self::new(unknown).with_tenants(Tenants { at, look_up: Arc::new(look_up), deadline })
    }

    /// How long the look-up of a tenant may take; 5 seconds unless said. It has no effect on an
    /// endpoint without tenants.
    #[must_use]
    pub fn with_look_up_deadline(self, deadline: Duration) -> Self {
        match self.tenants().cloned() {
            Some(tenants) => self.with_tenants(Tenants { deadline, ..tenants }),
            None => self,
        }
    }
}

/// How an endpoint finds its tenants' schemes.
#[derive(Clone)]
pub(crate) struct Tenants {
    at: TenantAt,
    look_up: Arc<dyn Fn(Option<String>) -> Waiting + Send + Sync>,
    deadline: Duration,
}

/// Whether there is such a tenant, and its scheme or nobody's.
type Waiting = Pin<Box<dyn Future<Output = Result<(bool, Box<dyn Scheme>), String>> + Send>>;

impl Tenants {
    /// What was found for this request. Its error is the look-up's.
    pub(crate) async fn look_up<'t>(&'t self, request: &Request<'t>) -> Result<Found<'t>, String> {
        let tenant = self.at.read(request);
        let waiting = (self.look_up)(tenant.clone().map(Cow::into_owned));
        let found = tokio::time::timeout(self.deadline, waiting).await;
        let (is_known, scheme) =
            found.map_err(|_| format!("no answer after {:?}", self.deadline))??;
        Ok(Found { tenant, is_known, scheme })
    }
}

/// What was found for one request, or stands in its place.
#[derive(Debug)]
pub(crate) struct Found<'t> {
    tenant: Option<Cow<'t, str>>,
    is_known: bool,
    scheme: Box<dyn Scheme>,
}

impl Scheme for Found<'_> {
    fn verify(&self, request: &Request<'_>, now: SystemTime) -> Result<Proof, AuthError> {
        tenant::verify(&self.scheme, self.is_known, self.tenant.as_deref(), request, now)
    }

    fn challenge(&self) -> Cow<'static, str> {
        self.scheme.challenge()
    }
}
