"""Vouchers: found by their number, whatever till took them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    vouchers = sa.text("kind = 'coupon'")
    op.create_index(
        op.f("ix_sale_tender__tenant_id_ref"),
        "sale_tender",
        ["tenant_id", "ref"],
        sqlite_where=vouchers,
        postgresql_where=vouchers,
    )
