-- Stored value: what was paid in beforehand, and what was paid back of it.

CREATE TABLE value_doc (
    id INTEGER NOT NULL,
    doc_id TEXT NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('topup', 'topup_refund')),
    request_id TEXT,
    request_hash TEXT NOT NULL,
    business_date TEXT NOT NULL,
    number_in_day INTEGER NOT NULL CHECK (number_in_day > 0),
    member_id TEXT NOT NULL,
    tender TEXT NOT NULL,
    money_fen INTEGER NOT NULL CHECK (money_fen >= 0),
    principal_fen INTEGER NOT NULL CHECK (principal_fen >= 0),
    bonus_fen INTEGER NOT NULL CHECK (bonus_fen >= 0),
    PRIMARY KEY (id),
    FOREIGN KEY(id) REFERENCES journal (place),
    UNIQUE (doc_id),
    UNIQUE (number),
    UNIQUE (request_id)
)
 STRICT;

CREATE INDEX ix_value_doc_member_id ON value_doc (member_id);
