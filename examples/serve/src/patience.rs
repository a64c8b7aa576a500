//! `Patient`: a connection that waits so long for a head, for the next request, and for its answers to be read.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

use hyper::service::Service;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::task::yield_now;
use tokio::time::{Sleep, sleep};

use super::Limits;

/// A connection that ends with an error when its client lets it wait too long.
///
/// Time runs while a head is awaited or half read, and while an answer is not read; it stands still while a
/// request is handled.
#[derive(Debug)]
pub struct Patient<C> {
    connection: C,
    phase: Phase,
    limits: Arc<Limits>,
    deadline: Pin<Box<Sleep>>,
    /// Until when all that was answered has to be read. There is none while everything is.
    unread: Option<Pin<Box<Sleep>>>,
}

impl<C> Patient<C> {
    /// A connection and the service that answers on it: the service knows when a head is complete,
    /// and when the answer is there.
    pub(crate) fn new<S>(connection: C, service: S, limits: Arc<Limits>) -> (Self, Watched<S>) {
        let phase = Phase(Arc::new(AtomicU8::new(HEAD)));
        let watched = Watched { service, phase: phase.clone() };
        let deadline = Box::pin(sleep(limits.head));
        (Self { connection, phase, limits, deadline, unread: None }, watched)
    }

    /// Ends what waits for its client to read. A little that is read does not start the time anew: only all of it.
    fn in_time<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            return written;
        }
        let unread = self.unread.get_or_insert_with(|| Box::pin(sleep(self.limits.answer)));
        unread.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<C: AsyncRead + Unpin> AsyncRead for Patient<C> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.phase.goes_from(ANSWERED, IDLE) {
            this.deadline.set(sleep(this.limits.idle));
        }
        let filled = buffer.filled().len();
        let read = Pin::new(&mut this.connection).poll_read(context, buffer);
        if buffer.filled().len() > filled && this.phase.goes_from(IDLE, HEAD) {
            this.deadline.set(sleep(this.limits.head));
        }
        if read.is_pending() && !this.phase.is(REQUEST) {
            return this
                .deadline
                .as_mut()
                .poll(context)
                .map(|()| Err(io::ErrorKind::TimedOut.into()));
        }
        read
    }
}

impl<C: AsyncWrite + Unpin> AsyncWrite for Patient<C> {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.connection).poll_write(context, bytes);
        this.in_time(context, written)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let flushed = Pin::new(&mut this.connection).poll_flush(context);
        // Whoever writes flushes when nothing of it is left.
        if flushed.is_ready() {
            this.unread = None;
        }
        this.in_time(context, flushed)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let shut = Pin::new(&mut this.connection).poll_shutdown(context);
        this.in_time(context, shut)
    }
}

/// A service that tells its connection when a request is being handled.
#[derive(Clone, Debug)]
pub(crate) struct Watched<S> {
    service: S,
    phase: Phase,
}

impl<S, R> Service<R> for Watched<S>
where
    S: Service<R>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn call(&self, request: R) -> Self::Future {
        // It came along with the one before it, or there would have been a wait in between.
        let came_along = self.phase.is(ANSWERED);
        self.phase.set(REQUEST);
        let (answer, phase) = (self.service.call(request), self.phase.clone());
        Box::pin(async move {
            // Whoever sends many at once has one turn each, as others have.
            if came_along {
                yield_now().await;
            }
            let answer = answer.await;
            phase.set(ANSWERED);
            answer
        })
    }
}

/// What a connection is at. Its two sides run in one task, one after the other, so that no order
/// of memory has to be asked for.
#[derive(Clone, Debug)]
struct Phase(Arc<AtomicU8>);

impl Phase {
    fn is(&self, phase: u8) -> bool {
        self.0.load(Ordering::Relaxed) == phase
    }

    fn set(&self, phase: u8) {
        self.0.store(phase, Ordering::Relaxed);
    }

    fn goes_from(&self, from: u8, to: u8) -> bool {
        let goes = self.is(from);
        if goes {
            self.set(to);
        }
        goes
    }
}

/// A head is awaited that has begun, or the first one.
const HEAD: u8 = 0;
/// A request is being handled.
const REQUEST: u8 = 1;
/// The answer is there, and time for the next request does not run yet.
const ANSWERED: u8 = 2;
/// The next request is awaited.
const IDLE: u8 = 3;
