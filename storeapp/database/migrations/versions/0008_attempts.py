"""Attempts to take money: who was asked, under which numbers, for which sale, and how it ended."""

from pathlib import Path

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """The table made anew: a law over its states cannot be changed in place."""
    shape = Path(__file__).with_suffix(".sql").read_text("utf-8")
    for statement in filter(str.strip, shape.split(";\n")):
        op.execute(statement)
