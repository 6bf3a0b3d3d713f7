"""A shop of the first version keeps its staff, who get an empty badge and approvals nobody gave yet."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from storeapp.database import migrate
from storeapp.database.connection import connect
from tests.database.older import older


def test_staff_of_the_first_version_keep_code_pin_and_lock(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    older(path, 1, "INSERT INTO staff VALUES ('1007', '小梅', 'cashier', 'argon', 3, 'later', 1)")

    migrate.migrate(path, bytes(32))

    with closing(connect(path, bytes(32), is_writer=True)) as after:
        [row] = after.execute("SELECT * FROM staff").fetchall()
        assert row == ("1007", "小梅", "cashier", "argon", 3, "later", 1, "", "", 0)
        assert after.execute("SELECT count(*) FROM approval").fetchone() == (0,)
        assert after.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'staff_before'").fetchone() == (0,)
