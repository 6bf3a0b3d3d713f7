"""Refunds: what came back, of which receipt, and by which ways the money went."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

ID = sa.Uuid(as_uuid=False)
TENANT_TABLES = ("refund", "refund_line", "refund_tender")


def upgrade() -> None:
    _refund()
    _parts()
    op.create_index("ix_sale__tenant_id_receipt", "sale", ["tenant_id", "receipt"])
    if op.get_bind().dialect.name == "postgresql":
        # the second wall: a transaction sees the rows of the tenant it named, and no others
        mine = "tenant_id = NULLIF(current_setting('app.tenant', true), '')::uuid"
        for table in TENANT_TABLES:
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY {table}_tenant ON {table} USING ({mine})")


def _refund() -> None:
    op.create_table(
        "refund",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("device_id", ID, nullable=False),
        sa.Column("refund_id", ID, nullable=False),
        sa.Column("event_id", ID, nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("store_id", ID, nullable=False),
        sa.Column("till_id", ID, nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("sale_id", ID, nullable=True),
        sa.Column("sale_receipt", sa.Text(), nullable=False),
        sa.Column("business_date", sa.String(length=10), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("refunded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cashier", sa.Text(), nullable=False),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("back_fen", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "device_id", "refund_id", name=op.f("pk_refund")),
        sa.UniqueConstraint("tenant_id", "refund_id", name=op.f("uq_refund__tenant_id_refund_id")),
    )
    op.create_index("ix_refund__tenant_id_business_date", "refund", ["tenant_id", "business_date"])
    op.create_index("ix_refund__tenant_id_sale_receipt", "refund", ["tenant_id", "sale_receipt"])


def _parts() -> None:
    """Lines and tenders, each within its refund."""
    parts = {
        "refund_line": (
            sa.Column("line", sa.Integer(), nullable=False),
            sa.Column("code", sa.Text(), nullable=False),
            sa.Column("name", sa.Text(), nullable=False),
            sa.Column("unit", sa.Text(), nullable=False),
            sa.Column("qty_milli", sa.BigInteger(), nullable=False),
            sa.Column("net_fen", sa.BigInteger(), nullable=False),
            sa.Column("restock", sa.Boolean(), nullable=False),
        ),
        "refund_tender": (
            sa.Column("n", sa.Integer(), nullable=False),
            sa.Column("kind", sa.Text(), nullable=False),
            sa.Column("fen", sa.BigInteger(), nullable=False),
            sa.Column("ref", sa.Text(), nullable=False),
        ),
    }
    for name, columns in parts.items():
        op.create_table(
            name,
            sa.Column("tenant_id", ID, nullable=False),
            sa.Column("device_id", ID, nullable=False),
            sa.Column("refund_id", ID, nullable=False),
            *columns,
            sa.ForeignKeyConstraint(
                ["tenant_id", "device_id", "refund_id"],
                ["refund.tenant_id", "refund.device_id", "refund.refund_id"],
                name=op.f(f"fk_{name}__refund"),
            ),
            sa.PrimaryKeyConstraint("tenant_id", "device_id", "refund_id", columns[0].name, name=op.f(f"pk_{name}")),
        )
