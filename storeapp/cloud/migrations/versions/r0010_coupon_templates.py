"""Coupon templates: what was said last of each."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "coupon_template",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("template_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'live', 'ended')", name=op.f("ck_coupon_template__state")),
        sa.PrimaryKeyConstraint("tenant_id", "template_id", name=op.f("pk_coupon_template")),
    )
    if op.get_bind().dialect.name == "postgresql":
        # the second wall: a transaction sees the rows of the tenant it named, and no others
        op.execute("ALTER TABLE coupon_template ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE coupon_template FORCE ROW LEVEL SECURITY")
        mine = "tenant_id = NULLIF(current_setting('app.tenant', true), '')::uuid"
        op.execute(f"CREATE POLICY coupon_template_tenant ON coupon_template USING ({mine})")
