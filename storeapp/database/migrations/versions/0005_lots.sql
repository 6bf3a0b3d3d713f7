-- Lots of everything a member holds, what entries used of them, and which entry takes back how much of which.

ALTER TABLE lot RENAME TO lot_before;

CREATE TABLE lot (
    account INTEGER NOT NULL,
    txn INTEGER NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 0),
    amount INTEGER NOT NULL CHECK (amount > 0),
    remaining INTEGER NOT NULL CHECK (remaining >= 0),
    expires_on TEXT,
    earned_at TEXT,
    PRIMARY KEY (account, txn, n),
    CHECK (remaining <= amount),
    FOREIGN KEY(account) REFERENCES account (id),
    FOREIGN KEY(txn) REFERENCES ledger_txn (id)
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX lot_lapsing ON lot (expires_on) WHERE expires_on IS NOT NULL AND remaining > 0;

CREATE TABLE lot_use (
    txn INTEGER NOT NULL,
    n INTEGER NOT NULL,
    account INTEGER NOT NULL,
    lot_txn INTEGER NOT NULL,
    lot_n INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    expires_on TEXT,
    PRIMARY KEY (txn, n),
    FOREIGN KEY(account, lot_txn, lot_n) REFERENCES lot (account, txn, n),
    FOREIGN KEY(txn) REFERENCES ledger_txn (id)
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX lot_use_lot ON lot_use (account, lot_txn, lot_n);

CREATE TABLE reversal (
    original INTEGER NOT NULL,
    txn INTEGER NOT NULL,
    n INTEGER NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    PRIMARY KEY (original, txn, n),
    FOREIGN KEY(original) REFERENCES ledger_txn (id),
    FOREIGN KEY(txn) REFERENCES ledger_txn (id)
)
 WITHOUT ROWID,
 STRICT;

INSERT INTO lot (account, txn, n, amount, remaining, expires_on)
SELECT account, txn, 0, amount, remaining, expires_on FROM lot_before;

INSERT INTO lot_use (txn, n, account, lot_txn, lot_n, amount)
SELECT txn, 1, account, txn, 0, remaining - amount FROM lot_before WHERE remaining < amount;

INSERT INTO lot (account, txn, n, amount, remaining)
SELECT l.account, l.txn, 0, sum(l.amount), sum(l.amount) FROM ledger_leg l JOIN account a ON a.id = l.account
WHERE a.unit = 'fen' AND (a.name LIKE 'val.principal:%' OR a.name LIKE 'val.bonus:%')
GROUP BY l.account, l.txn HAVING sum(l.amount) > 0;

DROP TABLE lot_before;
