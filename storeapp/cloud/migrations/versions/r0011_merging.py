"""Merging: what was said of members who are one person, and who stands for whom."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "member_merge",
        *(sa.Column(name, ID, nullable=False) for name in ("tenant_id", "gone", "kept")),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "gone", "kept", name=op.f("pk_member_merge")),
    )
    op.create_index(op.f("ix_member_merge__tenant_id_kept"), "member_merge", ["tenant_id", "kept"])
    op.create_table(
        "member_alias",
        *(sa.Column(name, ID, nullable=False) for name in ("tenant_id", "gone", "kept")),
        sa.PrimaryKeyConstraint("tenant_id", "gone", name=op.f("pk_member_alias")),
    )
    op.create_index(op.f("ix_member_alias__tenant_id_kept"), "member_alias", ["tenant_id", "kept"])
    if op.get_bind().dialect.name != "postgresql":
        return
    # the second wall: a transaction sees the rows of the tenant it named, and no others
    mine = "tenant_id = NULLIF(current_setting('app.tenant', true), '')::uuid"
    for name in ("member_merge", "member_alias"):
        op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {name}_tenant ON {name} USING ({mine})")
