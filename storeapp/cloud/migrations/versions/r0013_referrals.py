"""Referrals: who brought whom, and which till wrote it down first."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "referral",
        *(sa.Column(name, ID, nullable=False) for name in ("tenant_id", "newcomer_id", "referrer_id", "device_id")),
        sa.Column("named_at", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('named', 'rewarded', 'reversed', 'closed')", name=op.f("ck_referral__state")),
        sa.PrimaryKeyConstraint("tenant_id", "newcomer_id", name=op.f("pk_referral")),
    )
    if op.get_bind().dialect.name == "postgresql":
        # the second wall: a transaction sees the rows of the tenant it named, and no others
        mine = "tenant_id = NULLIF(current_setting('app.tenant', true), '')::uuid"
        op.execute("ALTER TABLE referral ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE referral FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY referral_tenant ON referral USING ({mine})")
