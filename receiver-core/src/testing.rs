//! For tests: requests as a sender would send them, what goes wrong with them in life, and a clock
//! that stands.
//!
//! An [`Outgoing`] is a request with its [`Credential`]; [`Outgoing::request`] makes an
//! `http::Request<Bytes>` of it, which every framework can be given:
//!
//! | for | write |
//! |---|---|
//! | axum, hyper, anything of tower | `request.map(Body::from)` |
//! | actix-web | `testing::to_actix(request)`, with its feature |
//! | warp | `warp::service(filter).oneshot(request.map(Full::new))`, or `testing::to_warp(&request)` with its feature |
//! | no framework | `receiver_core::Request::from(&request)` |
//!
//! The same for every [`Fault`], with the status that it is answered with:
//!
//! ```
//! use receiver_core::scheme::Layout;
//! use receiver_core::testing::{Clock, Credential, Fault, Outgoing};
//! use receiver_core::{Request, Secret, samples, standard_webhooks};
//!
//! let secret = Secret::from_whsec("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")?;
//! let receiver = standard_webhooks::receiver(secret.clone());
//! let clock = Clock::default();
//!
//! let sample = samples::find("standard_webhooks", "invoice.paid").ok_or("no such sample")?;
//! let credential = Credential::signature(Layout::STANDARD_WEBHOOKS, secret);
//! let outgoing = Outgoing::sample(sample).with_credential(credential);
//!
//! let request = outgoing.request(clock.now())?;
//! assert!(receiver.receive(&Request::from(&request), clock.now()).is_ok());
//!
//! let request = outgoing.clone().with_fault(Fault::TamperedBody).request(clock.now())?;
//! let refused = receiver.receive(&Request::from(&request), clock.now()).unwrap_err();
//! assert_eq!(refused.status(), Fault::TamperedBody.status(outgoing.strength()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! One test for each framework, to be copied: `docs/testing.md`.

#[cfg(feature = "actix-web")]
pub use self::actix::to_actix;
#[cfg(feature = "warp")]
pub use self::warp::to_warp;
pub use clock::Clock;
pub use credential::Credential;
pub use fault::Fault;
pub use outgoing::Outgoing;
pub use unsendable::Unsendable;
pub use way::{Way, ways};

#[cfg(feature = "actix-web")]
mod actix;
mod clock;
mod credential;
mod fault;
mod outgoing;
mod unsendable;
#[cfg(feature = "warp")]
mod warp;
mod way;
