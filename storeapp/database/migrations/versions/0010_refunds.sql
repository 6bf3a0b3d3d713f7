-- Refunds: goods that came back, line by line and tender by tender.

CREATE TABLE refund (
    id INTEGER NOT NULL,
    refund_id TEXT NOT NULL,
    receipt TEXT NOT NULL,
    sale_id TEXT NOT NULL,
    request_id TEXT,
    request_hash TEXT NOT NULL,
    business_date TEXT NOT NULL,
    number_in_day INTEGER NOT NULL CHECK (number_in_day > 0),
    member_id TEXT,
    total_fen INTEGER NOT NULL CHECK (total_fen >= 0),
    back_fen INTEGER NOT NULL CHECK (back_fen >= 0),
    PRIMARY KEY (id),
    FOREIGN KEY(id) REFERENCES journal (place),
    UNIQUE (refund_id),
    UNIQUE (receipt),
    UNIQUE (request_id)
)
 STRICT;

CREATE INDEX ix_refund_sale_id ON refund (sale_id);

CREATE TABLE refund_line (
    refund INTEGER NOT NULL,
    line INTEGER NOT NULL,
    code TEXT NOT NULL,
    quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0),
    net_fen INTEGER NOT NULL CHECK (net_fen >= 0),
    restock INTEGER NOT NULL CHECK (restock IN (0, 1)),
    PRIMARY KEY (refund, line),
    FOREIGN KEY(refund) REFERENCES refund (id)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE refund_tender (
    refund INTEGER NOT NULL,
    kind TEXT NOT NULL,
    fen INTEGER NOT NULL CHECK (fen > 0),
    PRIMARY KEY (refund, kind),
    FOREIGN KEY(refund) REFERENCES refund (id)
)
 WITHOUT ROWID,
 STRICT;
