//! What is measured answers as it should: nobody is fast by being wrong.

use std::path::Path;

use receiver_measured::process::Process;
use receiver_measured::subject::{self, On};

#[test]
fn what_is_right_is_taken_and_nothing_else() {
    let peer = subject::peers().into_iter().filter(|it| matches!(it.on, On::Framework(_)));
    let subjects: Vec<_> = subject::of_frameworks().into_iter().chain(peer).collect();
    assert_eq!(subjects.len(), 19);
    for subject in subjects {
        let On::Framework(framework) = subject.on else { continue };
        let program = Path::new(env!("CARGO_BIN_EXE_subject"));
        let process = Process::start(program, &[framework, subject.does.word()], 0);
        let wrong = subject.check(&process.expect("it starts"));
        assert_eq!(wrong, Ok(()), "{subject:?}");
    }
}
