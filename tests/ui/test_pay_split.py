"""A payment in parts: any order, each removable until the sale is written, and nothing taken for what it is not."""

from __future__ import annotations

from typing import Any

import pytest

from storeapp.domain.money import Money, NotAnAmount
from storeapp.domain.payment import CodeUsed, NoPaymentCode
from storeapp.domain.tender import Tender, TenderExceedsDue
from storeapp.domain.voucher import VoucherMissing
from storeapp.ui.pay.state import MoreThanThere, Offered, PayState, VoucherTwice, Way, WayClosed
from storeapp.ui.pay.weighing import amount_of, fits, weighed
from tests.ui.scene import COLA, MILK
from tests.ui.test_pay_presenter import PAID, REFUSED, Counter, counter


@pytest.fixture
def till() -> Counter:
    made = counter(provider=True)
    made.sell.scan(MILK.code)
    return made


def part(till: Counter, way: Way, typed: str, proof: str = "") -> None:
    till.pay.open(way)
    till.pay.type(typed)
    till.pay.prove(proof)
    till.pay.confirm()


def test_five_tenders_in_any_order_make_one_sale(till: Counter) -> None:
    part(till, "cash", "10")
    part(till, "card", "15", "8841")
    part(till, "code_manual", "5")
    till.pay.open("scan")
    till.pay.type("20")
    till.pay.take_scan(PAID)
    assert till.sold is None
    assert till.seen.state.left == Money(1990)

    part(till, "cash", "20")

    assert till.sold is not None
    kinds = [(tender.kind, tender.amount.fen) for tender in till.sold.tenders]
    assert kinds == [("cash", 1000), ("card", 1500), ("code_manual", 500), ("simulated", 2000), ("cash", 2000)]
    assert till.sold.tenders[1].ref == "8841"
    assert till.sold.change == Money(10)


def test_each_part_brings_down_what_is_left(till: Counter) -> None:
    part(till, "cash", "20")

    assert till.seen.state.left == Money(4990)
    assert till.seen.state.due == Money(4990)
    assert till.seen.state.typed == ""


def test_a_part_is_taken_away_again_and_counts_no_more(till: Counter) -> None:
    part(till, "cash", "20")
    part(till, "card", "30", "1234")

    till.pay.remove(0)

    assert [tender.kind for tender in till.seen.state.tenders] == ["card"]
    assert till.seen.state.left == Money(3990)


def test_the_last_part_goes_by_one_key(till: Counter) -> None:
    part(till, "cash", "20")
    part(till, "card", "30")

    till.pay.remove_last()

    assert till.seen.state.tenders == (Tender("cash", Money(2000)),)


def test_there_is_nothing_to_take_away_of_nothing(till: Counter) -> None:
    till.pay.open("cash")

    till.pay.remove_last()
    till.pay.remove(3)

    assert till.seen.state.tenders == ()


def test_a_part_more_than_is_left_is_refused_unless_it_is_cash(till: Counter) -> None:
    part(till, "cash", "60")
    part(till, "card", "20")

    assert isinstance(till.seen.state.refused, TenderExceedsDue)
    assert till.seen.state.tenders == (Tender("cash", Money(6000)),)


def test_cash_in_two_parts_is_rounded_once(till: Counter) -> None:
    with till.here.shop.writing() as books:
        books.policy.put("cash.rounding", "yuan", at="2026-01-01T00:00:00+08:00")
    part(till, "cash", "20")
    assert till.seen.state.due == Money(4900)

    till.pay.open("cash")
    till.pay.confirm()

    assert till.sold is not None
    assert till.sold.due == Money(6900)
    assert till.sold.change == Money(0)


@pytest.mark.parametrize(("way", "typed"), [("cash", ""), ("card", ""), ("code_manual", ""), ("cash", "20")])
def test_a_shop_that_rounds_the_whole_is_paid_the_rounded_whole_in_any_way(till: Counter, way: Way, typed: str) -> None:
    _round_the_whole(till)
    if typed:
        part(till, way, typed)
    till.pay.open("card" if typed else way)
    till.pay.confirm()

    assert till.sold is not None
    assert till.sold.due == Money(6900)
    assert sum(tender.amount.fen for tender in till.sold.tenders) == 6900


def test_a_wallet_is_asked_for_the_rounded_whole(till: Counter) -> None:
    _round_the_whole(till)
    till.pay.open("scan")

    till.pay.take_scan(PAID)

    assert till.sold is not None
    assert [tender.amount for tender in till.sold.tenders] == [Money(6900)]


