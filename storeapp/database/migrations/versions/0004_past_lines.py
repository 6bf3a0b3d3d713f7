"""Past lines: history from another system knows whose it was and what was bought, line by line."""

import json
from pathlib import Path

from alembic import op
from sqlalchemy import text

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """The table, and what the bodies of history taken in before already say."""
    shape = Path(__file__).with_suffix(".sql").read_text("utf-8")
    for statement in filter(str.strip, shape.split(";\n")):
        op.execute(statement)
    connection = op.get_bind()
    for place, body in connection.execute(text("SELECT id, body FROM past_sale")).all():
        sale = json.loads(body)
        connection.execute(
            text("UPDATE past_sale SET member_id = :member WHERE id = :id"), {"member": sale["member_id"], "id": place}
        )
        for line in sale["lines"]:
            connection.execute(
                text("INSERT INTO past_line VALUES (:sale, :n, :code, :quantity, :net)"),
                {
                    "sale": place,
                    "n": line["n"],
                    "code": line["code"],
                    "quantity": line["qty_milli"],
                    "net": line["net_fen"],
                },
            )
