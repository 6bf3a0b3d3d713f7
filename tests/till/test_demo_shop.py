"""The demo shop: whole, and nobody in it can be mistaken for a real person."""

import csv
import re

import pytest

from storeapp import resources
from storeapp.domain.barcode import is_ean13
from storeapp.domain.capture import STANDALONE_VERSION, CaptureKey
from storeapp.domain.promotion_data import from_data
from storeapp.till import demo_shop
from storeapp.till.records import Device
from storeapp.till.staff import sign_in
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock


@pytest.fixture(scope="module")
def shop() -> MemoryShop:
    ids = CountedIds()
    key = CaptureKey(STANDALONE_VERSION, 0, 7, b"k" * 32)
    shop = MemoryShop(Device(ids.new(), 1, "S01", "1", ids.new(), (key,), is_demo=True), ids=ids)
    demo_shop.furnish(shop, clock=StillClock(), ids=ids)
    return shop


def test_it_has_goods_of_every_kind(shop: MemoryShop):
    with shop.reading() as books:
        products = tuple(books.products.every())

    assert len(products) > 100
    assert sum(product.weighed for product in products) >= 10
    assert sum(product.member_price is not None for product in products) >= 30
    assert all(product.cost is not None and product.cost.fen < product.price.fen for product in products)


def test_every_long_code_is_a_valid_barcode(shop: MemoryShop):
    with shop.reading() as books:
        codes = [code for product in books.products.every() for code in product.codes]

    assert [code for code in codes if len(code) > 7 and not is_ean13(code)] == []


def test_its_tiles_fill_a_page_and_lead_to_goods(shop: MemoryShop):
    with shop.reading() as books:
        keys = books.products.quick_keys()

    assert {key.tab for key, _ in keys} == {"常用", "生鲜", "饮料", "熟食", "日用"}
    assert sum(key.tab == "常用" for key, _ in keys) == 15


def test_its_staff_can_sign_in(shop: MemoryShop):
    assert sign_in(shop, "1007", "1007", clock=StillClock()).name == "陈晓雯"
    assert sign_in(shop, "1001", "100100", clock=StillClock()).role == "owner"


def test_its_phones_are_obviously_made_up():
    with resources.path("demo", "members.csv").open(encoding="utf-8") as file:
        phones = [row["phone"] for row in csv.DictReader(file)]

    assert all(re.fullmatch(r"1380000\d{4}", phone) for phone in phones)


def test_it_makes_an_offer(shop: MemoryShop):
    with shop.reading() as books:
        offer = books.policy.in_force().offer()

    assert offer is not None
    assert offer.amount.fen == 500


def test_its_promotions_are_drafts_about_goods_it_has(shop: MemoryShop):
    with shop.reading() as books:
        codes = {code for product in books.products.every() for code in product.codes}
        categories = {product.category for product in books.products.every()}
        words = books.promotions.every()
    rules = [from_data(word.data) for word in words]
    scopes = [scope for rule in rules for scope in (rule.scope, *(part.scope for part in rule.parts))]

    assert {word.state for word in words} == {"draft"}
    assert {rule.kind for rule in rules} == {"spend_off", "nth_percent", "buy_get", "percent", "bundle"}
    assert all(scope.codes <= codes for scope in scopes)
    assert all((scope.categories | scope.except_categories) <= categories for scope in scopes)
