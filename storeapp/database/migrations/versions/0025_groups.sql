-- Group orders: sheets as they stand, what was ordered on each, and what was fetched by which sale.

CREATE TABLE group_sheet (
    id INTEGER NOT NULL,
    sheet_id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'bought', 'arrived', 'over')),
    data TEXT NOT NULL,
    leader_name TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (sheet_id)
)
 STRICT;

CREATE TABLE group_order (
    id INTEGER NOT NULL,
    order_id TEXT NOT NULL,
    sheet_id TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n > 0),
    code TEXT NOT NULL,
    member_id TEXT,
    name TEXT NOT NULL,
    phone TEXT NOT NULL,
    lines TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('counter', 'list')),
    cancelled_at TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (sheet_id, n),
    UNIQUE (order_id),
    UNIQUE (code)
)
 STRICT;

CREATE INDEX group_order_member ON group_order (member_id) WHERE member_id IS NOT NULL;

CREATE TABLE group_pick (
    order_id TEXT NOT NULL,
    n INTEGER NOT NULL,
    sale_id TEXT NOT NULL,
    receipt TEXT NOT NULL,
    at TEXT NOT NULL,
    lines TEXT NOT NULL,
    PRIMARY KEY (order_id, n)
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX group_pick_sale ON group_pick (sale_id);
