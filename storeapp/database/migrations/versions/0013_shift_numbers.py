"""Where shift and Z numbers jump after a restore; a document that moved money in one shift moves none in another."""

from pathlib import Path

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """A document found in two shifts before stays so: nobody can tell which of them is right."""
    shape = Path(__file__).with_suffix(".sql").read_text("utf-8")
    for statement in filter(str.strip, shape.split(";\n")):
        op.execute(statement)
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER number_gap_no_{deed.lower()} BEFORE {deed} ON number_gap"
            " BEGIN SELECT RAISE(ABORT, 'number_gap is only ever added to'); END"
        )
    op.execute(
        "CREATE TRIGGER drawer_move_one_shift BEFORE INSERT ON drawer_move WHEN EXISTS"
        " (SELECT 1 FROM drawer_move m WHERE m.doc_id = new.doc_id AND m.shift_id <> new.shift_id)"
        " BEGIN SELECT RAISE(ABORT, 'a document belongs to one shift'); END"
    )
