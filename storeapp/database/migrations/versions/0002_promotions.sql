-- Promotions: every word said of one, and how it did on past receipts.

CREATE TABLE promotion (
    id INTEGER NOT NULL,
    promotion_id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    state TEXT NOT NULL CHECK (state IN ('draft', 'live', 'ended')),
    data TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (promotion_id, at_us, version, state)
)
 STRICT;

CREATE TABLE promotion_replay (
    id INTEGER NOT NULL,
    promotion_id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    result TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX promotion_replay_of ON promotion_replay (promotion_id, version);
