ALTER TABLE attempt RENAME TO attempt_before;

CREATE TABLE attempt (
    id INTEGER NOT NULL,
    attempt_id TEXT NOT NULL,
    sale_id TEXT NOT NULL,
    provider TEXT NOT NULL,
    fen INTEGER NOT NULL CHECK (fen >= 0),
    state TEXT NOT NULL CHECK (state IN ('created', 'sent', 'waiting', 'unknown', 'paid', 'failed', 'reversing', 'reversed', 'paid_late', 'suspense', 'refund_sent', 'refunded', 'refund_unknown')),
    at TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('take', 'refund')),
    tender TEXT NOT NULL,
    trade_number TEXT NOT NULL,
    refund_number TEXT NOT NULL,
    currency TEXT NOT NULL,
    ref TEXT NOT NULL,
    reason TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    "by" TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    used_by TEXT NOT NULL,
    approver TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (attempt_id)
)
 STRICT;

INSERT INTO attempt (id, attempt_id, sale_id, provider, fen, state, at, kind, tender, trade_number, refund_number, currency, ref, reason, code_hash, "by", ended_at, used_by, approver)
SELECT id, attempt_id, sale_id, provider, fen,
    CASE
        WHEN state = 'refused' THEN 'failed'
        WHEN state <> 'paid' AND id <> (
            SELECT max(id) FROM attempt_before AS same WHERE same.sale_id = attempt_before.sale_id AND state IN ('sent', 'unknown')
        ) THEN 'suspense'
        ELSE state
    END, at,
    'take', 'simulated', replace(attempt_id, '-', ''), '', 'CNY', '', '', '', '',
    CASE WHEN state IN ('paid', 'refused') THEN at ELSE '' END,
    CASE state WHEN 'paid' THEN sale_id ELSE '' END, ''
FROM attempt_before;

DROP TABLE attempt_before;

CREATE INDEX attempt_at ON attempt (at);

CREATE INDEX attempt_code ON attempt (code_hash);

CREATE INDEX attempt_document ON attempt (sale_id);

CREATE INDEX attempt_of_trade ON attempt (trade_number);

CREATE UNIQUE INDEX attempt_one_open ON attempt (sale_id) WHERE kind = 'take' AND state IN ('created', 'sent', 'waiting', 'unknown', 'reversing');

CREATE INDEX attempt_open ON attempt (state) WHERE state IN ('created', 'sent', 'waiting', 'unknown', 'reversing', 'refund_sent', 'refund_unknown');

CREATE UNIQUE INDEX attempt_refund ON attempt (refund_number) WHERE kind = 'refund';

CREATE UNIQUE INDEX attempt_trade ON attempt (trade_number) WHERE kind = 'take';

CREATE INDEX attempt_unsettled ON attempt (state) WHERE state IN ('paid_late', 'suspense');

CREATE INDEX attempt_unused ON attempt (state) WHERE kind = 'take' AND state = 'paid' AND used_by = '';
