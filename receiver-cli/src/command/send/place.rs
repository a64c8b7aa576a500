//! The names of the ways in which a request holds a secret.

use receiver_core::testing::Way;

/// What `--way` calls it. No two ways of one sender are called the same.
pub(super) fn name(way: &Way) -> String {
    match way {
        Way::Basic => "basic".to_owned(),
        Way::Word(word) => word.to_lowercase(),
        Way::Header(name) => name.to_string(),
        Way::Query(_) => "query".to_owned(),
        Way::Pair(..) => "pair".to_owned(),
        _ => "signature".to_owned(),
    }
}

pub(super) fn has_user(way: &Way) -> bool {
    matches!(way, Way::Basic | Way::Pair(..))
}

pub(super) fn is_token(way: &Way) -> bool {
    matches!(way, Way::Word(_) | Way::Header(_) | Way::Query(_))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use receiver_core::testing::ways;

    use super::name;
    use crate::endpoint::BUILT_IN;

    #[test]
    fn no_two_ways_of_a_sender_are_called_the_same() {
        for sender in BUILT_IN {
            let ways = ways(&sender.name.replace('-', "_"));
            let names: BTreeSet<_> = ways.iter().map(name).collect();
            assert_eq!(names.len(), ways.len(), "{}: {names:?}", sender.name);
        }
    }
}