def _round_the_whole(till: Counter) -> None:
    with till.here.shop.writing() as books:
        for key, value in (("cash.rounding", "yuan"), ("cash.rounding_scope", "all")):
            books.policy.put(key, value, at="2026-01-01T00:00:00+08:00")


def test_an_amount_typed_before_the_scan_is_the_wallets_part(till: Counter) -> None:
    till.pay.open("scan")
    till.pay.type("40")

    till.pay.take_scan(PAID)

    assert till.sold is None
    assert till.seen.state.tenders[0].amount == Money(4000)
    assert till.seen.state.left == Money(2990)


def test_a_code_scanned_while_cash_is_open_pays_all_that_is_left(till: Counter) -> None:
    part(till, "cash", "20")
    till.pay.open("cash")

    assert till.pay.take_scan(PAID)

    assert till.sold is not None
    assert [tender.amount.fen for tender in till.sold.tenders] == [2000, 4990]


def test_a_code_is_tried_once_and_the_second_time_it_is_said_aloud(till: Counter) -> None:
    till.pay.open("scan")
    till.pay.take_scan(REFUSED)

    till.pay.take_scan(REFUSED)

    assert isinstance(till.seen.state.refused, CodeUsed)
    assert till.sold is None


def test_a_long_number_that_is_no_code_never_becomes_a_red_row(till: Counter) -> None:
    till.pay.open("scan")

    assert till.pay.take_scan("994567890123456781")

    assert isinstance(till.seen.state.refused, NoPaymentCode)
    assert till.basket.state.unknown_codes == ()


def test_a_code_over_the_basket_is_a_payment_only_where_there_is_something_to_pay(till: Counter) -> None:
    assert till.pay.wants_code(PAID)
    assert not till.pay.wants_code(COLA.code)

    empty, alone = counter(provider=True), counter()
    alone.sell.scan(MILK.code)

    assert not empty.pay.wants_code(PAID)
    assert not alone.pay.wants_code(PAID)


def test_a_way_without_a_provider_says_so() -> None:
    till = counter()
    till.sell.scan(MILK.code)

    with pytest.raises(WayClosed) as closed:
        till.pay.open("scan")

    assert closed.value.reason == "no_provider"


def test_what_was_pasted_and_is_no_amount_is_refused_aloud(till: Counter) -> None:
    till.pay.open("cash")

    till.pay.paste("6923644240028")

    assert isinstance(till.seen.state.refused, NotAnAmount)
    assert till.seen.beeps == 1
    assert till.seen.state.typed == ""


def test_leaving_forgets_the_parts(till: Counter) -> None:
    part(till, "cash", "20")

    assert till.pay.leave()

    assert till.seen.state.tenders == ()
    assert not till.seen.state.is_open


def test_money_a_provider_took_keeps_the_payment_open(till: Counter) -> None:
    till.pay.open("scan")
    till.pay.type("40")
    till.pay.take_scan(PAID)

    assert not till.pay.leave()

    assert len(till.seen.state.tenders) == 1


def with_offer(way: Way, **more: Any) -> PayState:
    """A payment of 69.90 with one way open."""
    state = PayState(way=way, offers=(Offered("cash"), Offered(way, **more)))
    return weighed(state, asked=Money(6990), rounding="fen")


def test_an_empty_field_takes_all_the_points_that_fit() -> None:
    few, many = with_offer("points", most=Money(2486)), with_offer("points", most=Money(99900))

    assert amount_of(few) == Money(2486)
    assert amount_of(many) == Money(6990)


def test_no_more_points_are_taken_than_there_are() -> None:
    state = with_offer("points", most=Money(2486))

    with pytest.raises(MoreThanThere):
        fits(state, Money(2487))

    assert fits(state, Money(2486)) == Money(2486)


def test_a_voucher_needs_its_number_and_counts_once(till: Counter) -> None:
    from storeapp.ui.pay.state import Given
    from storeapp.ui.pay.weighing import tender_of

    bare = with_offer("coupon")
    with pytest.raises(VoucherMissing):
        tender_of(bare, Money(1000))

    taken = Tender("coupon", Money(1000), "V100")
    state = weighed(
        PayState(way="coupon", offers=(Offered("coupon"),), given=(Given(taken),), proof="V100"),
        asked=Money(6990),
        rounding="fen",
    )
    with pytest.raises(VoucherTwice):
        tender_of(state, Money(1000))
