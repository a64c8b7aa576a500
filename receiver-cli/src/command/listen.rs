//! `receiver listen`: an endpoint for all senders, which shows what arrives.

use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use example_serve::gate::Bounds;
use example_serve::{Limits, Signals, serve};
use http::Uri;
use hyper::service::service_fn;

use crate::client::Client;
use crate::config::Config;
use crate::screen::note;
use crate::{Failure, endpoint};
use credentials::Credentials;
use desk::Desk;

mod credentials;
mod desk;
mod line;
mod service;

/// Listen for deliveries of all senders and show each as it arrives
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Listen {
    /// Where to listen; the port 0 is any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4747")]
    address: SocketAddr,

    /// The URL under which senders reach this, such as a tunnel's [default: the address]
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,

    /// Schemes of your own, as for `receiver verify`
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Append each delivery to this file, credentials and all
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,

    /// Send each delivery on to this service, and answer what it answers
    #[arg(long, value_name = "URL")]
    forward: Option<String>,

    /// How many bytes a body may have
    #[arg(long, value_name = "BYTES", default_value_t = 1024 * 1024)]
    body_limit: usize,

    /// Print a JSON object a line, as where standard output is no terminal
    #[arg(long)]
    json: bool,
}

impl Listen {
    pub(crate) fn run(&self) -> Result<ExitCode, Failure> {
        let config = Config::read(self.config.as_deref())?;
        let client = self.forward.as_deref().map(|url| Client::new(url, PATIENCE)).transpose()?;
        let record = self.record.as_deref().map(append).transpose()?;
        let listener = example_serve::listen(self.address)
            .map_err(|error| Failure::new(format!("cannot listen on {}: {error}", self.address)))?;
        let address = listener.local_addr().map_err(|error| start(&error))?;
        let local = format!("http://{}", reachable(address));
        let public_url = self.public_url.as_deref().unwrap_or(&local).trim_end_matches('/');

        if self.forward.as_deref().is_some_and(|url| service_is(url, address, public_url)) {
            return Err(Failure::new(
                "--forward is where this listens itself: each delivery would come back for ever",
            ));
        }
        if !address.ip().is_loopback() {
            note("others on the network can reach this");
        }
        let credentials = Credentials::new()?;
        let own = config.schemes.keys().cloned().collect::<Vec<_>>();
        let endpoints =
            endpoint::all(config, public_url, |name, form| credentials.secret(name, form))?;
        // Nobody may look; it listens all the same.
        let _ = credentials.introduce(&mut io::stderr().lock(), &local, &own);
        let is_json = self.json || !io::stdout().is_terminal();
        let desk = Arc::new(Desk { endpoints, record: record.map(Mutex::new), client, is_json });

        let limit = self.body_limit;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        runtime
            .map_err(|error| start(&error))?
            .block_on(async {
                let signals = Signals::new()?;
                let service =
                    service_fn(move |request| service::answer(request, Arc::clone(&desk), limit));
                // Wrong credentials are what it is there to explain.
                let gate = Bounds { failures: 0, ..Bounds::default() };
                let limits = Limits { gate, ..Limits::default() };
                serve(listener, service, limits, signals).await
            })
            .map_err(|error| start(&error))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn start(error: &io::Error) -> Failure {
    Failure::new(format!("cannot start: {error}"))
}

/// An address that a client on this machine can use.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    address
}

/// Whether the service at this URL is what listens at this address, or behind this public URL.
fn service_is(url: &str, address: SocketAddr, public_url: &str) -> bool {
    let (Ok(url), Ok(public)) = (url.parse::<Uri>(), public_url.parse::<Uri>()) else {
        return false;
    };
    let Some(host) = url.host() else { return false };
    let port = |uri: &Uri| {
        let usual = if uri.scheme_str() == Some("https") { 443 } else { 80 };
        uri.port_u16().unwrap_or(usual)
    };
    let own_port = port(&url);
    let is_public = public.host().is_some_and(|it| it.eq_ignore_ascii_case(host));
    if is_public && own_port == port(&public) {
        return true;
    }
    // Names are only asked for where the answer matters.
    if own_port != address.port() {
        return false;
    }
    let found = (host.trim_matches(['[', ']']), own_port).to_socket_addrs();
    found.into_iter().flatten().map(reachable).any(|found| {
        found == reachable(address) || address.ip().is_unspecified() && found.ip().is_loopback()
    })
}

/// Opens a file for recordings. What is recorded proves itself as the sender's: it is for its owner.
fn append(path: &Path) -> Result<File, Failure> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| Failure::new(format!("{}: {error}", path.display())))
}

/// For the service that deliveries are sent on to. Senders wait no longer than that.
const PATIENCE: Duration = Duration::from_secs(30);

const EXAMPLES: &str = "\
Examples:
  receiver listen
  RECEIVER_SECRET_GITHUB='...' receiver listen --record recorded.jsonl
  receiver listen --forward http://127.0.0.1:3000 --public-url https://abc.tunnel.example

Each sender has the path /webhooks/NAME, for the names of `receiver list senders` and `receiver list
schemes`. Its secret is in RECEIVER_SECRET_NAME, in capitals and with _ for -; where that is not set,
one is made up and printed at the start. Ctrl-C ends it.";
