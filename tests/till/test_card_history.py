"""What came onto a member's cards and went off them, in her statement and in what she takes along."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from storeapp.domain.account_statement import Sums
from storeapp.till import card_history
from storeapp.till.account_statements import statement_of
from storeapp.till.card_refunds import CardBackOrder, pay_back
from storeapp.till.card_sales import GiveOrder, give
from storeapp.till.cards import put_kind
from storeapp.till.her_data import everything
from storeapp.till.merging import Merge, merge
from storeapp.till.ports import Shop
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, BOB, NOODLES
from tests.till.test_cards import TEN, Counter

DAY = date(2026, 9, 28)
UNTIL = DAY + timedelta(days=9)


@pytest.fixture
def counter(bare: Shop, clock: StillClock, ids: CountedIds) -> Counter:
    made = Counter(bare, clock, ids)
    put_kind(bare, replace(TEN, may_be_handed_on=True), clock=clock)
    return made


def lived(counter: Counter) -> str:
    """Alice buys a card, has three, brings one back, hands it on to Bob, who has one and is paid back."""
    card_id = counter.sells_card().card.card_id
    counter.clock.go_on(days=1)
    sale = counter.sells((NOODLES, 3))
    counter.clock.go_on(days=1)
    counter.brings_back(sale, (1, 1))
    counter.clock.go_on(days=1)
    order = GiveOrder(card_id, BOB.member_id, "送人", "script")
    give(counter.shop, order, clock=counter.clock, ids=counter.ids)
    counter.clock.go_on(days=1)
    counter.sells((NOODLES, 1), member_id=BOB.member_id)
    counter.clock.go_on(days=1)
    back = CardBackOrder(card_id, "shop", "搬家", "cash", "script")
    pay_back(counter.shop, back, clock=counter.clock, ids=counter.ids)
    return card_id


def moves(counter: Counter, member_id: str) -> list[tuple[str, int, int, int]]:
    with counter.shop.reading() as books:
        found = card_history.history_of(books, member_id)
    return [(move.kind, move.times, move.worth_fen, move.left) for move in found]


def test_each_has_what_was_had_while_it_was_theirs(counter: Counter) -> None:
    lived(counter)

    # given times go first, and are worth nothing
    assert moves(counter, ALICE.member_id) == [
        ("card_sold", 12, 10_000, 12), ("sale", -3, -1_000, 9), ("refund", 1, 1_000, 10),
        ("card_given", -10, -10_000, 10),
    ]  # fmt: skip
    assert moves(counter, BOB.member_id) == [
        ("card_given", 10, 10_000, 10), ("sale", -1, -1_000, 9), ("card_refund", -9, -9_000, 0),
    ]  # fmt: skip


def test_a_statement_comes_to_what_is_on_her_cards(counter: Counter) -> None:
    lived(counter)
    counter.sells_card()
    with counter.shop.reading() as books:
        hers, his = (statement_of(books, who.member_id, since=DAY, until=UNTIL) for who in (ALICE, BOB))
        middle = statement_of(books, ALICE.member_id, since=DAY + timedelta(days=2), until=DAY + timedelta(days=2))

    kinds = [each.kind for each in hers.entries]
    assert kinds == ["card_sold", "sale", "refund", "card_given", "card_sold"]
    assert (hers.after.times, hers.after.cards_fen, hers.has_cards) == (12, 10_000, True)
    assert (his.after, his.has_cards) == (Sums(points=his.after.points), True)
    assert (middle.before.times, [each.moved.times for each in middle.entries], middle.after.times) == (9, [1], 10)


def test_what_she_takes_along_lists_every_use(counter: Counter) -> None:
    card_id = lived(counter)
    with counter.shop.reading() as books:
        hers = everything(books, BOB.member_id, on=UNTIL)

    assert [(each["kind"], each["card_id"], each["times"]) for each in hers["card_moves"]] == [
        ("card_given", card_id, 10), ("sale", card_id, -1), ("card_refund", card_id, -9),
    ]  # fmt: skip


def test_two_names_that_are_one_have_one_history(counter: Counter) -> None:
    lived(counter)
    merge(
        counter.shop,
        Merge(ALICE.member_id, BOB.member_id, "换了手机号", "script"),
        clock=counter.clock,
        ids=counter.ids,
    )

    # what went from one of her names to the other did not move
    assert [kind for kind, *_ in moves(counter, ALICE.member_id)] == [
        "card_sold",
        "sale",
        "refund",
        "sale",
        "card_refund",
    ]
    assert sum(times for _, times, *_ in moves(counter, ALICE.member_id)) == 0
