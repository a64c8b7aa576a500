//! The commands in the documentation say what it says they do.

#[test]
fn the_commands_of_the_readme() {
    trycmd::TestCases::new().case("README.md").run();
}

/// Each command's own words, with its examples.
#[test]
fn the_help() {
    trycmd::TestCases::new().case("tests/help/*.trycmd").run();
}
