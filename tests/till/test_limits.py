"""The sale's own transaction weighs what was given by hand, whatever the screen believed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from storeapp.database.shop import ShopDatabase
from storeapp.database.work import Sql, Work
from storeapp.domain.approval import NeedsApproval, SelfApproval
from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.sale import Sale
from storeapp.domain.staff import NotAllowed, UnknownStaff
from storeapp.domain.tender import Tender, TenderShort
from storeapp.till import baskets, limits, printing
from storeapp.till.approvals import grant
from storeapp.till.baskets import TakenBack, taken_between
from storeapp.till.catalogue import put_products
from storeapp.till.checkout import Order, checkout
from storeapp.till.policies import set_policy
from storeapp.till.ports import Shop
from storeapp.till.quoting import quote
from storeapp.till.script import sell_one
from tests.domain.goods import CUP, TEA
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.staff import hired
from tests.fakes.still import CountedIds, StillClock

HALF = CUP.price.fen // 2


@pytest.fixture
def staffed(shop: MemoryShop, clock: StillClock) -> MemoryShop:
    hired(shop, "1001", "1003", "1007", clock=clock)
    return shop


def half_off(*more: Line) -> Basket:
    return Basket(lines=(Line(CUP, discount=Money(HALF), discount_reason="damaged"), *more))


def approved(shop: Shop, basket: Basket, clock: StillClock, ids: CountedIds, basket_id: str = "b1") -> str:
    with shop.reading() as books:
        priced = quote(books, basket, at=clock.now(), ids=ids).priced
        [need] = [need for need in limits.needs(books, priced, basket_id=basket_id) if need.right == "big_discount"]
    given = grant(
        shop,
        need.right,
        need.payload,
        approver="1003",
        pin="100300",
        asked_by="1007",
        reason="damaged",
        clock=clock,
        ids=ids,
    )
    return given.approval_id


def sell(shop: Shop, basket: Basket, clock: StillClock, ids: CountedIds, *, given: str = "", **other: Any) -> Sale:
    asked: dict[str, Any] = {"cashier": "1007", "basket_id": "b1", **other}
    total = Money(sum((line.price or line.product.price).fen - line.discount.fen for line in basket.lines))
    approvals = {"big_discount": given} if given else {}
    order = Order(basket, (Tender("cash", total),), approvals=approvals, **asked)
    return checkout(shop, order, clock=clock, ids=ids).sale


def sold(shop: Shop) -> int:
    with shop.reading() as books:
        return len(list(books.sales.every()))


def test_a_big_discount_is_not_sold_without_a_yes(staffed: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    with pytest.raises(NeedsApproval) as refused:
        sell(staffed, half_off(), clock, ids)

    assert refused.value.right == "big_discount"
    assert sold(staffed) == 0


def test_with_a_yes_it_is_sold_and_the_sale_says_whose(staffed: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    given = approved(staffed, half_off(), clock, ids)

    sale = sell(staffed, half_off(), clock, ids, given=given)

    assert sale.approvals == (given,)
    with staffed.reading() as books:
        found = books.sales.by_receipt(sale.receipt)
        spent = books.approvals.by_id(given)
    assert found == sale
    assert spent is not None
    assert spent.used_at


@pytest.mark.parametrize(
    ("basket", "other", "why"),
    [
        (half_off(Line(CUP, discount=Money(1), discount_reason="x")), {}, "other_action"),
        (Basket(lines=(Line(CUP, discount=Money(HALF + 1), discount_reason="damaged"),)), {}, "other_action"),
        (half_off(), {"basket_id": "b2"}, "other_action"),
        (half_off(), {"cashier": "1008"}, None),
        (half_off(Line(TEA)), {}, None),
    ],
)
def test_the_yes_is_for_these_discounts_of_this_basket(
    staffed: MemoryShop,
    clock: StillClock,
    ids: CountedIds,
    basket: Basket,
    other: dict[str, str],
    why: str | None,
) -> None:
    given = approved(staffed, half_off(), clock, ids)

    if why is None:
        # who takes the payment after a quick switch, and goods rung up meanwhile, change nothing about it
        assert sell(staffed, basket, clock, ids, given=given, **other).approvals == (given,)
        return
    with pytest.raises(NeedsApproval) as refused:
        sell(staffed, basket, clock, ids, given=given, **other)
    assert refused.value.why == why
    assert sold(staffed) == 0


def test_a_yes_is_used_up_by_its_sale(staffed: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    given = approved(staffed, half_off(), clock, ids)
    sell(staffed, half_off(), clock, ids, given=given)

    with pytest.raises(NeedsApproval) as refused:
        sell(staffed, half_off(), clock, ids, given=given)

    assert refused.value.why == "used"
    assert sold(staffed) == 1


def test_a_sale_refused_for_another_reason_leaves_the_yes_unspent(
    staffed: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    given = approved(staffed, half_off(), clock, ids)
    order = Order(half_off(), (Tender("cash", Money(1)),), "1007", basket_id="b1", approvals={"big_discount": given})
    with pytest.raises(TenderShort):
        checkout(staffed, order, clock=clock, ids=ids)

    assert sell(staffed, half_off(), clock, ids, given=given).approvals == (given,)


def test_a_limit_is_not_passed_by_the_sum_of_lines(staffed: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    set_policy(staffed, "rights.discount_fen_cashier", 500, clock=clock)
    small = tuple(Line(CUP, discount=Money(300), discount_reason="regular") for _ in range(2))

    assert sell(staffed, Basket(lines=small[:1]), clock, ids).discount == Money(300)
    with pytest.raises(NeedsApproval):
        sell(staffed, Basket(lines=small), clock, ids)


def test_a_cashier_without_the_right_gives_no_discount_at_all(
    staffed: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    set_policy(staffed, "rights.cashier", "-discount,-change_price", clock=clock)

    for line, right in (
        (Line(CUP, discount=Money(1), discount_reason="regular"), "discount"),
        (Line(CUP, price=Money(CUP.price.fen + 1), price_reason="regular"), "change_price"),
    ):
        with pytest.raises(NeedsApproval) as refused:
            sell(staffed, Basket(lines=(line,)), clock, ids)
        assert refused.value.right == right


def test_below_the_floor_a_manager_is_asked_whoever_made_it_so_cheap(
    staffed: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    set_policy(staffed, "price.floor", True, clock=clock)
    set_policy(staffed, "rights.discount_percent_cashier", 100, clock=clock)
    dear = replace(TEA, cost=TEA.price)
    cheap = Basket(lines=(Line(dear, discount=Money(1), discount_reason="regular"),))

    with pytest.raises(NeedsApproval) as refused:
        sell(staffed, cheap, clock, ids)
    assert refused.value.right == "below_floor"
    payload = {"basket": "b1", "lines": [{"code": TEA.code, "qty_milli": 1000, "net_fen": TEA.price.fen - 1}]}
    given = grant(
        staffed, "below_floor", payload, approver="1003", pin="100300", asked_by="1007", reason="regular",
        clock=clock, ids=ids,
    )  # fmt: skip
    order = Order(
        cheap,
        (Tender("cash", Money(TEA.price.fen - 1)),),
        "1007",
        basket_id="b1",
        approvals={"below_floor": given.approval_id},
    )
    assert checkout(staffed, order, clock=clock, ids=ids).sale.approvals == (given.approval_id,)


# scripts


def ask(**other: Any) -> dict[str, Any]:
    line = {"code": CUP.code, "qty": "1", "discount_fen": HALF, "why": "damaged"}
    return {"id": "r1", "lines": [line], "tenders": [{"kind": "cash", "fen": 100_000}], **other}


def test_a_script_without_a_cashier_has_the_owners_hand(
    staffed: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    assert sell_one(staffed, ask(), clock=clock, ids=ids)["discount_fen"] == HALF


def test_a_script_names_who_lets_it_sell_below_the_floor(
    staffed: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    set_policy(staffed, "price.floor", True, clock=clock)
    set_policy(staffed, "price.floor_percent", 10, clock=clock)
    with staffed.writing() as books:
        books.products.put([replace(TEA, cost=TEA.price)])
    # nothing was changed by hand: the shelf's own price is too low
    asked = {"id": "r1", "lines": [{"code": TEA.code}], "tenders": [{"kind": "cash", "fen": 1000}], "cashier": "1007"}

    for wrong, kind in (("", NeedsApproval), ("1007", SelfApproval), ("9999", UnknownStaff)):
        with pytest.raises(kind) as refused:
            sell_one(staffed, asked | {"approver": wrong}, clock=clock, ids=ids)
        if isinstance(refused.value, NeedsApproval):
            assert refused.value.right == "below_floor"
    assert sold(staffed) == 0
    done = sell_one(staffed, asked | {"approver": "1003"}, clock=clock, ids=ids)

    with staffed.reading() as books:
        [spent] = books.approvals.every()
        sale = books.sales.by_receipt(done["receipt"])
    assert (spent.right, spent.approver, spent.asked_by) == ("below_floor", "1003", "1007")
    assert sale is not None
    assert sale.approvals == (spent.approval_id,)
    # the owner's own hand, and goods that bring enough, are not asked
    set_policy(staffed, "price.floor_percent", 0, clock=clock)
    assert sell_one(staffed, asked | {"id": "r2"}, clock=clock, ids=ids)["total_fen"] == TEA.price.fen
    set_policy(staffed, "price.floor_percent", 10, clock=clock)
    owner = {key: value for key, value in asked.items() if key != "cashier"} | {"id": "r3"}
    assert sell_one(staffed, owner, clock=clock, ids=ids)["total_fen"] == TEA.price.fen


def test_a_script_names_who_approves(staffed: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    for wrong, kind in (("", NeedsApproval), ("1007", SelfApproval), ("9999", UnknownStaff), ("1008", NotAllowed)):
        hired(staffed, "1008", clock=clock)
        with pytest.raises(kind):
            sell_one(staffed, ask(cashier="1007", approver=wrong), clock=clock, ids=ids)
    assert sold(staffed) == 0

    done = sell_one(staffed, ask(cashier="1007", approver="1003"), clock=clock, ids=ids)

    with staffed.reading() as books:
        [spent] = books.approvals.every()
        sale = books.sales.by_receipt(done["receipt"])
    assert (spent.approver, spent.asked_by, spent.reason) == ("1003", "1007", "damaged")
    assert sale is not None
    assert sale.approvals == (spent.approval_id,)


class PulledPlug(BaseException):
    """The power goes between two statements."""


def plug_pulled_at(statement: int) -> Callable[..., None]:
    """`Work.run`, but for that one."""
    run, counted = Work.run, count(1)

    def pulled(work: Work, sql: Sql, **values: Any) -> None:
        if next(counted) == statement:
            raise PulledPlug
        run(work, sql, **values)

    return pulled


def test_whenever_the_power_goes_the_yes_is_spent_with_its_sale_or_not_at_all(
    file_shop: ShopDatabase, clock: StillClock, ids: CountedIds
) -> None:
    put_products(file_shop, [CUP], clock=clock)
    hired(file_shop, "1003", "1007", clock=clock)
    reached, statement = False, 0
    while not reached:
        statement += 1
        given = approved(file_shop, half_off(), clock, ids, f"b{statement}")
        sold_before = sold(file_shop)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Work, "run", plug_pulled_at(statement))
            try:
                sell(file_shop, half_off(), clock, ids, given=given, basket_id=f"b{statement}")
                reached = True
            except PulledPlug:
                pass

        with file_shop.reading() as books:
            spent = books.approvals.by_id(given)
        assert spent is not None
        assert bool(spent.used_at) == (sold(file_shop) == sold_before + 1) == reached
    assert statement > 6


# goods taken back, copies, the drawer


def test_what_left_the_basket_is_told_by_code(clock: StillClock) -> None:
    before, after = Basket(lines=(Line(TEA), Line(CUP), Line(CUP))), Basket(lines=(Line(CUP), Line(TEA), Line(TEA)))

    taken = taken_between(before, after, cashier="1007", basket_id="b1")

    assert taken == TakenBack("1007", "b1", ((CUP.code, 1000),), CUP.price.fen)
    assert taken_between(before, before, cashier="1007", basket_id="b1") is None


def test_taking_back_is_on_record_and_needs_the_right(staffed: MemoryShop, clock: StillClock) -> None:
    taken = TakenBack("1007", "b1", ((CUP.code, 1000),), CUP.price.fen)
    baskets.keep(staffed, Basket(), taken=taken, clock=clock)
    with staffed.reading() as books:
        entry = books.journal.at(books.journal.head()[0])
    assert entry is not None
    assert entry.type == "line.taken_back"

    set_policy(staffed, "rights.cashier", "-remove_line", clock=clock)
    with pytest.raises(NeedsApproval):
        baskets.keep(staffed, Basket(), taken=taken, clock=clock)


def test_the_copy_too_many_needs_a_yes(staffed: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    receipt = sell(staffed, Basket(lines=(Line(CUP),)), clock, ids).receipt
    for _ in range(3):
        printing.reprint(staffed, receipt, clock=clock, ids=ids, by="1007")

    with pytest.raises(NeedsApproval) as refused:
        printing.reprint(staffed, receipt, clock=clock, ids=ids, by="1007")
    assert refused.value.right == "reprint_more"
    given = grant(
        staffed, "reprint_more", {"receipt": receipt, "copy": 4}, approver="1003", pin="100300", asked_by="1007",
        reason="checked", clock=clock, ids=ids,
    )  # fmt: skip
    job = printing.reprint(staffed, receipt, clock=clock, ids=ids, by="1007", approval_id=given.approval_id)
    assert job.copy == 4
    with pytest.raises(NeedsApproval):
        printing.reprint(staffed, receipt, clock=clock, ids=ids, by="1007", approval_id=given.approval_id)


def test_a_cashier_opens_no_drawer_by_himself(staffed: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    with pytest.raises(NeedsApproval):
        printing.kick_drawer(staffed, cashier="1007", reason="no_sale", clock=clock, ids=ids)

    assert printing.kick_drawer(staffed, cashier="1003", reason="no_sale", clock=clock, ids=ids)
