"""Referrals: who brought whom, and which till wrote it down first."""

import sqlalchemy as sa

from storeapp.cloud.tables.metadata import ID, tenant_table

# device_id: the till whose word counts, and which thanks both; body: that word as the tills are told it
referral = tenant_table(
    "referral",
    sa.Column("newcomer_id", ID, nullable=False),
    sa.Column("referrer_id", ID, nullable=False),
    sa.Column("device_id", ID, nullable=False),
    sa.Column("named_at", sa.Text, nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.CheckConstraint("state IN ('named', 'rewarded', 'reversed', 'closed')", name="state"),
    key=("newcomer_id",),
)
