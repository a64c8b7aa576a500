//! The figures: `/metrics`, on an address of its own, for whoever collects them and nobody else.

use std::convert::Infallible;
use std::error::Error;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::thread;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode, header};
use hyper_util::rt::{TokioIo, TokioTimer};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use receiver_core::metrics::{HISTOGRAMS, describe};

/// Counts from now on, and serves the figures on `METRICS_ADDR` until the process ends.
///
/// They have a thread of their own: a service that is stuck can still be looked into.
pub(crate) fn start(address: &str) -> Result<SocketAddr, Box<dyn Error>> {
    let listener = TcpListener::bind(address)
        .map_err(|error| format!("METRICS_ADDR: cannot listen there: {error}"))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;

    let mut exporter = PrometheusBuilder::new();
    for (name, buckets) in HISTOGRAMS {
        exporter = exporter.set_buckets_for_metric(Matcher::Full(name.to_owned()), buckets)?;
    }
    let figures = exporter.install_recorder()?;
    describe();

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let serving = move || runtime.block_on(serve(listener, figures));
    thread::Builder::new().name("metrics".to_owned()).spawn(serving)?;
    Ok(address)
}

async fn serve(listener: TcpListener, figures: PrometheusHandle) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let mut upkeep = tokio::time::interval(Duration::from_secs(5));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(10)).keep_alive(false);
    loop {
        let stream = tokio::select! {
            // What nobody collects must not pile up.
            _ = upkeep.tick() => {
                figures.run_upkeep();
                continue;
            }
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    tracing::warn!(%error, "cannot accept connections for the figures");
                    tokio::time::sleep(Duration::from_millis(500)).await;
                    continue;
                }
            },
        };
        let figures = figures.clone();
        let service = service_fn(move |request| {
            let answer = answer(&request, &figures);
            async { Ok::<_, Infallible>(answer) }
        });
        // Whoever went away before the end misses it.
        tokio::spawn(http.serve_connection(TokioIo::new(stream), service));
    }
}

fn answer(request: &Request<Incoming>, figures: &PrometheusHandle) -> Response<String> {
    if request.uri().path() != "/metrics" {
        let mut response = Response::new(String::new());
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    }
    let mut response = Response::new(figures.render());
    let text = header::HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, text);
    response
}
