"""Cards: what was sold beforehand, paid back or handed on; and times as a unit of the ledger."""

from pathlib import Path

from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """The accounts stay as they were under a law that knows times; what is written of cards stays as it was written."""
    shape = Path(__file__).with_suffix(".sql").read_text("utf-8")
    for statement in filter(str.strip, shape.split(";\n")):
        op.execute(statement)
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER card_doc_no_{deed.lower()} BEFORE {deed} ON card_doc"
            " BEGIN SELECT RAISE(ABORT, 'card_doc is only ever added to'); END"
        )
