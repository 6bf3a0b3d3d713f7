"""Group orders: what the tills of a store ordered for others, and which sale handed out what of it."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "group_order",
        *(sa.Column(name, ID, nullable=False) for name in ("tenant_id", "order_id", "store_id")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("code", "body")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("said", "unsaid")),
        sa.Column("cancelled_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "order_id", name=op.f("pk_group_order")),
    )
    op.create_table(
        "group_pick",
        *(sa.Column(name, ID, nullable=False) for name in ("tenant_id", "order_id", "sale_id", "store_id")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("receipt", "at", "lines")),
        sa.PrimaryKeyConstraint("tenant_id", "order_id", "sale_id", name=op.f("pk_group_pick")),
    )
    op.create_index(op.f("ix_group_pick__tenant_id_receipt"), "group_pick", ["tenant_id", "receipt"])
    if op.get_bind().dialect.name == "postgresql":
        # the second wall: a transaction sees the rows of the tenant it named, and no others
        mine = "tenant_id = NULLIF(current_setting('app.tenant', true), '')::uuid"
        for table in ("group_order", "group_pick"):
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY {table}_tenant ON {table} USING ({mine})")
