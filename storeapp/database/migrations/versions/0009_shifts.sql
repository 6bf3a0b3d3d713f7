-- Shifts: who had the till, what moved in the drawer, and the Z reports issued.

CREATE TABLE shift (
    number INTEGER NOT NULL,
    shift_id TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    business_date TEXT NOT NULL,
    float_fen INTEGER NOT NULL CHECK (float_fen >= 0),
    closed_at TEXT NOT NULL,
    closing TEXT NOT NULL,
    opened_us INTEGER NOT NULL,
    closed_us INTEGER NOT NULL,
    opened_place INTEGER NOT NULL CHECK (opened_place >= 0),
    PRIMARY KEY (number),
    UNIQUE (shift_id)
)
 STRICT;

CREATE UNIQUE INDEX shift_one_open ON shift (closed_at) WHERE closed_at = '';

CREATE TABLE drawer_move (
    shift_id TEXT NOT NULL,
    doc_id TEXT NOT NULL,
    tender TEXT NOT NULL,
    doc TEXT NOT NULL,
    fen INTEGER NOT NULL CHECK (fen <> 0),
    at TEXT NOT NULL,
    PRIMARY KEY (shift_id, doc_id, tender)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE cash_move (
    id INTEGER NOT NULL,
    move_id TEXT NOT NULL,
    shift_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('cash_in', 'cash_out', 'expense', 'drop', 'no_sale')),
    fen INTEGER NOT NULL CHECK (fen >= 0),
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL,
    request_id TEXT,
    PRIMARY KEY (id),
    UNIQUE (move_id),
    UNIQUE (request_id)
)
 STRICT;

CREATE TABLE z_report (
    number INTEGER NOT NULL,
    shift_id TEXT NOT NULL,
    supplement INTEGER NOT NULL CHECK (supplement >= 0),
    at TEXT NOT NULL,
    grand_fen INTEGER NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (number),
    FOREIGN KEY(shift_id) REFERENCES shift (shift_id)
)
 STRICT;

CREATE UNIQUE INDEX z_report_shift ON z_report (shift_id, supplement);

