"""Feedback: the mark each receipt was given, once."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("token", sa.String(length=26), nullable=False),
        sa.Column("answer_id", ID, nullable=False),
        sa.Column("store_id", ID, nullable=False),
        sa.Column("till_id", ID, nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("mark BETWEEN 1 AND 5", name=op.f("ck_feedback__mark")),
        sa.PrimaryKeyConstraint("tenant_id", "token", name=op.f("pk_feedback")),
    )
    if op.get_bind().dialect.name == "postgresql":
        # the second wall: a transaction sees the rows of the tenant it named, and no others
        mine = "tenant_id = NULLIF(current_setting('app.tenant', true), '')::uuid"
        op.execute("ALTER TABLE feedback ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE feedback FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY feedback_tenant ON feedback USING ({mine})")
