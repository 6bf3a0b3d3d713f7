"""Shops: tenants, their stores and tills, and the devices that stand there."""

import sqlalchemy as sa

from storeapp.cloud.tables.metadata import COUNT, HASH, ID, Moment, tenant_table, within

tenant = tenant_table(
    "tenant",
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
)

store = tenant_table(
    "store",
    sa.Column("store_id", ID, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    within("tenant"),
    sa.UniqueConstraint("tenant_id", "code"),
    key=("store_id",),
)

till = tenant_table(
    "till",
    sa.Column("till_id", ID, nullable=False),
    sa.Column("store_id", ID, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("till_number", sa.Integer, nullable=False),
    sa.Column("capture_epoch", sa.Integer, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    within("store", "store_id"),
    sa.UniqueConstraint("tenant_id", "store_id", "code"),
    sa.UniqueConstraint("tenant_id", "till_number"),
    key=("till_id",),
)

# last_seq and last_hash: how far the journal of this epoch is kept here
device = tenant_table(
    "device",
    sa.Column("device_id", ID, nullable=False),
    sa.Column("till_id", ID, nullable=False),
    sa.Column("store_id", ID, nullable=False),
    sa.Column("public_key", HASH, nullable=False),
    sa.Column("db_uuid", ID, nullable=False),
    sa.Column("app", sa.Text, nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("epoch", COUNT, nullable=False),
    sa.Column("last_seq", COUNT, nullable=False),
    sa.Column("last_hash", HASH, nullable=False),
    sa.Column("is_breaker_open", sa.Boolean, nullable=False),
    sa.Column("joined_at", Moment, nullable=False),
    sa.Column("seen_at", Moment, nullable=False),
    within("till", "till_id"),
    sa.CheckConstraint("state IN ('active', 'revoked')", name="state"),
    key=("device_id",),
)

nonce = tenant_table(
    "nonce",
    sa.Column("device_id", ID, nullable=False),
    sa.Column("nonce", sa.String(64), nullable=False),
    sa.Column("seen_at", Moment, nullable=False),
    key=("device_id", "nonce"),
)
