//! One place in the world's order: an incident that ARM, Graph or both show.
//!
//! A unit holds what can't be computed on its own (running numbers); everything else follows from its index.

/// Which API shows a unit, and as what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// ARM as a Defender incident, and Graph under the id that ARM names.
    Twin,
    /// ARM alone, from before its workspace was onboarded.
    Sentinel,
    /// Graph alone: Defender without Sentinel.
    Defender,
    /// ARM alone, made through the Sentinel API after onboarding.
    ByApi,
    /// ARM alone, made through the Sentinel API and yet named after Defender, without a portal address.
    Unproved,
    /// ARM as a Defender incident, but Graph answers 404 for it.
    Concealed,
}

impl Kind {
    /// Whether ARM lists it.
    #[must_use]
    pub fn in_arm(self) -> bool {
        self != Self::Defender
    }

    /// Whether Defender made it, or shares it.
    #[must_use]
    pub fn is_defenders(self) -> bool {
        matches!(self, Self::Twin | Self::Defender | Self::Concealed)
    }

    /// Whether Graph lists it.
    #[must_use]
    pub fn in_graph(self) -> bool {
        matches!(self, Self::Twin | Self::Defender)
    }
}

/// One incident of the world.
#[derive(Clone, Copy, Debug)]
pub struct Unit {
    pub kind: Kind,
    /// Position in the scope's workspaces; without meaning for [`Kind::Defender`].
    pub workspace: u8,
    /// `incidentNumber` in its workspace; 0 where ARM does not show it.
    pub number: u32,
    /// Its own Graph id; 0 where it never had one.
    pub graph_id: u32,
}
