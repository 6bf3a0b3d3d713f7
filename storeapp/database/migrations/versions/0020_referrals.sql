-- Referrals: who brought whom, and what each of the two got; a member is found by the end of her id; and which
-- of the staff are members too.

CREATE TABLE referral (
    id INTEGER NOT NULL,
    newcomer_id TEXT NOT NULL,
    referrer_id TEXT NOT NULL,
    named_at TEXT NOT NULL,
    named_on TEXT NOT NULL,
    cashier TEXT NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('code', 'phone')),
    state TEXT NOT NULL CHECK (state IN ('named', 'rewarded', 'reversed', 'closed')),
    why TEXT NOT NULL,
    sale_id TEXT NOT NULL,
    settled_at TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (newcomer_id)
)
 STRICT;

CREATE INDEX referral_named ON referral (id) WHERE state = 'named';

CREATE INDEX referral_referrer ON referral (referrer_id);

CREATE UNIQUE INDEX referral_sale ON referral (sale_id) WHERE sale_id != '';

CREATE TABLE referral_given (
    id INTEGER NOT NULL,
    newcomer_id TEXT NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('newcomer', 'referrer')),
    member_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('points', 'coupon')),
    amount INTEGER NOT NULL CHECK (amount > 0),
    txn_id TEXT NOT NULL,
    day TEXT NOT NULL,
    coupon_id TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (newcomer_id, side),
    UNIQUE (txn_id)
)
 STRICT;

CREATE INDEX referral_given_coupon ON referral_given (coupon_id) WHERE coupon_id != '';

CREATE INDEX referral_given_member ON referral_given (member_id, day);

CREATE INDEX member_ending ON member (substr(member_id, -9));

CREATE TABLE staff_member (
    code TEXT NOT NULL,
    member_id TEXT NOT NULL,
    PRIMARY KEY (code)
)
 WITHOUT ROWID, STRICT;
