//! `Faulty`: a service with a fault.

use std::hint::black_box;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode, header};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::service::Service;
use serde_json::json;
use tokio::time::{sleep, timeout};

use super::fault::{Fault, MANY};

/// Each connection has a clone.
#[derive(Debug)]
pub(crate) struct Faulty {
    fault: Fault,
    /// Whether it is of a connection that came when there had been many.
    is_late: bool,
    seen: Arc<Seen>,
    /// As many as there are clones.
    clones: Arc<()>,
    /// What a server that hoards keeps for each.
    hoard: Vec<u8>,
}

#[derive(Debug, Default)]
struct Seen {
    /// Requests that are being read or handled.
    busy: AtomicUsize,
    /// Wrong credentials.
    wrong: AtomicUsize,
    /// Deliveries while there were many.
    beside_many: AtomicUsize,
    had_many: AtomicBool,
}

impl Faulty {
    pub(crate) fn new(fault: Fault) -> Self {
        let kept = if fault == Fault::Hoarding { 2 * 1024 * 1024 } else { 0 };
        Self {
            fault,
            is_late: false,
            seen: Arc::default(),
            clones: Arc::default(),
            hoard: vec![1; kept],
        }
    }

    pub(crate) fn connections(&self) -> usize {
        Arc::strong_count(&self.clones) - 1
    }

    /// Wants the processor while there are many.
    pub(crate) async fn spin(self) {
        loop {
            if self.connections() > MANY {
                tokio::task::yield_now().await;
            } else {
                sleep(Duration::from_millis(20)).await;
            }
        }
    }
}

impl Clone for Faulty {
    fn clone(&self) -> Self {
        Self {
            fault: self.fault,
            is_late: self.seen.had_many.load(Relaxed),
            seen: Arc::clone(&self.seen),
            clones: Arc::clone(&self.clones),
            hoard: self.hoard.clone(),
        }
    }
}

impl Service<Request<Incoming>> for Faulty {
    type Response = Response<Full<Bytes>>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, io::Error>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let (fault, is_late, seen) = (self.fault, self.is_late, Arc::clone(&self.seen));
        let is_many = self.connections() > MANY;
        seen.had_many.fetch_or(is_many, Relaxed);
        Box::pin(async move {
            if fault == Fault::Sulking && is_late {
                sleep(Duration::from_millis(300)).await;
            }
            let (head, body) = request.into_parts();
            let credentials = head.headers.get("authorization").map(HeaderValue::as_bytes);
            let mut told = credentials.unwrap_or_default().to_vec();
            let is_right = told == RIGHT || fault == Fault::Credulous;
            let busy = seen.busy.fetch_add(1, Relaxed);
            let status = if fault == Fault::Crowded && busy > 16 {
                Ok(StatusCode::SERVICE_UNAVAILABLE)
            } else if let Ok(body) = timeout(fault.body(), body.collect()).await {
                let body = body.map_err(|_| io::ErrorKind::Other)?.to_bytes();
                log(fault, &body);
                told.extend(body);
                status(fault, &seen, is_many, is_right).await
            } else {
                Ok(StatusCode::REQUEST_TIMEOUT)
            };
            seen.busy.fetch_sub(1, Relaxed);
            status.map(|status| response(status, fault, &told))
        })
    }
}

/// What is answered, after as long as it takes.
async fn status(
    fault: Fault,
    seen: &Seen,
    is_many: bool,
    is_right: bool,
) -> io::Result<StatusCode> {
    let wrong = seen.wrong.fetch_add(usize::from(!is_right), Relaxed);
    match fault {
        Fault::Drowsy => sleep(Duration::from_millis(50)).await,
        Fault::Sluggish if is_many => sleep(Duration::from_millis(50)).await,
        _ => {}
    }
    if fault == Fault::Hoarding && !is_right && wrong < 1000 {
        // An optimiser leaves out what nobody looks at.
        black_box(Vec::leak(vec![1u8; 64 * 1024]));
    }
    if fault == Fault::Forgetful
        && is_many
        && seen.beside_many.fetch_add(1, Relaxed).is_multiple_of(100)
    {
        return Err(io::ErrorKind::Other.into());
    }
    Ok(match fault {
        Fault::Breaking if is_many => StatusCode::INTERNAL_SERVER_ERROR,
        Fault::Curt if is_many => StatusCode::SERVICE_UNAVAILABLE,
        Fault::Curt if wrong > 100 && !is_right => StatusCode::TOO_MANY_REQUESTS,
        Fault::Resentful if wrong > 100 => StatusCode::TOO_MANY_REQUESTS,
        _ if is_right => StatusCode::OK,
        _ => StatusCode::UNAUTHORIZED,
    })
}

/// One line each, as the examples have it.
fn log(fault: Fault, body: &[u8]) {
    let error = String::from_utf8_lossy(body);
    let line = json!({ "target": "receiver", "message": "delivery", "error": error });
    match fault {
        Fault::Talkative => eprintln!("{line}"),
        Fault::Garbling => eprintln!("{line:#}"),
        _ => {}
    }
}

fn response(status: StatusCode, fault: Fault, told: &[u8]) -> Response<Full<Bytes>> {
    let told = if fault == Fault::Echoing { BASE64_STANDARD.encode(told) } else { String::new() };
    let mut response = Response::new(Full::from(told));
    *response.status_mut() = status;
    let is_refusal = matches!(status.as_u16(), 429 | 503);
    if is_refusal && fault != Fault::Curt {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}

/// What the examples take, too.
const RIGHT: &[u8] = b"Bearer own-token-77f2";
