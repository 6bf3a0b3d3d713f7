-- The ledger proven: when every balance was last added up again from its legs, and what did not agree.

CREATE TABLE ledger_proof (
    id INTEGER NOT NULL CHECK (id = 1),
    at TEXT NOT NULL,
    legs INTEGER NOT NULL CHECK (legs >= 0),
    faults INTEGER NOT NULL CHECK (faults >= 0),
    first TEXT NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;
