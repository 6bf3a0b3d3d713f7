"""Alarms: who has looked, and whether the tills know."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Those that were raised before are told as well: nobody has seen them."""
    op.add_column("alarm", sa.Column("state", sa.String(10), nullable=False, server_default="open"))
    op.add_column("alarm", sa.Column("seen_by", sa.Text(), nullable=False, server_default=""))
    op.add_column("alarm", sa.Column("settled_at", sa.DateTime(timezone=True)))
    op.add_column("alarm", sa.Column("is_told", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(op.f("ix_alarm__tenant_id_device_id_kind"), "alarm", ["tenant_id", "device_id", "kind"])
    untold = sa.text("NOT is_told")
    op.create_index("ix_alarm__untold", "alarm", ["tenant_id"], sqlite_where=untold, postgresql_where=untold)
