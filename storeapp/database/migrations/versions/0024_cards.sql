-- Cards: what was sold beforehand, paid back or handed on; and times as a unit of the ledger.

CREATE TABLE account_before AS SELECT id, name, unit, balance FROM account;

DROP TABLE account;

CREATE TABLE account (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL CHECK (unit IN ('fen', 'pts', 'coupon', 'times')),
    balance INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (name, unit)
)
 STRICT;

INSERT INTO account (id, name, unit, balance) SELECT id, name, unit, balance FROM account_before;

DROP TABLE account_before;

CREATE TABLE card_doc (
    id INTEGER NOT NULL,
    doc_id TEXT NOT NULL,
    number TEXT NOT NULL,
    deed TEXT NOT NULL CHECK (deed IN ('card_sold', 'card_refund', 'card_given')),
    request_id TEXT,
    request_hash TEXT NOT NULL,
    business_date TEXT NOT NULL,
    number_in_day INTEGER NOT NULL CHECK (number_in_day > 0),
    member_id TEXT NOT NULL,
    card_id TEXT NOT NULL,
    tender TEXT NOT NULL,
    money_fen INTEGER NOT NULL CHECK (money_fen >= 0),
    times INTEGER NOT NULL CHECK (times >= 0),
    worth_fen INTEGER NOT NULL CHECK (worth_fen >= 0),
    PRIMARY KEY (id),
    FOREIGN KEY(id) REFERENCES journal (place),
    UNIQUE (doc_id),
    UNIQUE (number),
    UNIQUE (request_id)
)
 STRICT;

CREATE INDEX ix_card_doc_member_id ON card_doc (member_id);

CREATE INDEX ix_card_doc_card_id ON card_doc (card_id);
