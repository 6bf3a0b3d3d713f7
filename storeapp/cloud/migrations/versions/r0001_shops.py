"""Shops, their devices and journals, and the feeds tills read."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.Uuid(as_uuid=False)
HASH = sa.LargeBinary(32)
MOMENT = sa.DateTime(timezone=True)

TENANT_TABLES = (
    "alarm",
    "event",
    "feed",
    "journal_fork",
    "nonce",
    "policy",
    "product",
    "quarantine",
    "tenant",
    "feed_row",
    "store",
    "till",
    "device",
    "journal",
)


def upgrade() -> None:
    _alarm()
    _directory_device()
    _directory_invite()
    _directory_secret()
    _directory_till()
    _directory_token()
    _event()
    _feed()
    _journal_fork()
    _nonce()
    _policy()
    _product()
    _quarantine()
    _tenant()
    _feed_row()
    _store()
    _till()
    _device()
    _journal()
    if op.get_bind().dialect.name == "postgresql":
        for table in TENANT_TABLES:
            _wall(table)


def _wall(table: str) -> None:
    """The second wall: a transaction sees the rows of the tenant it named, and no others."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    mine = "tenant_id = NULLIF(current_setting('app.tenant', true), '')::uuid"
    op.execute(f"CREATE POLICY {table}_tenant ON {table} USING ({mine})")


def _alarm() -> None:
    op.create_table(
        "alarm",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("alarm_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("device_id", ID),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "alarm_id", name=op.f("pk_alarm")),
    )


def _directory_device() -> None:
    op.create_table(
        "directory_device",
        sa.Column("device_id", ID, nullable=False),
        sa.Column("public_key", HASH, nullable=False),
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("device_id", name=op.f("pk_directory_device")),
        sa.UniqueConstraint("public_key", name=op.f("uq_directory_device__public_key")),
    )


def _directory_invite() -> None:
    op.create_table(
        "directory_invite",
        sa.Column("code_hash", HASH, nullable=False),
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("store_id", ID, nullable=False),
        sa.Column("till_id", ID, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_by", ID),
        sa.Column("used_key", HASH),
        sa.Column("epoch", sa.BigInteger()),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_directory_invite")),
    )


def _directory_secret() -> None:
    op.create_table(
        "directory_secret",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("proof", HASH, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_directory_secret")),
    )


def _directory_till() -> None:
    op.create_table(
        "directory_till",
        sa.Column("till_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("store_id", ID, nullable=False),
        sa.Column("till_id", ID, nullable=False),
        sa.Column("capture_epoch", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("till_number", name=op.f("pk_directory_till")),
    )


def _directory_token() -> None:
    op.create_table(
        "directory_token",
        sa.Column("token", sa.String(length=26), nullable=False),
        sa.Column("tenant_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_directory_token")),
    )


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("event_id", ID, nullable=False),
        sa.Column("device_id", ID, nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("content_hash", HASH, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "event_id", name=op.f("pk_event")),
    )


def _feed() -> None:
    op.create_table(
        "feed",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("feed", sa.String(length=60), nullable=False),
        sa.Column("feed_epoch", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.BigInteger(), nullable=False),
        sa.Column("sum", HASH, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "feed", name=op.f("pk_feed")),
    )


def _journal_fork() -> None:
    op.create_table(
        "journal_fork",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("device_id", ID, nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("event_id", ID, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("v", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("hash", HASH, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "device_id", "epoch", "seq", "hash", name=op.f("pk_journal_fork")),
    )


def _nonce() -> None:
    op.create_table(
        "nonce",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("device_id", ID, nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "device_id", "nonce", name=op.f("pk_nonce")),
    )


def _policy() -> None:
    op.create_table(
        "policy",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "key", name=op.f("pk_policy")),
    )


def _product() -> None:
    op.create_table(
        "product",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("is_gone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "code", name=op.f("pk_product")),
    )


def _quarantine() -> None:
    op.create_table(
        "quarantine",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("device_id", ID, nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("event_id", ID, nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("pii_ct", sa.LargeBinary()),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "device_id", "epoch", "seq", name=op.f("pk_quarantine")),
    )


def _tenant() -> None:
    op.create_table(
        "tenant",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("pk_tenant")),
    )


def _feed_row() -> None:
    op.create_table(
        "feed_row",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("feed", sa.String(length=60), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("v", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text()),
        sa.Column("sealed", sa.LargeBinary()),
        sa.Column("member_id", ID),
        sa.Column("sum", HASH, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id", "feed"], ["feed.tenant_id", "feed.feed"], name=op.f("fk_feed_row__feed")),
        sa.PrimaryKeyConstraint("tenant_id", "feed", "seq", name=op.f("pk_feed_row")),
    )
    op.create_index(op.f("ix_feed_row__tenant_id_member_id"), "feed_row", ["tenant_id", "member_id"], unique=False)


def _store() -> None:
    op.create_table(
        "store",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("store_id", ID, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.tenant_id"], name=op.f("fk_store__tenant")),
        sa.PrimaryKeyConstraint("tenant_id", "store_id", name=op.f("pk_store")),
        sa.UniqueConstraint("tenant_id", "code", name=op.f("uq_store__tenant_id_code")),
    )


def _till() -> None:
    op.create_table(
        "till",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("till_id", ID, nullable=False),
        sa.Column("store_id", ID, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("till_number", sa.Integer(), nullable=False),
        sa.Column("capture_epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "store_id"], ["store.tenant_id", "store.store_id"], name=op.f("fk_till__store")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "till_id", name=op.f("pk_till")),
        sa.UniqueConstraint("tenant_id", "store_id", "code", name=op.f("uq_till__tenant_id_store_id_code")),
        sa.UniqueConstraint("tenant_id", "till_number", name=op.f("uq_till__tenant_id_till_number")),
    )


def _device() -> None:
    op.create_table(
        "device",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("device_id", ID, nullable=False),
        sa.Column("till_id", ID, nullable=False),
        sa.Column("store_id", ID, nullable=False),
        sa.Column("public_key", HASH, nullable=False),
        sa.Column("db_uuid", ID, nullable=False),
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_hash", HASH, nullable=False),
        sa.Column("is_breaker_open", sa.Boolean(), nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.CheckConstraint("state IN ('active', 'revoked')", name=op.f("ck_device__state")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "till_id"], ["till.tenant_id", "till.till_id"], name=op.f("fk_device__till")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "device_id", name=op.f("pk_device")),
    )


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("device_id", ID, nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("event_id", ID, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("v", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("hash", HASH, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "device_id"], ["device.tenant_id", "device.device_id"], name=op.f("fk_journal__device")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "device_id", "epoch", "seq", name=op.f("pk_journal")),
    )
