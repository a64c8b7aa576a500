//! A watchdog for what actix-web waits for without end.
//!
//! actix-web sets a time for the first head of a connection (`client_request_timeout`) and for the
//! first byte of a later one (`keep_alive`), but none for the rest of that head, nor for the rest
//! of a chunked body that was answered before its end. So a connection is closed when, after an
//! answer, the next request is not there as a whole in time.

use std::any::Any;
use std::net::Shutdown;
use std::time::Duration;

use actix_web::dev::{Extensions, Service, ServiceRequest, ServiceResponse};
use actix_web::rt::net::TcpStream;
use actix_web::rt::{spawn, time::timeout};
use socket2::SockRef;
use tokio::sync::watch;

/// Watches a connection: for [`HttpServer::on_connect`](actix_web::HttpServer::on_connect).
pub(crate) fn watch(connection: &dyn Any, data: &mut Extensions, patience: Duration) {
    let Some(stream) = connection.downcast_ref::<TcpStream>() else { return };
    let Ok(socket) = SockRef::from(stream).try_clone() else {
        return tracing::error!("a connection cannot be watched: no more file descriptors");
    };
    let (busy, mut is_busy) = watch::channel(true);
    data.insert(busy);
    // The sender lives as long as the connection, and so does the task.
    spawn(async move {
        while is_busy.wait_for(|busy| !busy).await.is_ok() {
            match timeout(patience, is_busy.wait_for(|busy| *busy)).await {
                Ok(Ok(_)) => {}
                Ok(Err(_)) => break,
                Err(_) => return socket.shutdown(Shutdown::Both).unwrap_or_default(),
            }
        }
    });
}

/// Tells the watchdog when a request is there and when it is answered: for
/// [`App::wrap_fn`](actix_web::App::wrap_fn).
pub(crate) fn tell<S: Service<ServiceRequest, Response = ServiceResponse<B>>, B>(
    request: ServiceRequest,
    service: &S,
) -> impl Future<Output = Result<S::Response, S::Error>> + use<S, B> {
    let busy = request.conn_data::<watch::Sender<bool>>().cloned();
    let tell = move |is_busy| busy.as_ref().map(|busy| busy.send_replace(is_busy));
    tell(true);
    let answer = service.call(request);
    async move {
        let answer = answer.await;
        tell(false);
        answer
    }
}
