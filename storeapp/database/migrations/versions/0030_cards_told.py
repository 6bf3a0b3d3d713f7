"""Cards told: what other tills of the shop wrote of cards they sold."""

from pathlib import Path

from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """One table, empty: nothing was told before. What is told stays as it was told."""
    shape = Path(__file__).with_suffix(".sql").read_text("utf-8")
    for statement in filter(str.strip, shape.split(";\n")):
        op.execute(statement)
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER card_told_no_{deed.lower()} BEFORE {deed} ON card_told"
            " BEGIN SELECT RAISE(ABORT, 'card_told is only ever added to'); END"
        )
