-- Times are milliseconds since 1970, UTC. Lists are JSON arrays of text.
-- Wide rows lie under a number of their own: their ids are random, and rows that move with them would rewrite page
-- after page.

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- What an API said of an incident, one row per incident; bodies lie apart so that scans stay small.
CREATE TABLE sentinel (
    id INTEGER PRIMARY KEY,
    workspace TEXT NOT NULL,
    sentinel_id TEXT NOT NULL,
    arm_id TEXT NOT NULL,
    etag TEXT,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    description TEXT,
    severity TEXT NOT NULL,
    severity_rank INTEGER NOT NULL,
    status TEXT NOT NULL,
    classification TEXT,
    owner TEXT,
    labels TEXT NOT NULL,
    created INTEGER,
    modified INTEGER,
    provider_name TEXT,
    provider_incident_id TEXT,
    provider_incident_url TEXT,
    incident_url TEXT,
    alerts INTEGER,
    tactics TEXT NOT NULL,
    products TEXT NOT NULL,
    -- twin, not_proved, source, foreign: see domain::incident::Provider
    provider_kind TEXT NOT NULL,
    -- the Graph id that is proved to be the same incident's
    pair TEXT,
    -- the Graph id it had when it was read as a twin, and when: a later reading never weakens it
    known_as TEXT,
    known_at INTEGER,
    read_at INTEGER NOT NULL,
    UNIQUE (sentinel_id, workspace)
);
CREATE INDEX sentinel_pair ON sentinel (pair) WHERE pair IS NOT NULL;
CREATE INDEX sentinel_sources ON sentinel (pair) WHERE provider_kind = 'source';

CREATE TABLE graph (
    id INTEGER PRIMARY KEY,
    graph_id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    description TEXT,
    severity TEXT NOT NULL,
    severity_rank INTEGER NOT NULL,
    status TEXT NOT NULL,
    classification TEXT,
    determination TEXT,
    owner TEXT,
    tags TEXT NOT NULL,
    created INTEGER,
    modified INTEGER,
    modified_by TEXT,
    url TEXT,
    redirect_incident_id TEXT,
    alerts INTEGER,
    -- Graph answered 404 after this reading
    gone INTEGER NOT NULL DEFAULT 0,
    read_at INTEGER NOT NULL
);
CREATE INDEX graph_redirected ON graph (status) WHERE status = 'redirected';

-- Ids for which Graph answered 404 and which were never read.
CREATE TABLE graph_missing (graph_id TEXT PRIMARY KEY, read_at INTEGER NOT NULL) WITHOUT ROWID;

