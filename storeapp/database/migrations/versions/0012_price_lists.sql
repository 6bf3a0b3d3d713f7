-- Price lists: every word said of one, as of promotions.

ALTER TABLE price_list RENAME TO price_list_before;

CREATE TABLE price_list (
    id INTEGER NOT NULL,
    list_id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    state TEXT NOT NULL CHECK (state IN ('draft', 'live', 'ended')),
    data TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (list_id, at_us, version, state)
)
 STRICT;
