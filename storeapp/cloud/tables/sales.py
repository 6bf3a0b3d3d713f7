"""Sales: what the tills sold, and the receipt each token stands for."""

import sqlalchemy as sa

from storeapp.cloud.tables.metadata import COUNT, FEN, ID, Moment, tenant_table, within

# how a till's journal calls the tender that is a voucher
VOUCHER = "coupon"

sale = tenant_table(
    "sale",
    sa.Column("device_id", ID, nullable=False),
    sa.Column("sale_id", ID, nullable=False),
    sa.Column("event_id", ID, nullable=False),
    sa.Column("epoch", COUNT, nullable=False),
    sa.Column("seq", COUNT, nullable=False),
    sa.Column("store_id", ID, nullable=False),
    sa.Column("till_id", ID, nullable=False),
    sa.Column("receipt", sa.Text, nullable=False),
    sa.Column("business_date", sa.String(10), nullable=False),
    # as it was said; sold_at is the same moment in UTC, hour the hour on the shop's clock
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("sold_at", Moment, nullable=False),
    sa.Column("hour", sa.Integer, nullable=False),
    sa.Column("cashier", sa.Text, nullable=False),
    sa.Column("member_id", ID),
    sa.Column("goods_fen", FEN, nullable=False),
    sa.Column("discount_fen", FEN, nullable=False),
    sa.Column("total_fen", FEN, nullable=False),
    sa.Column("coupon_fen", FEN, nullable=False),
    sa.Column("rounding_fen", FEN, nullable=False),
    sa.Column("due_fen", FEN, nullable=False),
    sa.Column("change_fen", FEN, nullable=False),
    sa.Column("points_earned", COUNT, nullable=False),
    sa.Column("offer_id", sa.Text),
    sa.Column("token", sa.String(26), nullable=False),
    sa.Column("request_id", sa.Text),
    sa.UniqueConstraint("tenant_id", "sale_id"),
    sa.Index(None, "tenant_id", "business_date"),
    sa.Index(None, "tenant_id", "member_id"),
    # a refund from another till names the receipt alone
    sa.Index(None, "tenant_id", "receipt"),
    key=("device_id", "sale_id"),
)

sale_line = tenant_table(
    "sale_line",
    sa.Column("device_id", ID, nullable=False),
    sa.Column("sale_id", ID, nullable=False),
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("qty_milli", COUNT, nullable=False),
    sa.Column("unit_fen", FEN, nullable=False),
    sa.Column("gross_fen", FEN, nullable=False),
    sa.Column("discount_fen", FEN, nullable=False),
    sa.Column("net_fen", FEN, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    within("sale", "device_id", "sale_id"),
    key=("device_id", "sale_id", "n"),
)

sale_tender = tenant_table(
    "sale_tender",
    sa.Column("device_id", ID, nullable=False),
    sa.Column("sale_id", ID, nullable=False),
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("fen", FEN, nullable=False),
    sa.Column("ref", sa.Text, nullable=False),
    # a voucher is looked for by its number at every till
    sa.Index(
        None,
        "tenant_id",
        "ref",
        sqlite_where=sa.text(f"kind = '{VOUCHER}'"),
        postgresql_where=sa.text(f"kind = '{VOUCHER}'"),
    ),
    within("sale", "device_id", "sale_id"),
    key=("device_id", "sale_id", "n"),
)

receipt = tenant_table(
    "receipt",
    sa.Column("token", sa.String(26), nullable=False),
    sa.Column("device_id", ID, nullable=False),
    sa.Column("sale_id", ID, nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    within("sale", "device_id", "sale_id"),
    sa.CheckConstraint("state IN ('known', 'void')", name="state"),
    key=("token",),
)

# the one question, answered once a receipt; the words are not kept here, they travel to the tills
feedback = tenant_table(
    "feedback",
    sa.Column("token", sa.String(26), nullable=False),
    sa.Column("answer_id", ID, nullable=False),
    sa.Column("store_id", ID, nullable=False),
    sa.Column("till_id", ID, nullable=False),
    sa.Column("mark", sa.Integer, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.CheckConstraint("mark BETWEEN 1 AND 5", name="mark"),
    key=("token",),
)

# nobody is named: only that the page of this receipt was opened, when first and how often
receipt_open = tenant_table(
    "receipt_open",
    sa.Column("token", sa.String(26), nullable=False),
    sa.Column("store_id", ID, nullable=False),
    sa.Column("till_id", ID, nullable=False),
    sa.Column("first_at", Moment, nullable=False),
    sa.Column("opens", COUNT, nullable=False),
    key=("token",),
)
