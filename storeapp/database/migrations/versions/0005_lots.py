"""Lots of everything a member holds, what entries used of them, and which entry takes back how much of which."""

from pathlib import Path

from alembic import op

revision = "0005"
down_revision = "0004"

APPEND_ONLY = ("lot_use", "reversal")


def upgrade() -> None:
    """The lots that were there stay; stored value that came from another system gets its own."""
    shape = Path(__file__).with_suffix(".sql").read_text("utf-8")
    for statement in filter(str.strip, shape.split(";\n")):
        op.execute(statement)
    for table in APPEND_ONLY:
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END"
            )
