//! The detections of the demo tenant: what they are called and what they look for.
//!
//! Data only. The first [`SHARED`] rows exist in both workspaces, the rest in the first one.

/// Where a detection's rows come from: table, account column, address or machine column.
#[derive(Clone, Copy)]
pub(super) struct Feed {
    pub(super) table: &'static str,
    pub(super) account: &'static str,
    /// Entity type, identifier and column of the second entity.
    pub(super) other: (&'static str, &'static str, &'static str),
}

const fn feed(
    table: &'static str,
    account: &'static str,
    other: (&'static str, &'static str, &'static str),
) -> Feed {
    Feed { table, account, other }
}

const ENTRA: Feed = feed("SigninLogs", "UserPrincipalName", ("IP", "Address", "IPAddress"));
const AUDIT: Feed = feed("AuditLogs", "Identity", ("IP", "Address", "ActorIPAddress"));
const OFFICE: Feed = feed("OfficeActivity", "UserId", ("IP", "Address", "ClientIP"));
const WINDOWS: Feed = feed("SecurityEvent", "TargetAccount", ("Host", "FullName", "Computer"));
const LINUX: Feed = feed("Syslog", "ProcessName", ("Host", "HostName", "HostName"));
const FIREWALL: Feed = feed("CommonSecurityLog", "SourceUserName", ("IP", "Address", "SourceIP"));
const AWS: Feed = feed("AWSCloudTrail", "UserIdentityUserName", ("IP", "Address", "SourceIpAddress"));
const GCP: Feed = feed("GCPAuditLogs", "PrincipalEmail", ("IP", "Address", "CallerIpAddress"));
const AZURE: Feed = feed("AzureActivity", "Caller", ("IP", "Address", "CallerIpAddress"));
const DNS: Feed = feed("DnsEvents", "Name", ("IP", "Address", "ClientIP"));

/// One detection.
pub(super) struct Detection {
    pub(super) name: &'static str,
    pub(super) feed: Feed,
    pub(super) tactic: &'static str,
    pub(super) technique: &'static str,
    pub(super) severity: &'static str,
    /// The `where` clause of its query.
    pub(super) filter: &'static str,
}

const fn d(
    name: &'static str,
    feed: Feed,
    tactic: &'static str,
    technique: &'static str,
    severity: &'static str,
    filter: &'static str,
) -> Detection {
    Detection { name, feed, tactic, technique, severity, filter }
}

/// Rows of [`SCHEDULED`] that both workspaces run.
pub(super) const SHARED: usize = 70;

#[rustfmt::skip]
pub(super) static SCHEDULED: [Detection; 110] = [
    d("Password spray against many accounts", ENTRA, "CredentialAccess", "T1110", "High", "ResultType == \"50126\""),
    d("Sign-in by a break-glass account", ENTRA, "PrivilegeEscalation", "T1078", "High", "UserPrincipalName startswith \"bg-\""),
    d("Sign-in from a Tor exit node", ENTRA, "InitialAccess", "T1078", "Medium", "IPAddress in (_GetWatchlist(\"TorExitNodes\"))"),
    d("Sign-ins from two distant places", ENTRA, "InitialAccess", "T1078", "Medium", "ResultType == \"0\""),
    d("MFA prompts refused many times", ENTRA, "CredentialAccess", "T1621", "High", "ResultType == \"500121\""),
    d("Sign-in with a legacy protocol", ENTRA, "InitialAccess", "T1078", "Low", "ClientAppUsed in (\"IMAP4\", \"POP3\", \"Authenticated SMTP\")"),
    d("Account locked out repeatedly", ENTRA, "CredentialAccess", "T1110", "Low", "ResultType == \"50053\""),
    d("Device code sign-in by a privileged account", ENTRA, "InitialAccess", "T1528", "High", "AuthenticationProtocol == \"deviceCode\""),
    d("Disabled account tries to sign in", ENTRA, "InitialAccess", "T1078", "Low", "ResultType == \"50057\""),
    d("Sign-in blocked by conditional access, then allowed", ENTRA, "DefenseEvasion", "T1556", "Medium", "ConditionalAccessStatus == \"failure\""),
    d("Global administrator role given outside PIM", AUDIT, "PrivilegeEscalation", "T1098", "High", "OperationName == \"Add member to role\""),
    d("Consent given to an app with mail permissions", AUDIT, "Persistence", "T1528", "High", "OperationName == \"Consent to application\""),
    d("New secret on an existing app registration", AUDIT, "Persistence", "T1098", "Medium", "OperationName has \"Certificates and secrets management\""),
    d("Conditional access policy switched off", AUDIT, "DefenseEvasion", "T1562", "High", "OperationName == \"Update conditional access policy\""),
    d("Guest invited from an unusual domain", AUDIT, "InitialAccess", "T1078", "Low", "OperationName == \"Invite external user\""),
    d("Federation settings changed on a domain", AUDIT, "Persistence", "T1484", "High", "OperationName == \"Set federation settings on domain\""),
    d("User deleted and restored within an hour", AUDIT, "DefenseEvasion", "T1070", "Low", "OperationName == \"Restore user\""),
    d("Authentication method added by an administrator", AUDIT, "Persistence", "T1556", "Medium", "OperationName == \"Admin registered security info\""),
    d("Mailbox rule forwards to an outside address", OFFICE, "Exfiltration", "T1114", "High", "Operation in (\"New-InboxRule\", \"Set-InboxRule\")"),
    d("Mailbox rule deletes security mail", OFFICE, "DefenseEvasion", "T1564", "High", "Operation == \"New-InboxRule\""),
    d("Mass download from SharePoint", OFFICE, "Exfiltration", "T1567", "Medium", "Operation == \"FileDownloaded\""),
    d("Anonymous link to a sensitive library", OFFICE, "Exfiltration", "T1567", "Medium", "Operation == \"AnonymousLinkCreated\""),
    d("Mailbox opened by someone else", OFFICE, "Collection", "T1114", "Low", "Operation == \"MailItemsAccessed\""),
    d("Transport rule created", OFFICE, "Exfiltration", "T1114", "Medium", "Operation == \"New-TransportRule\""),
    d("Teams app added for the whole tenant", OFFICE, "Persistence", "T1176", "Low", "Operation == \"AppInstalled\""),
    d("Audit log search by an unusual account", OFFICE, "Discovery", "T1087", "Low", "Operation == \"SearchStarted\""),
    d("External user shares files inside", OFFICE, "LateralMovement", "T1080", "Low", "Operation == \"SharingSet\""),
    d("Many files renamed with a new extension", OFFICE, "Impact", "T1486", "High", "Operation == \"FileRenamed\""),
    d("Security log cleared", WINDOWS, "DefenseEvasion", "T1070", "High", "EventID == 1102"),
    d("Account added to Domain Admins", WINDOWS, "PrivilegeEscalation", "T1098", "High", "EventID == 4728"),
    d("Kerberos ticket requested with RC4", WINDOWS, "CredentialAccess", "T1558", "Medium", "EventID == 4769"),
    d("New service on a domain controller", WINDOWS, "Persistence", "T1543", "High", "EventID == 4697"),
    d("Scheduled task made by a script host", WINDOWS, "Persistence", "T1053", "Medium", "EventID == 4698"),
    d("Logon failures across many machines", WINDOWS, "CredentialAccess", "T1110", "Medium", "EventID == 4625"),
    d("Encoded PowerShell started", WINDOWS, "Execution", "T1059", "Medium", "CommandLine has \"-enc\""),
    d("Shadow copies deleted", WINDOWS, "Impact", "T1490", "High", "CommandLine has \"delete shadows\""),
    d("LSASS read by an unknown process", WINDOWS, "CredentialAccess", "T1003", "High", "EventID == 4656"),
    d("Remote desktop from outside the admin network", WINDOWS, "LateralMovement", "T1021", "Medium", "LogonType == 10"),
    d("Local administrator created", WINDOWS, "Persistence", "T1136", "Medium", "EventID == 4720"),
    d("Audit policy changed", WINDOWS, "DefenseEvasion", "T1562", "Medium", "EventID == 4719"),
    d("Directory replication asked for by a user", WINDOWS, "CredentialAccess", "T1003", "High", "EventID == 4662"),
    d("AdminSDHolder changed", WINDOWS, "Persistence", "T1098", "High", "EventID == 5136"),
    d("SSH logins refused for many users", LINUX, "CredentialAccess", "T1110", "Low", "SyslogMessage has \"Failed password\""),
    d("Root login over SSH", LINUX, "InitialAccess", "T1078", "Medium", "SyslogMessage has \"Accepted password for root\""),
    d("Sudoers file changed", LINUX, "PrivilegeEscalation", "T1548", "Medium", "SyslogMessage has \"sudoers\""),
    d("Cron job added by a web server account", LINUX, "Persistence", "T1053", "High", "SyslogMessage has \"crontab\""),
    d("Kernel module loaded", LINUX, "Persistence", "T1547", "Medium", "SyslogMessage has \"module verification failed\""),
    d("Reverse shell started", LINUX, "Execution", "T1059", "High", "SyslogMessage has \"/dev/tcp/\""),
    d("Port sweep from one internal host", FIREWALL, "Discovery", "T1046", "Low", "DeviceAction == \"deny\""),
    d("Traffic to a known command server", FIREWALL, "CommandAndControl", "T1071", "High", "DestinationIP in (_GetWatchlist(\"CommandServers\"))"),
    d("Large upload outside office hours", FIREWALL, "Exfiltration", "T1048", "Medium", "SentBytes > 500000000"),
    d("VPN logins from two countries", FIREWALL, "InitialAccess", "T1133", "Medium", "Activity == \"vpn-login\""),
    d("Firewall rule opened to any source", FIREWALL, "DefenseEvasion", "T1562", "High", "Activity == \"policy-change\""),
    d("Beaconing at a steady interval", FIREWALL, "CommandAndControl", "T1071", "Medium", "DestinationPort == 443"),
    d("IPS signature for a remote code flaw", FIREWALL, "InitialAccess", "T1190", "High", "DeviceEventClassID has \"exploit\""),
    d("Web filter blocked a phishing page", FIREWALL, "InitialAccess", "T1566", "Low", "Activity == \"phishing\""),
    d("AWS root account used", AWS, "PrivilegeEscalation", "T1078", "High", "UserIdentityType == \"Root\""),
    d("CloudTrail logging stopped", AWS, "DefenseEvasion", "T1562", "High", "EventName == \"StopLogging\""),
    d("S3 bucket made public", AWS, "Exfiltration", "T1530", "High", "EventName == \"PutBucketPolicy\""),
    d("Access key made for another user", AWS, "Persistence", "T1098", "Medium", "EventName == \"CreateAccessKey\""),
    d("Security group opened to the world", AWS, "DefenseEvasion", "T1562", "Medium", "EventName == \"AuthorizeSecurityGroupIngress\""),
    d("Console login without MFA", AWS, "InitialAccess", "T1078", "Medium", "EventName == \"ConsoleLogin\""),
    d("Service account key exported from GCP", GCP, "CredentialAccess", "T1552", "High", "MethodName has \"CreateServiceAccountKey\""),
    d("GCP firewall rule removed", GCP, "DefenseEvasion", "T1562", "Medium", "MethodName has \"firewalls.delete\""),
    d("Owner role given on an Azure subscription", AZURE, "PrivilegeEscalation", "T1098", "High", "OperationNameValue =~ \"Microsoft.Authorization/roleAssignments/write\""),
    d("Key vault secrets listed in bulk", AZURE, "CredentialAccess", "T1555", "Medium", "OperationNameValue has \"vaults/secrets\""),
    d("Virtual machine extension runs a script", AZURE, "Execution", "T1059", "Medium", "OperationNameValue has \"extensions/write\""),
    d("Diagnostic settings deleted", AZURE, "DefenseEvasion", "T1562", "High", "OperationNameValue has \"diagnosticSettings/delete\""),
    d("Storage account keys read", AZURE, "CredentialAccess", "T1528", "Low", "OperationNameValue has \"listKeys\""),
    d("DNS query for a sinkholed domain", DNS, "CommandAndControl", "T1071", "High", "Name endswith \".sinkhole.example\""),
    d("DNS tunnelling by long names", DNS, "Exfiltration", "T1048", "Medium", "strlen(Name) > 120"),
    d("DNS queries for new domains", DNS, "CommandAndControl", "T1568", "Low", "QueryType == \"A\""),
    d("Zone transfer from a workstation", DNS, "Discovery", "T1018", "Medium", "QueryType == \"AXFR\""),
    d("Sign-in to Azure with an unmanaged device", ENTRA, "InitialAccess", "T1078", "Low", "DeviceDetail has \"unmanaged\""),
    d("Sign-in from a country never seen before", ENTRA, "InitialAccess", "T1078", "Medium", "Location !in (\"PT\", \"PL\", \"IE\")"),
    d("Service principal signs in from a new network", ENTRA, "InitialAccess", "T1078", "Medium", "ServicePrincipalId != \"\""),
    d("Token used from two networks at once", ENTRA, "CredentialAccess", "T1539", "High", "UniqueTokenIdentifier != \"\""),
    d("Self-service reset by a privileged account", AUDIT, "Persistence", "T1098", "Medium", "OperationName == \"Reset password (self-service)\""),
    d("App registration with wide permissions", AUDIT, "PrivilegeEscalation", "T1098", "Medium", "OperationName == \"Add application\""),
    d("Named location made trusted", AUDIT, "DefenseEvasion", "T1562", "Medium", "OperationName == \"Update named location\""),
    d("Administrative unit changed", AUDIT, "PrivilegeEscalation", "T1098", "Low", "OperationName == \"Update administrative unit\""),
    d("Many users deleted", AUDIT, "Impact", "T1531", "High", "OperationName == \"Delete user\""),
    d("Power Automate flow sends mail outside", OFFICE, "Exfiltration", "T1567", "Medium", "Operation == \"CreateFlow\""),
    d("eDiscovery export started", OFFICE, "Collection", "T1213", "Medium", "Operation == \"ExportCreated\""),
    d("Mailbox permissions given to everyone", OFFICE, "Collection", "T1098", "Medium", "Operation == \"Add-MailboxPermission\""),
    d("Safe links policy switched off", OFFICE, "DefenseEvasion", "T1562", "High", "Operation == \"Set-SafeLinksPolicy\""),
    d("WMI starts a process on another machine", WINDOWS, "LateralMovement", "T1047", "Medium", "ParentProcessName has \"WmiPrvSE\""),
    d("Office starts a script host", WINDOWS, "Execution", "T1204", "High", "ParentProcessName has \"WINWORD\""),
    d("Logon with a service account at a desk", WINDOWS, "LateralMovement", "T1078", "Medium", "LogonType == 2"),
    d("Group policy changed outside the window", WINDOWS, "DefenseEvasion", "T1484", "Medium", "EventID == 5137"),
    d("Certificate asked for another user", WINDOWS, "CredentialAccess", "T1649", "High", "EventID == 4886"),
    d("Pass-the-hash logon", WINDOWS, "LateralMovement", "T1550", "High", "LogonProcessName == \"seclogo\""),
    d("Defender switched off by policy", WINDOWS, "DefenseEvasion", "T1562", "High", "EventID == 5001"),
    d("Database dump by a service account", LINUX, "Collection", "T1005", "Medium", "SyslogMessage has \"pg_dump\""),
    d("Container runs privileged", LINUX, "PrivilegeEscalation", "T1611", "High", "SyslogMessage has \"--privileged\""),
    d("History file removed", LINUX, "DefenseEvasion", "T1070", "Low", "SyslogMessage has \".bash_history\""),
    d("Proxy request to a paste site", FIREWALL, "Exfiltration", "T1567", "Low", "RequestURL has \"paste\""),
    d("Remote management tool seen on the network", FIREWALL, "CommandAndControl", "T1219", "Medium", "ApplicationProtocol == \"anydesk\""),
    d("Mining pool contacted", FIREWALL, "Impact", "T1496", "Medium", "DestinationPort == 3333"),
    d("Admin page of a firewall reached from outside", FIREWALL, "InitialAccess", "T1190", "High", "DestinationPort == 8443"),
    d("Denied traffic to a honeypot", FIREWALL, "Discovery", "T1046", "Low", "DestinationIP startswith \"10.99.\""),
    d("KMS key scheduled for deletion", AWS, "Impact", "T1485", "High", "EventName == \"ScheduleKeyDeletion\""),
    d("Snapshot shared with another account", AWS, "Exfiltration", "T1537", "High", "EventName == \"ModifySnapshotAttribute\""),
    d("Role assumed from an unknown account", AWS, "PrivilegeEscalation", "T1098", "Medium", "EventName == \"AssumeRole\""),
    d("GuardDuty detector removed", AWS, "DefenseEvasion", "T1562", "High", "EventName == \"DeleteDetector\""),
    d("GCP project given to an outside account", GCP, "PrivilegeEscalation", "T1098", "High", "MethodName has \"SetIamPolicy\""),
    d("Cloud storage bucket listed by a stranger", GCP, "Discovery", "T1619", "Low", "MethodName has \"storage.objects.list\""),
    d("Resource lock removed", AZURE, "DefenseEvasion", "T1562", "Medium", "OperationNameValue has \"locks/delete\""),
    d("Many virtual machines deleted", AZURE, "Impact", "T1485", "High", "OperationNameValue has \"virtualMachines/delete\""),
    d("Automation account runs an unknown runbook", AZURE, "Execution", "T1059", "Medium", "OperationNameValue has \"jobs/write\""),
];

/// Near-real-time rules; the second workspace runs all but the last.
#[rustfmt::skip]
pub(super) static NRT: [Detection; 4] = [
    d("NRT Malicious inbox rule", OFFICE, "DefenseEvasion", "T1564", "High", "Operation == \"New-InboxRule\""),
    d("NRT User added to a privileged role", AUDIT, "PrivilegeEscalation", "T1098", "High", "OperationName == \"Add member to role\""),
    d("NRT Key vault purge protection switched off", AZURE, "Impact", "T1485", "Medium", "OperationNameValue has \"vaults/write\""),
    d("NRT Process run from a removable drive", WINDOWS, "Execution", "T1091", "Medium", "EventID == 4688"),
];
