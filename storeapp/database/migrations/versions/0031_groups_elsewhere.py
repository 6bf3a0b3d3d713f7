"""Group orders elsewhere: what the cloud tells of other tills' sheets and orders, and of what was fetched there."""

from pathlib import Path

from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Three tables, empty: nothing was told before."""
    shape = Path(__file__).with_suffix(".sql").read_text("utf-8")
    for statement in filter(str.strip, shape.split(";\n")):
        op.execute(statement)
