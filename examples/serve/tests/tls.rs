//! TLS between the connection and HTTP, over real sockets.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use example_serve::{Limits, Signals, serve_over};
use http::{Request, Response};
use http_body_util::Empty;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio_rustls::{TlsAcceptor, TlsConnector};

const HEAD: Duration = Duration::from_millis(300);
const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn a_request_is_answered_through_tls() {
    let (address, connector) = start();
    let tcp = TcpStream::connect(address).await.expect("a connection");
    let name = ServerName::try_from("localhost").expect("a name");
    let mut tls = connector.connect(name, tcp).await.expect("a handshake");
    tls.write_all(REQUEST).await.expect("a request");
    let mut answer = String::new();
    tls.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
}

#[tokio::test]
async fn who_begins_no_handshake_is_not_waited_for() {
    let (address, _) = start();
    let mut silent = TcpStream::connect(address).await.expect("a connection");
    let mut slow = TcpStream::connect(address).await.expect("a connection");
    slow.write_all(&[22, 3, 1]).await.expect("half a hello");
    for client in [&mut silent, &mut slow] {
        let closed = timeout(HEAD * 5, client.read(&mut [0; 64])).await;
        assert_eq!(closed.expect("it is closed in time").unwrap_or_default(), 0);
    }
}

#[tokio::test]
async fn plain_http_is_no_handshake_and_harms_nobody_else() {
    let (address, connector) = start();
    let mut plain = TcpStream::connect(address).await.expect("a connection");
    plain.write_all(REQUEST).await.expect("a request");
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer).await;
    assert!(!answer.starts_with(b"HTTP"), "{answer:?}");

    let tcp = TcpStream::connect(address).await.expect("a connection");
    let name = ServerName::try_from("localhost").expect("a name");
    assert!(connector.connect(name, tcp).await.is_ok());
}

/// A server with a certificate of its own, and a client that trusts it.
fn start() -> (SocketAddr, TlsConnector) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let certificate = CertificateDer::from(made.cert);
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
    let mut roots = RootCertStore::empty();
    roots.add(certificate.clone()).expect("a root");
    let client = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let server = ServerConfig::builder().with_no_client_auth();
    let server = server.with_single_cert(vec![certificate], key).expect("a configuration");
    let acceptor = TlsAcceptor::from(Arc::new(server));

    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address");
    let limits = Limits { head: HEAD, ..Limits::default() };
    let signals = Signals::new().expect("signals");
    let service = service_fn(|_: Request<Incoming>| async {
        Ok::<_, Infallible>(Response::new(Empty::<Bytes>::new()))
    });
    tokio::spawn(serve_over(listener, service, limits, signals, move |tcp| acceptor.accept(tcp)));
    (address, TlsConnector::from(Arc::new(client)))
}
