//! A listener with room for a burst of connections.

use std::io;
use std::net::{TcpListener, ToSocketAddrs};

use socket2::SockRef;

/// Listens on an address. [`TcpListener::bind`] lets 128 connections wait to be accepted; of a burst, the others
/// would try again after a second, and what they bring would be late by that.
///
/// # Errors
///
/// Those of [`TcpListener::bind`].
pub fn listen(address: impl ToSocketAddrs) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address)?;
    // The system has a limit of its own, which holds where it is lower.
    SockRef::from(&listener).listen(WAITING)?;
    Ok(listener)
}

/// As many as there are places. All of them may have been left by their clients, and a server without file descriptors
/// takes some hundred a second out of the way.
const WAITING: i32 = 1024;
