//! Microsoft Graph's permissions, with the GUIDs of their application and delegated forms.
//! <https://learn.microsoft.com/graph/permissions-reference>
//!
//! Never here: which tier needs which (that is [`super::need`]).

/// The application id of Microsoft Graph in every tenant.
pub const GRAPH: &str = "00000003-0000-0000-c000-000000000000";

/// A Microsoft Graph permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Permission {
    IncidentRead,
    IncidentReadWrite,
    MailSend,
    ApplicationRead,
}

impl Permission {
    pub const ALL: [Permission; 4] = [
        Permission::IncidentRead,
        Permission::IncidentReadWrite,
        Permission::MailSend,
        Permission::ApplicationRead,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Permission::IncidentRead => "SecurityIncident.Read.All",
            Permission::IncidentReadWrite => "SecurityIncident.ReadWrite.All",
            Permission::MailSend => "Mail.Send",
            Permission::ApplicationRead => "Application.Read.All",
        }
    }

    pub fn of(name: &str) -> Option<Permission> {
        Permission::ALL.into_iter().find(|one| one.name().eq_ignore_ascii_case(name))
    }

    /// The GUID of the application permission (`Role`).
    pub fn application_id(self) -> &'static str {
        match self {
            Permission::IncidentRead => "45cc0394-e837-488b-a098-1918f48d186c",
            Permission::IncidentReadWrite => "34bf0e97-1971-4929-b999-9e2442d941d7",
            Permission::MailSend => "b633e1c5-b582-4048-a93e-9f11b44c7e96",
            Permission::ApplicationRead => "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30",
        }
    }

    /// The GUID of the delegated permission (`Scope`).
    pub fn delegated_id(self) -> &'static str {
        match self {
            Permission::IncidentRead => "b9abcc4f-94fc-4457-9141-d20ce80ec952",
            Permission::IncidentReadWrite => "128ca929-1a19-45e6-a3b8-435ec44a36ba",
            Permission::MailSend => "e383f46e-2787-4529-855e-0e479a3ffac0",
            Permission::ApplicationRead => "c79f8feb-a9db-4090-85f9-90d820caa0eb",
        }
    }

    /// Names of permissions that hold this one.
    pub fn within(self) -> &'static [&'static str] {
        match self {
            Permission::IncidentRead => &["SecurityIncident.Read.All", "SecurityIncident.ReadWrite.All"],
            Permission::IncidentReadWrite => &["SecurityIncident.ReadWrite.All"],
            Permission::MailSend => &["Mail.Send"],
            Permission::ApplicationRead => &[
                "Application.Read.All",
                "Application.ReadWrite.All",
                "Directory.Read.All",
                "Directory.ReadWrite.All",
            ],
        }
    }
}
