-- Coupon holds: which basket holds which coupon, and until when.

CREATE TABLE coupon_hold (
    code TEXT NOT NULL,
    holder TEXT NOT NULL,
    until TEXT NOT NULL,
    coupon_id TEXT NOT NULL,
    txn_id TEXT NOT NULL,
    sale_id TEXT NOT NULL,
    PRIMARY KEY (code)
)
 WITHOUT ROWID,
 STRICT;
