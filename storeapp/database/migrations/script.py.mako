"""${message}"""

from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Additive: an older storeapp must be able to read what stays the same."""
    ${upgrades or "op.execute(...)"}
