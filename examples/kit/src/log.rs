//! The log: structured, on standard error; of libraries that speak by the crate `log`, too.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

use crate::setting;

/// Sets up the log.
///
/// `RUST_LOG` says what is logged, `info` unless said. `LOG=json` and `LOG=text` say how; unless
/// said, it is text for a terminal and JSON, a line each, for everything else.
pub(crate) fn start() -> Result<(), String> {
    let filter = setting("RUST_LOG")?.unwrap_or_else(|| "info".to_owned());
    let filter = EnvFilter::try_new(filter)
        .map_err(|_| "RUST_LOG is no filter, such as info or receiver=debug")?;
    let terminal = std::io::stderr().is_terminal();
    let json = match setting("LOG")?.as_deref() {
        None => !terminal,
        Some("json") => true,
        Some("text") => false,
        Some(_) => return Err("LOG is neither json nor text".to_owned()),
    };
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let log = if json {
        log.json().flatten_event(true).try_init()
    } else {
        log.with_ansi(terminal).try_init()
    };
    log.map_err(|error| format!("the log cannot be set up: {error}"))
}
