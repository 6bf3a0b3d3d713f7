"""Cards: every document of one, as the tills of its owner's stores are told it."""

import sqlalchemy as sa

from storeapp.cloud.tables.metadata import COUNT, ID, Moment, tenant_table

# device_id: whose journal holds it, at `seq`; body: as it is told
card_doc = tenant_table(
    "card_doc",
    sa.Column("doc_id", ID, nullable=False),
    sa.Column("card_id", ID, nullable=False),
    sa.Column("member_id", ID, nullable=False),
    sa.Column("device_id", ID, nullable=False),
    sa.Column("told_at", Moment, nullable=False),
    sa.Column("seq", COUNT, nullable=False),
    sa.Column("deed", sa.String(20), nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.CheckConstraint("deed IN ('card_sold', 'card_refund', 'card_given')", name="deed"),
    sa.Index(None, "tenant_id", "card_id"),
    sa.Index(None, "tenant_id", "member_id"),
    key=("doc_id",),
)
