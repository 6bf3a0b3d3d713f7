-- Coupons: templates, every word said of one, and why each coupon of one was given.

CREATE TABLE coupon_template (
    id INTEGER NOT NULL,
    template_id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    state TEXT NOT NULL CHECK (state IN ('draft', 'live', 'ended')),
    data TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (template_id, at_us, version, state)
)
 STRICT;

CREATE TABLE coupon_grant (
    "key" TEXT NOT NULL,
    n INTEGER NOT NULL,
    coupon_id TEXT NOT NULL,
    template_id TEXT NOT NULL,
    member_id TEXT,
    why TEXT NOT NULL CHECK (why IN ('issued', 'join', 'birthday', 'winback', 'next_visit', 'goodwill')),
    cost_fen INTEGER NOT NULL CHECK (cost_fen >= 0),
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    asked TEXT NOT NULL,
    PRIMARY KEY ("key", n)
)
 WITHOUT ROWID, STRICT;

CREATE UNIQUE INDEX coupon_grant_coupon ON coupon_grant (coupon_id);
