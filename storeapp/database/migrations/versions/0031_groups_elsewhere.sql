-- Group orders elsewhere: what the cloud tells of other tills' sheets and orders, and of what was fetched there.

CREATE TABLE group_sheet_told (
    device_id TEXT NOT NULL,
    sheet_id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'bought', 'arrived', 'over')),
    data TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (device_id, sheet_id)
)
 WITHOUT ROWID, STRICT;

CREATE TABLE group_order_told (
    order_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    sheet_id TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n > 0),
    code TEXT NOT NULL,
    member_id TEXT,
    lines TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('counter', 'list')),
    cancelled_at TEXT NOT NULL,
    PRIMARY KEY (order_id)
)
 WITHOUT ROWID, STRICT;

CREATE INDEX group_order_told_code ON group_order_told (code);

CREATE INDEX group_order_told_member ON group_order_told (member_id) WHERE member_id IS NOT NULL;

CREATE TABLE group_pick_told (
    order_id TEXT NOT NULL,
    sale_id TEXT NOT NULL,
    receipt TEXT NOT NULL,
    at TEXT NOT NULL,
    lines TEXT NOT NULL,
    is_void INTEGER NOT NULL CHECK (is_void IN (0, 1)),
    left_fen INTEGER NOT NULL,
    PRIMARY KEY (order_id, sale_id)
)
 WITHOUT ROWID, STRICT;
