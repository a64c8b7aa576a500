//! Random bytes for secrets and ids.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use crate::Failure;

pub(crate) fn bytes(count: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = vec![0; count];
    getrandom::fill(&mut bytes).map_err(|_| Failure::new("the system gives no random bytes"))?;
    Ok(bytes)
}

/// An id of a delivery, as Standard Webhooks has them.
pub(crate) fn id() -> Result<String, Failure> {
    Ok(format!("msg_{}", BASE64_URL_SAFE_NO_PAD.encode(bytes(15)?)))
}
