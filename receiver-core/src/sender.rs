//! The senders, where their samples are, and how they prove themselves: a line each.

#[cfg(feature = "testing")]
use crate::testing::Way;

pub mod cmmshere;
pub mod monuv;
pub mod rabbot;
pub mod sintegre;
pub mod standard_webhooks;
pub mod voalle;

#[cfg(feature = "samples")]
pub(crate) const SAMPLES: &[&[crate::samples::Sample]] = &[
    cmmshere::SAMPLES,
    monuv::SAMPLES,
    rabbot::SAMPLES,
    sintegre::SAMPLES,
    standard_webhooks::SAMPLES,
    voalle::SAMPLES,
];

/// By the names that their samples have.
#[cfg(feature = "testing")]
pub(crate) static WAYS: &[(&str, &[Way])] = &[
    ("cmmshere", &cmmshere::WAYS),
    ("monuv", &monuv::WAYS),
    ("rabbot", &rabbot::WAYS),
    ("sintegre", &sintegre::WAYS),
    ("standard_webhooks", &standard_webhooks::WAYS),
    ("voalle", &voalle::WAYS),
];
