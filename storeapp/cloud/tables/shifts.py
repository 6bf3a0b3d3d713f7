"""Shifts: the Z reports the tills issued, and what each says of every way to pay."""

import sqlalchemy as sa

from storeapp.cloud.tables.metadata import COUNT, FEN, ID, tenant_table, within

# a restored till may close a shift a second time: a Z is told apart by its event
z_report = tenant_table(
    "z_report",
    sa.Column("device_id", ID, nullable=False),
    sa.Column("event_id", ID, nullable=False),
    sa.Column("store_id", ID, nullable=False),
    sa.Column("till_id", ID, nullable=False),
    sa.Column("shift_id", ID, nullable=False),
    sa.Column("number", COUNT, nullable=False),
    sa.Column("z_number", COUNT, nullable=False),
    sa.Column("supplement", COUNT, nullable=False),
    sa.Column("business_date", sa.String(10), nullable=False),
    sa.Column("opened_at", sa.Text, nullable=False),
    sa.Column("opened_by", sa.Text, nullable=False),
    sa.Column("closed_at", sa.Text, nullable=False),
    sa.Column("closed_by", sa.Text, nullable=False),
    sa.Column("sales", COUNT, nullable=False),
    sa.Column("discount_fen", FEN, nullable=False),
    sa.Column("card_fen", FEN, nullable=False, server_default="0"),
    sa.Column("due_fen", FEN, nullable=False),
    sa.Column("refunds", COUNT, nullable=False),
    sa.Column("refund_fen", FEN, nullable=False),
    sa.Column("voids", COUNT, nullable=False),
    sa.Column("top_up_fen", FEN, nullable=False),
    sa.Column("member_sales", COUNT, nullable=False),
    sa.Column("openings", COUNT, nullable=False),
    sa.Column("difference_fen", FEN, nullable=False),
    sa.Column("is_unapproved", sa.Boolean, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("grand_fen", FEN, nullable=False),
    sa.Index(None, "tenant_id", "business_date"),
    key=("device_id", "event_id"),
)

z_tender = tenant_table(
    "z_tender",
    sa.Column("device_id", ID, nullable=False),
    sa.Column("event_id", ID, nullable=False),
    sa.Column("tender", sa.String(40), nullable=False),
    sa.Column("expected_fen", FEN, nullable=False),
    sa.Column("counted_fen", FEN),
    within("z_report", "device_id", "event_id"),
    key=("device_id", "event_id", "tender"),
)

TOLD = (
    "business_date", "number", "z_number", "supplement", "opened_at", "opened_by", "closed_at", "closed_by", "sales",
    "discount_fen", "card_fen", "due_fen", "refunds", "refund_fen", "voids", "top_up_fen", "member_sales", "openings",
    "reason", "grand_fen",
)  # fmt: skip
"""What a report says of itself under the name of its column."""
