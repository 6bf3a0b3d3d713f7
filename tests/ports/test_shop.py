"""A shop's transactions: all or nothing, one moment at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storeapp.till.ports import Shop
from tests.fakes.things import COLA, TEA, a_sale, book


def test_what_was_written_is_there_to_read(shop: Shop) -> None:
    with shop.writing() as books:
        books.products.put([TEA])

    with shop.reading() as books:
        assert books.products.by_code("1001") == TEA


def test_a_block_that_raises_leaves_nothing_behind(shop: Shop) -> None:
    with pytest.raises(ZeroDivisionError), shop.writing() as books:
        books.products.put([TEA])
        books.policy.put("shop.name", "永和", at="2026-09-28T12:00:00+08:00")
        book(books, a_sale())
        assert books.policy.in_force().text("shop.name") == "永和"
        raise ZeroDivisionError

    with shop.reading() as books:
        assert books.products.count() == 0
        assert books.journal.head()[0] == 0
        assert books.sales.last() is None
        assert books.ledger.balance("rev.sales", "fen") == 0
        assert books.policy.in_force().text("shop.name") == ""


def test_a_choice_after_one_that_was_undone_is_the_one_in_force(shop: Shop) -> None:
    with pytest.raises(ZeroDivisionError), shop.writing() as books:
        books.policy.put("shop.name", "undone", at="2026-09-28T12:00:00+08:00")
        books.policy.in_force()
        raise ZeroDivisionError

    with shop.writing() as books:
        books.policy.put("shop.name", "kept", at="2026-09-28T12:00:01+08:00")

    with shop.reading() as books:
        assert books.policy.in_force().text("shop.name") == "kept"


def test_a_writing_block_sees_its_own_changes(shop: Shop) -> None:
    with shop.writing() as books:
        books.products.put([TEA])
        assert books.products.by_code("1001") == TEA


def test_a_reading_block_stays_at_its_moment(shop: Shop) -> None:
    with shop.writing() as books:
        books.products.put([TEA])

    with shop.reading() as before:
        assert before.products.count() == 1
        with shop.writing() as books:
            books.products.put([COLA])
        assert before.products.count() == 1

    with shop.reading() as after:
        assert after.products.count() == 2


def test_the_device_is_who_it_was_made_to_be_until_it_changes(shop: Shop) -> None:
    with shop.reading() as books:
        device = books.device
    assert (device.store, device.till, device.epoch) == ("S01", "1", 1)

    with shop.writing() as books:
        books.put_device(replace(device, cloud_url="https://cloud.example", epoch=2))
        assert books.device.epoch == 2

    with shop.reading() as books:
        assert books.device.is_joined
        assert books.device.capture_key == device.capture_key


def test_a_device_change_that_is_undone_never_was(shop: Shop) -> None:
    with pytest.raises(ZeroDivisionError), shop.writing() as books:
        books.put_device(replace(books.device, epoch=9))
        raise ZeroDivisionError

    with shop.reading() as books:
        assert books.device.epoch == 1
