"""Cards: every document of one, as the tills of its owner's stores are told it."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

ID = sa.Uuid(as_uuid=False)
IDS = ("tenant_id", "doc_id", "card_id", "member_id", "device_id")


def upgrade() -> None:
    op.create_table(
        "card_doc",
        *(sa.Column(name, ID, nullable=False) for name in IDS),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("deed", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("deed IN ('card_sold', 'card_refund', 'card_given')", name=op.f("ck_card_doc__deed")),
        sa.PrimaryKeyConstraint("tenant_id", "doc_id", name=op.f("pk_card_doc")),
    )
    for name in ("card_id", "member_id"):
        op.create_index(op.f(f"ix_card_doc__tenant_id_{name}"), "card_doc", ["tenant_id", name])
    if op.get_bind().dialect.name == "postgresql":
        # the second wall: a transaction sees the rows of the tenant it named, and no others
        mine = "tenant_id = NULLIF(current_setting('app.tenant', true), '')::uuid"
        op.execute("ALTER TABLE card_doc ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE card_doc FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY card_doc_tenant ON card_doc USING ({mine})")
