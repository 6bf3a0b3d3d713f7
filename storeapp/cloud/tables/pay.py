"""Payments: the sealed keys of a shop's contracts, and every question asked with them, kept before it is asked."""

import sqlalchemy as sa

from storeapp.cloud.tables.metadata import FEN, HASH, ID, Moment, tenant_table

# `about` is what may be shown of the keys: account numbers and fingerprints
pay_key = tenant_table(
    "pay_key",
    sa.Column("provider", sa.String(16), nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("about", sa.Text, nullable=False),
    sa.Column("set_at", Moment, nullable=False),
    key=("provider",),
)

# `ask_hash` is keyed: a payment code is too short to be hidden by a plain hash
pay_attempt = tenant_table(
    "pay_attempt",
    sa.Column("device_id", ID, nullable=False),
    sa.Column("trade_number", sa.String(32), nullable=False),
    sa.Column("provider", sa.String(16), nullable=False),
    sa.Column("fen", FEN, nullable=False),
    sa.Column("ask_hash", HASH, nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("ref", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("payer", sa.Text, nullable=False),
    sa.Column("asked_at", Moment, nullable=False),
    sa.Column("heard_at", Moment),
    sa.Index(None, "tenant_id", "trade_number"),
    sa.CheckConstraint("state IN ('sent', 'paid', 'failed', 'waiting', 'unknown', 'closed', 'refunded')", name="state"),
    key=("device_id", "trade_number"),
)

pay_refund = tenant_table(
    "pay_refund",
    sa.Column("trade_number", sa.String(32), nullable=False),
    sa.Column("refund_number", sa.String(32), nullable=False),
    sa.Column("device_id", ID, nullable=False),
    sa.Column("provider", sa.String(16), nullable=False),
    sa.Column("fen", FEN, nullable=False),
    sa.Column("whole_fen", FEN, nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("ref", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("asked_at", Moment, nullable=False),
    sa.Column("heard_at", Moment),
    sa.CheckConstraint("state IN ('sent', 'refunded', 'failed', 'waiting', 'unknown')", name="state"),
    key=("trade_number", "refund_number"),
)
