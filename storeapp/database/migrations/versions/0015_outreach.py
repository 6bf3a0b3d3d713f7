"""Outreach: whom each morning's list named, and what was noted of a member beside her purchases."""

from pathlib import Path

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Two tables, both empty: nobody was written to before, and no look was noted."""
    shape = Path(__file__).with_suffix(".sql").read_text("utf-8")
    for statement in filter(str.strip, shape.split(";\n")):
        op.execute(statement)
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER member_note_no_{deed.lower()} BEFORE {deed} ON member_note"
            " BEGIN SELECT RAISE(ABORT, 'member_note is only ever added to'); END"
        )
