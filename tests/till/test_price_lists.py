"""The owner's price lists: what is faulty never gets in, what contradicts a live list never goes live."""

from __future__ import annotations

import json
from typing import Any

import pytest

from storeapp.domain.basket import Basket, Line
from storeapp.domain.price_list import BadPriceList, BadPrices
from storeapp.domain.price_list_version import PriceListNotLive, PriceListsDisagree, PriceListVersion, UnknownPriceList
from storeapp.domain.pricing import price
from storeapp.domain.staff import NotAllowed, Staff
from storeapp.till.ports import Shop
from storeapp.till.price_lists import draft_from_sheet, end, every_list, go_live, put_price_lists
from storeapp.till.terms import terms_of
from tests.fakes.still import StillClock
from tests.fakes.things import ALICE, COLA, TEA

VIP: dict[str, Any] = {"id": "vip", "name": "会员日", "prices": {"1001": 280, "1002": 200}, "whom": "members"}


@pytest.fixture
def shop(bare: Shop) -> Shop:
    with bare.writing() as books:
        books.products.put([TEA, COLA])
        books.members.put(ALICE)
    return bare


def asked(shop: Shop, *, member: str | None) -> int:
    """What a tea costs now, in fen."""
    now = StillClock().now()
    basket = Basket((Line(TEA),), member_id=member)
    with shop.reading() as books:
        terms = terms_of(books, basket, at=now, day=now.date().isoformat(), policy=books.policy.in_force())
    return price(basket, terms).total.fen


def journaled(shop: Shop) -> list[dict[str, Any]]:
    with shop.reading() as books:
        return [json.loads(entry.body) for entry in books.journal.after(0) if entry.type == "price_list.changed"]


def test_a_list_changes_prices_while_it_is_live_and_only_for_those_it_is_for(shop: Shop) -> None:
    clock = StillClock()
    put_price_lists(shop, (VIP,), clock=clock, by="1001")
    drafted = asked(shop, member=ALICE.member_id)
    clock.go_on(minutes=1)
    go_live(shop, ("vip",), clock=clock)
    live = asked(shop, member=ALICE.member_id), asked(shop, member=None)
    clock.go_on(minutes=1)
    end(shop, ("vip",), clock=clock)

    assert (drafted, live, asked(shop, member=ALICE.member_id)) == (300, (280, 350), 300)
    assert [(body["version"], body["state"]) for body in journaled(shop)] == [(1, "draft"), (1, "live"), (1, "ended")]
    assert journaled(shop)[0]["data"] == VIP


def test_a_price_may_be_named_by_a_barcode_and_is_kept_by_the_products_own_code(shop: Shop) -> None:
    put_price_lists(shop, (VIP | {"prices": {TEA.barcodes[0]: 280}},), clock=StillClock())

    assert every_list(shop)[0].data["prices"] == {"1001": 280}


def test_every_row_with_a_fault_is_named_and_nothing_gets_in(shop: Shop) -> None:
    prices = {"1001": -1, "1002": "2.00", "9": 100, "8": 10**12}

    with pytest.raises(BadPrices) as refused:
        put_price_lists(shop, (VIP, VIP | {"id": "b", "prices": prices}), clock=StillClock())

    assert [(fault["row"], fault["code"], fault["reason"]) for fault in refused.value.faults] == [
        (1, "1001", "negative"),
        (2, "1002", "not_whole"),
        (4, "8", "too_large"),
    ]
    assert every_list(shop) == ()
    assert journaled(shop) == []


