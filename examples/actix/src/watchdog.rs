//! A watchdog for what actix-web waits for without end.
//!
//! actix-web sets a time for the first head of a connection (`client_request_timeout`) and for the
//! first byte of a later one (`keep_alive`), but none for the rest of that head, nor for the rest
//! of a chunked body that was answered before its end. So a connection is closed when, after an
//! answer, the next request is not there as a whole in time, and soon after a body that was too slow
//! or too large. And it is closed when its client sends requests and does not read the answers: once
//! it has no room for more of either, actix-web asks itself without pause whether it may go on, and
//! what it has read of requests stays in memory.

use std::any::Any;
use std::mem::MaybeUninit;
use std::net::Shutdown;
use std::time::Duration;

use actix_web::dev::{Extensions, Service, ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::rt::net::TcpStream;
use actix_web::rt::spawn;
use actix_web::rt::task::yield_now;
use actix_web::rt::time::{sleep, timeout};
use socket2::{SockRef, Socket};
use tokio::sync::watch;

/// Watches a connection: for [`HttpServer::on_connect`](actix_web::HttpServer::on_connect).
pub(crate) fn watch(connection: &dyn Any, data: &mut Extensions, patience: Duration) {
    let Some(stream) = connection.downcast_ref::<TcpStream>() else { return };
    let socket = SockRef::from(stream);
    // Where the system knows how, it ends what a client takes nothing of.
    #[cfg(target_os = "linux")]
    if let Err(error) = socket.set_tcp_user_timeout(Some(UNREAD)) {
        tracing::warn!(%error, "who reads no answers is waited for as long as the system likes");
    }
    let Ok(socket) = socket.try_clone() else {
        tracing::error!("no more file descriptors: what cannot be watched is closed");
        return socket.shutdown(Shutdown::Both).unwrap_or_default();
    };
    let (phase, mut watched) = watch::channel(Phase::Busy);
    data.insert(phase);
    // The sender lives as long as the connection, and so does the task.
    spawn(async move {
        loop {
            let patience = match *watched.borrow_and_update() {
                Phase::Busy => None,
                Phase::Answered => Some(patience),
                Phase::Refused => Some(LINGER),
            };
            // A request may be answered before anybody looks: what counts is that something changed.
            let next = watched.changed();
            let next = match patience {
                None => Some(next.await),
                Some(patience) => tokio::select! {
                    next = timeout(patience, next) => next.ok(),
                    () = lies_unread(&socket) => None,
                },
            };
            match next {
                Some(Ok(())) => {}
                Some(Err(_)) => break,
                None => return socket.shutdown(Shutdown::Both).unwrap_or_default(),
            }
        }
    });
}

/// Ends when something was sent and lies there for longer than a server needs that reads.
async fn lies_unread(socket: &Socket) {
    let mut times = 0_u8;
    while times < 3 {
        sleep(GLANCE).await;
        let lies = socket.peek(&mut [MaybeUninit::uninit()]).is_ok_and(|bytes| bytes > 0);
        times = if lies { times.saturating_add(1) } else { 0 };
    }
}

/// What a connection is at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// A request is handled, or the first one is awaited.
    Busy,
    /// A request was answered.
    Answered,
    /// So it was, and its body may go on and on.
    Refused,
}

/// Time for the answer to a refused body to be read.
const LINGER: Duration = Duration::from_millis(500);
/// How long a client may take nothing of an answer.
#[cfg(target_os = "linux")]
const UNREAD: Duration = Duration::from_secs(10);
/// How often it is looked whether something lies unread.
const GLANCE: Duration = Duration::from_millis(500);

/// Tells the watchdog when a request is there and when it is answered: for
/// [`App::wrap_fn`](actix_web::App::wrap_fn).
pub(crate) fn tell<S: Service<ServiceRequest, Response = ServiceResponse<B>>, B>(
    request: ServiceRequest,
    service: &S,
) -> impl Future<Output = Result<S::Response, S::Error>> + use<S, B> {
    let watched = request.conn_data::<watch::Sender<Phase>>().cloned();
    let tell = move |phase| watched.as_ref().map(|watched| watched.send_replace(phase));
    let is_first = tell(Phase::Busy).is_none_or(|before| before == Phase::Busy);
    let answer = service.call(request);
    async move {
        // Whoever sends many at once has one turn each, as others have.
        if !is_first {
            yield_now().await;
        }
        let answer = answer.await;
        let status = answer.as_ref().map(ServiceResponse::status);
        let is_refused = status.is_ok_and(|status| BODIES.contains(&status));
        tell(if is_refused { Phase::Refused } else { Phase::Answered });
        answer
    }
}

/// What is answered to bodies that are too slow or too large.
const BODIES: [StatusCode; 2] = [StatusCode::REQUEST_TIMEOUT, StatusCode::PAYLOAD_TOO_LARGE];
