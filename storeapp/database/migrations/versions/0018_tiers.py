"""Tiers: what was said of members' tiers, and by whom."""

from pathlib import Path

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """One table, empty: whoever has a tier already had it given by hand, and keeps it as any other."""
    shape = Path(__file__).with_suffix(".sql").read_text("utf-8")
    for statement in filter(str.strip, shape.split(";\n")):
        op.execute(statement)
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER tier_word_no_{deed.lower()} BEFORE {deed} ON tier_word"
            " BEGIN SELECT RAISE(ABORT, 'tier_word is only ever added to'); END"
        )
