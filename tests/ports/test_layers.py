"""Layers: what the books tell the night, and what it leaves there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from storeapp.domain.category_step import CategoryStep
from storeapp.domain.customer_value import CustomerValue
from storeapp.domain.layer import Bought, Layer, Learned
from storeapp.domain.life_stage import Standing
from storeapp.domain.money import Money
from storeapp.domain.rfm import Scale, Score, Trade
from storeapp.domain.rhythm import Habit
from storeapp.domain.segment import Condition, Segment
from storeapp.domain.value_model import Frequency, Worth
from storeapp.till.ports import Shop
from tests.fakes.things import ALICE, BOB, NOODLES, TEA, a_line, a_sale, book

MONDAY, TUESDAY = date(2026, 9, 28), date(2026, 9, 29)
MASKS = Habit("面膜", 30, date(2026, 8, 26))
STEP = CategoryStep("裤子", "大衣", 40, 30, 2.5, 30)
LAYER = Layer(
    ALICE.member_id,
    Trade(ALICE.member_id, date(2026, 1, 2), MONDAY, 9, 90_000, 12_345),
    Standing("loyal", date(2026, 8, 1)),
    Score(5, 4, 3),
    30,
    CustomerValue(12_345, True, 120_000, 130_000, 0.875),
    MASKS,
    STEP,
    ("裤子", "面膜"),
)
LEARNED = Learned(
    MONDAY, 1, Scale((1, 2, 3, 4), (1, 1, 2, 3), (5, 6, 7, 8)), (STEP,), Frequency(0.2, 4.4, 0.8, 2.4), Worth(6, 4, 15)
)  # fmt: skip


def test_the_night_reads_days_and_categories_of_old_and_new_sales(shop: Shop) -> None:
    tea = replace(TEA, category="饮料", cost=Money(200))
    old = replace(
        a_sale(7, day="2026-03-01", lines=[a_line(1, tea, count=2)], member=ALICE), token="", token_seq=0, receipt="H-7"
    )  # fmt: skip
    with shop.writing() as books:
        books.products.put([tea, NOODLES])
        books.members.put(ALICE)
        books.sales.add(old, imported=True)
        for number in (1, 2):
            book(books, a_sale(number, lines=[a_line(1, tea), a_line(2, NOODLES)], member=ALICE))
        book(books, a_sale(3))

    with shop.reading() as books:
        found = {member_id: list(bought) for member_id, bought in books.layers.bought()}
        visits = sorted(books.layers.visits())

    assert list(found) == [ALICE.member_id]
    assert sorted(found[ALICE.member_id], key=lambda row: (row.day, row.category)) == [
        Bought(date(2026, 3, 1), "饮料", 700, 400),
        Bought(MONDAY, "主食", 2400, None),
        Bought(MONDAY, "饮料", 700, 400),
    ]
    assert visits == [(ALICE.member_id, date(2026, 3, 1)), (ALICE.member_id, MONDAY)]


def test_a_layer_is_read_back_as_it_was_written(shop: Shop) -> None:
    with shop.writing() as books:
        books.layers.put([LAYER], computed_on=MONDAY)
        books.layers.end_night(LEARNED)

    with shop.reading() as books:
        assert books.layers.of(ALICE.member_id) == LAYER
        assert list(books.layers.every()) == [LAYER]
        assert books.layers.standings() == {ALICE.member_id: LAYER.standing}
        assert books.layers.last_night() == LEARNED


def test_her_latest_sale_is_the_last_one_rung_up_here(shop: Shop) -> None:
    with shop.writing() as books:
        for number, day in ((1, "2026-09-21"), (2, "2026-09-28")):
            book(books, a_sale(number, day=day, member=ALICE))
        book(books, a_sale(3, day="2026-09-29", member=BOB))

    with shop.reading() as books:
        assert books.layers.last_bought(ALICE.member_id) == MONDAY
        assert books.layers.last_bought("nobody") is None


def test_who_bought_nothing_any_more_goes_with_the_next_night(shop: Shop) -> None:
    with shop.writing() as books:
        books.layers.put([LAYER], computed_on=MONDAY)
        books.layers.end_night(LEARNED)
        books.layers.end_night(replace(LEARNED, computed_on=TUESDAY))

    with shop.reading() as books:
        assert books.layers.of(ALICE.member_id) is None


def test_a_forgotten_member_leaves_no_layer_no_tag_and_no_history(shop: Shop) -> None:
    with shop.writing() as books:
        books.members.put(ALICE)
        book(books, a_sale(1, member=ALICE))
        books.layers.put([LAYER], computed_on=MONDAY)
        books.layers.tag([ALICE.member_id], "常客", by="1001", at=ALICE.joined_at)
        books.members.erase(ALICE.member_id)
        books.layers.forget(ALICE.member_id)

    with shop.reading() as books:
        assert list(books.layers.bought()) == []
        assert list(books.layers.visits()) == []
        assert books.layers.of(ALICE.member_id) is None
        assert books.layers.tags() == {}


def test_a_rule_takes_back_only_the_tags_it_gave(shop: Shop) -> None:
    with shop.writing() as books:
        books.layers.tag([ALICE.member_id], "常客", by="1001", at=ALICE.joined_at)
        books.layers.tag([ALICE.member_id, BOB.member_id], "常客", by="s1", at=ALICE.joined_at, by_rule=True)
        books.layers.tag([ALICE.member_id], "沉睡", by="s2", at=ALICE.joined_at, by_rule=True)
        assert books.layers.tags_of(ALICE.member_id) == ("常客", "沉睡")
        books.layers.drop_ruled_tags()

    with shop.reading() as books:
        assert books.layers.tags() == {ALICE.member_id: frozenset({"常客"})}


def test_segments_are_kept_by_their_id(shop: Shop) -> None:
    first = Segment("s1", "沉睡会员", (Condition("days_away", "at_least", 45),), "沉睡")
    with shop.writing() as books:
        books.layers.put_segment(replace(first, name="旧名"))
        books.layers.put_segment(first)
        books.layers.put_segment(replace(first, segment_id="s2"))
        books.layers.drop_segment("s2")

    with shop.reading() as books:
        assert books.layers.segments() == (first,)


def test_who_never_bought_is_known_by_old_and_new_sales(shop: Shop) -> None:
    third = replace(ALICE, member_id="m-third", phone="8613900000033", joined_at="2026-09-20T23:59:00+08:00")
    with shop.writing() as books:
        for member in (ALICE, BOB, third):
            books.members.put(member)
        past = replace(a_sale(7, day="2026-03-01", member=ALICE), token="", token_seq=0, receipt="H-7")
        books.sales.add(past, imported=True)
        book(books, a_sale(1, member=BOB))

    with shop.reading() as books:
        assert list(books.layers.never_bought()) == ["m-third"]
        assert dict(books.layers.joined())["m-third"] == date(2026, 9, 20)
        assert len(dict(books.layers.joined())) == 3
    with shop.writing() as books:
        books.members.merge(ALICE.member_id, "m-third")
        assert list(books.layers.never_bought()) == []


def test_who_is_a_member_is_told_without_opening_a_name(shop: Shop) -> None:
    with shop.writing() as books:
        books.members.put(ALICE)

    with shop.reading() as books:
        assert books.layers.known([ALICE.member_id, BOB.member_id]) == {ALICE.member_id}
        assert books.layers.known([]) == frozenset()
