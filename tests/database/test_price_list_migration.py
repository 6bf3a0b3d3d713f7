"""An older shop: its price lists are live and stay so, those it had dropped stay away, its goods are single units."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from storeapp.database import migrate
from storeapp.database.connection import connect
from tests.database.older import older

BEFORE = """
INSERT INTO product (code, name, price_fen, unit, category, barcodes, weighed, image, spellings)
  VALUES ('1001', '茶', 350, '瓶', '', '[]', 0, '', '');
INSERT INTO price_list (list_id, data, at) VALUES
  ('vip', '{"id": "vip", "name": "老价", "prices": {"1001": 300}}', '2026-09-01T10:00:00+08:00'),
  ('vip', '{"id": "vip", "name": "新价", "prices": {"1001": 280}, "first": "2026-09-02"}', '2026-09-02T10:00:00+08:00'),
  ('gone', '{"id": "gone", "name": "x", "prices": {"1001": 1}}', '2026-09-01T10:00:00+08:00'),
  ('gone', NULL, '2026-09-02T10:00:00+08:00')
"""


def test_lists_of_an_older_shop_are_live(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    older(path, 10, *BEFORE.split(";"))

    migrate.migrate(path, bytes(32))

    with closing(connect(path, bytes(32), is_writer=True)) as after:
        rows = after.execute("SELECT list_id, version, state, data, changed_at FROM price_list").fetchall()
        data = '{"id": "vip", "name": "新价", "prices": {"1001": 280}, "when": {"first": "2026-09-02"}}'
        assert rows == [("vip", 1, "live", data, "2026-09-02T10:00:00+08:00")]
        assert after.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'price_list_before'").fetchone() == (0,)
        assert after.execute("SELECT code, base, pack FROM product").fetchall() == [("1001", "", 1)]
