"""Shifts: the Z reports the tills issued."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    _z_report()
    op.create_table(
        "z_tender",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("device_id", ID, nullable=False),
        sa.Column("event_id", ID, nullable=False),
        sa.Column("tender", sa.String(length=40), nullable=False),
        sa.Column("expected_fen", sa.BigInteger(), nullable=False),
        sa.Column("counted_fen", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["tenant_id", "device_id", "event_id"],
            ["z_report.tenant_id", "z_report.device_id", "z_report.event_id"],
            name=op.f("fk_z_tender__z_report"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "device_id", "event_id", "tender", name=op.f("pk_z_tender")),
    )
    if op.get_bind().dialect.name != "postgresql":
        return
    # the second wall: a transaction sees the rows of the tenant it named, and no others
    mine = "tenant_id = NULLIF(current_setting('app.tenant', true), '')::uuid"
    for name in ("z_report", "z_tender"):
        op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {name}_tenant ON {name} USING ({mine})")


def _z_report() -> None:
    counts = ("sales", "discount_fen", "due_fen", "refunds", "refund_fen", "voids", "top_up_fen", "member_sales")
    op.create_table(
        "z_report",
        *(sa.Column(name, ID, nullable=False) for name in ("tenant_id", "device_id", "event_id")),
        *(sa.Column(name, ID, nullable=False) for name in ("store_id", "till_id", "shift_id")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("number", "z_number", "supplement")),
        sa.Column("business_date", sa.String(length=10), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("opened_at", "opened_by", "closed_at", "closed_by")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in (*counts, "openings", "difference_fen")),
        sa.Column("is_unapproved", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("grand_fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "device_id", "event_id", name=op.f("pk_z_report")),
    )
    op.create_index(op.f("ix_z_report__tenant_id_business_date"), "z_report", ["tenant_id", "business_date"])
