//! Reads a body up to a limit and a deadline, and sends the request down the path.

use std::pin::{Pin, pin};
use std::time::SystemTime;

use bytes::{Buf as _, Bytes, BytesMut};
use http_body::Body;
use http_body_util::BodyExt as _;

use crate::record::Clock;
use crate::{AuthError, Cause, Event, Received, Receiver, Rejection, Request};

impl<E: Event> Receiver<E> {
    /// The whole path with the body still to be read: what every adapter calls.
    ///
    /// The body is counted while it is read, and an announced length over the limit is refused
    /// before. It needs a tokio runtime whose timer is on, for the deadline.
    ///
    /// # Errors
    ///
    /// The [`Rejection`], which knows its whole answer.
    pub async fn receive_body<B: Body>(
        &self,
        head: Request<'_>,
        body: B,
    ) -> Result<Received<E>, Rejection> {
        let mut record = self.record(&head, now(self.clock()));
        let body = match self.read(&head, pin!(body)).await {
            Ok(body) => body,
            Err(cause) => return Err(self.reject(cause, record)),
        };
        record.bytes = body.len();
        let request = head.with_body(&body);
        let Some(tenants) = self.tenants() else {
            return self.receive_by(self.scheme(), &request, record);
        };
        match tenants.look_up(&request).await {
            Ok(scheme) => self.receive_by(&scheme, &request, record),
            Err(error) => {
                record.error = Some(error);
                Err(self.reject(Cause::Auth(AuthError::LookUpFailed), record))
            }
        }
    }

    async fn read<B: Body>(&self, head: &Request<'_>, body: Pin<&mut B>) -> Result<Bytes, Cause> {
        self.admit(head)?;
        let reading = read(body, self.body_limit());
        tokio::time::timeout(self.body_deadline(), reading).await.map_err(|_| Cause::TooSlow)?
    }
}

/// The time by this clock, or by the system's.
pub(crate) fn now(clock: Option<&Clock>) -> SystemTime {
    clock.map_or_else(SystemTime::now, |clock| clock())
}

/// A body that comes in one piece, as most do, is passed on without a copy.
async fn read<B: Body>(mut body: Pin<&mut B>, limit: usize) -> Result<Bytes, Cause> {
    let (mut first, mut rest) = (Bytes::new(), BytesMut::new());
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Cause::Incomplete)?;
        // Trailers are no part of the body.
        let Ok(mut data) = frame.into_data() else { continue };
        let chunk = data.copy_to_bytes(data.remaining());
        let length = first.len().saturating_add(rest.len()).saturating_add(chunk.len());
        if length > limit {
            return Err(Cause::TooLarge);
        }
        if first.is_empty() && rest.is_empty() {
            first = chunk;
        } else {
            rest.extend_from_slice(&std::mem::take(&mut first));
            rest.extend_from_slice(&chunk);
        }
    }
    Ok(if rest.is_empty() { first } else { rest.freeze() })
}