def test_a_code_nobody_knows_and_one_product_named_twice_are_told_with_their_rows(shop: Shop) -> None:
    prices = {"1001": 280, "777": 100, TEA.barcodes[0]: 290}

    with pytest.raises(BadPrices) as refused:
        put_price_lists(shop, (VIP | {"prices": prices},), clock=StillClock())

    assert [(fault["row"], fault["reason"], fault["other"]) for fault in refused.value.faults] == [
        (2, "unknown_code", ""),
        (3, "duplicate", "1"),
    ]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"id": "a b"}, "id"),
        ({"name": ""}, "name"),
        ({"prices": {}}, "prices"),
        ({"prices": {str(n): 1 for n in range(5001)}}, "prices"),
        ({"whom": "tiers"}, "tiers"),
        ({"tiers": ["金卡"]}, "tiers"),
        ({"when": {"first": "2026-10-02", "last": "2026-10-01"}}, "when.last"),
        ({"when": {"hours": [["7", "9"]]}}, "when.hours"),
        ({"color": "red"}, "color"),
    ],
)
def test_a_list_that_cannot_be_says_which_field(shop: Shop, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(BadPriceList) as refused:
        put_price_lists(shop, (VIP | changed,), clock=StillClock())

    assert refused.value.field == field


def test_a_list_that_contradicts_a_live_one_does_not_go_live(shop: Shop) -> None:
    clock = StillClock()
    put_price_lists(shop, (VIP, VIP | {"id": "vip2", "prices": {"1001": 280, "1002": 190}}), clock=clock)

    with pytest.raises(PriceListsDisagree) as refused:
        go_live(shop, ("vip", "vip2"), clock=clock)

    assert (refused.value.other, refused.value.row, refused.value.code) == ("vip", 2, "1002")
    assert [word.state for word in every_list(shop)] == ["draft", "draft"]


def test_lists_for_other_customers_or_hours_may_differ_and_the_cheapest_holds(shop: Shop) -> None:
    clock = StillClock()
    happy = VIP | {"id": "happy", "prices": {"1001": 250}, "when": {"hours": [["14:00", "15:00"]]}}
    put_price_lists(shop, (VIP, happy, VIP | {"id": "all", "prices": {"1001": 320}, "whom": "all"}), clock=clock)

    go_live(shop, ("vip", "happy", "all"), clock=clock)

    assert (asked(shop, member=ALICE.member_id), asked(shop, member=None)) == (250, 320)


def test_what_is_not_live_cannot_end_and_what_nobody_drafted_cannot_go_live(shop: Shop) -> None:
    put_price_lists(shop, (VIP,), clock=StillClock())

    with pytest.raises(PriceListNotLive):
        end(shop, ("vip",), clock=StillClock())
    with pytest.raises(UnknownPriceList):
        go_live(shop, ("other",), clock=StillClock())


def test_a_cashier_changes_no_price_list(shop: Shop) -> None:
    with shop.writing() as books:
        books.staff.put(Staff("1007", "小李", "cashier"))

    with pytest.raises(NotAllowed):
        put_price_lists(shop, (VIP,), clock=StillClock(), by="1007")


def test_a_list_for_another_store_changes_nothing_here(shop: Shop) -> None:
    clock = StillClock()
    there, here = ({**VIP, "id": name, "stores": [store]} for name, store in (("there", "S02"), ("here", "S01")))
    put_price_lists(shop, (there, here | {"prices": {"1001": 270}}), clock=clock)

    go_live(shop, ("there",), clock=clock)
    only_there = asked(shop, member=ALICE.member_id)
    # at another store it may say otherwise to the same customers
    go_live(shop, ("here",), clock=clock)

    assert (only_there, asked(shop, member=ALICE.member_id)) == (300, 270)


def test_lists_for_one_store_and_for_all_contradict_each_other(shop: Shop) -> None:
    clock = StillClock()
    put_price_lists(shop, (VIP, {**VIP, "id": "b", "prices": {"1001": 1}, "stores": ["S01"]}), clock=clock)
    go_live(shop, ("vip",), clock=clock)

    with pytest.raises(PriceListsDisagree):
        go_live(shop, ("b",), clock=clock)


@pytest.mark.parametrize(("fen", "reason"), [(0, "zero"), (350 * 100 + 1, "above_reason")])
def test_nothing_and_a_slip_of_the_finger_are_no_prices(shop: Shop, fen: int, reason: str) -> None:
    with pytest.raises(BadPrices) as refused:
        put_price_lists(shop, ({**VIP, "prices": {"1002": 200, "1001": fen}},), clock=StillClock())

    assert (refused.value.row, refused.value.reason, every_list(shop)) == (2, reason, ())


def test_an_old_list_that_gives_away_is_still_read_and_goes_live_no_more(shop: Shop) -> None:
    clock = StillClock()
    free = {**VIP, "prices": {"1001": 0}}
    with shop.writing() as books:
        books.price_lists.put(PriceListVersion("vip", 1, free, "live", "2026-01-01T00:00:00+08:00"))
        books.price_lists.put(PriceListVersion("next", 1, free | {"id": "next"}, "draft", "2026-01-01T00:00:00+08:00"))

    assert asked(shop, member=ALICE.member_id) == 0
    with pytest.raises(BadPrices):
        go_live(shop, ("next",), clock=clock)


SHEET = "调价通知\n条码,品名,售价,新价\n6928804011142,可乐,2.50,2.00\n1001,茶,3.50,3.20\n"


def test_a_sheet_makes_a_draft_and_a_second_one_goes_over_it(shop: Shop) -> None:
    clock = StillClock()

    first = draft_from_sheet(shop, "oct", SHEET.encode("gb18030"), name="国庆", clock=clock)
    second = draft_from_sheet(shop, "oct", b"code,price\n1001,3.00\n", clock=clock)

    assert first.data == {"id": "oct", "name": "国庆", "prices": {"1001": 320, "1002": 200}}
    assert second.data == {"id": "oct", "name": "国庆", "prices": {"1001": 300, "1002": 200}}
    assert (second.number, second.state) == (2, "draft")


def test_a_sheet_with_faults_names_each_and_changes_nothing(shop: Shop) -> None:
    rows = "code,price\n1001,-1\n777,1\n1001,0\n1002,2.00\n6928804011142,2.00\n1001,\n1001,x\n1001,99999\n"

    with pytest.raises(BadPrices) as refused:
        draft_from_sheet(shop, "oct", rows.encode(), clock=StillClock())

    told = [(fault["row"], fault["reason"]) for fault in refused.value.faults]
    assert told == [
        (2, "negative"),
        (3, "unknown_code"),
        (4, "zero"),
        (6, "duplicate"),
        (7, "empty"),
        (8, "not_an_amount"),
        (9, "above_reason"),
    ]
    assert every_list(shop) == ()


def test_whoever_may_not_decide_imports_nothing(shop: Shop) -> None:
    with shop.writing() as books:
        books.staff.put(Staff("1007", "陈", "cashier"))

    with pytest.raises(NotAllowed):
        draft_from_sheet(shop, "oct", SHEET.encode(), clock=StillClock(), by="1007")
