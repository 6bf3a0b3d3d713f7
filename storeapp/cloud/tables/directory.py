"""The directory: whose device, till, invite code or receipt this is, before a tenant is known."""

import sqlalchemy as sa

from storeapp.cloud.tables.metadata import COUNT, HASH, ID, Moment, directory_table

directory_device = directory_table(
    "directory_device",
    sa.Column("device_id", ID, nullable=False),
    sa.Column("public_key", HASH, nullable=False, unique=True),
    sa.Column("tenant_id", ID, nullable=False),
    sa.Column("epoch", COUNT, nullable=False),
    key="device_id",
)

directory_till = directory_table(
    "directory_till",
    sa.Column("till_number", sa.Integer, nullable=False, autoincrement=False),
    sa.Column("tenant_id", ID, nullable=False),
    sa.Column("store_id", ID, nullable=False),
    sa.Column("till_id", ID, nullable=False),
    sa.Column("capture_epoch", sa.Integer, nullable=False),
    key="till_number",
)

# only a keyed hash of the code: who reads the database can not enrol
directory_invite = directory_table(
    "directory_invite",
    sa.Column("code_hash", HASH, nullable=False),
    sa.Column("tenant_id", ID, nullable=False),
    sa.Column("store_id", ID, nullable=False),
    sa.Column("till_id", ID, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
    sa.Column("used_by", ID),
    sa.Column("used_key", HASH),
    sa.Column("epoch", COUNT),
    key="code_hash",
)

# receipts printed before their till knew any cloud: their tokens name no till of ours
directory_token = directory_table(
    "directory_token",
    sa.Column("token", sa.String(26), nullable=False),
    sa.Column("tenant_id", ID, nullable=False),
    key="token",
)

# proves that the secret in hand is the one this database was begun with
directory_secret = directory_table(
    "directory_secret",
    sa.Column("name", sa.String(20), nullable=False),
    sa.Column("proof", HASH, nullable=False),
    key="name",
)
