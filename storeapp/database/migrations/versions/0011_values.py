"""Stored value: what was paid in beforehand, and what was paid back of it."""

from pathlib import Path

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """One table, and the triggers that keep what is written as it was written."""
    shape = Path(__file__).with_suffix(".sql").read_text("utf-8")
    for statement in filter(str.strip, shape.split(";\n")):
        op.execute(statement)
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER value_doc_no_{deed.lower()} BEFORE {deed} ON value_doc"
            " BEGIN SELECT RAISE(ABORT, 'value_doc is only ever added to'); END"
        )
