//! `Kind`: what kinds of event Monuv has.

use std::fmt;
use std::str::FromStr;

/// A kind of event, as in Monuv's list "Tipo de evento".
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// "Analíticos de IA": a camera recognised something.
    Analytic,
    /// "Alerta na câmera".
    CameraAlert,
    /// "Evento gerado via QR Code".
    QrCode,
    /// "Botão de pânico".
    PanicButton,
    /// "Alteração de status de câmera": it may well be that the camera went offline.
    CameraStatus,
    /// Anything else, and every event whose id is not declared.
    Other,
}

impl Kind {
    /// The kind's stable name, in logs and to be stored: `analytic`, `camera_alert`, `qr_code`,
    /// `panic_button`, `camera_status`, `other`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Analytic => "analytic",
            Self::CameraAlert => "camera_alert",
            Self::QrCode => "qr_code",
            Self::PanicButton => "panic_button",
            Self::CameraStatus => "camera_status",
            Self::Other => "other",
        }
    }
}

/// The kind's stable name.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Reads the stable name, as from a configuration file.
///
/// ```
/// use receiver_core::monuv::{Kind, UnknownKind};
///
/// assert_eq!("panic_button".parse(), Ok(Kind::PanicButton));
/// assert_eq!("panic".parse::<Kind>(), Err(UnknownKind));
/// ```
impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(name: &str) -> Result<Self, UnknownKind> {
        KINDS.into_iter().find(|kind| kind.as_str() == name).ok_or(UnknownKind)
    }
}

/// A text that is no kind's stable name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownKind;

impl fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not one of {}", KINDS.map(Kind::as_str).join(", "))
    }
}

impl std::error::Error for UnknownKind {}

const KINDS: [Kind; 6] = [
    Kind::Analytic,
    Kind::CameraAlert,
    Kind::QrCode,
    Kind::PanicButton,
    Kind::CameraStatus,
    Kind::Other,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stable_name_is_read_back() {
        for kind in KINDS {
            assert_eq!(kind.to_string().parse(), Ok(kind));
        }
    }

    #[test]
    fn any_other_name_is_unknown() {
        for name in ["", "Analytic", " analytic", "panic", "outro"] {
            assert_eq!(name.parse::<Kind>(), Err(UnknownKind));
        }
        assert!(UnknownKind.to_string().ends_with("panic_button, camera_status, other"));
    }
}
