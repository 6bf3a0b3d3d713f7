-- Alarms: what people have to look at, and who did.

CREATE TABLE alarm (
    alarm_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    place TEXT NOT NULL,
    facts TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'seen', 'over')),
    seen_by TEXT NOT NULL,
    settled_at TEXT NOT NULL,
    PRIMARY KEY (alarm_id)
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX alarm_open ON alarm (kind) WHERE state = 'open';
