"""Sale units: a bottle and a case of it are rung up, priced, brought back and counted each as what it is."""

from __future__ import annotations

import json

import pytest

from storeapp.domain.basket import Basket
from storeapp.domain.money import Money
from storeapp.domain.product import BadProduct, Product
from storeapp.domain.quantity import Quantity
from storeapp.domain.refund import Asked
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender
from storeapp.till import price_lists, product_import, promotions
from storeapp.till.catalogue import put_products, remove_products
from storeapp.till.checkout import Order, checkout
from storeapp.till.ports import Shop
from storeapp.till.product_import import Plan
from storeapp.till.products_sheet import read_products
from storeapp.till.quoting import quote
from storeapp.till.receipts import receipt_of
from storeapp.till.refund_plan import RefundOrder
from storeapp.till.refunds import refund
from storeapp.till.selling import ring_up
from storeapp.till.sheet_files import rows_of
from storeapp.till.stock import stock_now
from tests.fakes.still import CountedIds, StillClock

HEADER = "code,name,price,unit,category,brand,barcodes,member_price,cost,stock,units\n"
UNITS = "箱:24:6928804011159:55.00:52.00;提:6:6928804011166:14.40"
COLA = f"1001,可乐330ml,2.50,罐,饮料,可口可乐,6928804011142,,1.50,240,{UNITS}\n"


@pytest.fixture
def shop(bare: Shop) -> Shop:
    return bare


def planned(shop: Shop, rows: str, header: str = HEADER) -> Plan:
    with shop.reading() as books:
        return product_import.plan(books, read_products(rows_of((header + rows).encode())))


def bring_in(shop: Shop, rows: str = COLA, header: str = HEADER) -> int:
    return product_import.carry_out(shop, planned(shop, rows, header), clock=StillClock())


def product(shop: Shop, code: str) -> Product:
    with shop.reading() as books:
        found = books.products.by_code(code)
    assert found is not None, code
    return found


def basket(shop: Shop, **codes: int) -> Basket:
    """So many of each, rung up by the barcode that ends like this."""
    ends = {"cans": "6928804011142", "cases": "6928804011159", "packs": "6928804011166"}
    with shop.reading() as books:
        policy = books.policy.in_force()
        lines = [ring_up(books, ends[name], policy, quantity=Quantity(n * 1000)) for name, n in codes.items()]
    return Basket(tuple(lines))


def asked(shop: Shop, clock: StillClock, ids: CountedIds, **codes: int) -> int:
    with shop.reading() as books:
        return quote(books, basket(shop, **codes), at=clock.now(), ids=ids).priced.total.fen


def sold(shop: Shop, clock: StillClock, ids: CountedIds, **codes: int) -> Sale:
    rung = basket(shop, **codes)
    with shop.reading() as books:
        due = quote(books, rung, at=clock.now(), ids=ids).priced.total
    return checkout(shop, Order(rung, (Tender("cash", due),), "1007", prints=False), clock=clock, ids=ids).sale


def test_a_row_tells_of_the_larger_units_and_each_barcode_rings_up_its_own(shop: Shop) -> None:
    assert bring_in(shop) == 3

    case = product(shop, "6928804011159")
    assert (case.code, case.name, case.unit) == ("1001/箱", "可乐330ml（箱×24）", "箱")
    assert (case.price.fen, case.member_price and case.member_price.fen) == (5500, 5200)
    # all else is the can's: what 24 of them cost, their category and brand
    assert (case.cost and case.cost.fen, case.category, case.brand) == (3600, "饮料", "可口可乐")
    assert (case.base, case.pack, case.stock_milli) == ("1001", 24, None)
    assert product(shop, "6928804011142").pack == 1


def test_the_same_sheet_again_is_no_change(shop: Shop) -> None:
    bring_in(shop)

    again = planned(shop, COLA)

    assert (again.new, again.changed, again.same, again.gone) == ((), (), 3, ())


