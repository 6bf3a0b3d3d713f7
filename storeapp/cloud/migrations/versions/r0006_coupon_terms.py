"""Coupons: what else they may be than a plain amount."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("coupon", sa.Column("terms", sa.Text(), nullable=False, server_default="{}"))
