// Written by `cargo xtask gen` from src-tauri/crates/contract; changes by hand are lost.

export type AccountConnect = { 
/**
 * 1 to 40 of a–z, 0–9, `-`, `_`.
 */
name: string, 
/**
 * GUID or domain name; ignored where the way in knows it (Azure CLI with an empty tenant).
 */
tenant: string, 
/**
 * Application (client) ID; empty for Azure CLI, and for a system-assigned managed identity.
 */
client: string, cloud: CloudName, custom: CustomCloud | null, way: WayIn, 
/**
 * The client secret's value, or the password of a PFX or encrypted PEM file.
 */
secret: string | null, 
/**
 * Path of a PEM or PFX file. It is read once; what it holds is kept as a secret.
 */
certificate: string | null, 
/**
 * False: nothing is kept; the account lives in memory until it is closed.
 */
keep: boolean, };
export type AccountEdit = { name: string, 
/**
 * What the chip shows.
 */
title: string | null, 
/**
 * 1 to 6: the tenant's colour.
 */
colour: number | null, 
/**
 * A production tenant asks for its typed name before anything is written.
 */
production: boolean | null, tier: Tier | null, 
/**
 * Whether test mail may be sent from this tenant.
 */
mail: boolean | null, 
/**
 * ARM id of the primary workspace.
 */
primary: string | null, 
/**
 * End of a secret whose date can't be read, ISO date; empty = forget it.
 */
secret_ends: string | null, };
export type AccountKey = { name: string, };
export type AccountList = { accounts: Array<AccountRow>, 
/**
 * Whether the keychain answers.
 */
keychain_ready: boolean, 
/**
 * What the keychain is, or what is wrong with it.
 */
keychain: string, 
/**
 * Whether an address can be opened in the system's browser from here.
 */
browser_ready: boolean, };
export type AccountRemove = { name: string, 
/**
 * The name again, typed by hand.
 */
typed: string, };
export type AccountRemoved = { name: string, 
/**
 * One line per thing that is gone, with its place.
 */
gone: Array<Stored>, accounts: AccountList, };
export type AccountRow = { name: string, title: string, kind: SessionKind, open: boolean, 
/**
 * False: it lives in memory until it is closed.
 */
kept: boolean, tenant: string, client: string, cloud: CloudName, 
/**
 * Who is asked: authority, ARM, Graph, Log Analytics.
 */
hosts: Array<string>, way: WayIn, 
/**
 * The user who signed in; null for an app, or before the first sign-in.
 */
user: string | null, 
/**
 * 1 to 6.
 */
colour: number, production: boolean, tier: Tier, mail: boolean, 
/**
 * Name of the primary workspace.
 */
primary: string | null, 
/**
 * Somebody has to sign in: no refresh token is held, or Entra wants to see the user again.
 */
sign_in_needed: boolean, trouble: SignInTrouble | null, 
/**
 * RFC 3339 UTC; null = never.
 */
used_at: string | null, stored: Array<Stored>, };
export type Alert = { id: string, title: string, 
/**
 * `high` `medium` `low` `informational`, or any other value that was seen.
 */
severity: string, status: string | null, product: string | null, tactics: Array<string>, 
/**
 * First activity, RFC 3339 UTC.
 */
first: string | null, last: string | null, teller: Teller, };
export type AlertFilter = { 
/**
 * Beginnings of words of title, rule, entity, product or id; all of them are due.
 */
text: string, severity: Array<string>, workspace: Array<string>, };
export type AlertListRequest = { filter: AlertFilter, offset: number, 
/**
 * 1 to 500.
 */
limit: number, };
export type AlertPage = { rows: Array<LogAlert>, 
/**
 * How many the filter lets through, of how many.
 */
total: number, of: number, severity: Array<FacetValue>, workspace: Array<FacetValue>, 
/**
 * One for each workspace that was ever asked; none = never read.
 */
readings: Array<AlertReading>, 
/**
 * Whether somebody can be asked: false where only files are open.
 */
readable: boolean, };
export type AlertReading = { workspace: string, 
/**
 * RFC 3339 UTC; null = never.
 */
read_at: string | null, 
/**
 * Why it was refused, or answered in part; what was read before still stands.
 */
trouble: string | null, };
export type AreaVerdicts = { area: string, verdicts: Array<[Verdict, number]>, };
export type Cache = { 
/**
 * What it takes of the disk, its log included.
 */
bytes: number, 
/**
 * Of these, what `cache_tidy` gives back.
 */
free: number, rows: number, 
/**
 * Days that a closed incident stays after its last change; null = for good.
 */
retention_days: number | null, 
/**
 * When the whole file was last found sound, RFC 3339 UTC.
 */
sound_at: string | null, };
export type CacheRetain = { days: number | null, };
export type ChangeApi = "sentinel" | "graph";
export type ChangeApply = { items: Array<ChangeItem>, wish: ChangeWish, 
/**
 * Name of a production tenant, typed by hand.
 */
typed: string | null, };
export type ChangeCall = { verb: string, 
/**
 * Without host.
 */
path: string, fields: Array<ChangeField>, comment: string | null, 
/**
 * What keeps it from overwriting somebody else's change, and what remains.
 */
guard: string, can_undo: boolean, };
export type ChangeClash = { member: string, before: Array<string>, 
/**
 * Null = it was to stay as it was.
 */
yours: Array<string> | null, theirs: Array<string>, };
export type ChangeField = { 
/**
 * As the body spells it: `properties.status`.
 */
member: string, before: Array<string>, after: Array<string>, };
export type ChangeItem = { key: string, seen: ChangeSeen, };
export type ChangeListRequest = { 
/**
 * Row key of one incident; null = all.
 */
key: string | null, 
/**
 * None = every outcome.
 */
outcome: Array<ChangeOutcome>, 
/**
 * In the title, or the number or id of the incident, or who made it; empty = all.
 */
text: string, offset: number, 
/**
 * 1 to 500.
 */
limit: number, };
export type ChangeOutcome = "under_way" | "done" | "failed" | "conflict" | "unknown";
export type ChangePage = { 
/**
 * Newest first.
 */
rows: Array<ChangeRow>, 
/**
 * How many the filter lets through, of how many.
 */
total: number, of: number, 
/**
 * Counts beside each outcome that there is, without its own narrowing.
 */
outcomes: Array<FacetValue>, 
/**
 * What has to be typed before one is taken back; null where the tenant is no production.
 */
confirm: string | null, };
export type ChangePlan = { key: string, title: string, number: number | null, graph_id: string | null, api: ChangeApi | null, seen: ChangeSeen | null, 
/**
 * Empty where all is so already.
 */
calls: Array<ChangeCall>, 
/**
 * What is written otherwise than it was asked.
 */
notes: Array<string>, 
/**
 * Why nothing would be sent.
 */
refusal: string | null, };
export type ChangePreview = { 
/**
 * What the chip shows.
 */
tenant: string, 
/**
 * What has to be typed before anything is sent; null where the tenant is no production.
 */
confirm: string | null, plans: Array<ChangePlan>, 
/**
 * Requests that would change something.
 */
calls: number, };
export type ChangeRequest = { 
/**
 * Row keys, 1 to 500.
 */
keys: Array<string>, wish: ChangeWish, };
export type ChangeRow = { id: number, 
/**
 * Those that were applied together.
 */
batch: number, 
/**
 * RFC 3339 UTC.
 */
at: string, 
/**
 * Row key of the incident.
 */
key: string, title: string, api: ChangeApi | null, fields: Array<ChangeField>, comment: string | null, 
/**
 * Who was signed in, or the application's id; null where it is not known.
 */
by: string | null, 
/**
 * What an application's account was called.
 */
by_name: string | null, 
/**
 * The requests that were sent, or are about to be, in their order; empty where nothing was.
 */
sent: Array<ChangeSent>, outcome: ChangeOutcome, said: string, clashes: Array<ChangeClash>, 
/**
 * The change that this one takes back.
 */
undoes: number | null, 
/**
 * Why it can't be taken back; null = it can be tried.
 */
no_undo: string | null, };
export type ChangeSeen = { status: string, owner: string | null, severity: string, classification: string | null, determination: string | null, tags: Array<string>, 
/**
 * ARM's etag, Graph's `lastUpdateDateTime`.
 */
version: string | null, };
export type ChangeSent = { verb: string, 
/**
 * Without host.
 */
path: string, };
export type ChangeUndo = { id: number, 
/**
 * Name of a production tenant, typed by hand.
 */
typed: string | null, };
export type ChangeWish = { 
/**
 * `new` `active` `in_progress` `awaiting_action` `closed`.
 */
status: string | null, 
/**
 * User principal name, or for Sentinel an object id; empty = nobody.
 */
owner: string | null, 
/**
 * `high` `medium` `low` `informational`.
 */
severity: string | null, 
/**
 * `Undetermined` `TruePositive` `BenignPositive` `FalsePositive`.
 */
classification: string | null, 
/**
 * Graph's own word, such as `phishing`; written to Defender alone.
 */
determination: string | null, 
/**
 * `SuspiciousActivity` `SuspiciousButExpected` `IncorrectAlertLogic` `InaccurateData`; written to Sentinel alone.
 */
reason: string | null, comment: string | null, add_tags: Array<string>, remove_tags: Array<string>, };
export type CheckDetail = { row: CheckRow, text: CheckText, objects: Array<Offence>, };
export type CheckKey = { id: string, };
export type CheckPage = { address: string, date: string | null, 
/**
 * What this page says, where pages disagree.
 */
says: string | null, };
export type CheckRow = { id: string, title: string, 
/**
 * `Automation rules`, `Analytics rules`, `Playbooks`, `Incidents`.
 */
area: string, verdict: Verdict, severity: CheckSeverity, reason: string, 
/**
 * Offending objects.
 */
objects: number, };
export type CheckSeverity = "critical" | "high" | "medium" | "low" | "info";
export type CheckText = { 
/**
 * Plain paragraphs.
 */
why: string, changes: string, fix: string, 
/**
 * Microsoft's pages: title or address, and date. Two where two pages disagree.
 */
pages: Array<CheckPage>, };
export type CloudName = "public" | "gcc_high" | "dod" | "custom" | "china" | "demo";
export type Code = "invalid" | "not_found" | "sign_in" | "denied" | "offline" | "throttled" | "conflict" | "keychain" | "storage" | "read_only" | "cancelled" | "bad_answer" | "internal";
export type ColumnWidth = { column: IncidentColumn, px: number, };
export type Comment = { text: string, author: string | null, at: string | null, teller: Teller, 
/**
 * The other API tells it too.
 */
in_both: boolean, };
export type CompareRow = { field: string, sentinel: string | null, graph: string | null, relation: Relation, 
/**
 * Why they differ, or why one side is empty.
 */
reason: string | null, };
export type ConnectionStep = { 
/**
 * `proxy`, `dns`, `tcp`, `tls`, `sign_in`, `arm`, `graph`, `logs`.
 */
id: string, title: string, host: string, verdict: Verdict, took_ms: number, 
/**
 * What was seen, or why it stopped here.
 */
said: string, hint: string | null, };
export type ConnectionTest = { account: string, 
/**
 * RFC 3339 UTC; null = not run yet.
 */
at: string | null, steps: Array<ConnectionStep>, };
export type Coverage = { ran: number, could_not_run: number, total: number, };
export type CustomCloud = { authority: string, arm: string, graph: string, logs: string, smtp: string, };
export type Deadline = { 
/**
 * `sentinel` or `smtp`.
 */
id: string, title: string, 
/**
 * ISO date.
 */
date: string, days: number, 
/**
 * What happens then, and what does not.
 */
note: string, page: string, };
export type Doctor = { 
/**
 * RFC 3339 UTC; null = it was not asked yet.
 */
asked_at: string | null, tier: Tier, mail: boolean, rows: Array<DoctorRow>, 
/**
 * Checks that can't run for lack of a right.
 */
blocked: Array<string>, 
/**
 * Checks there are.
 */
checks: number, unlock: Unlock | null, 
/**
 * What could not be read, a sentence each.
 */
notes: Array<string>, };
export type DoctorRow = { state: GrantState, kind: GrantKind, permission: string, scope: string, 
/**
 * Requests in the last 30 days that used it; null where that is not counted.
 */
used: number | null, why: string, 
/**
 * Checks that can't run without it.
 */
checks: Array<string>, 
/**
 * How it is known: `token`, `app role assignment`, `role assignment`, `answer`.
 */
known_by: string, };
export type Entity = { 
/**
 * `Host`, `Account`, `Ip`, `Url`, `FileHash`, or any other kind that was seen.
 */
kind: string, name: string, aliases: Array<string>, teller: Teller, };
export type ErrorView = { code: Code, message: string, hint: string | null, 
/**
 * Seconds.
 */
retry_after: number | null, request_id: string | null, };
export type Event = { "event": "changed", topics: Array<Topic>, } | { "event": "job", job: JobView, } | { "event": "notice", notice: Notice, };
export type Evidence = { 
/**
 * `sentinel`, `graph`, `logs` or `file`.
 */
source: string, 
/**
 * `GET /v1.0/security/incidents/21836`, or the file's path.
 */
request: string, 
/**
 * RFC 3339 UTC; null for a file.
 */
read_at: string | null, 
/**
 * JSON path of the hit.
 */
path: string | null, lines: Array<EvidenceLine>, };
export type EvidenceLine = { 
/**
 * Line in the whole document, from 1.
 */
number: number, text: string, 
/**
 * What the claim rests on.
 */
hit: boolean, };
export type ExpiryList = { 
/**
 * Soonest first.
 */
rows: Array<ExpiryRow>, 
/**
 * What could not be read, a sentence each.
 */
notes: Array<string>, };
export type ExpiryRow = { account: string, 
/**
 * `secret` or `certificate`.
 */
what: string, 
/**
 * The portal's description, or the certificate's subject.
 */
label: string, 
/**
 * First characters of a secret, or a thumbprint.
 */
hint: string | null, 
/**
 * RFC 3339 UTC; null = not known.
 */
ends: string | null, days: number | null, 
/**
 * The one that this account signs in with.
 */
ours: boolean, 
/**
 * `application`, `file` or `typed`.
 */
known_by: string, };
export type ExportFormat = "csv" | "xlsx" | "json" | "html";
export type ExportPart = { 
/**
 * A plain name for the file.
 */
name: string, 
/**
 * Up to a megabyte.
 */
base64: string, 
/**
 * Where the next stretch begins; null after the last one.
 */
next: number | null, };
export type ExportPartRequest = { 
/**
 * The job that wrote it.
 */
job: number, offset: number, };
export type FacetValue = { value: string, count: number, };
export type FileRow = { file: string, read: boolean, reason: string | null, };
export type FirstThing = { title: string, detail: string, 
/**
 * Route to go to, such as `/readiness?check=AU-01`.
 */
route: string, verdict: Verdict, };
export type GrantKind = "azure_role" | "graph" | "exchange";
export type GrantState = "granted" | "missing" | "too_wide" | "not_needed" | "unknown";
export type IncidentAlerts = { items: Array<Alert>, age: PartAge, };
export type IncidentCan = { 
/**
 * The API that would be written; null = it can't be changed.
 */
change: ChangeApi | null, 
/**
 * Why it can't be changed, a sentence.
 */
why_not: string | null, };
export type IncidentColumn = "severity" | "title" | "status" | "in" | "owner" | "alerts" | "tags" | "workspace" | "created" | "updated" | "number" | "defender_id" | "sentinel_id";
export type IncidentComments = { items: Array<Comment>, age: PartAge, };
export type IncidentDetail = { row: IncidentRow, sentinel: IncidentSide | null, graph: IncidentSide | null, compare: Array<CompareRow>, 
/**
 * Null where Sentinel never told it, or a listing failed since the last whole one.
 */
listed: IncidentListed | null, 
/**
 * Portals in which it has a page that `link_open` leads to.
 */
portals: Array<Portal>, };
export type IncidentEntities = { items: Array<Entity>, age: PartAge, };
export type IncidentExport = { filter: IncidentFilter, sort: Sort, 
/**
 * In this order; none = all of them.
 */
columns: Array<IncidentColumn>, format: ExportFormat, redaction: Redaction, 
/**
 * Where the file goes: an absolute path that ends as the format does. Null: it is kept in a private folder and
 * read by `export_part`, for a browser that saves it itself.
 */
path: string | null, };
export type IncidentFacets = { severity: Array<FacetValue>, status: Array<FacetValue>, workspace: Array<FacetValue>, presence: Array<FacetValue>, classification: Array<FacetValue>, product: Array<FacetValue>, 
/**
 * The most frequent ones.
 */
tag: Array<FacetValue>, redirected: number, owner_differs: number, 
/**
 * Changed incidents per bucket, oldest first.
 */
strip: Array<StripBucket>, };
export type IncidentFilter = { 
/**
 * Words of title, description, tags or owner; or a Defender id, Sentinel number, GUID or portal address.
 */
text: string, 
/**
 * `high` `medium` `low` `informational`, or any other value that was seen.
 */
severity: Array<string>, 
/**
 * `new` `active` `in_progress` `awaiting_action` `closed` `redirected`, or any other value that was seen.
 */
status: Array<string>, workspace: Array<string>, presence: Array<Presence>, redirected: boolean | null, 
/**
 * Owners, whatever their case; an empty one is nobody.
 */
owner: Array<string>, 
/**
 * Graph ids of incidents that hold the alerts of merged ones.
 */
target: Array<string>, 
/**
 * Tags, whatever their case.
 */
tag: Array<string>, 
/**
 * `TruePositive` `BenignPositive` `FalsePositive` `Undetermined`, or any other value that was seen; an empty one is
 * what nobody classified.
 */
classification: Array<string>, 
/**
 * Products that raised its alerts, as Sentinel names them.
 */
product: Array<string>, 
/**
 * Whether Sentinel and Defender name different owners of one incident.
 */
owner_differs: boolean | null, 
/**
 * Only incidents changed in the last n hours of the session's clock.
 */
updated_hours: number | null, 
/**
 * Only incidents last changed on this day, UTC: `2026-11-24`.
 */
updated_day: string | null, };
export type IncidentGroup = "severity" | "status" | "owner" | "workspace" | "presence" | "target" | "day";
export type IncidentGroups = { 
/**
 * At most 1,000. An empty value is what has none.
 */
groups: Array<FacetValue>, 
/**
 * Groups there are.
 */
total: number, };
export type IncidentGroupsRequest = { filter: IncidentFilter, group: IncidentGroup, };
export type IncidentKey = { key: string, };
export type IncidentKeys = { keys: Array<string>, 
/**
 * Rows that match the filter.
 */
total: number, };
export type IncidentKeysRequest = { filter: IncidentFilter, sort: Sort, first: number, 
/**
 * 1 to 10,000.
 */
count: number, };
export type IncidentListRequest = { filter: IncidentFilter, sort: Sort, offset: number, 
/**
 * 1 to 500.
 */
limit: number, };
export type IncidentListed = { 
/**
 * RFC 3339 UTC.
 */
at: string, 
/**
 * Whether the incident was in it.
 */
held: boolean, };
export type IncidentPage = { rows: Array<IncidentRow>, 
/**
 * Rows that match the filter.
 */
total: number, 
/**
 * Rows in the store.
 */
of: number, 
/**
 * Rows whose text is not searchable yet.
 */
unindexed: number, 
/**
 * Incidents whose entities were read, so that their names are searched.
 */
with_entities: number, };
export type IncidentParts = { alerts: IncidentAlerts, entities: IncidentEntities, comments: IncidentComments, tasks: IncidentTasks, 
/**
 * Both sides merged, newest first.
 */
timeline: Array<TimelineMoment>, 
/**
 * Whether somebody can be asked: false where only files are open.
 */
readable: boolean, };
export type IncidentRow = { 
/**
 * Stable and opaque: `s:` + workspace + `/` + GUID, or `g:` + Graph id.
 */
key: string, sentinel_id: string | null, graph_id: string | null, number: number | null, workspace: string | null, title: string, severity: string, status: string, owner: string | null, alerts: number | null, tags: Array<string>, 
/**
 * RFC 3339 UTC.
 */
created: string | null, updated: string | null, presence: Presence, redirected: boolean, 
/**
 * Graph id of the incident that holds the alerts now.
 */
target: string | null, 
/**
 * Why a redirected row has no target.
 */
unresolved_reason: string | null, 
/**
 * Merged sources whose alerts this incident holds.
 */
absorbed: number, can: IncidentCan, };
export type IncidentSide = { 
/**
 * When it was read, RFC 3339 UTC.
 */
read_at: string, 
/**
 * The request that read it, without host.
 */
request: string, 
/**
 * JSON as served, pretty-printed.
 */
raw: string, description: string | null, 
/**
 * Address in the side's portal: text to copy.
 */
portal: string | null, };
export type IncidentTasks = { items: Array<Task>, age: PartAge, 
/**
 * False where Sentinel does not have the incident, so that nobody can tell of tasks.
 */
kept: boolean, };
export type JobId = { id: number, };
export type JobList = { jobs: Array<JobView>, };
export type JobPlan = { 
/**
 * A sentence.
 */
plan: string, 
/**
 * Whether it waits for the word: `job_resume` gives it, `job_cancel` refuses it.
 */
waits: boolean, 
/**
 * The plan beside what happened, a sentence.
 */
outcome: string | null, };
export type JobState = "running" | "paused" | "done" | "failed" | "cancelled";
export type JobView = { id: number, 
/**
 * The command that started it, such as `sync_run`.
 */
command: string, state: JobState, 
/**
 * What is being done, a short sentence.
 */
step: string, done: number, 
/**
 * Unknown until the other side tells.
 */
total: number | null, 
/**
 * Items a second over the job so far.
 */
rate: number, 
/**
 * Seconds, from rate and total.
 */
left: number | null, 
/**
 * Seconds of a wait that the service asked for.
 */
waiting: number | null, 
/**
 * Null where nothing was asked.
 */
asked: JobPlan | null, failure: ErrorView | null, };
export type KnownBy = "graph" | "arm" | "both" | "disagree" | "earlier";
export type Link = { "page": "sign_in" } | { "page": "consent", account: string, tier: Tier, mail: boolean, } | { "page": "aadsts", number: number, } | { "page": "incident", key: string, portal: Portal, };
export type LinkOpened = { 
/**
 * For the user to copy where it was not opened.
 */
address: string, opened: boolean, };
export type LogAlert = { 
/**
 * Workspace and `SystemAlertId`.
 */
key: string, 
/**
 * `SystemAlertId`.
 */
id: string, workspace: string, title: string, 
/**
 * `high` `medium` `low` `informational`, or any other value that was seen.
 */
severity: string, status: string | null, product: string | null, 
/**
 * Name of the analytics rule that raised it.
 */
rule: string | null, entity: string | null, tactics: Array<string>, description: string | null, 
/**
 * First activity, RFC 3339 UTC.
 */
first: string | null, last: string | null, 
/**
 * When its newest row was written.
 */
written: string, 
/**
 * Sentinel raised it, so that no other portal shows it.
 */
nowhere_else: boolean, };
export type MailCause = { id: string, cause: string, who_fixes: string, fix: string, 
/**
 * `documented`, `proved`, `reported`, `ambiguous`, `unverified` or `nearest`.
 */
certainty: string, };
export type MailEvidence = { 
/**
 * `sent`, `received` or `note`.
 */
direction: string, 
/**
 * Redacted; a redaction reads `‹Bearer, 2,213 characters›`.
 */
text: string, };
export type MailExplanation = { matches: Array<MailMatch>, };
export type MailLadder = { 
/**
 * RFC 3339 UTC; null = not run yet.
 */
run_at: string | null, mailbox: string | null, steps: Array<MailStep>, 
/**
 * What the next test starts with.
 */
suggested: MailSuggestion, };
export type MailLogin = { user: string, password: string, };
export type MailMatch = { id: string, 
/**
 * `smtp`, `graph`, `entra` or `client`.
 */
source: string, cause: string, who_fixes: string, fix: string, certainty: string, };
export type MailStep = { 
/**
 * `T-01`.
 */
id: string, title: string, 
/**
 * `New path`, `Old path`, `Least privilege`, `Delivered`, `Pasted error`.
 */
stage: string, verdict: Verdict, reason: string, took_ms: number, evidence: Array<MailEvidence>, cause: MailCause | null, };
export type MailSuggestion = { mailbox: string | null, outside: string | null, 
/**
 * Known mailboxes of a demo, to try each failure.
 */
mailboxes: Array<string>, };
export type MailTestRequest = { 
/**
 * The mailbox that sends.
 */
mailbox: string, 
/**
 * A mailbox that the app must not reach, for L-01.
 */
outside: string | null, 
/**
 * Opt-in to one AUTH LOGIN with a password; it can count towards a lock-out.
 */
login: MailLogin | null, 
/**
 * Whether two tagged messages may really be sent, to the mailbox itself.
 */
send: boolean, };
export type MailText = { text: string, };
export type Need = { kind: GrantKind, 
/**
 * `Microsoft Sentinel Reader`, `SecurityIncident.Read.All`.
 */
permission: string, 
/**
 * Resource group, tenant, or mailbox scope.
 */
scope: string, why: string, 
/**
 * Nothing stops without it.
 */
optional: boolean, };
export type Network = { proxy: ProxyChoice, 
/**
 * `http://proxy.contoso.com:8080`; empty unless explicit.
 */
address: string, user: string, 
/**
 * Whether a password for `user` lies in the keychain.
 */
password_kept: boolean, 
/**
 * PEM file with further authorities; empty = the system's only.
 */
ca_file: string, 
/**
 * Subjects of the authorities in that file.
 */
authorities: Array<string>, 
/**
 * What the system says: one line per variable or setting, passwords masked.
 */
found: Array<string>, 
/**
 * A setting that is recognised and not supported, such as a PAC script, with the way round.
 */
unsupported: string | null, };
export type NetworkSet = { proxy: ProxyChoice, address: string, user: string, 
/**
 * Null = as it is.
 */
password: string | null, ca_file: string, };
export type News = "high_severity" | "redirected" | "unresolved" | "trouble";
export type Nothing = Record<symbol, never>;
export type Notice = { title: string, text: string, 
/**
 * Route to go to, such as `/accounts`.
 */
route: string, };
export type Offence = { kind: string, 
/**
 * ARM resource id as served, or the Graph id; null where a file gives none.
 */
id: string | null, name: string, file: string | null, 
/**
 * JSON path.
 */
path: string | null, 
/**
 * Raw value at that path.
 */
value: string | null, };
export type OffenceEvidence = { evidence: Evidence | null, };
export type OffenceKey = { check: string, 
/**
 * Position in the check's list, from 0.
 */
index: number, };
export type Overview = { deadlines: Array<Deadline>, incidents: number, twins: number, sentinel_incidents: number, graph_incidents: number, redirected: number, resolved: number, 
/**
 * Their target could not be found.
 */
unresolved: number, 
/**
 * Their target is named, and its Defender side not read yet.
 */
not_read: number, coverage: Coverage | null, areas: Array<AreaVerdicts>, 
/**
 * Verdicts of the last mail ladder; empty = not run.
 */
mail: Array<[Verdict, number]>, first: Array<FirstThing>, };
export type PartAge = { 
/**
 * Of the oldest answer in it, RFC 3339 UTC; null = never read.
 */
read_at: string | null, 
/**
 * A sentence for each API that refused; what the other told still stands.
 */
trouble: Array<string>, };
export type Portal = "defender" | "azure";
export type Presence = "both" | "sentinel_only" | "twin_not_proved" | "twin_missing" | "defender_not_read" | "defender_only";
export type ProxyChoice = "system" | "none" | "explicit";
export type ReadinessList = { 
/**
 * When the checks ran, RFC 3339 UTC; null = not yet.
 */
run_at: string | null, checks: Array<CheckRow>, coverage: Coverage, files: Array<FileRow>, };
export type Redaction = "none" | "users" | "all";
export type RedirectGroup = { target: TargetRef, 
/**
 * In tree order: each row follows the row it was merged into.
 */
rows: Array<RedirectRow>, };
export type RedirectKey = { key: string, };
export type RedirectList = { unresolved: Array<RedirectRow>, groups: Array<RedirectGroup>, sources: number, resolved: number, 
/**
 * Sources per way of knowing, most first.
 */
known_by: Array<[KnownBy, number]>, };
export type RedirectProof = { row: RedirectRow, 
/**
 * What the evidence adds up to, in words.
 */
statement: string, evidence: Array<Evidence>, 
/**
 * Graph ids from the source to the end, as followed.
 */
path: Array<string>, };
export type RedirectRow = { 
/**
 * The source's row key in the queue: `s:` + workspace + `/` + GUID, or `g:` + Graph id.
 */
key: string, sentinel_id: string | null, graph_id: string | null, number: number | null, workspace: string | null, title: string | null, severity: string | null, 
/**
 * When the source was last changed: about the time of its merge. RFC 3339 UTC.
 */
merged: string | null, target: TargetRef | null, 
/**
 * Without a target: the last id that was named.
 */
named: string | null, unresolved_reason: UnresolvedReason | null, 
/**
 * The reason in words, with the id that could not be followed.
 */
reason: string | null, hops: number, known_by: KnownBy, 
/**
 * Depth below the target in the tree: 1 = merged straight into it.
 */
depth: number, };
export type Registration = { 
/**
 * JSON of the app registration's manifest.
 */
manifest: string, az: string, powershell: string, 
/**
 * What to copy back into Crosswalk afterwards.
 */
then: string, };
export type RegistrationRequest = { cloud: CloudName, tenant: string, way: WayIn, tier: Tier, mail: boolean, };
export type Relation = "same" | "documented" | "differs" | "one_sided";
export type RequestHost = { host: string, requests: number, bytes: number, };
export type RequestListRequest = { offset: number, 
/**
 * 1 to 500.
 */
limit: number, 
/**
 * Part of host or path; empty = all.
 */
text: string, };
export type RequestPage = { rows: Array<RequestRow>, total: number, 
/**
 * Requests and bytes per host, most first.
 */
hosts: Array<RequestHost>, };
export type RequestRow = { 
/**
 * RFC 3339 UTC with milliseconds.
 */
at: string, 
/**
 * `GET`, `POST`, … or `SMTP`.
 */
verb: string, host: string, 
/**
 * Path and query; secrets masked.
 */
path: string, 
/**
 * Why it was sent: `sign-in`, `incidents`, `mail test`, …
 */
purpose: string, 
/**
 * HTTP status; null when nothing answered.
 */
status: number | null, bytes: number, took_ms: number, 
/**
 * Why it was not sent, or failed without an answer.
 */
refused: string | null, };
export type SavedView = { 
/**
 * 1 to 60 characters, no two alike but for case.
 */
name: string, filter: IncidentFilter, sort: Sort, 
/**
 * In this order; none = the columns as they are.
 */
columns: Array<IncidentColumn>, 
/**
 * Of columns that were made wider or narrower.
 */
widths: Array<ColumnWidth>, group: IncidentGroup | null, };
export type Schedule = { set: ScheduleSet, 
/**
 * When the next reading is due, RFC 3339 UTC; null = only when asked.
 */
next: string | null, waiting: Waiting | null, 
/**
 * Null = the system does not say.
 */
battery: boolean | null, metered: boolean | null, 
/**
 * Defender's incidents that last changed before this, RFC 3339 UTC, are still to be read; null = none are left.
 */
unread_before: string | null, };
export type ScheduleSet = { 
/**
 * Minutes between two readings, 5 to 1,440; null = only when asked.
 */
every: number | null, 
/**
 * Whether it waits while the machine runs on battery or its network is metered.
 */
spare: boolean, tell: Array<News>, };
export type SessionFiles = { paths: Array<string>, };
export type SessionKind = "none" | "demo" | "sandbox" | "tenant" | "files";
export type SessionOpen = { name: string, };
export type SessionState = { kind: SessionKind, 
/**
 * Name shown in the chip; null when nothing is open.
 */
name: string | null, 
/**
 * Shown in every screen and export.
 */
demo: boolean, workspaces: Array<string>, 
/**
 * The instant by which windows and expiries are judged, RFC 3339 UTC.
 */
now: string, sources: Array<SourceAge>, 
/**
 * Whether the store's key lies in the keychain (`keychain`), in memory for this session (`memory`), or there is no store (`none`).
 */
store: string, 
/**
 * What the user should know about this session, such as a store that was set aside.
 */
notice: string | null, };
export type SignInPrompt = { account: string, way: WayIn, 
/**
 * The page to open. For a browser sign-in it was opened already where that can be done.
 */
address: string, 
/**
 * To be typed on the page; null for a browser sign-in.
 */
code: string | null, 
/**
 * RFC 3339 UTC.
 */
expires_at: string, };
export type SignInTrouble = { 
/**
 * The number behind `AADSTS`.
 */
aadsts: number | null, 
/**
 * What is wrong.
 */
sentence: string, who_fixes: string, fix: string, 
/**
 * Where in the portal, in words.
 */
page: string | null, 
/**
 * Microsoft's own first line.
 */
said: string, trace_id: string | null, correlation_id: string | null, 
/**
 * RFC 3339 UTC.
 */
at: string | null, 
/**
 * Another way in could work: conditional access blocks this flow alone, or the browser can prove the device.
 */
another_way: WayIn | null, };
export type SignInView = { prompt: SignInPrompt | null, };
export type Sort = { column: SortColumn, descending: boolean, };
export type SortColumn = "severity" | "title" | "status" | "owner" | "number" | "workspace" | "created" | "updated" | "alerts";
export type SourceAge = { 
/**
 * `sentinel`, `graph` or `logs`.
 */
api: string, 
/**
 * Last complete reading, RFC 3339 UTC; null = never.
 */
read_at: string | null, rows: number, 
/**
 * Why the last reading failed, a sentence.
 */
trouble: string | null, 
/**
 * What else is to be known of it: read in a slower way, counted otherwise by the log, not read to its end.
 */
note: string | null, };
export type Stored = { 
/**
 * `Client secret`, `Store key`, `Incidents and rules`.
 */
what: string, 
/**
 * `OS keychain, Crosswalk / contoso/client-secret`, or a path.
 */
place: string, note: string, 
/**
 * Bytes on disk or in the keychain; null where it is not told, as for a secret.
 */
bytes: number | null, };
export type StripBucket = { 
/**
 * Start of the bucket, RFC 3339 UTC.
 */
from: string, count: number, redirected: number, };
export type TargetRef = { sentinel_id: string | null, graph_id: string, number: number | null, workspace: string | null, title: string | null, severity: string | null, alerts: number | null, };
export type Task = { title: string, description: string | null, 
/**
 * `new` `completed`, or any other value that was seen.
 */
status: string, 
/**
 * RFC 3339 UTC.
 */
created: string | null, created_by: string | null, changed: string | null, changed_by: string | null, };
export type Teller = "sentinel" | "graph" | "crosswalk";
export type Tier = "look" | "respond" | "fix";
export type TierAsk = { tier: Tier, mail: boolean, needs: Array<Need>, 
/**
 * Microsoft's page on which an administrator consents; null where the way in has no app of the customer's.
 */
consent_url: string | null, 
/**
 * A message to the administrator.
 */
request: string, az: string, powershell: string, };
export type TierRequest = { name: string, tier: Tier, mail: boolean, };
export type TimelineMoment = { at: string, teller: Teller, what: string, text: string, };
export type Topic = "session" | "incidents" | "redirects" | "changes" | "readiness" | "mail" | "accounts" | "network" | "requests" | "views" | "jobs";
export type Unlock = { permission: string, scope: string, checks: Array<string>, };
export type UnresolvedReason = "cycle" | "target_not_visible" | "other_workspace" | "chain_too_long" | "target_not_read";
export type Verdict = "pass" | "fail" | "review" | "could_not_run" | "not_applicable" | "waived";
export type ViewDefault = { 
/**
 * Null = every incident.
 */
view: string | null, };
export type ViewList = { 
/**
 * Those that come with Crosswalk; they can be neither changed nor removed.
 */
built_in: Array<SavedView>, saved: Array<SavedView>, 
/**
 * Name of the one that the queue opens with; null = every incident.
 */
default: string | null, };
export type ViewName = { view: string, };
export type ViewSave = { view: SavedView, 
/**
 * The name that it had: it takes its place. Null = it is new.
 */
was: string | null, };
export type Waiting = "battery" | "metered";
export type WayIn = "browser" | "device_code" | "client_secret" | "certificate" | "azure_cli" | "managed_identity";
export type WorkspaceList = { workspaces: Array<WorkspaceRow>, 
/**
 * What could not be seen at all, a sentence each.
 */
unseen: Array<string>, };
export type WorkspaceRow = { 
/**
 * ARM id; empty where only its subscription is known.
 */
id: string, name: string, subscription: string, resource_group: string, primary: boolean, 
/**
 * Why its incidents can't be read, a sentence; null = they can.
 */
trouble: string | null, };

