"""The other deeds: ringing up, signing up, staff, policy, scripts, taking money by code."""

from __future__ import annotations

import pytest

from storeapp.domain.barcode import ean13_check_digit
from storeapp.domain.basket import Basket, set_price
from storeapp.domain.member import BadPhone, ConsentMissing, MemberExists, UnknownMember
from storeapp.domain.money import Money
from storeapp.domain.policy import BadPolicy, Policy
from storeapp.domain.pricing import price
from storeapp.domain.product import Product, UnknownCode
from storeapp.domain.quantity import BadQuantity, quantity, times
from storeapp.domain.staff import NotAllowed, SignInLocked, UnknownStaff, WrongPin, require
from storeapp.errors import Refused
from storeapp.till import staff as staff_deeds
from storeapp.till.catalogue import BarcodeTaken, put_products, remove_products
from storeapp.till.members import SignUp, by_phone, card, erase, set_consent, sign_up
from storeapp.till.policies import set_policies, set_policy
from storeapp.till.refund_script import refund_one
from storeapp.till.script import price_one, sell_one
from storeapp.till.selling import ring_up
from tests.domain.goods import APPLE, STRANGER, TEA
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock


def head(shop: MemoryShop) -> int:
    with shop.reading() as books:
        return books.journal.head()[0]


@pytest.mark.parametrize("code", [TEA.code, " ６９０１２３４５６７８９２ "])
def test_a_code_rings_up_its_product(shop: MemoryShop, code: str) -> None:
    with shop.reading() as books:
        assert ring_up(books, code, Policy({})).product == TEA


def test_a_scale_label_rings_up_by_item_number(shop: MemoryShop) -> None:
    with shop.reading() as books:
        line = ring_up(books, "2100301003507", Policy({}))

    assert (line.product, line.label_price) == (APPLE, Money(350))


def test_a_scale_label_rings_up_a_product_that_is_numbered_with_the_prefix(shop: MemoryShop, clock: StillClock) -> None:
    pear = Product("2200123", "鸭梨", Money(690), weighed=True)
    put_products(shop, [pear], clock=clock)
    first = "220012301256"

    with shop.reading() as books:
        line = ring_up(books, first + str(ean13_check_digit(first)), Policy({}))

    assert (line.product, line.quantity) == (pear, quantity("1.256"))


def test_three_packets_of_one_label_cost_three_times_its_price(shop: MemoryShop) -> None:
    with shop.reading() as books:
        line = ring_up(books, "2100301003507", Policy({}), quantity=quantity("3"))

    assert price(Basket((line,)), STRANGER).total == Money(1050)


def test_half_a_packet_is_no_label(shop: MemoryShop) -> None:
    with shop.reading() as books, pytest.raises(BadQuantity):
        ring_up(books, "2100301003507", Policy({}), quantity=quantity("0.5"))


def test_a_label_whose_price_is_changed_keeps_its_weight(shop: MemoryShop) -> None:
    with shop.reading() as books:
        basket = Basket((ring_up(books, "2100301003507", Policy({})),))
    weighed = price(basket, STRANGER).lines[0].quantity

    changed = price(set_price(basket, 1, Money(500), "ripe"), STRANGER)

    assert changed.lines[0].quantity == weighed
    assert changed.total == times(Money(500), weighed)


@pytest.mark.parametrize("code", ["", "6999999999999", "2199999003500", "x" * 65, "🍎"])
def test_an_unknown_code_is_refused(shop: MemoryShop, code: str) -> None:
    with shop.reading() as books, pytest.raises(UnknownCode):
        ring_up(books, code, Policy({}))


def test_a_barcode_belongs_to_one_product(shop: MemoryShop, clock: StillClock) -> None:
    before = head(shop)

    with pytest.raises(BarcodeTaken):
        put_products(shop, [Product("9", "冒牌", Money(1), barcodes=(TEA.code,))], clock=clock)

    assert head(shop) == before


def test_the_same_catalogue_again_changes_nothing(shop: MemoryShop, clock: StillClock) -> None:
    before = head(shop)

    assert put_products(shop, [TEA, APPLE], clock=clock) == 0
    assert head(shop) == before


def test_a_removed_product_no_longer_rings_up(shop: MemoryShop, clock: StillClock) -> None:
    remove_products(shop, [TEA.code], clock=clock)

    with shop.reading() as books, pytest.raises(UnknownCode):
        ring_up(books, TEA.code, Policy({}))


