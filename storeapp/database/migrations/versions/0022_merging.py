"""Merging: who turned out to be somebody else, and the numbers that find her now."""

from pathlib import Path

from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Two tables, empty."""
    shape = Path(__file__).with_suffix(".sql").read_text("utf-8")
    for statement in filter(str.strip, shape.split(";\n")):
        op.execute(statement)
    op.execute(
        "CREATE TRIGGER member_merged_no_delete BEFORE DELETE ON member_merged"
        " BEGIN SELECT RAISE(ABORT, 'a merge is never undone'); END"
    )
