"""Vouchers: numbers that paid for a sale."""

from pathlib import Path

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """One table. No sale took a voucher before."""
    shape = Path(__file__).with_suffix(".sql").read_text("utf-8")
    for statement in filter(str.strip, shape.split(";\n")):
        op.execute(statement)
    op.execute(
        "CREATE TRIGGER voucher_no_delete BEFORE DELETE ON voucher"
        " BEGIN SELECT RAISE(ABORT, 'a number that was taken stays known'); END"
    )
    op.execute(
        "CREATE TRIGGER voucher_taken BEFORE UPDATE ON voucher WHEN old.receipt <> '' AND new.receipt <> ''"
        " BEGIN SELECT RAISE(ABORT, 'a voucher is taken once'); END"
    )
