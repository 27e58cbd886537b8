//! Whether Sentinel is switched on for a workspace.

use super::resource::Resource;

/// `GET …/onboardingStates[/default]`: 404 where Sentinel is off.
pub type OnboardingState = Resource<OnboardingStateProperties>;

record! {
    /// Recorded answers leave the only member out.
    pub struct OnboardingStateProperties {
        customer_managed_key: bool,
    }
}
