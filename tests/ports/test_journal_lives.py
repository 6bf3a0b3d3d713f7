"""The journal's lives: told again in a later epoch, the same things happened under the same names."""

from __future__ import annotations

from dataclasses import replace

from storeapp.domain.journal import GENESIS, verify
from storeapp.till.ports import Shop

AT = "2026-09-28T14:32:00+08:00"


def test_a_journal_carried_over_says_the_same_chained_anew(shop: Shop) -> None:
    with shop.writing() as books:
        for n in range(3):
            books.journal.append("drawer.opened", {"reason": str(n), "cashier": "1007"}, at=AT)
        books.journal.ack(2)
        before = books.journal.after(0)

    with shop.writing() as books:
        books.journal.carry_over(4)
        books.put_device(replace(books.device, epoch=4))
        new = books.journal.append("drawer.opened", {"reason": "new", "cashier": "1007"}, at=AT)

    with shop.reading() as books:
        after = books.journal.after(0)
        assert [(e.seq, e.event_id, e.type, e.at, e.body) for e in after[:3]] == [
            (e.seq, e.event_id, e.type, e.at, e.body) for e in before
        ]
        assert {entry.epoch for entry in after} == {4}
        assert after[0].hash != before[0].hash
        assert verify(after, prev=GENESIS) == books.journal.head() == (4, new.hash)
        assert (books.journal.acked(), books.journal.unsent().count) == (0, 4)


def test_an_empty_journal_is_carried_over_too(shop: Shop) -> None:
    with shop.writing() as books:
        books.journal.carry_over(2)
        books.put_device(replace(books.device, epoch=2))

    with shop.reading() as books:
        assert books.journal.head() == (0, GENESIS)
