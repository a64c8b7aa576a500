//! The goals of endpoints by name.

use receiver_measured::subject::{Does, FRAMEWORKS, On, Subject};

use crate::figures::{Measured, Run};
use crate::goal::{Bound, Goal};
use crate::report::label;

/// All that can be told of what was measured.
pub(crate) fn goals(all: &[Measured]) -> Vec<Goal> {
    let find = |subject| all.iter().find(|measured| measured.subject == subject);
    let mut goals = Vec::new();
    for (name, figure, (does, beside), of, bound) in ENDPOINTS {
        for framework in FRAMEWORKS {
            let find = |does| find(Subject { on: On::Framework(framework), does });
            let both = find(*does).zip(find(*beside));
            if let Some(measured) = both.and_then(|(own, other)| own.beside(other, of)) {
                let figure = format!("{}: {figure}", label(framework));
                goals.push(Goal { name, figure, bound: *bound, measured });
            }
        }
    }
    let own = find(Subject { on: On::Framework("axum"), does: Does::Receiver });
    for (other, times) in PEERS {
        let peer = find(Subject { on: On::Other(other), does: Does::Peer });
        let both = own.zip(peer);
        if let Some(measured) = both.and_then(|(own, peer)| own.beside(peer, |run| run.rate)) {
            let figure = format!("axum: the receiver's rate / that of {}", label(other));
            goals.push(Goal { name: "H5", figure, bound: Some(Bound::AtLeast(*times)), measured });
        }
    }
    goals
}

/// Name, figure, what is beside what, of which figure, bound.
type Endpoint = (&'static str, &'static str, (Does, Does), fn(&Run) -> f64, Option<Bound>);

const ENDPOINTS: &[Endpoint] = &[
    (
        "H1",
        "the receiver / the same by hand",
        (Does::Receiver, Does::Strict),
        |run| run.rate,
        Some(Bound::AtLeast(0.98)),
    ),
    (
        "",
        "the receiver / by hand without strict JSON",
        (Does::Receiver, Does::Hand),
        |run| run.rate,
        None,
    ),
    (
        "H2",
        "the receiver / bare",
        (Does::Receiver, Does::Bare),
        |run| run.rate,
        Some(Bound::AtLeast(0.7)),
    ),
    (
        "H3",
        "bearer token / bare",
        (Does::Bearer, Does::Bare),
        |run| run.rate,
        Some(Bound::AtLeast(0.95)),
    ),
    (
        "H3",
        "user and password / bare",
        (Does::Basic, Does::Bare),
        |run| run.rate,
        Some(Bound::AtLeast(0.95)),
    ),
    (
        "H4",
        "p99 of the receiver / bare",
        (Does::Receiver, Does::Bare),
        |run| run.p99,
        Some(Bound::AtMost(1.5)),
    ),
];

const PEERS: &[(&str, f64)] =
    &[("go", 2.8), ("fastify", 6.0), ("express", 15.0), ("fastapi", 15.0)];

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(on: On, does: Does, rate: f64, p99: f64) -> Measured {
        let run = Run { rate, p50: 1.0, p99, processor: 1.0, busy: 1.0 };
        Measured { subject: Subject { on, does }, about: String::new(), runs: Ok(vec![run]) }
    }

    #[test]
    fn each_goal_is_told_of_what_was_measured() {
        let axum = On::Framework("axum");
        let all = [
            measured(axum, Does::Bare, 100.0, 200.0),
            measured(axum, Does::Hand, 80.0, 1.0),
            measured(axum, Does::Strict, 70.0, 1.0),
            measured(axum, Does::Receiver, 70.0, 320.0),
            measured(axum, Does::Bearer, 94.9, 1.0),
            measured(On::Other("go"), Does::Peer, 25.0, 1.0),
        ];
        let goals = goals(&all);
        let told: Vec<_> =
            goals.iter().map(|goal| (goal.name, !goal.to_string().contains("not met"))).collect();
        let expected =
            [("H1", true), ("", true), ("H2", true), ("H3", false), ("H4", false), ("H5", true)];
        assert_eq!(told, expected);
        assert_eq!(
            goals[0].to_string(),
            "| H1 | axum: the receiver / the same by hand | ≥ 0.98 | 1.00 | met |"
        );
        assert!(goals[1].to_string().ends_with("by hand without strict JSON |  | 0.88 |  |"));
        assert!(goals[4].to_string().ends_with("| ≤ 1.5 | 1.60 | **not met** |"));
    }
}
