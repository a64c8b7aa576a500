//! Servers that lack what is checked: each must fail.

use std::convert::Infallible;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::time::sleep;

/// Serves until it is killed.
///
/// * `endless` waits for its clients without end;
/// * `careless` breaks down when more than a few want something at once, counts no failures and keeps
///   something of every one;
/// * `deaf` gives up when it cannot accept;
/// * `spinning` tries again at once.
pub(crate) async fn serve(name: &str) -> ExitCode {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    println!("listening on http://{address}\nfigures on http://{address}/metrics");
    let is_careless = name == "careless";
    let busy = Arc::new(AtomicUsize::new(0));
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(_) if name == "deaf" => loop {
                sleep(Duration::from_secs(60)).await;
            },
            Err(_) => {
                tokio::task::yield_now().await;
                continue;
            }
        };
        let busy = Arc::clone(&busy);
        let service = service_fn(move |request| answer(request, Arc::clone(&busy), is_careless));
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

async fn answer(
    request: Request<Incoming>,
    busy: Arc<AtomicUsize>,
    is_careless: bool,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let count = busy.fetch_add(1, Ordering::Relaxed);
    let is_right = request.headers().get("authorization").is_some_and(|it| it != "Bearer wrong");
    let _ = request.into_body().collect().await;
    if is_careless {
        sleep(Duration::from_millis(1)).await;
        if !is_right {
            Vec::leak(vec![1u8; 64 * 1024]);
        }
    }
    busy.fetch_sub(1, Ordering::Relaxed);
    let mut response = Response::new(Full::default());
    *response.status_mut() = match (is_right, is_careless && count > 16) {
        (_, true) => StatusCode::INTERNAL_SERVER_ERROR,
        (true, false) => StatusCode::OK,
        (false, false) => StatusCode::UNAUTHORIZED,
    };
    Ok(response)
}
