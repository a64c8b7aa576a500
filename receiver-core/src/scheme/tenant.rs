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
/// A request for a tenant that is not known is verified all the same, against a decoy that is made
/// like the others, and refused whatever comes of it. So neither the answer nor the work that is done
/// for it tells whether there is such a tenant. (To keep the look-up itself even is yours.)
///
/// The look-up is a plain function, for secrets in memory; where it has to wait there is
/// `Receiver::for_tenants`, which comes with the adapters.
///
/// ```
/// use std::collections::HashMap;
/// use std::sync::Arc;
/// use std::time::SystemTime;
/// use receiver_core::scheme::{Layout, PerTenant, Scheme, Signature, TenantAt};
/// use receiver_core::{Request, Secret};
///
/// let signature = |secret: &str| Secret::new(secret).map(|it| Signature::new(Layout::GITHUB, it));
/// let acme = Arc::new(signature("acme's secret")?);
/// let known = HashMap::from([("acme".to_owned(), Arc::clone(&acme))]);
/// let scheme = PerTenant::new(
///     TenantAt::LastSegment,
///     signature("nobody's secret")?,
///     move |tenant| Ok(known.get(tenant).cloned()),
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
    decoy: Box<dyn Scheme>,
    look_up: Box<LookUp<S>>,
}

type LookUp<S> = dyn Fn(&str) -> Result<Option<S>, LookUpFailed> + Send + Sync;

/// It could not be found out whether there is such a tenant. It is answered 503 and never 401: the
/// sender may be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LookUpFailed;

impl<S: Scheme> PerTenant<S> {
    /// Schemes that are looked up. The decoy's secret should be one that nobody knows; what it proves
    /// is refused all the same.
    #[must_use]
    pub fn new(
        at: TenantAt,
        decoy: impl Scheme + 'static,
        look_up: impl Fn(&str) -> Result<Option<S>, LookUpFailed> + Send + Sync + 'static,
    ) -> Self {
        Self { at, decoy: Box::new(decoy), look_up: Box::new(look_up) }
    }
}

impl<S: Scheme> Scheme for PerTenant<S> {
    fn verify(&self, request: &Request<'_>, now: SystemTime) -> Result<Proof, AuthError> {
        let tenant = self.at.read(request);
        let found = tenant.as_deref().map(&self.look_up).transpose();
        let found = found.map_err(|LookUpFailed| AuthError::LookUpFailed)?.flatten();
        verify(found.as_ref(), &*self.decoy, tenant.as_deref(), request, now)
    }

    fn challenge(&self) -> Cow<'static, str> {
        self.decoy.challenge()
    }
}

impl<S> fmt::Debug for PerTenant<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PerTenant").field("at", &self.at).finish_non_exhaustive()
    }
}

/// Verifies with what was found, or does the same work in vain.
pub(crate) fn verify(
    found: Option<&impl Scheme>,
    decoy: &dyn Scheme,
    tenant: Option<&str>,
    request: &Request<'_>,
    now: SystemTime,
) -> Result<Proof, AuthError> {
    // One call for both, which leaves less between them: docs/constant-time.md.
    let scheme = found.map_or(decoy, |found| found);
    let verdict = std::hint::black_box(scheme.verify(request, now));
    match (found, tenant) {
        (Some(_), Some(tenant)) => verdict.map(|proof| proof.with_tenant(tenant)),
        _ => Err(AuthError::UnknownTenant),
    }
}
