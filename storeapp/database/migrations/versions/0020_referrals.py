"""Referrals: who brought whom, and what each of the two got."""

from pathlib import Path

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Two tables, empty, and a way to find a member by the end of her id: that is her code, old members' too."""
    shape = Path(__file__).with_suffix(".sql").read_text("utf-8")
    for statement in filter(str.strip, shape.split(";\n")):
        op.execute(statement)
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER referral_given_no_{deed.lower()} BEFORE {deed} ON referral_given"
            " BEGIN SELECT RAISE(ABORT, 'referral_given is only ever added to'); END"
        )
