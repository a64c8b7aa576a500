//! `Signals`: what tells the service to stop.

use std::io;

#[cfg(unix)]
use tokio::signal::unix as os;
#[cfg(windows)]
use tokio::signal::windows as os;

/// SIGTERM and Ctrl-C, each time they come.
///
/// From its making on, they no longer end the process by themselves.
#[derive(Debug)]
pub struct Signals {
    #[cfg(unix)]
    signals: [os::Signal; 2],
    #[cfg(windows)]
    signals: (os::CtrlC, os::CtrlShutdown),
}

impl Signals {
    /// Listens from now on. It must be called inside a tokio runtime.
    ///
    /// # Errors
    ///
    /// When the system refuses to.
    #[cfg(unix)]
    pub fn new() -> io::Result<Self> {
        let [interrupt, terminate] = [os::SignalKind::interrupt(), os::SignalKind::terminate()];
        Ok(Self { signals: [os::signal(interrupt)?, os::signal(terminate)?] })
    }

    /// Listens from now on. It must be called inside a tokio runtime.
    ///
    /// # Errors
    ///
    /// When the system refuses to.
    #[cfg(windows)]
    pub fn new() -> io::Result<Self> {
        Ok(Self { signals: (os::ctrl_c()?, os::ctrl_shutdown()?) })
    }

    /// Waits for the next one.
    pub async fn next(&mut self) {
        #[cfg(unix)]
        let [interrupt, terminate] = &mut self.signals;
        #[cfg(windows)]
        let (interrupt, terminate) = &mut self.signals;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }
}
