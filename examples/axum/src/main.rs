//! Serves the endpoints of `app.rs`.

use std::error::Error;
use std::process::ExitCode;

use example_axum::{Receivers, app};
use example_kit::{Kit, Route};
use example_serve::gate::Bounds;
use example_serve::{Limits, Signals, serve};
use hyper_util::service::TowerToHyperService;

#[tokio::main]
async fn main() -> ExitCode {
    example_kit::exit(run().await)
}

async fn run() -> Result<(), Box<dyn Error>> {
    let signals = Signals::new()?;
    // The kit is for trying. Your service takes `std::env::var` instead of `kit.var`, and listens
    // where it likes.
    let kit = Kit::start(Route::ALL)?;
    let app = app(Receivers::from_env(|name| kit.var(name))?);
    let listener = kit.listen()?;

    let gate = Bounds { proxies: kit.proxies(), ..Bounds::default() };
    let limits = Limits { gate, ..Limits::default() };
    serve(listener, TowerToHyperService::new(app), limits, signals).await?;
    Ok(())
}
