//! `Fault`: what is wrong with a control.

use std::time::Duration;

use example_serve::Limits;

/// One thing that is wrong. *Many* are more connections than [`MANY`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It waits for its clients without end.
    Endless,
    /// It waits a second for them.
    Hasty,
    /// It answers 50 ms later while many are there.
    Sluggish,
    /// It answers 500 while many are there.
    Breaking,
    /// It keeps two mebibytes for each connection, and something of everybody who was wrong.
    Hoarding,
    /// It polls while many are there.
    Restless,
    /// It gives up when it cannot accept.
    Deaf,
    /// It tries again at once when it cannot accept.
    Spinning,
    /// It accepts a hundred.
    Shut,
    /// It reads sixteen requests at once, whoever sends them.
    Crowded,
    /// It hangs up on one in a hundred deliveries while many are there.
    Forgetful,
    /// It does not say when to come again, and always wants it while many are there.
    Curt,
    /// It answers whoever comes after 300 ms once there were many.
    Sulking,
    /// It has places without end.
    Roomy,
    /// It answers after 50 ms.
    Drowsy,
    /// It takes any credentials.
    Credulous,
    /// It counts no failures.
    Uncounted,
    /// It turns everybody away when anybody was wrong a hundred times.
    Resentful,
    /// It answers with credentials and body, in base64.
    Echoing,
    /// It logs the body.
    Talkative,
    /// It logs what is no line.
    Garbling,
}

impl Fault {
    const ALL: [Self; 21] = [
        Self::Endless,
        Self::Hasty,
        Self::Sluggish,
        Self::Breaking,
        Self::Hoarding,
        Self::Restless,
        Self::Deaf,
        Self::Spinning,
        Self::Shut,
        Self::Crowded,
        Self::Forgetful,
        Self::Curt,
        Self::Sulking,
        Self::Roomy,
        Self::Drowsy,
        Self::Credulous,
        Self::Uncounted,
        Self::Resentful,
        Self::Echoing,
        Self::Talkative,
        Self::Garbling,
    ];

    pub(crate) fn of(name: &str) -> Self {
        Self::ALL.into_iter().find(|fault| fault.name() == name).expect("a fault")
    }

    pub(crate) fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }

    /// Whether it is served without any deadline or limit. Some have that for a fault, others would
    /// hardly show theirs behind the limits of the examples.
    pub(crate) fn is_bare(self) -> bool {
        matches!(
            self,
            Self::Endless
                | Self::Deaf
                | Self::Spinning
                | Self::Shut
                | Self::Roomy
                | Self::Curt
                | Self::Drowsy
                | Self::Uncounted
                | Self::Resentful
        )
    }

    pub(crate) fn limits(self) -> Limits {
        let (limits, second) = (Limits::default(), Duration::from_secs(1));
        if self == Self::Hasty { Limits { head: second, idle: second, ..limits } } else { limits }
    }

    /// For a whole body.
    pub(crate) fn body(self) -> Duration {
        match self {
            Self::Hasty => Duration::from_secs(1),
            _ if self.is_bare() => Duration::from_secs(3600),
            _ => Duration::from_secs(15),
        }
    }
}

/// More than these connections are many: more than those that measure, and fewer than those that load.
pub(crate) const MANY: usize = 40;
