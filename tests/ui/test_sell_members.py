"""Ringing up for a member: her prices, her points, her coupons."""

from __future__ import annotations

from dataclasses import replace

from storeapp.domain.coupon import CouponNeedsMore
from storeapp.domain.coupon_terms import CouponTerms
from storeapp.domain.member import UnknownMember
from storeapp.domain.money import Money
from storeapp.domain.own_member import OwnMember
from storeapp.domain.promotion import Scope
from storeapp.ui.sell.presenter import SellPresenter
from tests.ui.scene import ALICE, MILK, TEN_OFF, TISSUE, WATER, Scene
from tests.ui.seen_selling import SeenSelling

NOBODYS = "6999999999994"


def test_a_search_answers_goods_and_members(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.search("6621")

    assert [(hit.kind, hit.detail) for hit in seen.state.hits] == [("member", "138****6621")]
    sell.choose_hit(0)
    assert seen.state.member is not None
    assert seen.state.member.points == 2486


def test_a_whole_phone_number_is_the_member(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.scan("13800006621")

    assert seen.state.member is not None
    assert seen.state.member.name == ALICE.name
    assert seen.state.unknown_codes == ()


def test_a_member_pays_her_price_and_sees_what_she_earns(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.scan(MILK.code)
    sell.attach_member(ALICE.member_id)

    assert seen.state.due == Money(5990)
    assert seen.state.member is not None
    assert seen.state.member.will_earn == 59

    sell.attach_member(None)
    assert seen.state.due == Money(6990)


def test_her_best_coupon_counts_by_itself_once_the_goods_suffice(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.attach_member(ALICE.member_id)
    sell.scan(MILK.code)
    assert seen.state.priced.coupon_discount == Money(0)

    sell.submit(f"2*{TISSUE.code}")

    assert seen.state.priced.coupon_discount == Money(1000)
    assert seen.state.due == Money(5990 + 2 * 2690 - 1000)


def test_a_coupon_the_cashier_took_away_stays_away(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.attach_member(ALICE.member_id)
    sell.submit(f"2*{MILK.code}")

    sell.press_coupon(TEN_OFF.code)
    sell.scan(WATER.code)

    assert seen.state.priced.coupon_discount == Money(0)
    sell.press_coupon(TEN_OFF.code)
    assert seen.state.priced.coupon_discount == Money(1000)


def test_a_coupon_that_no_longer_counts_goes_with_a_word(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.attach_member(ALICE.member_id)
    sell.submit(f"2*{MILK.code}")

    sell.step(0, -1)

    assert seen.state.priced.coupon_discount == Money(0)
    assert [type(error) for error in seen.told] == [CouponNeedsMore]
    assert seen.rung == [(MILK.name, "1")]


def test_a_coupon_code_can_be_scanned(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.submit(f"2*{MILK.code}")

    sell.scan("7f3k-9q21")

    assert seen.state.priced.coupon_discount == Money(1000)
    assert [coupon.code for coupon in seen.state.coupons] == [TEN_OFF.code]


def test_a_coupon_that_cannot_count_is_refused_and_changes_nothing(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.scan(WATER.code)

    sell.scan(TEN_OFF.code)

    assert [type(error) for error in seen.told] == [CouponNeedsMore]
    assert seen.state.unknown_codes == ()
    assert seen.state.due == Money(200)


def test_a_member_who_was_forgotten_meanwhile_leaves_the_basket(
    sell: SellPresenter, seen: SeenSelling, here: Scene
) -> None:
    sell.scan(MILK.code)
    sell.attach_member(ALICE.member_id)
    with here.shop.writing() as books:
        books.members.erase(ALICE.member_id)

    sell.scan(WATER.code)

    assert seen.state.member is None
    assert [type(error) for error in seen.told] == [UnknownMember]
    assert seen.state.due == Money(6990 + 200)


def test_what_a_coupon_is_worth_here_decides_not_the_figure_on_it(
    sell: SellPresenter, seen: SeenSelling, here: Scene
) -> None:
    milk, other = Scope(codes=frozenset({MILK.code})), Scope(codes=frozenset({"no-such"}))
    terms = {
        "PERCENT1": CouponTerms("percent", percent=30),
        "G1FT0001": CouponTerms("item", scope=milk),
        "0THER001": CouponTerms("percent", percent=90, scope=other),
    }
    with here.shop.writing() as books:
        for code, said in terms.items():
            books.coupons.put(
                replace(TEN_OFF, coupon_id=code, code=code, amount=Money(0), min_spend=Money(0), terms=said)
            )
    sell.attach_member(ALICE.member_id)
    sell.submit(f"2*{MILK.code}")

    member = seen.state.member
    assert member is not None
    # a milk for nothing, 30 percent of two, ten yuan off; and one for goods that are not here
    assert [(coupon.code, coupon.used, coupon.fits) for coupon in member.coupons] == [
        ("G1FT0001", True, True),
        ("PERCENT1", False, True),
        (TEN_OFF.code, False, True),
        ("0THER001", False, False),
    ]


def test_of_her_coupons_those_that_fit_stand_first_the_dearest_before_the_others(
    sell: SellPresenter, seen: SeenSelling, here: Scene
) -> None:
    with here.shop.writing() as books:
        for code, fen, least in (("F5000001", 500, 0), ("T1200001", 1200, 3000), ("H5000001", 5000, 99_900)):
            books.coupons.put(replace(TEN_OFF, coupon_id=code, code=code, amount=Money(fen), min_spend=Money(least)))
    sell.attach_member(ALICE.member_id)
    sell.submit(f"2*{MILK.code}")

    member = seen.state.member
    assert member is not None
    assert [(coupon.code, coupon.used, coupon.fits) for coupon in member.coupons] == [
        ("T1200001", True, True),
        (TEN_OFF.code, False, True),
        ("F5000001", False, True),
        ("H5000001", False, False),
    ]


def test_her_own_membership_is_no_customer_of_hers(here: Scene, sell: SellPresenter, seen: SeenSelling) -> None:
    with here.shop.writing() as books:
        books.staff.put_phone(sell.staff.code, ALICE.phone)

    sell.attach_member(ALICE.member_id)

    assert seen.state.member is None
    assert isinstance(seen.told[-1], OwnMember)


def test_a_member_who_comes_after_the_total_is_on_record(here: Scene, sell: SellPresenter) -> None:
    sell.scan(MILK.code)
    sell.attach_member(ALICE.member_id)
    assert "member.attached_late" not in types(here)
    sell.attach_member(None)

    sell.for_payment()
    sell.attach_member(ALICE.member_id)

    assert types(here).count("member.attached_late") == 1


def types(here: Scene) -> list[str]:
    with here.shop.reading() as books:
        return [entry.type for entry in books.journal.after(0, limit=500)]
