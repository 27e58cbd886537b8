//! Memory that was freed, and that the allocator keeps.
//!
//! Pages of many threads lie scattered over glibc's arenas, which give back their ends alone: after a reading that is
//! three quarters of what the process holds. Never here: a word about what is still in use.

/// Gives it back to the system. Takes some milliseconds.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(unsafe_code, reason = "a call of glibc that takes a number")]
pub(crate) fn give_back() {
    // SAFETY: it may be called at any time from any thread, and touches nothing that is in use.
    unsafe { libc::malloc_trim(0) };
}

/// Other allocators give back by themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn give_back() {}