export interface Commands {
  session_get: { request: Nothing; answer: SessionState };
  session_demo: { request: Nothing; answer: SessionState };
  session_open: { request: SessionOpen; answer: SessionState };
  session_files: { request: SessionFiles; answer: SessionState };
  session_close: { request: Nothing; answer: SessionState };
  overview_get: { request: Nothing; answer: Overview };
  schedule_get: { request: Nothing; answer: Schedule };
  schedule_set: { request: ScheduleSet; answer: Schedule };
  sync_run: { request: Nothing; answer: JobView };
  sync_reconcile: { request: Nothing; answer: JobView };
  sync_older: { request: Nothing; answer: JobView };
  incident_list: { request: IncidentListRequest; answer: IncidentPage };
  incident_keys: { request: IncidentKeysRequest; answer: IncidentKeys };
  incident_facets: { request: IncidentFilter; answer: IncidentFacets };
  incident_groups: { request: IncidentGroupsRequest; answer: IncidentGroups };
  incident_get: { request: IncidentKey; answer: IncidentDetail };
  incident_read: { request: IncidentKey; answer: JobView };
  incident_parts: { request: IncidentKey; answer: IncidentParts };
  alert_list: { request: AlertListRequest; answer: AlertPage };
  alert_read: { request: Nothing; answer: JobView };
  view_list: { request: Nothing; answer: ViewList };
  view_save: { request: ViewSave; answer: ViewList };
  view_remove: { request: ViewName; answer: ViewList };
  view_default: { request: ViewDefault; answer: ViewList };
  incident_export: { request: IncidentExport; answer: JobView };
  export_part: { request: ExportPartRequest; answer: ExportPart };
  change_preview: { request: ChangeRequest; answer: ChangePreview };
  change_apply: { request: ChangeApply; answer: JobView };
  change_undo: { request: ChangeUndo; answer: JobView };
  change_list: { request: ChangeListRequest; answer: ChangePage };
  redirect_list: { request: Nothing; answer: RedirectList };
  redirect_get: { request: RedirectKey; answer: RedirectProof };
  readiness_run: { request: Nothing; answer: JobView };
  readiness_list: { request: Nothing; answer: ReadinessList };
  readiness_get: { request: CheckKey; answer: CheckDetail };
  readiness_evidence: { request: OffenceKey; answer: OffenceEvidence };
  mail_test: { request: MailTestRequest; answer: JobView };
  mail_ladder: { request: Nothing; answer: MailLadder };
  mail_explain: { request: MailText; answer: MailExplanation };
  account_list: { request: Nothing; answer: AccountList };
  account_connect: { request: AccountConnect; answer: AccountList };
  account_edit: { request: AccountEdit; answer: AccountList };
  account_remove: { request: AccountRemove; answer: AccountRemoved };
  account_sign_in: { request: AccountKey; answer: JobView };
  sign_in_get: { request: Nothing; answer: SignInView };
  registration_get: { request: RegistrationRequest; answer: Registration };
  tier_get: { request: TierRequest; answer: TierAsk };
  doctor_run: { request: Nothing; answer: JobView };
  doctor_get: { request: Nothing; answer: Doctor };
  expiry_list: { request: Nothing; answer: ExpiryList };
  connection_test: { request: AccountKey; answer: JobView };
  connection_get: { request: AccountKey; answer: ConnectionTest };
  workspace_list: { request: Nothing; answer: WorkspaceList };
  cache_get: { request: Nothing; answer: Cache };
  cache_retain: { request: CacheRetain; answer: Cache };
  cache_tidy: { request: Nothing; answer: JobView };
  network_get: { request: Nothing; answer: Network };
  network_set: { request: NetworkSet; answer: Network };
  link_open: { request: Link; answer: LinkOpened };
  request_list: { request: RequestListRequest; answer: RequestPage };
  job_list: { request: Nothing; answer: JobList };
  job_cancel: { request: JobId; answer: JobList };
  job_pause: { request: JobId; answer: JobList };
  job_resume: { request: JobId; answer: JobList };
}

