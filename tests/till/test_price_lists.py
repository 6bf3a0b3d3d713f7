"""The owner's price lists: what is faulty never gets in, what contradicts a live list never goes live."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storeapp.database.keystore import FileKeystore
from storeapp.database.shop import ShopDatabase
from storeapp.domain.basket import Basket, Line
from storeapp.domain.price_list import BadPriceList, BadPrices
from storeapp.domain.price_list_version import PriceListNotLive, PriceListsDisagree, UnknownPriceList
from storeapp.domain.pricing import price
from storeapp.domain.staff import NotAllowed, Staff
from storeapp.till.ports import Shop
from storeapp.till.price_lists import end, every_list, go_live, put_price_lists
from storeapp.till.terms import terms_of
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, COLA, TEA, a_device

VIP: dict[str, Any] = {"id": "vip", "name": "会员日", "prices": {"1001": 280, "1002": 200}, "whom": "members"}


@pytest.fixture(params=["memory", "file"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    keys = FileKeystore(tmp_path / "keys")
    if request.param == "memory":
        opened: Shop = MemoryShop(a_device(), ids=CountedIds())
    else:
        opened = ShopDatabase.create(tmp_path, device=a_device(), clock=StillClock(), ids=CountedIds(), keystore=keys)
    with opened.writing() as books:
        books.products.put([TEA, COLA])
        books.members.put(ALICE)
    yield opened
    if isinstance(opened, ShopDatabase):
        opened.close()


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
