//! The process that holds secrets keeps its memory to itself.

/// Called first thing by each program that uses a keychain: after it, a crash leaves no core and no other program
/// of the same user may attach and read along. What is refused is let go: some containers forbid either call, and a
/// person there is better served by a program that runs.
#[cfg(target_os = "linux")]
pub fn leave_no_core() {
    use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

    let none = Rlimit { current: Some(0), maximum: Some(0) };
    let _ = setrlimit(Resource::Core, none);
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
}

/// Windows and macOS write no core of an application unless an administrator asks for it.
#[cfg(not(target_os = "linux"))]
pub fn leave_no_core() {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};

    #[test]
    fn afterwards_there_is_nothing_to_dump() {
        leave_no_core();
        assert_eq!(getrlimit(Resource::Core).current, Some(0));
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
    }
}
