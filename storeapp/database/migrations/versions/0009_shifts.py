"""Shifts, every movement of money, and the Z reports issued."""

from pathlib import Path

from alembic import op

revision = "0009"
down_revision = "0008"

APPEND_ONLY = ("drawer_move", "cash_move", "z_report")


def upgrade() -> None:
    """What was sold before belongs to no shift; its money was counted by hand."""
    shape = Path(__file__).with_suffix(".sql").read_text("utf-8")
    for statement in filter(str.strip, shape.split(";\n")):
        op.execute(statement)
    for table in APPEND_ONLY:
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END"
            )
    op.execute(
        "CREATE TRIGGER shift_no_delete BEFORE DELETE ON shift BEGIN SELECT RAISE(ABORT, 'a shift never goes'); END"
    )
    op.execute(
        "CREATE TRIGGER shift_closed BEFORE UPDATE ON shift WHEN old.closed_at <> ''"
        " BEGIN SELECT RAISE(ABORT, 'a closed shift stays closed'); END"
    )
