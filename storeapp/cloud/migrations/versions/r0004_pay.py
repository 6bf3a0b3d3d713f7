"""Payments: the sealed keys, the questions asked with them, and what was given back."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.Uuid(as_uuid=False)
HASH = sa.LargeBinary(32)
MOMENT = sa.DateTime(timezone=True)

TENANT_TABLES = ("pay_attempt", "pay_key", "pay_refund")


def upgrade() -> None:
    _pay_attempt()
    _pay_key()
    _pay_refund()
    if op.get_bind().dialect.name == "postgresql":
        for table in TENANT_TABLES:
            _wall(table)


def _wall(table: str) -> None:
    """The second wall: a transaction sees the rows of the tenant it named, and no others."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    mine = "tenant_id = NULLIF(current_setting('app.tenant', true), '')::uuid"
    op.execute(f"CREATE POLICY {table}_tenant ON {table} USING ({mine})")


def _pay_attempt() -> None:
    op.create_table(
        "pay_attempt",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("device_id", ID, nullable=False),
        sa.Column("trade_number", sa.String(length=32), nullable=False),
        sa.Column("provider", sa.String(length=16), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("ask_hash", HASH, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("heard_at", MOMENT),
        sa.CheckConstraint(
            "state IN ('sent', 'paid', 'failed', 'waiting', 'unknown', 'closed', 'refunded')",
            name=op.f("ck_pay_attempt__state"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "device_id", "trade_number", name=op.f("pk_pay_attempt")),
    )
    op.create_index(
        op.f("ix_pay_attempt__tenant_id_trade_number"), "pay_attempt", ["tenant_id", "trade_number"], unique=False
    )


def _pay_key() -> None:
    op.create_table(
        "pay_key",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("provider", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "provider", name=op.f("pk_pay_key")),
    )


def _pay_refund() -> None:
    op.create_table(
        "pay_refund",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("trade_number", sa.String(length=32), nullable=False),
        sa.Column("refund_number", sa.String(length=32), nullable=False),
        sa.Column("device_id", ID, nullable=False),
        sa.Column("provider", sa.String(length=16), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("whole_fen", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("heard_at", MOMENT),
        sa.CheckConstraint(
            "state IN ('sent', 'refunded', 'failed', 'waiting', 'unknown')", name=op.f("ck_pay_refund__state")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "trade_number", "refund_number", name=op.f("pk_pay_refund")),
    )
