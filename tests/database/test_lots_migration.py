"""A shop of the first version keeps its lots, and stored value it brought from elsewhere gets lots of its own."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from storeapp.database import migrate
from storeapp.database.connection import connect
from tests.database.older import older

BEFORE = """
INSERT INTO account VALUES (1, 'pts:m', 'pts', 25), (2, 'adjust.opening', 'pts', -25),
  (3, 'val.principal:m', 'fen', 900),
  (4, 'adjust.opening', 'fen', -900);
INSERT INTO ledger_txn VALUES (1, 't1', 'opening', '2026-09-01T10:00:00+08:00', 'm'),
  (2, 't2', 'adjust', '2026-09-02', 'm');
INSERT INTO ledger_leg VALUES (1, 1, 1, 40), (1, 2, 2, -40), (1, 3, 3, 900), (1, 4, 4, -900),
  (2, 1, 1, -15), (2, 2, 2, 15);
INSERT INTO lot VALUES (1, 1, 40, 25, NULL)
"""


def test_lots_are_kept_and_stored_value_gets_its_own(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    older(path, 1, *BEFORE.split(";"))

    migrate.migrate(path, bytes(32))

    with closing(connect(path, bytes(32), is_writer=True)) as after:
        assert after.execute("SELECT * FROM lot ORDER BY account").fetchall() == [
            (1, 1, 0, 40, 25, None, None),
            (3, 1, 0, 900, 900, None, None),
        ]
        assert after.execute("SELECT account, lot_txn, amount FROM lot_use").fetchall() == [(1, 1, -15)]
        assert after.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'lot_before'").fetchone() == (0,)
