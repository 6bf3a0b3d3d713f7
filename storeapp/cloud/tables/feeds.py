"""Feeds: numbered rows that tills read without gaps, and what they are told: the owner's words, products, members."""

import sqlalchemy as sa

from storeapp.cloud.tables.metadata import COUNT, HASH, ID, tenant_table, within


def _said_last(name: str, key: str) -> sa.Table:
    """The last word about each of the owner's documents of one kind."""
    return tenant_table(
        name,
        sa.Column(key, sa.String(40), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.CheckConstraint("state IN ('draft', 'live', 'ended')", name="state"),
        key=(key,),
    )


# one counter row a feed, raised in the transaction that adds the rows: so no reader ever skips one
feed = tenant_table(
    "feed",
    sa.Column("feed", sa.String(60), nullable=False),
    sa.Column("feed_epoch", COUNT, nullable=False),
    sa.Column("head", COUNT, nullable=False),
    sa.Column("sum", HASH, nullable=False),
    key=("feed",),
)

# either body, or sealed with the data key of member_id
feed_row = tenant_table(
    "feed_row",
    sa.Column("feed", sa.String(60), nullable=False),
    sa.Column("seq", COUNT, nullable=False),
    sa.Column("type", sa.String(40), nullable=False),
    sa.Column("v", sa.Integer, nullable=False),
    sa.Column("body", sa.Text),
    sa.Column("sealed", sa.LargeBinary),
    sa.Column("member_id", ID),
    sa.Column("sum", HASH, nullable=False),
    within("feed", "feed"),
    sa.Index(None, "tenant_id", "member_id"),
    key=("feed", "seq"),
)

policy = tenant_table(
    "policy",
    sa.Column("key", sa.String(60), nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    key=("key",),
)

promotion = _said_last("promotion", "promotion_id")
price_list = _said_last("price_list", "list_id")
coupon_template = _said_last("coupon_template", "template_id")

# the body of the product's last feed row
product = tenant_table(
    "product",
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("is_gone", sa.Boolean, nullable=False),
    key=("code",),
)
