//! One endpoint for several tenants: whose secret it is that a request must prove to know.

use std::borrow::Cow;
use std::fmt;
use std::time::SystemTime;

use http::HeaderName;

use super::{AuthError, Proof, Scheme};
use crate::Request;

/// Where a request says which tenant it is for.
///
/// A name is 1 to 128 visible characters of ASCII, as sent: a path segment stays percent-encoded. It
/// is a claim until the tenant's own secret has proven it.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TenantAt {
    /// The last segment of the path: `acme` in `/webhooks/erp/acme`.
    LastSegment,
    /// The value of this header, which stands once.
    Header(HeaderName),
    /// The value of this query parameter, which stands once.
    Query(Cow<'static, str>),
}

impl TenantAt {
    /// In this query parameter.
    #[must_use]
    pub const fn query(name: &'static str) -> Self {
        Self::Query(Cow::Borrowed(name))
    }

    /// The tenant that a request names.
    pub(crate) fn read<'r>(&self, request: &Request<'r>) -> Option<Cow<'r, str>> {
        let name = match self {
            Self::LastSegment => Cow::Borrowed(request.path().rsplit('/').next()?),
            Self::Header(name) => {
                Cow::Borrowed(std::str::from_utf8(request.headers().one(name).ok()?).ok()?)
            }
            Self::Query(name) => {
                let mut values = request.query_values(name);
                values.next().filter(|_| values.next().is_none())?
            }
        };
        let is_name =
            (1..=128).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_graphic());
        is_name.then_some(name)
    }
}

/// A scheme for each tenant, found by the name that stands in the request.
///
/// A request for a tenant that is not known is verified all the same, with what stands for nobody, and
/// refused whatever comes of it; and one function makes the scheme of whatever was found or stands for
/// it. So neither the answer nor the time tells whether there is such a tenant: `docs/constant-time.md`
/// has the figures. To keep the look-up itself even is yours, and to compare names exactly: the name as
/// sent is in the proof and in keys of events. A look-up that could not be made is [`LookUpFailed`]: it
/// is answered 503, so that the sender sends again.
///
/// The look-up is a plain function, for secrets in memory; where it has to wait there is
/// `Receiver::for_tenants`, which comes with the adapters.
///
/// ```
/// use std::collections::HashMap;
/// use std::sync::Arc;
/// use std::time::SystemTime;
/// use receiver_core::scheme::{Layout, LookUpFailed, PerTenant, Scheme, Signature, TenantAt};
/// use receiver_core::{Request, Secret};
///
/// let signature = |secret: &str| Secret::new(secret).map(|it| Signature::new(Layout::GITHUB, it));
/// let acme = Arc::new(signature("acme's secret")?);
/// let known = HashMap::from([("acme".to_owned(), Arc::clone(&acme))]);
/// let scheme = PerTenant::new(
///     TenantAt::LastSegment,
///     Arc::new(signature("a secret that nobody knows")?),
///     move |tenant| match tenant {
///         "moved" => Err(LookUpFailed), // such as a lock that is poisoned
///         _ => Ok(known.get(tenant).cloned()),
///     },
///     |scheme| scheme, // They are ready; or make it here, out of a secret.
/// );
///
/// let signed = acme.sign("", SystemTime::now(), b"{}");
/// let headers: Vec<_> = signed.iter().map(|(name, value)| (name.as_str(), value)).collect();
/// let request = Request::new("POST", "/webhooks/acme", &headers).with_body("{}");
/// let proof = scheme.verify(&request, SystemTime::now())?;
/// assert_eq!(proof.tenant(), Some("acme"));
///
/// let request = Request::new("POST", "/webhooks/other", &headers).with_body("{}");
/// assert!(scheme.verify(&request, SystemTime::now()).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct PerTenant<S> {
    at: TenantAt,
    challenge: Cow<'static, str>,
    scheme_of: Box<SchemeOf<S>>,
}

/// Whether there is a tenant of this name, and its scheme or nobody's.
type SchemeOf<S> = dyn Fn(Option<&str>) -> Result<(bool, S), LookUpFailed> + Send + Sync;

/// It could not be found out whether there is such a tenant. It is answered 503 and never 401: the
/// sender may be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LookUpFailed;

impl<S: Scheme> PerTenant<S> {
    /// Schemes that are looked up: `scheme` makes one of what `look_up` found, or of `nobody`, which
    /// is in the place of a tenant that is not there. What `nobody` proves is refused all the same.
    #[must_use]
    pub fn new<T: Clone + Send + Sync + 'static>(
        at: TenantAt,
        nobody: T,
        look_up: impl Fn(&str) -> Result<Option<T>, LookUpFailed> + Send + Sync + 'static,
        scheme: impl Fn(T) -> S + Send + Sync + 'static,
    ) -> Self {
        let making = Making { nobody, scheme };
        let challenge = making.of(None).1.challenge();
        let scheme_of =
            move |tenant: Option<&str>| Ok(making.of(tenant.map(&look_up).transpose()?.flatten()));
        Self { at, challenge, scheme_of: Box::new(scheme_of) }
    }
}

impl<S: Scheme> Scheme for PerTenant<S> {
    fn verify(&self, request: &Request<'_>, now: SystemTime) -> Result<Proof, AuthError> {
        let tenant = self.at.read(request);
        let made = (self.scheme_of)(tenant.as_deref());
        let (is_known, scheme) = made.map_err(|LookUpFailed| AuthError::LookUpFailed)?;
        verify(&scheme, is_known, tenant.as_deref(), request, now)
    }

    fn challenge(&self) -> Cow<'static, str> {
        self.challenge.clone()
    }
}

impl<S> fmt::Debug for PerTenant<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PerTenant").field("at", &self.at).finish_non_exhaustive()
    }
}

/// Makes the scheme of a tenant that was found, or of nobody: in one call for both, because what is made
/// in two places takes two times.
pub(crate) struct Making<T, F> {
    pub(crate) nobody: T,
    pub(crate) scheme: F,
}

impl<T: Clone, F> Making<T, F> {
    /// Whether there is such a tenant, and the scheme.
    pub(crate) fn of<S>(&self, found: Option<T>) -> (bool, S)
    where
        F: Fn(T) -> S,
    {
        (found.is_some(), (self.scheme)(found.unwrap_or_else(|| self.nobody.clone())))
    }
}

/// Verifies with what was found, or does the same work in vain with what was stands in its place.
pub(crate) fn verify(
    scheme: &dyn Scheme,
    is_known: bool,
    tenant: Option<&str>,
    request: &Request<'_>,
    now: SystemTime,
) -> Result<Proof, AuthError> {
    // One call for both, which leaves less between them: docs/constant-time.md.
    let verdict = std::hint::black_box(scheme.verify(request, now));
    match tenant {
        Some(tenant) if is_known => verdict.map(|proof| proof.with_tenant(tenant)),
        _ => Err(AuthError::UnknownTenant),
    }
}
