//! The tests by id, in the order they run, with what each one needs from those before.

/// A test of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    T01,
    T02,
    T03,
    T04,
    T05,
    S01,
    S02,
    S03,
    S04,
    S06,
    S07,
    S08,
    G01,
    G02,
    G03,
    G04,
    L01,
    E01,
    C05,
}

/// How a screen groups the steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    OldPath,
    NewPath,
    LeastPrivilege,
    Delivered,
    Pasted,
}

impl Group {
    pub fn title(self) -> &'static str {
        match self {
            Self::OldPath => "Old path",
            Self::NewPath => "New path",
            Self::LeastPrivilege => "Least privilege",
            Self::Delivered => "Delivered",
            Self::Pasted => "Pasted error",
        }
    }

    /// The stable word of reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OldPath => "old_path",
            Self::NewPath => "new_path",
            Self::LeastPrivilege => "least_privilege",
            Self::Delivered => "delivered",
            Self::Pasted => "pasted",
        }
    }
}

impl Test {
    /// The order in which they run: what needs no network first, then the old path, then the new one.
    /// G-02 stands before G-01, which is judged from its answer; S-07 before the sign-ins, in a session without one.
    pub const ORDER: [Self; 19] = [
        Self::T01,
        Self::S01,
        Self::S02,
        Self::S03,
        Self::S04,
        Self::S07,
        Self::S06,
        Self::T02,
        Self::T03,
        Self::T04,
        Self::T05,
        Self::S08,
        Self::G02,
        Self::G01,
        Self::G03,
        Self::G04,
        Self::L01,
        Self::E01,
        Self::C05,
    ];

    pub fn id(self) -> &'static str {
        match self {
            Self::T01 => "T-01",
            Self::T02 => "T-02",
            Self::T03 => "T-03",
            Self::T04 => "T-04",
            Self::T05 => "T-05",
            Self::S01 => "S-01",
            Self::S02 => "S-02",
            Self::S03 => "S-03",
            Self::S04 => "S-04",
            Self::S06 => "S-06",
            Self::S07 => "S-07",
            Self::S08 => "S-08",
            Self::G01 => "G-01",
            Self::G02 => "G-02",
            Self::G03 => "G-03",
            Self::G04 => "G-04",
            Self::L01 => "L-01",
            Self::E01 => "E-01",
            Self::C05 => "C-05",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::T01 => "Inputs look right",
            Self::T02 => "Tenant answers",
            Self::T03 => "Token for Graph",
            Self::T04 => "Token's claims fit",
            Self::T05 => "Roles in the token",
            Self::S01 => "Server's greeting",
            Self::S02 => "Offers before TLS",
            Self::S03 => "STARTTLS and certificate",
            Self::S04 => "Mechanisms after TLS",
            Self::S06 => "AUTH LOGIN, tried once",
            Self::S07 => "No mail without a sign-in",
            Self::S08 => "AUTH XOAUTH2 with the app's token",
            Self::G01 => "Mailbox is in Exchange Online",
            Self::G02 => "Sender is in scope (nothing sent)",
            Self::G03 => "One mail sent as JSON",
            Self::G04 => "One mail sent as MIME",
            Self::L01 => "Out-of-scope mailbox is refused",
            Self::E01 => "Found in Sent Items",
            Self::C05 => "Pasted error explained",
        }
    }

    pub fn group(self) -> Group {
        match self {
            Self::S01 | Self::S02 | Self::S03 | Self::S04 | Self::S06 | Self::S07 | Self::S08 => {
                Group::OldPath
            }
            Self::L01 => Group::LeastPrivilege,
            Self::E01 => Group::Delivered,
            Self::C05 => Group::Pasted,
            _ => Group::NewPath,
        }
    }

    /// The tests whose stop makes this one senseless.
    pub fn needs(self) -> &'static [Self] {
        match self {
            Self::T01 | Self::S01 | Self::C05 => &[],
            Self::T02 => &[Self::T01],
            Self::T03 => &[Self::T01, Self::T02],
            Self::T04 => &[Self::T03],
            Self::T05 => &[Self::T03, Self::T04],
            Self::S02 => &[Self::S01],
            Self::S03 => &[Self::S01, Self::S02],
            Self::S04 | Self::S07 => &[Self::S03],
            Self::S06 => &[Self::S03, Self::S04],
            Self::S08 => &[Self::S03, Self::S04, Self::T03],
            Self::G01 | Self::G02 | Self::L01 => &[Self::T03, Self::T04],
            Self::G03 => &[Self::T03, Self::T04, Self::G01, Self::G02],
            Self::G04 => &[Self::T03, Self::T04, Self::G01, Self::G02, Self::G03],
            Self::E01 => &[Self::T03, Self::T04],
        }
    }

    /// Does it send a real message? Such a test wants the user's word before it runs.
    pub fn sends(self) -> bool {
        matches!(self, Self::G03 | Self::G04)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_test_runs_once_and_after_what_it_needs() {
        for (place, test) in Test::ORDER.iter().enumerate() {
            assert!(!Test::ORDER[..place].contains(test), "{} twice", test.id());
            for need in test.needs() {
                // G-01 and G-02 come from one answer, so their order between themselves is free.
                assert!(Test::ORDER[..place].contains(need), "{} runs before {}", test.id(), need.id());
            }
        }
    }
}
