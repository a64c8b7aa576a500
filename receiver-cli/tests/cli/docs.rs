//! The commands in the documentation do what it says.

#[test]
fn the_commands_of_the_readme() {
    trycmd::TestCases::new().case("README.md").run();
}

#[test]
fn the_help() {
    trycmd::TestCases::new().case("tests/help/*.trycmd").run();
}
