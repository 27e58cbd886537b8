//! What sets single analytics rules apart from the plain ones: faults, and look-alikes that are no fault.
//!
//! Data only; `offends` is written by hand and is the truth.

use crate::content::planted::{Offence, fail, warn};

/// Departures of one rule from the plain one: enabled, creates incidents, does not group, carries no tag.
#[derive(Clone, Copy)]
pub(super) struct Touch {
    pub(super) at: usize,
    pub(super) name: &'static str,
    pub(super) enabled: bool,
    pub(super) creates: bool,
    pub(super) groups: bool,
    pub(super) reopens: bool,
    /// Stands before the description.
    pub(super) before: &'static str,
    /// Stands after the description.
    pub(super) after: &'static str,
    pub(super) title: Option<&'static str>,
    pub(super) text: Option<&'static str>,
    pub(super) offends: &'static [Offence],
}

/// A rule as most are.
pub(super) const fn plain(at: usize, name: &'static str) -> Touch {
    Touch {
        at,
        name,
        enabled: true,
        creates: true,
        groups: false,
        reopens: false,
        before: "",
        after: "",
        title: None,
        text: None,
        offends: &[],
    }
}

impl Touch {
    const fn off(mut self) -> Self {
        self.enabled = false;
        self
    }

    const fn alert_only(mut self) -> Self {
        self.creates = false;
        self
    }

    const fn groups(mut self) -> Self {
        self.groups = true;
        self
    }

    const fn reopens(mut self) -> Self {
        self.reopens = true;
        self
    }

    const fn before(mut self, tag: &'static str) -> Self {
        self.before = tag;
        self
    }

    const fn after(mut self, tag: &'static str) -> Self {
        self.after = tag;
        self
    }

    const fn title(mut self, format: &'static str) -> Self {
        self.title = Some(format);
        self
    }

    const fn text(mut self, format: &'static str) -> Self {
        self.text = Some(format);
        self
    }

    const fn offends(mut self, offences: &'static [Offence]) -> Self {
        self.offends = offences;
        self
    }
}

const ALERT_ONLY: &[Offence] = &[warn("AR-03")];
const UNTAGGED: &[Offence] = &[warn("AR-05")];
const REOPENS: &[Offence] = &[warn("AR-04"), warn("AR-05")];
const MISPLACED: &[Offence] = &[fail("AR-06")];
const DYNAMIC: &[Offence] = &[warn("AR-07")];

#[rustfmt::skip]
pub(super) const TOUCHES: &[Touch] = &[
    // Grouping that hangs on the tenant's correlation default.
    plain(0, "Sign-ins from two distant places").groups().offends(UNTAGGED),
    plain(0, "Mass download from SharePoint").groups().offends(UNTAGGED),
    plain(0, "Logon failures across many machines").groups().offends(UNTAGGED),
    plain(0, "SSH logins refused for many users").groups().offends(UNTAGGED),
    plain(0, "DNS queries for new domains").groups().offends(UNTAGGED),
    plain(0, "Beaconing at a steady interval").groups().offends(UNTAGGED),
    plain(0, "NRT Malicious inbox rule").groups().offends(UNTAGGED),
    plain(1, "MFA prompts refused many times").groups().offends(UNTAGGED),
    plain(1, "Web filter blocked a phishing page").groups().offends(UNTAGGED),
    plain(1, "Account locked out repeatedly").groups().offends(UNTAGGED),
    // Grouping with the tag where it belongs, in any case and with any spaces.
    plain(0, "Password spray against many accounts").groups().before("#DONT_CORR# "),
    plain(0, "VPN logins from two countries").groups().before("  #dont_corr#"),
    plain(1, "Password spray against many accounts").groups().before("#Dont_Corr#"),
    plain(0, "Traffic to a known command server").before("#INC_CORR# "),
    plain(1, "AWS root account used").before("\n#inc_corr#   "),
    // The tag where nothing reads it.
    plain(0, "Encoded PowerShell started").after(" #DONT_CORR#").offends(MISPLACED),
    plain(0, "Console login without MFA").after("\n#INC_CORR# Owned by the cloud team.").offends(MISPLACED),
    plain(0, "Resource lock removed").before("[P2] #dont_corr# ").offends(MISPLACED),
    plain(1, "Scheduled task made by a script host").after(" Correlation: #DONT_CORR#.").offends(MISPLACED),
    plain(1, "Storage account keys read").after(" #INC_CORR#").off(),
    // Reopening closed incidents.
    plain(0, "Kerberos ticket requested with RC4").groups().reopens().offends(REOPENS),
    plain(0, "Large upload outside office hours").groups().reopens().before("#DONT_CORR#").offends(&[warn("AR-04")]),
    plain(1, "Sign-in from a Tor exit node").groups().reopens().offends(REOPENS),
    plain(0, "DNS tunnelling by long names").reopens(),
    plain(1, "Root login over SSH").groups().reopens().off(),
    // Alerts without incidents.
    plain(0, "Disabled account tries to sign in").alert_only().offends(ALERT_ONLY),
    plain(0, "Audit log search by an unusual account").alert_only().offends(ALERT_ONLY),
    plain(0, "Denied traffic to a honeypot").alert_only().offends(ALERT_ONLY),
    plain(0, "NRT Process run from a removable drive").alert_only().offends(ALERT_ONLY),
    plain(1, "Mailbox opened by someone else").alert_only().offends(ALERT_ONLY),
    plain(1, "Teams app added for the whole tenant").alert_only().offends(ALERT_ONLY),
    plain(0, "History file removed").alert_only().off(),
    // Titles made from the rows.
    plain(0, "Sign-in from a country never seen before").title("Sign-in by {{UserPrincipalName}} from a new country").offends(DYNAMIC),
    plain(0, "Account added to Domain Admins").title("{{TargetAccount}} added to Domain Admins").offends(DYNAMIC),
    plain(0, "Security group opened to the world").title("Security group opened by {{ UserIdentityUserName }}").offends(DYNAMIC),
    plain(1, "S3 bucket made public").title("Bucket made public by {{UserIdentityUserName}}").offends(DYNAMIC),
    plain(1, "NRT User added to a privileged role").title("{{Identity}} gave a privileged role").offends(DYNAMIC),
    plain(0, "Guest invited from an unusual domain").title("Guest invited from an unusual domain (retail)"),
    plain(0, "Zone transfer from a workstation").text("Asked for by {{ClientIP}}."),
    plain(1, "New service on a domain controller").title("New service on {{Computer}}").off(),
    // Switched off and otherwise plain; an automation rule of the second workspace still points at the last.
    plain(0, "Sign-in with a legacy protocol").off(),
    plain(0, "Admin page of a firewall reached from outside").off(),
    plain(0, "User deleted and restored within an hour").off(),
    plain(1, "Local administrator created").off(),
];
