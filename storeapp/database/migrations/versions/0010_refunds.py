"""Refunds: goods that came back, line by line and tender by tender."""

from pathlib import Path

from alembic import op

revision = "0010"
down_revision = "0009"

APPEND_ONLY = ("refund", "refund_line", "refund_tender")


def upgrade() -> None:
    """Three tables, and the triggers that keep what is written as it was written."""
    shape = Path(__file__).with_suffix(".sql").read_text("utf-8")
    for statement in filter(str.strip, shape.split(";\n")):
        op.execute(statement)
    for table in APPEND_ONLY:
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END"
            )
