//! Serves the endpoints of `app.rs`.

use std::error::Error;
use std::pin::pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpServer;
use example_actix::{Receivers, app};
use example_kit::{Kit, Route};
use example_serve::Signals;
use example_serve::gate::{self, Bounds, Gate};

mod guard;
mod watchdog;

#[actix_web::main]
async fn main() -> ExitCode {
    example_kit::exit(run().await)
}

async fn run() -> Result<(), Box<dyn Error>> {
    let mut signals = Signals::new()?;
    // The kit is for trying. Your service takes `std::env::var` instead of `kit.var`, and listens
    // where it likes.
    let kit = Kit::start(Route::ALL)?;
    let receivers = Receivers::from_env(|name| kit.var(name))?;
    let listener = kit.listen()?;

    let (head, idle) = (Duration::from_secs(10), Duration::from_secs(30));
    let bounds = Bounds { proxies: kit.proxies(), ..Bounds::default() };
    let gate = Arc::new(Gate::new(bounds));
    let guarded = move || {
        let gate = Arc::clone(&gate);
        let guard = move |request, service: &_| guard::guard(&gate, request, service);
        app(receivers.clone()).wrap_fn(guard).wrap_fn(watchdog::tell)
    };
    let server = HttpServer::new(guarded)
        .on_connect(move |connection, data| watchdog::watch(connection, data, idle))
        .listen(listener)?
        // Answers to requests that came in one go are written one by one: none waits for the last to
        // be acknowledged.
        .tcp_nodelay(true)
        .client_request_timeout(head)
        .keep_alive(idle)
        .client_disconnect_timeout(Duration::from_millis(500))
        .shutdown_timeout(30)
        // Of its own accord actix-web drops what is in flight on Ctrl-C.
        .disable_signals()
        .run();
    let handle = server.handle();
    let mut server = pin!(server);

    tokio::select! {
        ended = &mut server => return Ok(ended?),
        () = signals.next() => drop(handle.stop(true)),
    }
    // What is in flight may finish, unless a second signal comes.
    tokio::select! {
        ended = &mut server => Ok(ended?),
        () = signals.next() => Ok(()),
    }
}