def test_a_case_costs_what_a_case_costs_and_says_so_on_the_receipt(
    shop: Shop, clock: StillClock, ids: CountedIds
) -> None:
    bring_in(shop)

    sale = sold(shop, clock, ids, cases=2, cans=1)

    assert sale.due.fen == 2 * 5500 + 250
    assert [(line.code, line.unit, line.base, line.pack) for line in sale.lines] == [
        ("1001/箱", "箱", "1001", 24),
        ("1001", "罐", "", 1),
    ]
    with shop.reading() as books:
        told = receipt_of(books, sale)
        kept = books.sales.by_receipt(sale.receipt)
    assert [item.name for item in told.items] == ["可乐330ml（箱×24）", "可乐330ml"]
    assert kept == sale


def test_stock_counts_in_cans_whatever_unit_is_sold_or_brought_back(
    shop: Shop, clock: StillClock, ids: CountedIds
) -> None:
    bring_in(shop)
    clock.go_on(minutes=1)
    sale = sold(shop, clock, ids, cases=3, packs=1, cans=2)
    clock.go_on(minutes=1)
    order = RefundOrder(sale.receipt, "script", "多买了", (Asked(1, 1000), Asked(2, 1000, restock=False)))
    back = refund(shop, order, clock=clock, ids=ids).refund

    [cola] = stock_now(shop, clock=clock)

    assert back.total.fen == 5500 + 1440
    assert (cola.sold_milli, cola.back_milli) == ((3 * 24 + 6 + 2) * 1000, 24_000)
    assert cola.left_milli == (240 - 80 + 24) * 1000


def test_a_case_that_is_another_one_later_leaves_old_sales_as_they_were(
    shop: Shop, clock: StillClock, ids: CountedIds
) -> None:
    bring_in(shop)
    clock.go_on(minutes=1)
    sold(shop, clock, ids, cases=1)

    bring_in(shop, COLA.replace("箱:24", "箱:12"))

    assert product(shop, "1001/箱").pack == 12
    assert stock_now(shop, clock=clock)[0].sold_milli == 24_000


