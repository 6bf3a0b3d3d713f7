-- Outreach: whom each morning's list named, and what was noted of a member beside her purchases.

CREATE TABLE outreach (
    day TEXT NOT NULL,
    member_id TEXT NOT NULL,
    place INTEGER NOT NULL CHECK (place >= 0),
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('', 'done', 'replied', 'bought', 'skipped')),
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (day, member_id)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE member_note (
    id INTEGER NOT NULL,
    member_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('looked', 'changed', 'tagged', 'untagged', 'written')),
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX member_note_at ON member_note (at);

CREATE INDEX member_note_member ON member_note (member_id, id);
