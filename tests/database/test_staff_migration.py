"""A shop of the first version keeps its staff, who get an empty badge and approvals nobody gave yet."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from storeapp.database import migrate
from storeapp.database.connection import connect


def to_first(connection: object) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")


def test_staff_of_the_first_version_keep_code_pin_and_lock(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "_upgrade", to_first)
        patch.setattr(migrate, "VERSION", 1)
        migrate.migrate(path, bytes(32))
    with closing(connect(path, bytes(32), is_writer=True)) as before:
        before.execute("INSERT INTO staff VALUES ('1007', '小梅', 'cashier', 'argon', 3, 'later', 1)")

    migrate.migrate(path, bytes(32))

    with closing(connect(path, bytes(32), is_writer=True)) as after:
        [row] = after.execute("SELECT * FROM staff").fetchall()
        assert row == ("1007", "小梅", "cashier", "argon", 3, "later", 1, "", "", 0)
        assert after.execute("SELECT count(*) FROM approval").fetchone() == (0,)
        assert after.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'staff_before'").fetchone() == (0,)
