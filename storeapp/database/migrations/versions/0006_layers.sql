-- Layers: where each member stands, what the night learned, and the segments the owner saved.

CREATE TABLE layer (
    member_id TEXT NOT NULL,
    computed_on TEXT NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('new', 'active', 'loyal', 'cooling', 'lost')),
    since TEXT NOT NULL,
    first_on TEXT NOT NULL,
    last_on TEXT NOT NULL,
    visits INTEGER NOT NULL CHECK (visits > 0),
    net_fen INTEGER NOT NULL,
    margin_fen INTEGER,
    recency INTEGER NOT NULL CHECK (recency BETWEEN 1 AND 5),
    frequency INTEGER NOT NULL CHECK (frequency BETWEEN 1 AND 5),
    money INTEGER NOT NULL CHECK (money BETWEEN 1 AND 5),
    usual_days INTEGER CHECK (usual_days > 0),
    potential_fen INTEGER,
    model_fen INTEGER,
    alive_permille INTEGER,
    habit TEXT,
    step TEXT,
    categories TEXT NOT NULL,
    PRIMARY KEY (member_id)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE layer_night (
    id INTEGER NOT NULL CHECK (id = 1),
    computed_on TEXT NOT NULL,
    learned TEXT NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE segment (
    segment_id TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (segment_id)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE member_tag (
    member_id TEXT NOT NULL,
    tag TEXT NOT NULL,
    by_rule INTEGER NOT NULL CHECK (by_rule IN (0, 1)),
    actor TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (member_id, tag)
)
 WITHOUT ROWID,
 STRICT;
