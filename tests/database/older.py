"""A file as an older storeapp left it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from storeapp.database import migrate
from storeapp.database.connection import connect


def older(path: Path, version: int, *statements: str, key: bytes = bytes(32)) -> None:
    """A file of `version` at `path`, with what `statements` write into it."""

    def upgrade(connection: object) -> None:
        config = Config()
        config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, f"{version:04d}")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "_upgrade", upgrade)
        patch.setattr(migrate, "VERSION", version)
        migrate.migrate(path, key)
    with closing(connect(path, key, is_writer=True)) as made:
        for statement in statements:
            made.execute(statement)