export type CommandName = keyof Commands;

export const commands: { readonly [K in CommandName]: { kind: "query" | "action" | "job"; topics: readonly Topic[] } } = {
  session_get: { kind: "query", topics: ["session", "incidents"] },
  session_demo: { kind: "action", topics: ["session", "incidents", "redirects", "changes", "readiness", "mail", "accounts", "requests"] },
  session_open: { kind: "action", topics: ["session", "incidents", "redirects", "changes", "readiness", "mail", "accounts", "requests"] },
  session_files: { kind: "action", topics: ["session", "incidents", "redirects", "changes", "readiness", "mail", "accounts", "requests"] },
  session_close: { kind: "action", topics: ["session", "incidents", "redirects", "changes", "readiness", "mail", "accounts", "requests"] },
  overview_get: { kind: "query", topics: ["session", "incidents", "redirects", "readiness", "mail"] },
  schedule_get: { kind: "query", topics: ["session"] },
  schedule_set: { kind: "action", topics: ["session"] },
  sync_run: { kind: "job", topics: ["session", "incidents", "redirects", "changes", "requests"] },
  sync_reconcile: { kind: "job", topics: ["session", "incidents", "redirects", "changes", "requests"] },
  sync_older: { kind: "job", topics: ["session", "incidents", "redirects", "requests"] },
  incident_list: { kind: "query", topics: ["incidents", "accounts"] },
  incident_keys: { kind: "query", topics: ["incidents"] },
  incident_facets: { kind: "query", topics: ["incidents"] },
  incident_groups: { kind: "query", topics: ["incidents"] },
  incident_get: { kind: "query", topics: ["incidents", "accounts"] },
  incident_read: { kind: "job", topics: ["incidents", "redirects", "requests"] },
  incident_parts: { kind: "query", topics: ["incidents", "changes", "session"] },
  alert_list: { kind: "query", topics: ["incidents", "session"] },
  alert_read: { kind: "job", topics: ["incidents", "requests"] },
  view_list: { kind: "query", topics: ["views", "session"] },
  view_save: { kind: "action", topics: ["views"] },
  view_remove: { kind: "action", topics: ["views"] },
  view_default: { kind: "action", topics: ["views"] },
  incident_export: { kind: "job", topics: [] },
  export_part: { kind: "query", topics: [] },
  change_preview: { kind: "query", topics: ["incidents", "accounts"] },
  change_apply: { kind: "job", topics: ["incidents", "redirects", "changes", "requests"] },
  change_undo: { kind: "job", topics: ["incidents", "redirects", "changes", "requests"] },
  change_list: { kind: "query", topics: ["changes", "accounts"] },
  redirect_list: { kind: "query", topics: ["redirects"] },
  redirect_get: { kind: "query", topics: ["redirects"] },
  readiness_run: { kind: "job", topics: ["readiness", "requests"] },
  readiness_list: { kind: "query", topics: ["readiness"] },
  readiness_get: { kind: "query", topics: ["readiness"] },
  readiness_evidence: { kind: "query", topics: ["readiness"] },
  mail_test: { kind: "job", topics: ["mail", "requests"] },
  mail_ladder: { kind: "query", topics: ["mail"] },
  mail_explain: { kind: "query", topics: [] },
  account_list: { kind: "query", topics: ["accounts", "session"] },
  account_connect: { kind: "action", topics: ["accounts", "session", "incidents", "redirects", "changes", "readiness", "mail", "requests"] },
  account_edit: { kind: "action", topics: ["accounts", "session"] },
  account_remove: { kind: "action", topics: ["accounts", "session"] },
  account_sign_in: { kind: "job", topics: ["accounts", "session", "requests"] },
  sign_in_get: { kind: "query", topics: ["accounts"] },
  registration_get: { kind: "query", topics: [] },
  tier_get: { kind: "query", topics: ["accounts"] },
  doctor_run: { kind: "job", topics: ["accounts", "requests"] },
  doctor_get: { kind: "query", topics: ["accounts", "readiness"] },
  expiry_list: { kind: "query", topics: ["accounts"] },
  connection_test: { kind: "job", topics: ["accounts", "requests"] },
  connection_get: { kind: "query", topics: ["accounts"] },
  workspace_list: { kind: "query", topics: ["accounts", "session"] },
  cache_get: { kind: "query", topics: ["incidents", "accounts"] },
  cache_retain: { kind: "action", topics: ["accounts"] },
  cache_tidy: { kind: "job", topics: ["incidents", "accounts"] },
  network_get: { kind: "query", topics: ["network"] },
  network_set: { kind: "action", topics: ["network", "accounts"] },
  link_open: { kind: "action", topics: [] },
  request_list: { kind: "query", topics: ["requests"] },
  job_list: { kind: "query", topics: ["jobs"] },
  job_cancel: { kind: "action", topics: ["jobs"] },
  job_pause: { kind: "action", topics: ["jobs"] },
  job_resume: { kind: "action", topics: ["jobs"] },
};
