//! What `tests/load` measures with: the subjects, the delivery they are all given, and their processes.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a measurement that cannot go on fails, and says where"
)]

pub mod delivery;
pub mod process;
pub mod subject;
