"""A shop on disk, and the processes that fight over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from storeapp.database.connection import FILE, connect
from storeapp.database.keystore import DATABASE_KEY, FileKeystore, key_of
from storeapp.database.shop import ShopDatabase
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import a_device

Opener = Callable[[], ShopDatabase]
Raw = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def keys(tmp_path: Path) -> FileKeystore:
    return FileKeystore(tmp_path / "keys")


@pytest.fixture
def reopen(tmp_path: Path, keys: FileKeystore) -> Iterator[Opener]:
    """Opens the shop; closes them all in the end."""
    opened: list[ShopDatabase] = []

    def do() -> ShopDatabase:
        opened.append(ShopDatabase.open(tmp_path, clock=StillClock(), ids=CountedIds(), keystore=keys))
        return opened[-1]

    yield do
    for each in opened:
        each.close()


@pytest.fixture
def shop(tmp_path: Path, keys: FileKeystore) -> Iterator[ShopDatabase]:
    database = ShopDatabase.create(tmp_path, device=a_device(), clock=StillClock(), ids=CountedIds(), keystore=keys)
    yield database
    database.close()


@pytest.fixture
def raw(tmp_path: Path, keys: FileKeystore) -> Raw:
    """Does to the file what no storeapp would: any statement, with no reference or trigger in its way."""

    def do(*statements: str) -> list[tuple[Any, ...]]:
        with closing(connect(tmp_path / FILE, key_of(keys, DATABASE_KEY), is_writer=True)) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            rows: list[tuple[Any, ...]] = []
            for statement in statements:
                rows = connection.execute(statement).fetchall()
            return rows

    return do
