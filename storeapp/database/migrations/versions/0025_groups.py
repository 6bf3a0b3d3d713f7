"""Group orders: sheets, what was ordered on them, and what was fetched."""

from pathlib import Path

from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Three tables, empty: there were no group orders before."""
    shape = Path(__file__).with_suffix(".sql").read_text("utf-8")
    for statement in filter(str.strip, shape.split(";\n")):
        op.execute(statement)
