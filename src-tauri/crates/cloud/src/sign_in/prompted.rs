//! What a person is shown, for exactly as long as it is waited for.

use super::Desk;
use super::account::Prompt;

/// Takes the prompt away when the wait ends, however it ends.
pub(super) struct Prompted<'a>(&'a dyn Desk);

impl<'a> Prompted<'a> {
    pub(super) fn show(desk: &'a dyn Desk, prompt: Prompt) -> Self {
        desk.prompt(Some(prompt));
        Self(desk)
    }
}

impl Drop for Prompted<'_> {
    fn drop(&mut self) {
        self.0.prompt(None);
    }
}
