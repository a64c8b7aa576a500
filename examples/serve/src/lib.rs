//! Serves HTTP/1.1 the way an endpoint on the open internet should be served.
//!
//! `axum::serve` and warp's own server set no timeout and no limit. This is what they lack, over the
//! same hyper: a deadline for each head, another for idle connections, a limit of what is handled at
//! once and of wrong credentials, and a graceful shutdown. It is meant to be copied. A body's
//! deadline is the receiver's business.

use std::error::Error;
use std::future::ready;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response};
use http_body::Body;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

pub use listen::listen;
pub use patience::Patient;
pub use signals::Signals;

use gate::{Bounds, Gate};
use guard::Guarded;

pub mod gate;
mod guard;
mod listen;
mod patience;
mod signals;

/// How long clients are waited for, and how much of them is taken.
#[derive(Clone, Debug)]
pub struct Limits {
    /// For a whole head: from the connection, or from the first byte of a later request.
    pub head: Duration,
    /// For the first byte of another request on the same connection.
    pub idle: Duration,
    /// For an answer to be read, from when no more of it can be sent.
    pub answer: Duration,
    /// For the requests that are being handled when the service is told to stop.
    pub drain: Duration,
    /// Requests at once, on all connections, and wrong credentials.
    pub gate: Bounds,
}

/// 10 seconds for a head, 30 for an idle connection, 30 for an answer that is not read, 30 for what
/// is in flight at the end.
impl Default for Limits {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            head: seconds(10),
            idle: seconds(30),
            answer: seconds(30),
            drain: seconds(30),
            gate: Bounds::default(),
        }
    }
}

/// Serves until the first signal, then lets what is in flight finish; a second signal ends at once.
///
/// A request whose handler panics ends its own connection and nothing else.
///
/// # Errors
///
/// When the listener cannot be used at all. Later errors are logged and waited out.
pub async fn serve<S, B>(
    listener: std::net::TcpListener,
    service: S,
    limits: Limits,
    signals: Signals,
) -> io::Result<()>
where
    S: Service<Request<Incoming>, Response = Response<B>> + Clone + Send + 'static,
    S::Error: Into<Box<dyn Error + Send + Sync>>,
    S::Future: Send + 'static,
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    serve_over(listener, service, limits, signals, |connection| ready(Ok(connection))).await
}

/// Serves like [`serve`], over what a handshake makes of a connection, such as TLS.
///
/// Its time is part of the time for the first head. A handshake that fails ends its own connection.
///
/// # Errors
///
/// Those of [`serve`].
pub async fn serve_over<S, B, H, F, C>(
    listener: std::net::TcpListener,
    service: S,
    limits: Limits,
    mut signals: Signals,
    handshake: H,
) -> io::Result<()>
where
    S: Service<Request<Incoming>, Response = Response<B>> + Clone + Send + 'static,
    S::Error: Into<Box<dyn Error + Send + Sync>>,
    S::Future: Send + 'static,
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
    H: Fn(Patient<TcpStream>) -> F,
    F: Future<Output = io::Result<C>> + Send + 'static,
    C: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    listener.set_nonblocking(true)?;
    let listener = TcpListener::from_std(listener)?;
    let connections = GracefulShutdown::new();
    let limits = Arc::new(limits);
    let gate = Arc::new(Gate::new(limits.gate.clone()));
    let mut http = http1::Builder::new();
    // `Patient` keeps the time of heads; hyper's own timeout cannot tell a head from the wait for
    // it, and is behind it for a head that came along with the request before it.
    http.timer(TokioTimer::new()).header_read_timeout(limits.idle.saturating_add(limits.head));
    // Whoever sends a request and closes one direction still gets an answer, and whoever goes away
    // does not cancel the handler in the middle of its work.
    http.half_close(true);
    http.max_headers(100).max_header_size(32 * 1024);

    loop {
        let (stream, address) = tokio::select! {
            accepted = accept(&listener) => accepted,
            () = signals.next() => break,
        };
        let guarded = Guarded::new(service.clone(), Arc::clone(&gate), address.ip());
        let (stream, service) = Patient::new(stream, guarded, Arc::clone(&limits));
        let (stream, watcher, http) = (handshake(stream), connections.watcher(), http.clone());
        tokio::spawn(async move {
            let stream = match stream.await {
                Ok(stream) => stream,
                Err(error) => return tracing::debug!(%error, "handshake failed"),
            };
            let connection = http.serve_connection(TokioIo::new(stream), service);
            if let Err(error) = watcher.watch(connection).await {
                tracing::debug!(%error, "connection ended");
            }
        });
    }

    drop(listener);
    tracing::info!(connections = connections.count(), "stopping: what is in flight may finish");
    tokio::select! {
        () = connections.shutdown() => tracing::info!("stopped"),
        () = sleep(limits.drain) => tracing::warn!("stopped with requests in flight: too slow"),
        () = signals.next() => tracing::warn!("stopped with requests in flight: told twice"),
    }
    Ok(())
}

/// Waits for the next connection. When there are no more file descriptors, or the client was gone
/// before it was accepted, it waits and tries again.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, address)) => {
                // Answers are small and complete: nothing is gained by holding them back.
                let _ = stream.set_nodelay(true);
                return (stream, address);
            }
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                tracing::error!(%error, "cannot accept connections");
                sleep(Duration::from_millis(500)).await;
            }
        }
    }
}

fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}
