"""Approvals, each spent once; staff have a badge, and their PIN an age."""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"

NEVER_GOES = """
CREATE TRIGGER approval_no_delete BEFORE DELETE ON approval
BEGIN SELECT RAISE(ABORT, 'an approval never goes'); END
"""
SPENT_ONCE = """
CREATE TRIGGER approval_spent_once BEFORE UPDATE ON approval
WHEN OLD.used_at != '' OR NEW.used_at = '' OR (
    OLD.approval_id, OLD."right", OLD.action_hash, OLD.approver, OLD.asked_by, OLD.reason, OLD.at, OLD.expires_at
) != (
    NEW.approval_id, NEW."right", NEW.action_hash, NEW.approver, NEW.asked_by, NEW.reason, NEW.at, NEW.expires_at
)
BEGIN SELECT RAISE(ABORT, 'an approval is spent once and changed never'); END
"""


def upgrade() -> None:
    """The new tables; the staff that were there keep their PINs."""
    shape = Path(__file__).with_suffix(".sql").read_text("utf-8")
    for statement in filter(str.strip, shape.split(";\n")):
        op.execute(statement)
    op.execute(NEVER_GOES)
    op.execute(SPENT_ONCE)
