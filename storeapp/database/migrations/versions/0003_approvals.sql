CREATE TABLE approval (
    approval_id TEXT NOT NULL, 
    "right" TEXT NOT NULL, 
    action_hash TEXT NOT NULL, 
    approver TEXT NOT NULL, 
    asked_by TEXT NOT NULL, 
    reason TEXT NOT NULL, 
    at TEXT NOT NULL, 
    expires_at TEXT NOT NULL, 
    used_at TEXT NOT NULL, 
    PRIMARY KEY (approval_id)
)
 WITHOUT ROWID,
 STRICT;

ALTER TABLE staff RENAME TO staff_before;

CREATE TABLE staff (
    code TEXT NOT NULL, 
    name TEXT NOT NULL, 
    role TEXT NOT NULL CHECK (role IN ('cashier', 'manager', 'owner')), 
    pin_hash TEXT NOT NULL, 
    wrong_tries INTEGER NOT NULL CHECK (wrong_tries >= 0), 
    locked_until TEXT NOT NULL, 
    is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)), 
    badge TEXT NOT NULL, 
    pin_set_at TEXT NOT NULL, 
    must_change_pin INTEGER NOT NULL CHECK (must_change_pin IN (0, 1)), 
    PRIMARY KEY (code)
)
 WITHOUT ROWID,
 STRICT;

INSERT INTO staff
SELECT code, name, role, pin_hash, wrong_tries, locked_until, is_active, '', '', 0 FROM staff_before;

DROP TABLE staff_before;

CREATE UNIQUE INDEX staff_badge ON staff (badge) WHERE badge != '';
