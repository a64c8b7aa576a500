//! The senders, and where their samples are: two lines each.

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
