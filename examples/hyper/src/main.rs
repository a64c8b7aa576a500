//! Serves the endpoint of `app.rs`.

use std::convert::Infallible;
use std::error::Error;
use std::process::ExitCode;

use example_hyper::{app, receiver};
use example_kit::{Kit, Route};
use example_serve::gate::Bounds;
use example_serve::{Limits, Signals, serve};
use hyper::service::service_fn;

#[tokio::main]
async fn main() -> ExitCode {
    example_kit::exit(run().await)
}

async fn run() -> Result<(), Box<dyn Error>> {
    let signals = Signals::new()?;
    // The kit is for trying. Your service takes `std::env::var` instead of `kit.var`, and listens
    // where it likes.
    let kit = Kit::start(&[Route::Signed])?;
    let receiver = receiver(|name| kit.var(name))?;
    let listener = kit.listen()?;

    let service = service_fn(move |request| {
        let receiver = receiver.clone();
        async { Ok::<_, Infallible>(app(receiver, request).await) }
    });
    let gate = Bounds { proxies: kit.proxies(), ..Bounds::default() };
    let limits = Limits { gate, ..Limits::default() };
    serve(listener, service, limits, signals).await?;
    Ok(())
}
