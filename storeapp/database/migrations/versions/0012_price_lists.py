"""Price lists: every word said of one, as of promotions. What an older file holds is live and stays so."""

import json
from datetime import datetime
from pathlib import Path

from alembic import op

revision = "0012"
down_revision = "0011"

_HELD = (
    "SELECT list_id, data, at FROM price_list_before WHERE data IS NOT NULL"
    " AND id IN (SELECT max(id) FROM price_list_before GROUP BY list_id) ORDER BY id"
)


def upgrade() -> None:
    shape = Path(__file__).with_suffix(".sql").read_text("utf-8")
    for statement in filter(str.strip, shape.split(";\n")):
        op.execute(statement)
    connection = op.get_bind()
    for list_id, text, at in connection.exec_driver_sql(_HELD).fetchall():
        data = json.loads(text)
        days = {name: data.pop(name) for name in ("first", "last") if name in data}
        said = json.dumps(data | ({"when": days} if days else {}), ensure_ascii=False, sort_keys=True)
        at_us = round(datetime.fromisoformat(at).timestamp() * 1_000_000)
        connection.exec_driver_sql(
            "INSERT INTO price_list (list_id, version, state, data, changed_at, actor, at_us)"
            " VALUES (?, 1, 'live', ?, ?, '', ?)",
            (list_id, said, at, at_us),
        )
    # its triggers go with it
    op.execute("DROP TABLE price_list_before")
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER price_list_no_{deed.lower()} BEFORE {deed} ON price_list"
            " BEGIN SELECT RAISE(ABORT, 'price_list is only ever added to'); END"
        )
