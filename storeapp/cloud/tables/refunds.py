"""Refunds: what came back to the tills, of which receipt, and by which ways the money went."""

import sqlalchemy as sa

from storeapp.cloud.tables.metadata import COUNT, FEN, ID, Moment, tenant_table, within

refund = tenant_table(
    "refund",
    sa.Column("device_id", ID, nullable=False),
    sa.Column("refund_id", ID, nullable=False),
    sa.Column("event_id", ID, nullable=False),
    sa.Column("epoch", COUNT, nullable=False),
    sa.Column("seq", COUNT, nullable=False),
    sa.Column("store_id", ID, nullable=False),
    sa.Column("till_id", ID, nullable=False),
    sa.Column("receipt", sa.Text, nullable=False),
    sa.Column("kind", sa.String(10), nullable=False),
    # nobody knows the sale of goods brought without a receipt; another till knows its number alone
    sa.Column("sale_id", ID),
    sa.Column("sale_receipt", sa.Text, nullable=False),
    sa.Column("business_date", sa.String(10), nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("refunded_at", Moment, nullable=False),
    sa.Column("cashier", sa.Text, nullable=False),
    sa.Column("member_id", ID),
    sa.Column("total_fen", FEN, nullable=False),
    sa.Column("back_fen", FEN, nullable=False),
    sa.Column("points", COUNT, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.UniqueConstraint("tenant_id", "refund_id"),
    sa.Index(None, "tenant_id", "business_date"),
    sa.Index(None, "tenant_id", "sale_receipt"),
    key=("device_id", "refund_id"),
)

refund_line = tenant_table(
    "refund_line",
    sa.Column("device_id", ID, nullable=False),
    sa.Column("refund_id", ID, nullable=False),
    sa.Column("line", sa.Integer, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("qty_milli", COUNT, nullable=False),
    sa.Column("net_fen", FEN, nullable=False),
    sa.Column("restock", sa.Boolean, nullable=False),
    within("refund", "device_id", "refund_id"),
    key=("device_id", "refund_id", "line"),
)

refund_tender = tenant_table(
    "refund_tender",
    sa.Column("device_id", ID, nullable=False),
    sa.Column("refund_id", ID, nullable=False),
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("fen", FEN, nullable=False),
    sa.Column("ref", sa.Text, nullable=False),
    within("refund", "device_id", "refund_id"),
    key=("device_id", "refund_id", "n"),
)
