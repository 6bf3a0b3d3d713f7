"""The ledger proven: when every balance was last added up again from its legs, and what did not agree."""

from pathlib import Path

from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """One table, empty: the next night fills it."""
    shape = Path(__file__).with_suffix(".sql").read_text("utf-8")
    for statement in filter(str.strip, shape.split(";\n")):
        op.execute(statement)