-- The JSON of a side under the number of its row, packed against its API's pattern, and the request that read it.
CREATE TABLE sentinel_body (id INTEGER PRIMARY KEY, packed BLOB NOT NULL, origin INTEGER NOT NULL, read_at INTEGER NOT NULL);
CREATE TABLE graph_body (id INTEGER PRIMARY KEY, packed BLOB NOT NULL, origin INTEGER NOT NULL, read_at INTEGER NOT NULL);
CREATE TABLE body_pattern (api TEXT PRIMARY KEY, json BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE origin (id INTEGER PRIMARY KEY, request TEXT NOT NULL UNIQUE);

-- Which Graph incident an ARM incident was before any merge, as the log tells it; `sentinel.known_as` outranks it.
CREATE TABLE identity (
    workspace TEXT NOT NULL,
    sentinel_id TEXT NOT NULL,
    graph_id TEXT NOT NULL,
    read_at INTEGER NOT NULL,
    PRIMARY KEY (workspace, sentinel_id)
) WITHOUT ROWID;

-- The queue: one row per incident over both APIs, maintained with every page. `id` is twice the number of the
-- Sentinel row, or one more than twice that of a Graph row without a twin, so that no text has to find a row.
CREATE TABLE incident (
    id INTEGER PRIMARY KEY,
    cell INTEGER NOT NULL,
    sentinel_id TEXT,
    graph_id TEXT,
    number INTEGER,
    title TEXT NOT NULL,
    owner TEXT,
    alerts INTEGER,
    tags TEXT NOT NULL,
    created INTEGER,
    updated INTEGER,
    target TEXT,
    unresolved TEXT,
    absorbed INTEGER NOT NULL DEFAULT 0,
    indexed INTEGER NOT NULL DEFAULT 0
);
-- One index per order, and each costs every write: what a filter needs lies in `cell` and in two of them alone. The
-- orders other than the queue's own are laid aside while it is first filled: see store::incident::order.
CREATE INDEX incident_updated ON incident (updated, cell);
CREATE INDEX incident_cell ON incident (cell);
CREATE INDEX incident_created ON incident (created);
CREATE INDEX incident_number ON incident (number);
CREATE INDEX incident_title ON incident (title COLLATE NOCASE, updated);
CREATE INDEX incident_owner ON incident (owner COLLATE NOCASE, updated);
-- Few are merged, so this one costs few writes.
CREATE INDEX incident_target ON incident (target) WHERE target IS NOT NULL;
CREATE INDEX incident_alerts ON incident (alerts, updated);
CREATE INDEX incident_unindexed ON incident (id) WHERE indexed = 0;

-- Every combination of what the queue is filtered by, with how many rows have it. A tenant has a few hundred.
CREATE TABLE cell (
    id INTEGER PRIMARY KEY,
    severity TEXT NOT NULL,
    severity_rank INTEGER NOT NULL,
    status TEXT NOT NULL,
    -- '' = only Graph holds it
    workspace TEXT NOT NULL,
    presence TEXT NOT NULL,
    redirected INTEGER NOT NULL,
    -- Sentinel's word, '' = nobody classified it
    classification TEXT NOT NULL,
    -- products that raised its alerts: a list in order, since most incidents have the same few
    products TEXT NOT NULL,
    owner_differs INTEGER NOT NULL,
    rows INTEGER NOT NULL DEFAULT 0,
    UNIQUE (severity, status, workspace, presence, redirected, classification, products, owner_differs)
);
CREATE TRIGGER incident_added AFTER INSERT ON incident BEGIN
    UPDATE cell SET rows = rows + 1 WHERE id = NEW.cell;
END;
CREATE TRIGGER incident_moved AFTER UPDATE OF cell ON incident WHEN OLD.cell <> NEW.cell BEGIN
    UPDATE cell SET rows = rows - 1 WHERE id = OLD.cell;
    UPDATE cell SET rows = rows + 1 WHERE id = NEW.cell;
END;
CREATE TRIGGER incident_removed AFTER DELETE ON incident BEGIN
    UPDATE cell SET rows = rows - 1 WHERE id = OLD.cell;
END;

-- A line for each tag of an incident, kept by triggers: most have none and cost nothing.
CREATE TABLE incident_tag (
    name TEXT NOT NULL COLLATE NOCASE,
    incident INTEGER NOT NULL,
    PRIMARY KEY (name, incident)
) WITHOUT ROWID;
CREATE TRIGGER incident_tagged AFTER INSERT ON incident WHEN NEW.tags <> '[]' BEGIN
    INSERT INTO incident_tag SELECT value, NEW.id FROM json_each(NEW.tags) WHERE value <> '' ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER incident_retagged AFTER UPDATE OF tags ON incident WHEN OLD.tags <> NEW.tags BEGIN
    DELETE FROM incident_tag WHERE incident = OLD.id AND name IN (SELECT value FROM json_each(OLD.tags));
    INSERT INTO incident_tag SELECT value, NEW.id FROM json_each(NEW.tags) WHERE value <> '' ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER incident_untagged AFTER DELETE ON incident WHEN OLD.tags <> '[]' BEGIN
    DELETE FROM incident_tag WHERE incident = OLD.id AND name IN (SELECT value FROM json_each(OLD.tags));
END;

CREATE VIRTUAL TABLE incident_text USING fts5 (
    title, description, owner, tags, ids, entities,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

-- What was asked of one incident when it was opened: alerts, entities, comments, tasks, by the API that was asked.
CREATE TABLE incident_part (
    id INTEGER PRIMARY KEY,
    -- the line of the queue
    incident INTEGER NOT NULL,
    part TEXT NOT NULL,
    api TEXT NOT NULL,
    -- a list, as the API told it; null where it never answered
    json TEXT,
    read_at INTEGER,
    -- names of the entities in it, made searchable; null where it tells of none
    names TEXT,
    -- what came of the last asking, where that failed
    trouble TEXT,
    UNIQUE (incident, part, api)
);
CREATE INDEX incident_part_named ON incident_part (incident) WHERE names IS NOT NULL;

-- Alerts of the log that no incident holds, by the newest row of each, and how each workspace's log was read for them.
CREATE TABLE alert (
    id INTEGER PRIMARY KEY,
    workspace TEXT NOT NULL,
    alert_id TEXT NOT NULL,
    title TEXT NOT NULL,
    severity TEXT NOT NULL,
    status TEXT,
    product TEXT,
    rule TEXT,
    entity TEXT,
    tactics TEXT NOT NULL,
    first INTEGER,
    last INTEGER,
    written INTEGER NOT NULL,
    description TEXT,
    UNIQUE (workspace, alert_id)
);
-- the list's order, with what a filter asks for
CREATE INDEX alert_newest ON alert (written DESC, id, workspace, severity);
-- how many there are of each
CREATE TABLE alert_cell (
    workspace TEXT NOT NULL,
    severity TEXT NOT NULL,
    rows INTEGER NOT NULL,
    PRIMARY KEY (workspace, severity)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE alert_text USING fts5 (
    title, rule, entity, product, alert_id,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER alert_added AFTER INSERT ON alert BEGIN
    INSERT INTO alert_cell VALUES (NEW.workspace, NEW.severity, 1) ON CONFLICT DO UPDATE SET rows = rows + 1;
    INSERT INTO alert_text (rowid, title, rule, entity, product, alert_id)
        VALUES (NEW.id, NEW.title, NEW.rule, NEW.entity, NEW.product, NEW.alert_id);
END;
CREATE TRIGGER alert_dropped AFTER DELETE ON alert BEGIN
    UPDATE alert_cell SET rows = rows - 1 WHERE workspace = OLD.workspace AND severity = OLD.severity;
    DELETE FROM alert_text WHERE rowid = OLD.id;
END;
CREATE TRIGGER alert_graded AFTER UPDATE ON alert WHEN OLD.severity <> NEW.severity BEGIN
    UPDATE alert_cell SET rows = rows - 1 WHERE workspace = OLD.workspace AND severity = OLD.severity;
    INSERT INTO alert_cell VALUES (NEW.workspace, NEW.severity, 1) ON CONFLICT DO UPDATE SET rows = rows + 1;
END;
CREATE TRIGGER alert_reworded AFTER UPDATE ON alert
    WHEN (OLD.title, OLD.rule, OLD.entity, OLD.product) IS NOT (NEW.title, NEW.rule, NEW.entity, NEW.product) BEGIN
    -- REPLACE would leave the old words: in a trigger the outer statement's way with conflicts rules.
    DELETE FROM alert_text WHERE rowid = OLD.id;
    INSERT INTO alert_text (rowid, title, rule, entity, product, alert_id)
        VALUES (NEW.id, NEW.title, NEW.rule, NEW.entity, NEW.product, NEW.alert_id);
END;
CREATE TABLE alert_reading (
    workspace TEXT PRIMARY KEY,
    -- what was written before this was read
    until INTEGER,
    -- when all that the log has was last read
    whole INTEGER,
    read_at INTEGER,
    trouble TEXT
) WITHOUT ROWID;

CREATE TABLE redirect (
    key TEXT PRIMARY KEY,
    sentinel_id TEXT,
    graph_id TEXT,
    number INTEGER,
    workspace TEXT,
    next TEXT,
    target TEXT,
    target_sentinel_id TEXT,
    target_number INTEGER,
    target_workspace TEXT,
    unresolved TEXT,
    last TEXT,
    hops INTEGER NOT NULL,
    known_by TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX redirect_target ON redirect (target);

-- How far a listing was read. `next` is what is left of it after a crash, as JSON.
CREATE TABLE listing (
    api TEXT NOT NULL,
    workspace TEXT NOT NULL,
    watermark INTEGER,
    started INTEGER,
    newest INTEGER,
    next TEXT,
    whole INTEGER NOT NULL,
    unread_before INTEGER,
    completed INTEGER,
    reconciled INTEGER,
    sweep INTEGER,
    trouble TEXT,
    note TEXT,
    PRIMARY KEY (api, workspace)
) WITHOUT ROWID;

-- Rules, playbooks and other resources, verbatim; `collection` says what was read at all.
CREATE TABLE object (
    kind TEXT NOT NULL,
    workspace TEXT NOT NULL,
    id TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (kind, workspace, id)
) WITHOUT ROWID;
CREATE TABLE collection (
    kind TEXT NOT NULL,
    workspace TEXT NOT NULL,
    request TEXT NOT NULL,
    read_at INTEGER NOT NULL,
    trouble TEXT,
    PRIMARY KEY (kind, workspace)
) WITHOUT ROWID;

-- The last result of a verb, such as a readiness run, as JSON.
CREATE TABLE document (name TEXT PRIMARY KEY, json TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE request (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    verb TEXT NOT NULL,
    host TEXT NOT NULL,
    path TEXT NOT NULL,
    purpose TEXT NOT NULL,
    status INTEGER,
    bytes INTEGER NOT NULL,
    took_ms INTEGER NOT NULL,
    refused TEXT
);

CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    command TEXT NOT NULL,
    detail TEXT NOT NULL,
    -- null until it ended: a crash leaves the intent
    outcome TEXT
);

-- What was asked of one incident. Written before it is sent: a crash leaves a null outcome.
CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    -- those that were applied together
    batch INTEGER NOT NULL,
    at INTEGER NOT NULL,
    incident TEXT NOT NULL,
    title TEXT NOT NULL,
    api TEXT NOT NULL,
    -- the change that this one takes back
    undoes INTEGER,
    -- JSON: what stood there, what is wanted, by whom, what was sent, and by what a comment is known
    intent TEXT NOT NULL,
    -- done, failed, conflict, unknown
    outcome TEXT,
    said TEXT,
    ended INTEGER
);
CREATE INDEX change_open ON change (outcome) WHERE outcome IS NULL OR outcome = 'unknown';