def test_price_lists_and_promotions_tell_the_units_apart(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    bring_in(shop)
    listed = {"id": "l", "name": "批发", "prices": {"6928804011159": 5000}}
    price_lists.put_price_lists(shop, (listed,), clock=clock)
    price_lists.go_live(shop, ("l",), clock=clock)
    rules = (
        {"id": "can", "name": "x", "kind": "nth_percent", "count": 2, "percent_off": 50, "scope": {"codes": ["1001"]}},
        {"id": "brand", "name": "品牌九折", "kind": "percent", "percent_off": 10, "scope": {"brands": ["可口可乐"]}},
    )  # fmt: skip
    promotions.put_promotions(shop, rules[:1], clock=clock)
    promotions.go_live(shop, ("can",), clock=clock, unreplayed=True)

    assert asked(shop, clock, ids, cases=2) == 10_000
    assert asked(shop, clock, ids, cans=2) == 375

    clock.go_on(minutes=1)
    promotions.put_promotions(shop, rules[1:], clock=clock)
    promotions.go_live(shop, ("brand",), clock=clock, unreplayed=True)
    # a brand is a brand in every unit, and no brand is every brand's
    assert asked(shop, clock, ids, cases=2) == 9_000
    put_products(shop, [Product("77", "无牌", product(shop, "1001").price)], clock=clock)
    with shop.reading() as books:
        other = Basket((ring_up(books, "77", books.policy.in_force()),))
        assert quote(books, other, at=clock.now(), ids=ids).priced.total.fen == 250


def test_what_changes_of_the_can_changes_of_its_case(shop: Shop) -> None:
    bring_in(shop)

    bring_in(shop, "1001,可口可乐330ml,2.60,1.60\n", "code,name,price,cost\n")

    case = product(shop, "1001/箱")
    assert (case.name, case.price.fen, case.cost and case.cost.fen) == ("可口可乐330ml（箱×24）", 5500, 3840)
    with shop.reading() as books:
        told = [row for entry in books.journal.after(1) for row in json.loads(entry.body)["rows"]]
    assert [row["code"] for row in told] == ["1001", "1001/提", "1001/箱"]


def test_a_unit_the_sheet_tells_no_more_is_gone_and_its_barcode_is_free(shop: Shop) -> None:
    bring_in(shop)

    bring_in(shop, "1001,可乐330ml,2.50,罐,饮料,可口可乐,6928804011142;6928804011159,,1.50,240,\n")

    assert product(shop, "6928804011159").code == "1001"
    with shop.reading() as books:
        assert books.products.by_code("1001/提") is None


def test_a_sheet_with_no_such_column_leaves_the_units_and_a_product_leaves_with_them(shop: Shop) -> None:
    bring_in(shop)
    bring_in(shop, "1001,可乐330ml,2.60\n", "code,name,price\n")
    assert product(shop, "1001/箱").pack == 24

    remove_products(shop, ["1001"], clock=StillClock())

    with shop.reading() as books:
        assert books.products.count() == 0


def test_a_row_that_names_a_unit_by_its_own_code_changes_its_price_alone(shop: Shop) -> None:
    bring_in(shop)

    bring_in(shop, "1001/箱,可乐330ml（箱×24）,58.00\n", "code,name,price\n")

    case = product(shop, "6928804011159")
    assert (case.price.fen, case.base, case.pack) == (5800, "1001", 24)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("箱", "not_a_unit"),
        ("箱:24:6928804011159", "not_a_unit"),
        (":24:6928804011159:55", "not_a_unit"),
        ("a/b:24:6928804011159:55", "not_a_unit"),
        ("箱:24:6928804011159:", "not_a_unit"),
        ("箱:1:6928804011159:55", "not_a_pack"),
        ("箱:0:6928804011159:55", "not_a_pack"),
        ("箱:2.5:6928804011159:55", "not_whole"),
        ("箱:廿四:6928804011159:55", "not_a_number"),
        ("箱:24:6928804011159:-1", "negative"),
        ("箱:24:6928804011142:55", "code_twice"),
        ("箱:24:1:55;提:6:1:14", "code_twice"),
        ("箱:24::55;箱:12::30", "code_twice"),
        ("箱:24:6.92880E+12:55", "digits_lost"),
    ],
)
def test_a_cell_that_tells_no_units_is_a_fault(shop: Shop, cell: str, reason: str) -> None:
    row = f"1001,可乐,2.50,罐,饮料,,6928804011142,,,,{cell}\n"

    assert [(fault.row, fault.column, fault.reason) for fault in planned(shop, row).faults] == [(2, "units", reason)]


def test_what_is_sold_by_weight_has_no_larger_unit(shop: Shop) -> None:
    bring_in(shop, "9,苹果,5,是\n", "code,name,price,weighed\n")

    faults = planned(shop, "9,苹果,5,筐:20::90\n", "code,name,price,units\n").faults

    assert [(fault.row, fault.reason) for fault in faults] == [(2, "not_a_pack")]


def test_a_barcode_of_another_product_is_refused_for_a_unit_too(shop: Shop) -> None:
    bring_in(shop, "8,水,1,6928804011159\n", "code,name,price,barcodes\n")

    faults = planned(shop, COLA).faults

    assert [(fault.reason, fault.value, fault.other) for fault in faults] == [("barcode_taken", "6928804011159", "8")]


@pytest.mark.parametrize(("base", "pack"), [("", 24), ("1001", 1), ("1001", 0), ("9", 24), ("1001", 10_001)])
def test_a_product_is_a_unit_of_another_or_none(base: str, pack: int) -> None:
    with pytest.raises(BadProduct):
        Product("9", "x", Money(100), base=base, pack=pack)
