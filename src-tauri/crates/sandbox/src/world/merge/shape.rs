//! The forms that merges take, and how often each appears.

use super::dice;
use crate::scope::Scope;
use crate::seed::Dice;
use crate::story::Story;

/// Where a group's chain leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// To a twin of the same workspace.
    Here,
    /// To a twin of another workspace, which Graph shows.
    Elsewhere,
    /// To an incident that only Graph has.
    Lone,
    /// To an incident of another workspace that Graph conceals.
    Concealed,
    Missing,
    /// Back to the source at position `lead`.
    Ring {
        lead: u8,
    },
}

/// One group of merged incidents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub sources: u8,
    /// All lead to the target directly, instead of one to the next.
    pub star: bool,
    /// The first source is one that only Graph has.
    pub lone_source: bool,
    pub ending: Ending,
}

impl Shape {
    /// Redirects from the source at `step` to the end.
    pub fn hops(self, step: usize) -> u32 {
        let sources = u32::from(self.sources);
        let step = u32::try_from(step).unwrap_or(0);
        match self.ending {
            Ending::Ring { lead } => sources - u32::from(lead).min(step),
            _ if self.star => 1,
            _ => sources - step,
        }
    }
}

const fn chain(sources: u8, ending: Ending) -> Shape {
    Shape { sources, star: false, lone_source: false, ending }
}

const fn star(sources: u8) -> Shape {
    Shape { sources, star: true, lone_source: false, ending: Ending::Here }
}

const LONE_SOURCE: Shape = Shape { sources: 1, star: false, lone_source: true, ending: Ending::Here };

/// What the first workspace begins with, the commonest first; at 1,000 incidents all of it finds room.
const FIRST: [Shape; 14] = [
    chain(1, Ending::Here),
    chain(2, Ending::Here),
    chain(2, Ending::Ring { lead: 0 }),
    chain(1, Ending::Missing),
    chain(1, Ending::Concealed),
    chain(1, Ending::Elsewhere),
    chain(3, Ending::Here),
    chain(4, Ending::Here),
    star(3),
    chain(3, Ending::Ring { lead: 1 }),
    LONE_SOURCE,
    chain(1, Ending::Lone),
    chain(2, Ending::Missing),
    chain(2, Ending::Concealed),
];

/// What the others begin with.
const OTHERS: [Shape; 3] = [chain(1, Ending::Here), chain(1, Ending::Elsewhere), chain(2, Ending::Here)];

/// Shapes for about `wanted` sources, at most `room` of them.
pub(super) fn groups(scope: &Scope, workspace: usize, wanted: usize, room: usize) -> Vec<Shape> {
    let mut dice = dice(scope, workspace);
    let table: &[Shape] = if workspace == 0 { &FIRST } else { &OTHERS };
    let mut planned = 0;
    let fixed = table.iter().copied();
    fixed
        .chain(std::iter::from_fn(move || Some(draw(&mut dice, workspace))))
        .filter(|shape| scope.story != Story::Ready || matches!(shape.ending, Ending::Here))
        .take_while(|shape| {
            let more = planned < wanted;
            planned += usize::from(shape.sources);
            more
        })
        .take(room)
        .collect()
}

fn draw(dice: &mut Dice, workspace: usize) -> Shape {
    match dice.below(100) {
        0..55 => chain(1, Ending::Here),
        55..70 => chain(2, Ending::Here),
        70..78 => chain(3, Ending::Here),
        78..82 => chain(4, Ending::Here),
        82..91 => star(3),
        91 => chain(2, Ending::Ring { lead: 0 }),
        92..94 => chain(1, Ending::Missing),
        94 if workspace == 0 => chain(1, Ending::Concealed),
        95..97 => chain(1, Ending::Elsewhere),
        97 => chain(1, Ending::Lone),
        _ => LONE_SOURCE,
    }
}
