"""Group orders: what the tills of a store ordered for others, and which sale handed out what of it."""

import sqlalchemy as sa

from storeapp.cloud.tables.metadata import COUNT, ID, tenant_table

# body: the last word of the till that took it, as the tills are told it; "" where none was heard so far
# said, unsaid: the places in that till's journal of this word, and of the last that cancelled it
group_order = tenant_table(
    "group_order",
    sa.Column("order_id", ID, nullable=False),
    sa.Column("store_id", ID, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("said", COUNT, nullable=False),
    sa.Column("unsaid", COUNT, nullable=False),
    sa.Column("cancelled_at", sa.Text, nullable=False),
    key=("order_id",),
)

# one sale of one till fetches something of an order once, however often it is told
group_pick = tenant_table(
    "group_pick",
    sa.Column("order_id", ID, nullable=False),
    sa.Column("sale_id", ID, nullable=False),
    sa.Column("store_id", ID, nullable=False),
    sa.Column("receipt", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("lines", sa.Text, nullable=False),
    # what comes back names the receipt
    sa.Index(None, "tenant_id", "receipt"),
    key=("order_id", "sale_id"),
)
