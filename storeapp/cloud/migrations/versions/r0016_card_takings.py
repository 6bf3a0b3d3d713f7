"""Card takings: of what a shift's discounts come to, what cards took."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("z_report", sa.Column("card_fen", sa.BigInteger(), nullable=False, server_default="0"))
