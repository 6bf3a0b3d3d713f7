"""Attempts on disk: an older shop brings its own along, and the file itself keeps two rules."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool
from sqlcipher3.dbapi2 import IntegrityError

from storeapp.database import migrate
from storeapp.database.connection import connect
from storeapp.database.shop import ShopDatabase
from storeapp.domain.money import Money
from storeapp.domain.tender import Tender
from storeapp.till.records import Attempt
from tests.fakes.things import a_sale, book

AT = "2026-09-28T12:00:00+08:00"
OLD = [
    ("a-1", "s1", "paid"),
    ("a-2", "s2", "refused"),
    ("a-3", "s3", "unknown"),
    ("a-4", "s3", "sent"),
]


@pytest.fixture
def before() -> str:
    """The revision an older shop stands at."""
    versions = Path(migrate.__file__).parent / "migrations" / "versions"
    mine = next(versions.glob("0*_attempts.py")).read_text("utf-8")
    return mine.split('down_revision = "')[1][:4]


@pytest.fixture
def old(tmp_path: Path, before: str) -> Iterator[Any]:
    connection = connect(tmp_path / "old.db", bytes(32), is_writer=True)
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    with engine.connect() as opened:
        config.attributes["connection"] = opened
        command.upgrade(config, before)
        for attempt_id, sale_id, state in OLD:
            connection.execute(
                "INSERT INTO attempt (attempt_id, sale_id, provider, fen, state, at) VALUES (?, ?, 'sim', 350, ?, ?)",
                (attempt_id, sale_id, state, AT),
            )
        command.upgrade(config, "head")
        yield connection
    engine.dispose()


def test_an_older_shops_attempts_come_along(old: Any) -> None:
    with closing(old.execute("SELECT attempt_id, state, trade_number, used_by FROM attempt ORDER BY id")) as rows:
        found = rows.fetchall()

    assert found == [
        ("a-1", "paid", "a1", "s1"),
        ("a-2", "failed", "a2", ""),
        ("a-3", "suspense", "a3", ""),
        ("a-4", "sent", "a4", ""),
    ]


def test_a_sale_has_one_open_attempt_and_a_number_is_used_once(shop: ShopDatabase) -> None:
    first = Attempt("a1", "s1", "wechat", 350, "sent", AT, trade_number="t1")
    second = replace(first, attempt_id="a2", trade_number="t2")
    with shop.writing() as books:
        books.attempts.put(first)

    with pytest.raises(IntegrityError, match=r"UNIQUE.*sale_id"), shop.writing() as books:
        books.attempts.put(second)
    with pytest.raises(IntegrityError, match=r"UNIQUE.*trade_number"), shop.writing() as books:
        books.attempts.put(replace(second, sale_id="s2", trade_number="t1"))
    with shop.writing() as books:
        books.attempts.put(replace(first, state="failed"))
        books.attempts.put(second)


def test_the_check_finds_a_payment_that_does_not_fit_its_sale(shop: ShopDatabase) -> None:
    with shop.writing() as opened:
        sale = a_sale()
        proven = replace(sale, tenders=(Tender("wechat", sale.total, ref="t1"),), change=Money(0))
        book(opened, proven)
        opened.attempts.put(
            Attempt("a1", sale.sale_id, "wechat", sale.total.fen, "paid", AT, tender="wechat", trade_number="t1")
        )
        opened.attempts.put(
            Attempt("a2", "s9", "wechat", 5, "paid", AT, tender="wechat", trade_number="t2", used_by="s9")
        )
        for number in ("r1", "r2"):
            back = Attempt(
                number, "r", "wechat", 3, "refunded", AT, kind="refund", trade_number="t2", refund_number=number
            )
            opened.attempts.put(back)

    words = [finding.word for finding in shop.check()]
    assert words == ["payment_unproven", "payment_uncounted", "payment_over_refunded"]

    with shop.writing() as opened:
        used = opened.attempts.by_id("a1")
        assert used is not None
        opened.attempts.put(replace(used, used_by=sale.sale_id))
    assert [finding.word for finding in shop.check()] == words[1:]
