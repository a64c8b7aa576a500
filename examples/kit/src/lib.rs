//! What is only for trying an example: credentials that are generated where none is set, a curl
//! line for each route, the set-up of the log, and figures for operators.
//!
//! A service of your own needs none of it: it takes its credentials from [`std::env::var`], so that
//! a missing one stops it, and sets up its log and its figures as its other services do.

use std::collections::BTreeMap;
use std::env::VarError;
use std::error::Error;
use std::fmt;
use std::io::{self, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::process::ExitCode;

pub use route::Route;

mod log;
mod metrics;
mod route;

/// An example's environment, with what is missing generated.
pub struct Kit {
    routes: &'static [Route],
    address: String,
    proxies: Vec<IpAddr>,
    metrics: SocketAddr,
    generated: BTreeMap<&'static str, String>,
}

impl Kit {
    /// Sets up the log, counts and serves the figures on `METRICS_ADDR`, reads `ADDR` and `PROXIES`,
    /// and generates the credentials of those routes for which none is set.
    ///
    /// # Errors
    ///
    /// When `ADDR`, `METRICS_ADDR`, `PROXIES`, `LOG` or `RUST_LOG` are set badly. The message names the
    /// variable and does not print what it is set to.
    pub fn start(routes: &'static [Route]) -> Result<Self, Box<dyn Error>> {
        log::start()?;
        let address = setting("ADDR")?.unwrap_or_else(|| "127.0.0.1:3000".to_owned());
        let proxies = proxies()?;
        // A free port, so that several examples can be tried at once.
        let metrics = setting("METRICS_ADDR")?.unwrap_or_else(|| "127.0.0.1:0".to_owned());
        let metrics = metrics::start(&metrics)?;
        let mut generated = BTreeMap::new();
        for route in routes {
            // What is set badly counts as set: whoever reads it says what is wrong with it.
            if route.variables().iter().all(|name| std::env::var_os(name).is_none()) {
                generated.extend(route.generate()?);
            }
        }
        Ok(Self { routes, address, proxies, metrics, generated })
    }

    /// A credential: as [`std::env::var`] gives it, or generated.
    ///
    /// # Errors
    ///
    /// Those of [`std::env::var`].
    pub fn var(&self, name: &'static str) -> Result<String, VarError> {
        self.generated.get(name).map_or_else(|| std::env::var(name), |value| Ok(value.clone()))
    }

    /// The addresses whose callers nobody can tell apart, from `PROXIES`.
    #[must_use]
    pub fn proxies(&self) -> Vec<IpAddr> {
        self.proxies.clone()
    }

    /// Listens on `ADDR` and prints the address, the generated credentials and the curl lines.
    ///
    /// # Errors
    ///
    /// When `ADDR` is no address, or cannot be listened on.
    pub fn listen(&self) -> Result<TcpListener, Box<dyn Error>> {
        let listener = example_serve::listen(&*self.address)
            .map_err(|error| format!("ADDR: cannot listen there: {error}"))?;
        // A service that nobody reads the output of serves all the same.
        let _ = self.introduce(&listener);
        Ok(listener)
    }

    fn introduce(&self, listener: &TcpListener) -> io::Result<()> {
        let mut address = listener.local_addr()?;
        let mut out = io::stdout().lock();
        writeln!(out, "listening on http://{address}")?;
        writeln!(out, "figures on http://{}/metrics", self.metrics)?;
        // Every address of this machine: a client takes one.
        match address.ip() {
            IpAddr::V4(Ipv4Addr::UNSPECIFIED) => address.set_ip(Ipv4Addr::LOCALHOST.into()),
            IpAddr::V6(Ipv6Addr::UNSPECIFIED) => address.set_ip(Ipv6Addr::LOCALHOST.into()),
            _ => {}
        }
        for route in self.routes {
            let path = route.path();
            writeln!(out, "\n# {path}")?;
            for name in route.variables() {
                if let Some(value) = self.generated.get(name) {
                    writeln!(out, "# generated for this run: {name}={value}")?;
                }
            }
            writeln!(
                out,
                "{}",
                route.curl(&format!("http://{address}{path}"), &|name| self.shown(name))
            )?;
        }
        writeln!(out)?;
        out.flush()
    }

    /// A variable as a shell between double quotes should see it, if there is one: what was
    /// generated as it is, what is set by its name.
    fn shown(&self, name: &'static str) -> Option<String> {
        match self.generated.get(name) {
            Some(value) => Some(value.clone()),
            None => std::env::var_os(name).map(|_| format!("${name}")),
        }
    }
}

/// Prints no credential.
impl fmt::Debug for Kit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kit")
            .field("routes", &self.routes)
            .field("address", &self.address)
            .field("proxies", &self.proxies)
            .field("metrics", &self.metrics)
            .field("generated", &self.generated.keys())
            .finish()
    }
}

/// Ends the process: with 0 after a service that stopped as it was told, with 2 and one line on
/// standard error where the start failed.
#[must_use]
pub fn exit(ended: Result<(), Box<dyn Error>>) -> ExitCode {
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "cannot start: {error}");
            ExitCode::from(2)
        }
    }
}

fn proxies() -> Result<Vec<IpAddr>, String> {
    let Some(addresses) = setting("PROXIES")? else { return Ok(Vec::new()) };
    let addresses = addresses.split(',').map(|address| address.trim().parse());
    addresses
        .collect::<Result<_, _>>()
        .map_err(|_| "PROXIES is no list of addresses, such as 127.0.0.1,::1".to_owned())
}

/// What a variable is set to, if it is. To set it to nothing is a mistake.
fn setting(name: &str) -> Result<Option<String>, String> {
    match std::env::var(name) {
        Ok(value) if value.trim().is_empty() => Err(format!("{name} is set to nothing")),
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(format!("{name} is not UTF-8")),
    }
}
