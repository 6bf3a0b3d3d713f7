-- Referrals elsewhere: who brought whom at other tills, and what newcomers named here bought there.

CREATE TABLE referral_told (
    newcomer_id TEXT NOT NULL,
    referrer_id TEXT NOT NULL,
    named_at TEXT NOT NULL,
    named_on TEXT NOT NULL,
    cashier TEXT NOT NULL,
    way TEXT NOT NULL,
    state TEXT NOT NULL,
    why TEXT NOT NULL,
    sale_id TEXT NOT NULL,
    settled_at TEXT NOT NULL,
    PRIMARY KEY (newcomer_id)
)
 WITHOUT ROWID, STRICT;

CREATE INDEX referral_told_referrer ON referral_told (referrer_id);

CREATE TABLE referral_bought (
    sale_id TEXT NOT NULL,
    newcomer_id TEXT NOT NULL,
    day TEXT NOT NULL,
    left_fen INTEGER NOT NULL,
    PRIMARY KEY (sale_id)
)
 WITHOUT ROWID, STRICT;

CREATE INDEX referral_bought_newcomer ON referral_bought (newcomer_id);
