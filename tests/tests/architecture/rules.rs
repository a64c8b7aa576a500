//! The rules of the layering, as data.

/// Files (all that start so), those among them that are exempt, the words their code must not hold,
/// and why.
pub(crate) type Rule =
    (&'static [&'static str], &'static [&'static str], &'static [&'static str], &'static str);

pub(crate) const RULES: [Rule; 13] = [
    (
        SCHEMES,
        &[],
        &[
            "cmmshere",
            "monuv",
            "rabbot",
            "sintegre",
            "voalle",
            "serde_json",
            "wire",
            "Delivery",
            "Event",
            "EventKey",
            "Json",
            "Media",
            "ParseError",
            "Received",
            "Receiver",
            "Reply",
        ],
        "1: a scheme knows credentials, not payloads",
    ),
    (
        SCHEMES,
        // Reading how a sender signs from configuration, under a feature.
        &["receiver-core/src/scheme/signature/config"],
        &["serde"],
        "1: a scheme does not read payloads",
    ),
    (
        SCHEMES,
        // A row's name may say for which bodies its sender signs so.
        &["receiver-core/src/scheme/catalog/"],
        &["json"],
        "1: a scheme does not look into bodies",
    ),
    (&["receiver-core/src/sender/"], &[], FRAMEWORKS, "2: a sender knows no framework"),
    (
        &["receiver-core/src/"],
        // `samples` is a list of the files in `samples/`, which are data.
        &["receiver-core/src/sender", "receiver-core/src/lib.rs", "receiver-core/src/samples.rs"],
        &["cmmshere", "monuv", "rabbot", "sintegre", "voalle"],
        "2: adding a sender is one file and the line that names it: nothing else knows senders",
    ),
    (
        ADAPTERS,
        &[],
        &[
            "scheme",
            "sender",
            "json",
            "wire",
            "AuthError",
            "Basic",
            "Bearer",
            "Cause",
            "ParseError",
            "Proof",
            "Scheme",
            "Signature",
            "Token",
            "verify",
        ],
        "3: an adapter translates: no scheme and no sender in it",
    ),
    (
        ADAPTERS,
        &[],
        &[
            "OK",
            "ACCEPTED",
            "NO_CONTENT",
            "BAD_REQUEST",
            "UNAUTHORIZED",
            "FORBIDDEN",
            "NOT_FOUND",
            "METHOD_NOT_ALLOWED",
            "REQUEST_TIMEOUT",
            "GONE",
            "PAYLOAD_TOO_LARGE",
            "UNSUPPORTED_MEDIA_TYPE",
            "UNPROCESSABLE_ENTITY",
            "SERVICE_UNAVAILABLE",
            "WWW_AUTHENTICATE",
            "ALLOW",
            "RETRY_AFTER",
            "CONTENT_TYPE",
            "CONTENT_LENGTH",
            "CONTENT_ENCODING",
        ],
        "3: an adapter decides nothing: no status and no header of its own",
    ),
    (
        &["receiver-core/src/"],
        &["receiver-core/src/explain", "receiver-core/src/lib.rs"],
        &["explain", "Explain", "Explanation", "Hypothesis"],
        "6: a failure is explained apart from the receive path, by nothing that is on it",
    ),
    (
        &["receiver-core/src/"],
        &["receiver-core/src/testing", "receiver-core/src/lib.rs"],
        &["Outgoing", "Credential", "Unsendable"],
        "6: what makes requests for tests is known by nothing on the receive path",
    ),
    (
        &["receiver-core/src/"],
        WITH_A_BODY_TO_READ,
        &["async", "await", "tokio", "futures_util", "http_body", "spawn", "block_on"],
        "4: the core is not async outside `body` and the adapters",
    ),
    (
        &["receiver-core/src/"],
        &[],
        &[
            "std::env",
            "std::fs",
            "std::io",
            "std::net",
            "std::process",
            "std::thread",
            "env!",
            "option_env!",
        ],
        "4: the core does no I/O",
    ),
    (
        &["receiver-core/src/"],
        WITH_A_BODY_TO_READ,
        &["SystemTime::now", "Instant", "Timestamp::now", "Zoned::now"],
        "4: time is an argument; only the adapters and `body` look at a clock",
    ),
    (
        &["receiver-core/src/handshake"],
        &["receiver-core/src/handshake/word.rs"],
        &["hmac_sha256", "Hmac", "Mac", "Signature", "sign_request"],
        "5: a handshake signs nothing but a word, which no payload can be",
    ),
];

/// The house's own, which holds for tests too.
pub(crate) const HOUSE: Rule = (
    &["fuzz/", "receiver-cli/", "receiver-core/", "examples/", "tests/"],
    &["tests/tests/architecture/rules.rs"],
    &["unsafe", concat!("#[", "allow"), concat!("#![", "allow"), concat!("#[", "ignore")],
    "nothing unsafe, no lint switched off, no test skipped",
);

const SCHEMES: &[&str] = &["receiver-core/src/scheme.rs", "receiver-core/src/scheme/"];

pub(crate) const ADAPTERS: &[&str] =
    &["receiver-core/src/axum", "receiver-core/src/actix", "receiver-core/src/warp"];

/// The adapters, `body`, and the file that declares their modules.
const WITH_A_BODY_TO_READ: &[&str] = &[
    "receiver-core/src/axum",
    "receiver-core/src/actix",
    "receiver-core/src/warp",
    "receiver-core/src/body.rs",
    "receiver-core/src/tenants.rs",
    "receiver-core/src/lib.rs",
];

const FRAMEWORKS: &[&str] =
    &["actix", "actix_web", "axum", "axum_core", "hyper", "tokio", "tower", "warp"];
