use super::super::plan::lay_out;
use super::*;
use std::time::Duration;
use time::macros::datetime;

fn planted(seed: u64, incidents: u32) -> (Vec<Unit>, Redirects) {
    let scope = Scope::new(seed, datetime!(2026-11-24 0:00 UTC), Duration::ZERO);
    let mut units = lay_out(&scope, incidents);
    let timeline = Timeline::new(seed, scope.now, units.len());
    let redirects = plant(&scope, &mut units, &timeline);
    (units, redirects)
}

fn count(redirects: &Redirects, wanted: impl Fn(&Redirect) -> bool) -> usize {
    redirects.values().filter(|redirect| wanted(redirect)).count()
}

#[test]
fn a_thousand_incidents_hold_every_form() {
    for seed in 1..=8 {
        let (units, redirects) = planted(seed, 1_000);
        let in_arm = redirects.keys().filter(|at| units[**at as usize].kind.in_arm()).count();
        assert!(in_arm >= 20, "2 % of 1,000, seed {seed}: {in_arm}");
        for hops in 1..=4 {
            let some = count(&redirects, |one| one.hops == hops && matches!(one.end, End::Shown(_)));
            assert!(some > 0, "a chain of {hops} hops, seed {seed}");
        }
        assert!(count(&redirects, |one| one.end == End::Cycle) >= 2, "a ring, seed {seed}");
        assert!(count(&redirects, |one| one.end == End::Missing) > 0, "a missing target, seed {seed}");
        let other = count(&redirects, |one| matches!(one.end, End::OtherWorkspace(_)) && one.logged);
        assert!(other > 0, "a concealed target elsewhere, seed {seed}");
        let elsewhere = redirects.iter().filter(|(at, one)| match one.end {
            End::Shown(target) => {
                let (source, target) = (units[**at as usize], units[target as usize]);
                source.kind.in_arm() && target.kind.in_arm() && source.workspace != target.workspace
            }
            _ => false,
        });
        assert!(elsewhere.count() > 0, "a visible target elsewhere, seed {seed}");
    }
}

#[test]
fn two_thirds_of_arm_sources_are_logged() {
    let (units, redirects) = planted(2, 5_000);
    let sources: Vec<&Redirect> =
        redirects.iter().filter(|(at, _)| units[**at as usize].kind.in_arm()).map(|(_, one)| one).collect();
    let logged = sources.iter().filter(|one| one.logged).count();
    assert!(logged * 3 >= sources.len() * 2, "{logged} of {}", sources.len());
    assert!(logged < sources.len(), "some sources must stay two");
}

#[test]
fn the_next_hop_leads_to_the_planted_end() {
    let (units, redirects) = planted(4, 2_000);
    let by_id: HashMap<u32, u32> = (0..).zip(&units).map(|(at, unit)| (unit.graph_id, at)).collect();
    for (at, redirect) in &redirects {
        let mut place = *at;
        let mut next = Some(redirect.next);
        for _ in 0..redirect.hops {
            let Some(id) = next else { break };
            place = by_id.get(&id).copied().unwrap_or(u32::MAX);
            next = redirects.get(&place).map(|one| one.next);
        }
        match redirect.end {
            End::Shown(target) | End::OtherWorkspace(target) => assert_eq!((place, next), (target, None)),
            End::Missing => assert_eq!(place, u32::MAX, "nobody may have the missing id"),
            End::Cycle => assert!(next.is_some(), "a ring has no end"),
        }
    }
}

#[test]
fn a_merge_comes_after_everybody_was_made_and_before_now() {
    let (units, redirects) = planted(1, 1_000);
    let timeline = Timeline::new(1, datetime!(2026-11-24 0:00 UTC), units.len());
    for (at, redirect) in &redirects {
        assert!(redirect.merged > timeline.arm_created(*at));
        assert!(redirect.merged < timeline.now());
    }
}

#[test]
fn a_handful_of_incidents_plants_nothing_and_does_not_fail() {
    for incidents in [0, 1, 3, 10] {
        assert!(planted(1, incidents).1.is_empty());
    }
}
