//! Whose secret it is: where a request names its tenant, and what is no name.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::time::UNIX_EPOCH;

use http::HeaderName;
use receiver_core::scheme::{Bearer, LookUpFailed, PerTenant, Scheme as _, TenantAt};
use receiver_core::{AuthError, Request, Secret};

const HEADER: HeaderName = HeaderName::from_static("x-tenant");

#[test]
fn a_tenant_is_named_once_and_plainly() {
    let long = "x".repeat(129);
    let rows: [(TenantAt, &str, &[&str], Option<&str>); 18] = [
        (TenantAt::LastSegment, "/hooks/acme", &[], Some("acme")),
        (TenantAt::LastSegment, "/acme?tenant=other", &[], Some("acme")),
        (TenantAt::LastSegment, "/hooks/ac%6De", &[], Some("ac%6De")),
        (TenantAt::LastSegment, "/hooks/", &[], None),
        (TenantAt::LastSegment, "", &[], None),
        (TenantAt::LastSegment, &long, &[], None),
        (TenantAt::Header(HEADER), "/", &["acme"], Some("acme")),
        (TenantAt::Header(HEADER), "/", &[], None),
        (TenantAt::Header(HEADER), "/", &[""], None),
        (TenantAt::Header(HEADER), "/", &["ac me"], None),
        (TenantAt::Header(HEADER), "/", &["acmé"], None),
        (TenantAt::Header(HEADER), "/", &["acme", "acme"], None),
        (TenantAt::query("tenant"), "/?tenant=acme", &[], Some("acme")),
        (TenantAt::query("tenant"), "/?a=b&tenant=ac%6De", &[], Some("acme")),
        (TenantAt::query("tenant"), "/?tenant=acme&tenant=acme", &[], None),
        (TenantAt::query("tenant"), "/?tenant=", &[], None),
        (TenantAt::query("tenant"), "/?Tenant=acme", &[], None),
        (TenantAt::query("tenant"), "/?tenant=ac%00me", &[], None),
    ];
    for (at, target, tenants, expected) in rows {
        let scheme = PerTenant::new(at, "decoy", |_| Ok(Some("right")), bearer);
        let mut headers = vec![("authorization", "Bearer right")];
        headers.extend(tenants.iter().map(|tenant| ("x-tenant", *tenant)));
        let proof = scheme.verify(&Request::new("POST", target, &headers), UNIX_EPOCH);
        let tenant = proof.as_ref().map(|proof| proof.tenant());
        let expected = expected.map(Some).ok_or(&AuthError::UnknownTenant);
        assert_eq!(tenant, expected, "{target} {tenants:?}");
    }
}

#[test]
fn what_nobody_proves_is_refused() {
    let scheme = PerTenant::new(TenantAt::LastSegment, "decoy", |_| Ok(None), bearer);
    let headers = [("authorization", "Bearer decoy")];
    let proof = scheme.verify(&Request::new("POST", "/acme", &headers), UNIX_EPOCH);
    assert_eq!(proof, Err(AuthError::UnknownTenant));
    assert_eq!(scheme.challenge(), bearer("other").challenge());
}

/// Among other ways to prove oneself a failed look-up says nothing, unless none of them does.
#[test]
fn a_failed_look_up_is_no_refusal() {
    let away = || PerTenant::new(TenantAt::LastSegment, "decoy", |_| Err(LookUpFailed), bearer);
    for scheme in [bearer("right").or(away()), away().or(bearer("right"))] {
        let verify = |token| {
            let headers = [("authorization", token)];
            scheme.verify(&Request::new("POST", "/acme", &headers), UNIX_EPOCH).map(drop)
        };
        assert_eq!(verify("Bearer right"), Ok(()));
        assert_eq!(verify("Bearer wrong"), Err(AuthError::LookUpFailed));
    }
}

#[test]
fn a_tenant_s_proof_stays_its_own_among_others() {
    let tenants = PerTenant::new(TenantAt::LastSegment, "decoy", |_| Ok(Some("right")), bearer);
    let scheme = bearer("right").and(tenants);
    let headers = [("authorization", "Bearer right")];
    let proof = scheme.verify(&Request::new("POST", "/acme", &headers), UNIX_EPOCH);
    assert_eq!(proof.as_ref().map(|proof| proof.tenant()), Ok(Some("acme")));
}

fn bearer(token: &str) -> Bearer {
    Bearer::new(Secret::new(token).expect("a secret")).expect("a token")
}
