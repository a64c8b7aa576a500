//! Servers with one fault each: what is checked must be found in them.
//!
//! All else is as it should be, because most are served as the examples are.

use std::io;
use std::process::ExitCode;
use std::time::Duration;

use example_serve::{Signals, serve};
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpSocket};
use tokio::time::sleep;

pub(crate) use fault::Fault;
use service::Faulty;

mod fault;
mod service;

/// Serves until it is killed.
pub(crate) async fn run(name: &str) -> ExitCode {
    let fault = Fault::of(name);
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind(([127, 0, 0, 1], 0).into()).expect("a port");
    // Whoever is not accepted is to notice.
    let listener = socket.listen(if fault == Fault::Shut { 16 } else { 1024 }).expect("it listens");
    let address = listener.local_addr().expect("an address");
    println!("listening on http://{address}\nfigures on http://{address}/metrics");
    let service = Faulty::new(fault);
    if fault == Fault::Restless {
        tokio::spawn(service.clone().spin());
    }
    if fault.is_bare() {
        accept(listener, service, fault).await;
    }
    let listener = listener.into_std().expect("a listener");
    let signals = Signals::new().expect("signals");
    serve(listener, service, fault.limits(), signals).await.expect("served");
    ExitCode::SUCCESS
}

/// Without any deadline or limit.
async fn accept(listener: TcpListener, service: Faulty, fault: Fault) -> ! {
    loop {
        let is_shut = fault == Fault::Shut && service.connections() > SHUT;
        let accepted =
            if is_shut { Err(io::ErrorKind::Other.into()) } else { listener.accept().await };
        match accepted {
            Ok((stream, _)) => {
                let _ = stream.set_nodelay(true);
                let connection = http1::Builder::new();
                tokio::spawn(connection.serve_connection(TokioIo::new(stream), service.clone()));
            }
            Err(_) if fault == Fault::Spinning => tokio::task::yield_now().await,
            Err(_) => loop {
                sleep(Duration::from_secs(60)).await;
            },
        }
    }
}

/// So many are accepted by a server that then is shut.
const SHUT: usize = 100;
