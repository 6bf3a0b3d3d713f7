"""Sales: found again by everything printed on them, numbered without a hole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storeapp.domain.journal import verify
from storeapp.domain.money import Money
from storeapp.domain.priced import Cut
from storeapp.domain.sale import CouponUse, body
from storeapp.domain.tender import Tender
from storeapp.errors import StoreappError
from storeapp.till.ports import Shop
from tests.fakes.things import ALICE, COLA, a_line, a_sale, book


def test_a_sale_comes_back_exactly_as_it_was_made(shop: Shop) -> None:
    line = replace(a_line(2, COLA, count=3), cuts=(Cut("line_discount", Money(50), "dented"),), note="cold")
    sale = replace(
        a_sale(lines=[a_line(), line], member=ALICE),
        tenders=(Tender("cash", Money(2000)), Tender("code_manual", Money(1), "ref")),
        change=Money(951),
        coupons=(CouponUse("c1", "7F3K9QWX", "offer-1", Money(0)),),
        points_balance=12,
        points_per_yuan=1,
        offer_id="offer-1",
        redeem_code="ABCD2345",
        note="hurry",
    )

    with shop.writing() as books:
        books.journal.append("sale", body(sale), at=sale.at)
        books.sales.add(sale)

    with shop.reading() as books:
        assert books.sales.by_receipt(sale.receipt) == sale
        assert books.sales.by_token(sale.token) == sale
        assert books.sales.by_redeem_code("ABCD2345") == sale
        assert books.sales.last() == sale
        assert books.sales.by_receipt("S01-1-20260928-9999") is None
        assert books.sales.by_redeem_code("") is None


def test_a_request_finds_its_sale_and_what_was_asked(shop: Shop) -> None:
    with shop.writing() as books:
        sale = book(books, a_sale(), request_id="b1", request_hash="cafe")

    with shop.reading() as books:
        assert books.sales.by_request("b1") == (sale, "cafe")
        assert books.sales.by_request("b2") is None


def test_room_is_left_for_what_earlier_machines_printed_until_a_day(shop: Shop) -> None:
    with shop.writing() as books:
        book(books, a_sale())
        books.sales.skip_numbers(2, until_date="2026-09-28")

    with shop.reading() as books:
        assert books.sales.next_in_day("2026-09-28") > 10_000
        assert books.sales.next_in_day("2026-09-29") == 1
        assert books.sales.next_token_seq() > 2_000_000


def test_numbers_go_up_by_one_each_day_and_tokens_for_ever(shop: Shop) -> None:
    with shop.writing() as books:
        for number in (1, 2):
            assert books.sales.next_in_day("2026-09-28") == number
            assert books.sales.next_token_seq() == number
            book(books, a_sale(number))
        assert books.sales.next_in_day("2026-09-29") == 1
        assert books.sales.next_token_seq() == 3


def test_a_number_that_was_not_used_is_not_lost(shop: Shop) -> None:
    with pytest.raises(ZeroDivisionError), shop.writing() as books:
        book(books, a_sale(books.sales.next_in_day("2026-09-28")))
        raise ZeroDivisionError

    with shop.reading() as books:
        assert books.sales.next_in_day("2026-09-28") == 1


def test_a_day_is_counted(shop: Shop) -> None:
    with shop.writing() as books:
        book(books, a_sale(1))
        book(books, a_sale(2, lines=[a_line(count=2)]))
        book(books, replace(a_sale(1, day="2026-09-29"), token="0" * 26, token_seq=3))

    with shop.reading() as books:
        assert books.sales.count_on("2026-09-28") == (2, 1050)
        assert books.sales.count_on("2026-09-30") == (0, 0)
        assert [sale.receipt[-13:] for sale in books.sales.recent(limit=2)] == ["20260929-0001", "20260928-0002"]
        assert [sale.receipt[-13:] for sale in books.sales.every()] == [
            "20260928-0001",
            "20260928-0002",
            "20260929-0001",
        ]


def test_history_from_elsewhere_counts_but_takes_no_numbers(shop: Shop) -> None:
    past = replace(a_sale(7, day="2026-09-28"), token="", token_seq=0, request_id="old-7")

    with shop.writing() as books:
        books.sales.add(past, request_hash="beef", imported=True)
        assert books.sales.next_in_day("2026-09-28") == 1
        book(books, a_sale(1))

    with shop.reading() as books:
        assert books.sales.by_receipt(past.receipt) == past
        assert books.sales.by_request("old-7") == (past, "beef")
        assert books.sales.count_on("2026-09-28") == (2, 700)
        assert [sale.number_in_day for sale in books.sales.every()] == [7, 1]
        last = books.sales.last()
        assert last is not None
        assert last.number_in_day == 1
        assert books.journal.head()[0] == 1


def test_the_sales_of_a_member_are_hers_alone_and_the_newest_first(shop: Shop) -> None:
    with shop.writing() as books:
        books.members.put(ALICE)
        book(books, replace(a_sale(1), member_id=ALICE.member_id))
        book(books, a_sale(2))
        book(books, replace(a_sale(3), member_id=ALICE.member_id))
        books.sales.add(replace(a_sale(9), receipt="OLD-9", member_id=ALICE.member_id), imported=True)

    with shop.reading() as books:
        hers = books.sales.of_member(ALICE.member_id)

        assert [sale.number_in_day for sale in hers] == [3, 1, 9]
        assert books.sales.of_member(ALICE.member_id, limit=2) == hers[:2]
        assert books.sales.of_member("m-nobody") == ()


def test_a_sale_cannot_enter_the_books_before_the_journal(shop: Shop) -> None:
    with pytest.raises((StoreappError, RuntimeError)), shop.writing() as books:
        books.sales.add(a_sale())

    with shop.reading() as books:
        assert books.sales.last() is None


def test_reprints_are_counted(shop: Shop) -> None:
    receipt = a_sale().receipt
    with shop.writing() as books:
        assert books.sales.copies(receipt) == 0
        assert [books.sales.count_copy(receipt), books.sales.count_copy(receipt)] == [1, 2]

    with shop.reading() as books:
        assert books.sales.copies(receipt) == 2


def test_the_journal_is_a_gapless_chain(shop: Shop) -> None:
    with shop.writing() as books:
        first = books.journal.append("staff.signed_in", {"staff": "1007"}, at="2026-09-28T08:00:00+08:00")
        book(books, a_sale())
    with shop.writing() as books:
        books.journal.append("drawer.opened", {"reason": "钱", "cashier": "1007"}, at="2026-09-28T13:00:00+08:00")

    with shop.reading() as books:
        entries = books.journal.after(0)
        assert books.journal.head() == verify(entries)
        assert [entry.seq for entry in entries] == [1, 2, 3]
        assert entries[0] == first == books.journal.at(1)
        assert books.journal.after(1, limit=1) == entries[1:2]
        assert books.journal.at(4) is None
        assert books.journal.at(0) is None
        assert entries[2].body == '{"cashier":"1007","reason":"钱"}'.encode()


def test_what_the_cloud_has_not_acknowledged_is_counted_with_its_age(shop: Shop) -> None:
    with shop.writing() as books:
        for hour in (8, 9, 10):
            books.journal.append("staff.signed_in", {"staff": "1007"}, at=f"2026-09-28T{hour:02d}:00:00+08:00")
        assert books.journal.unsent().count == 3
        books.journal.ack(2)

    with shop.reading() as books:
        assert books.journal.acked() == 2
        unsent = books.journal.unsent()
        assert (unsent.count, unsent.oldest_at) == (1, "2026-09-28T10:00:00+08:00")


def test_all_acknowledged_leaves_nothing_unsent(shop: Shop) -> None:
    with shop.writing() as books:
        books.journal.append("staff.signed_in", {"staff": "1007"}, at="2026-09-28T08:00:00+08:00")
        books.journal.ack(1)

    with shop.reading() as books:
        assert (books.journal.unsent().count, books.journal.unsent().oldest_at) == (0, None)


def test_nothing_can_be_acknowledged_that_was_never_written(shop: Shop) -> None:
    with pytest.raises((StoreappError, ValueError)), shop.writing() as books:
        books.journal.ack(1)


def test_a_new_epoch_begins_its_own_chain(shop: Shop) -> None:
    with shop.writing() as books:
        book(books, a_sale(1))
        books.journal.ack(1)
    with shop.writing() as books:
        books.put_device(replace(books.device, epoch=2))
        assert books.journal.head()[0] == 0
        assert books.journal.acked() == 0
        book(books, a_sale(2))

    with shop.reading() as books:
        [entry] = books.journal.after(0)
        assert (entry.epoch, entry.seq) == (2, 1)
        assert verify([entry])[0] == 1
        assert [sale.number_in_day for sale in books.sales.every()] == [1, 2]


def test_the_sales_since_a_day_are_those_of_that_day_and_later(shop: Shop) -> None:
    with shop.writing() as books:
        for number, day in enumerate(("2026-09-27", "2026-09-28", "2026-09-30"), start=1):
            book(books, a_sale(number, day=day))
        books.sales.add(a_sale(9, day="2026-09-29"), imported=True)

    with shop.reading() as books:
        assert [sale.business_date for sale in books.sales.since("2026-09-28")] == [
            "2026-09-29",
            "2026-09-28",
            "2026-09-30",
        ]
        assert list(books.sales.since("2026-10-01")) == []
