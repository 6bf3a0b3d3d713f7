"""Offers: claims of receipts, the coupons they became, and where those were redeemed."""

import sqlalchemy as sa

from storeapp.cloud.tables.metadata import FEN, ID, Moment, tenant_table

coupon = tenant_table(
    "coupon",
    sa.Column("coupon_id", ID, nullable=False),
    sa.Column("code", sa.String(8), nullable=False),
    sa.Column("offer_id", sa.Text, nullable=False),
    sa.Column("amount_fen", FEN, nullable=False),
    sa.Column("min_spend_fen", FEN, nullable=False),
    sa.Column("valid_from", sa.String(10), nullable=False),
    sa.Column("valid_until", sa.String(10), nullable=False),
    sa.Column("member_id", ID),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("receipt_token", sa.String(26), nullable=False),
    sa.Column("txn_id", ID, nullable=False),
    sa.Column("store_id", ID, nullable=False),
    sa.Column("issued_at", Moment, nullable=False),
    # what else it may be than a plain amount, in the public format
    sa.Column("terms", sa.Text, nullable=False, server_default="{}"),
    sa.UniqueConstraint("tenant_id", "code"),
    sa.Index(None, "tenant_id", "receipt_token"),
    sa.CheckConstraint("state IN ('issued', 'redeemed', 'void')", name="state"),
    key=("coupon_id",),
)

# the primary key decides which of two sales redeemed a coupon
coupon_use = tenant_table(
    "coupon_use",
    sa.Column("coupon_id", ID, nullable=False),
    sa.Column("device_id", ID, nullable=False),
    sa.Column("sale_id", ID, nullable=False),
    sa.Column("fen", FEN, nullable=False),
    key=("coupon_id",),
)

# once a receipt and offer, once a person and offer
reward = tenant_table(
    "reward",
    sa.Column("offer_id", sa.String(60), nullable=False),
    sa.Column("receipt_token", sa.String(26), nullable=False),
    sa.Column("coupon_id", ID, nullable=False),
    sa.Column("member_id", ID),
    sa.UniqueConstraint("tenant_id", "offer_id", "member_id"),
    key=("offer_id", "receipt_token"),
)

claim = tenant_table(
    "claim",
    sa.Column("scan_id", sa.String(26), nullable=False),
    sa.Column("token", sa.String(26), nullable=False),
    sa.Column("store_id", ID, nullable=False),
    sa.Column("till_id", ID, nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    # the offer as it was when it was claimed
    sa.Column("terms", sa.Text, nullable=False),
    sa.Column("coupon_id", ID),
    sa.Column("member_id", ID),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("claimed_at", Moment, nullable=False),
    sa.Index(None, "tenant_id", "token"),
    sa.CheckConstraint("state IN ('parked', 'done', 'taken', 'expired')", name="state"),
    key=("scan_id",),
)