def test_signing_up_records_both_answers_and_no_name_in_the_journal(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    member = sign_up(shop, SignUp("138 0000 0001", "王芳"), cashier="1007", clock=clock, ids=ids)

    with shop.reading() as books:
        given = {consent.purpose: consent.given for consent in books.members.consents(member.member_id)}
        bodies = b"".join(entry.body for entry in books.journal.after(0))
    assert given == {"membership": True, "marketing": False}
    assert "王芳".encode() not in bodies
    assert b"13800000001" not in bodies


def test_a_phone_belongs_to_one_member(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    first = sign_up(shop, SignUp("13800000001"), cashier="1007", clock=clock, ids=ids)

    with pytest.raises(MemberExists) as refusal:
        sign_up(shop, SignUp("+86 13800000001"), cashier="1007", clock=clock, ids=ids)
    assert refusal.value.member_id == first.member_id


def test_nobody_is_signed_up_without_agreeing(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    with pytest.raises(ConsentMissing):
        sign_up(shop, SignUp("13800000001", agrees_membership=False), cashier="1007", clock=clock, ids=ids)
    with pytest.raises(BadPhone):
        sign_up(shop, SignUp("1380000"), cashier="1007", clock=clock, ids=ids)


def test_an_erased_member_is_unknown_and_her_journal_still_verifies(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    member = sign_up(shop, SignUp("13800000001", "王芳"), cashier="1007", clock=clock, ids=ids)
    set_consent(shop, member.member_id, purpose="marketing", given=True, clock=clock)
    erase(shop, member.member_id, clock=clock)

    with shop.reading() as books:
        with pytest.raises(UnknownMember):
            by_phone(books, "13800000001")
        with pytest.raises(UnknownMember):
            card(books, member.member_id, on=clock.now().date())


def test_a_wrong_pin_counts_and_five_lock(shop: MemoryShop, clock: StillClock) -> None:
    staff_deeds.put_staff(shop, "1001", name="王店长", role="owner", pin="135790", clock=clock)
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongPin) as refusal:
            staff_deeds.sign_in(shop, "1001", "000000", clock=clock)
        assert refusal.value.tries_left == left

    with pytest.raises(SignInLocked):
        staff_deeds.sign_in(shop, "1001", "000000", clock=clock)
    with pytest.raises(SignInLocked):
        staff_deeds.sign_in(shop, "1001", "135790", clock=clock)
    clock.go_on(minutes=2)
    assert staff_deeds.sign_in(shop, "1001", "135790", clock=clock).wrong_tries == 0


def test_the_last_owner_stays(shop: MemoryShop, clock: StillClock) -> None:
    staff_deeds.put_staff(shop, "1001", name="王店长", role="owner", pin="135790", clock=clock)

    with pytest.raises(staff_deeds.LastOwner):
        staff_deeds.dismiss(shop, "1001", clock=clock)
    with pytest.raises(UnknownStaff):
        staff_deeds.sign_in(shop, "9999", "0000", clock=clock)


def test_a_cashier_may_not_touch_the_settings(shop: MemoryShop, clock: StillClock) -> None:
    person = staff_deeds.put_staff(shop, "1007", name="陈", role="cashier", pin="1357", clock=clock)

    with pytest.raises(NotAllowed):
        require(person, "settings")


def test_several_choices_hold_together_or_not_at_all(shop: MemoryShop, clock: StillClock) -> None:
    before = head(shop)

    with pytest.raises(BadPolicy):
        set_policies(shop, {"shop.name": "海棠便利", "points.per_yuan": -1}, clock=clock)

    assert head(shop) == before


def test_a_script_sells_as_the_counter_does(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    request = {
        "id": "b1",
        "at": "2026-09-28T11:53:26+08:00",
        "cashier": "1007",
        "lines": [
            {"code": TEA.code, "qty": "2"},
            {"code": "2100301003507"},
            {"code": "0001", "price_fen": 40, "discount_fen": 10, "why": "damaged"},
        ],
        "tenders": [{"kind": "cash", "fen": 10000}],
    }

    result = sell_one(shop, request, clock=clock, ids=ids)

    assert (result["receipt"], result["total_fen"], result["change_fen"]) == ("S01-1-20260928-0001", 1080, 8920)
    assert [line["net_fen"] for line in result["lines"]] == [700, 350, 30]
    assert result["lines"][2]["why"] == [{"reason": "line_discount", "fen": 10, "note": "damaged", "ref": ""}]
    assert sell_one(shop, request, clock=clock, ids=ids) == {**result, "repeated": True}


@pytest.mark.parametrize(("cashier", "word"), [("1008", "unknown_staff"), ("1009", "unknown_staff"), ("1007", "")])
def test_once_the_shop_has_a_list_a_script_names_somebody_who_is_on_it(
    shop: MemoryShop, clock: StillClock, ids: CountedIds, cashier: str, word: str
) -> None:
    for code in ("1007", "1009"):
        staff_deeds.put_staff(shop, code, name="陈", role="cashier", pin=code, clock=clock)
    staff_deeds.dismiss(shop, "1009", clock=clock)
    sale = {"lines": [{"code": TEA.code}], "tenders": [{"kind": "cash", "fen": 350}]}
    sold = sell_one(shop, {**sale, "id": "b1"}, clock=clock, ids=ids)
    back = {"receipt": sold["receipt"], "reason": "x", "approver": "1001"}
    staff_deeds.put_staff(shop, "1001", name="林", role="owner", pin="100100", clock=clock)
    before = head(shop)

    found = []
    for deed in (
        lambda: sell_one(shop, {**sale, "id": "b2", "cashier": cashier}, clock=clock, ids=ids),
        lambda: price_one(shop, {**sale, "cashier": cashier}, clock=clock, ids=ids),
        lambda: refund_one(shop, {**back, "id": "r1", "cashier": cashier}, clock=clock, ids=ids),
        lambda: refund_one(
            shop,
            {"goods": [{"code": TEA.code}], "reason": "x", "approver": "1001", "id": "r2", "cashier": cashier},
            clock=clock,
            ids=ids,
        ),
    ):
        try:
            deed()
            found.append("")
        except Refused as refusal:
            found.append(refusal.word)

    assert found == [word] * 4
    assert (head(shop) == before) is bool(word)


def test_a_script_sells_for_nobody_whose_role_may_not(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    staff_deeds.put_staff(shop, "1007", name="陈", role="cashier", pin="1007", clock=clock)
    set_policy(shop, "rights.cashier", "-sell,+refund", clock=clock)
    sale = {"lines": [{"code": TEA.code}], "tenders": [{"kind": "cash", "fen": 350}]}
    sold = sell_one(shop, sale, clock=clock, ids=ids)
    swap = {"receipt": sold["receipt"], "reason": "x", "cashier": "1007", "take": sale["lines"]}
    before = head(shop)

    with pytest.raises(NotAllowed):
        sell_one(shop, {**sale, "cashier": "1007"}, clock=clock, ids=ids)
    with pytest.raises(NotAllowed):
        refund_one(shop, swap, clock=clock, ids=ids)

    assert head(shop) == before


def test_a_dry_run_prices_and_sells_nothing(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    before = head(shop)

    assert price_one(shop, {"id": "b1", "lines": [{"code": TEA.code}]}, clock=clock, ids=ids)["total_fen"] == 350
    assert head(shop) == before


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"lines": []}, "empty_basket"),
        ({"lines": [{"code": "6999999999999"}]}, "unknown_code"),
        ({"lines": [{"code": TEA.code, "qty": "0"}]}, "bad_quantity"),
        ({"lines": [{"code": TEA.code, "qty": "-1"}]}, "bad_quantity"),
        ({"lines": [{"code": TEA.code, "qty": "99999999"}]}, "quantity_too_large"),
        ({"lines": [{"code": TEA.code, "qty": "0.5"}]}, "part_of_a_piece"),
        ({"lines": [{"code": TEA.code, "qty": 2}]}, "bad_request"),
        ({"lines": [{"code": TEA.code, "discount_fen": 351, "why": "x"}]}, "discount_exceeds_line"),
        ({"lines": [{"code": TEA.code, "discount_fen": -5}]}, "bad_price"),
        ({"lines": [{"code": TEA.code, "price_fen": 1.5}]}, "bad_request"),
        ({"lines": "tea"}, "bad_request"),
        ({"lines": [{"code": TEA.code, "colour": "red"}]}, "bad_request"),
        ({"member": "13800000009"}, "unknown_member"),
        ({"coupons": ["7F3K9Q2M"]}, "unknown_coupon"),
        ({"points": 500}, "tender_needs_member"),
        ({"tenders": [{"kind": "stored_value", "fen": 350}]}, "tender_needs_member"),
        ({"tenders": [{"kind": "exchange", "fen": 350}]}, "tender_not_taken"),
        ({"tenders": []}, "tender_short"),
        ({"at": "yesterday"}, "bad_request"),
        ({"round": "tenner"}, "bad_request"),
        ({"cashier": "a b"}, "bad_staff_code"),
        ({"colour": "red"}, "bad_request"),
    ],
)
def test_a_request_that_will_not_do_says_why_and_changes_nothing(
    shop: MemoryShop, clock: StillClock, ids: CountedIds, change: dict[str, object], word: str
) -> None:
    request = {"id": "b1", "lines": [{"code": TEA.code}], "tenders": [{"kind": "cash", "fen": 350}], **change}
    before = head(shop)

    with pytest.raises(Refused) as refusal:
        sell_one(shop, request, clock=clock, ids=ids)

    assert refusal.value.word == word
    assert head(shop) == before


def test_a_policy_that_is_so_already_is_not_journaled_again(shop: MemoryShop, clock: StillClock) -> None:
    set_policy(shop, "shop.name", "海棠便利", clock=clock)
    before = head(shop)
    set_policy(shop, "shop.name", "海棠便利", clock=clock)

    assert head(shop) == before
