"""Barcodes, phones, days, points, policy and the journal's chain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain import crockford
from storeapp.domain.barcode import ScaleLayout, ean13_check_digit, is_ean13, read_scale_label
from storeapp.domain.business_day import business_day, receipt_number
from storeapp.domain.journal import GENESIS, ChainBroken, Entry, canonical, entry, verify
from storeapp.domain.ledger import Leg, Txn, Unbalanced
from storeapp.domain.member import BadPhone, masked_name, masked_phone, normal_phone
from storeapp.domain.money import Money
from storeapp.domain.policy import RULES, BadPolicy, Policy, UnknownPolicy, checked, from_words, scale_layouts
from storeapp.domain.product import BadProduct, Product
from storeapp.domain.quantity import quantity
from storeapp.domain.reason import REASONS, said
from storeapp.domain.staff import BadPin, Staff, check_pin_shape, lock_minutes
from storeapp.words import words

LAYOUTS = scale_layouts("21:5:5:price,22:5:5:weight")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def label(first_twelve: str) -> str:
    return first_twelve + str(ean13_check_digit(first_twelve))


def test_a_price_label_says_item_and_amount() -> None:
    found = read_scale_label("2100301003507", LAYOUTS)

    assert found is not None
    assert (found.item, found.price, found.weight) == ("00301", Money(350), None)


def test_a_weight_label_says_item_and_grams() -> None:
    found = read_scale_label(label("220030101256"), LAYOUTS)

    assert found is not None
    assert (found.item, found.weight) == ("00301", quantity("1.256"))


@pytest.mark.parametrize("code", ["2100301003501", "210030100350", "69012345678921", "2100301000009", "二二二"])
def test_what_is_no_label_is_not_read_as_one(code: str) -> None:
    assert read_scale_label(code, LAYOUTS) is None


def test_a_scale_without_check_digit_needs_a_layout_that_says_so() -> None:
    unchecked = (ScaleLayout("21", checked=False),)

    assert read_scale_label("2100301003500", unchecked) is not None


@given(st.integers(0, 10**12 - 1))
def test_one_wrong_digit_breaks_an_ean13(number: int) -> None:
    code = label(f"{number:012d}")
    wrong = code[:5] + str((int(code[5]) + 1) % 10) + code[6:]

    assert is_ean13(code)
    assert not is_ean13(wrong)


@pytest.mark.parametrize(
    "text", ["13800000001", "+86 138-0000-0001", "8613800000001", "１３８００００００01", "0086 13800000001"]
)
def test_a_phone_is_one_number_however_it_is_written(text: str) -> None:
    assert normal_phone(text) == "8613800000001"


@pytest.mark.parametrize("text", ["", "1380000000", "12800000001", "138000000012", "abc", "8613800"])
def test_what_is_no_mobile_number_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(BadPhone) as refusal:
        normal_phone(text)
    assert text == "" or text not in str(refusal.value)


def test_only_masked_particulars_are_shown() -> None:
    assert masked_phone("8613800000001") == "138****0001"
    assert (masked_name("王芳"), masked_name("欧阳娜娜"), masked_name("")) == ("王*", "欧**", "")


@pytest.mark.parametrize(("hour", "cutoff", "day"), [(3, 4, 27), (4, 4, 28), (23, 4, 28), (0, 0, 28)])
def test_the_business_day_ends_at_the_owners_hour(hour: int, cutoff: int, day: int) -> None:
    moment = datetime(2026, 9, 28, hour, 30, tzinfo=SHANGHAI)

    assert business_day(moment, cutoff_hour=cutoff) == date(2026, 9, day)


def test_a_receipt_number_names_store_till_day_and_sequence() -> None:
    assert receipt_number("S01", "1", date(2026, 9, 28), 117) == "S01-1-20260928-0117"


def test_legs_that_do_not_balance_are_our_fault() -> None:
    with pytest.raises(Unbalanced):
        Txn("t", "sale", "2026-09-28T12:00:00+08:00", (Leg("a", "fen", 1), Leg("b", "pts", -1)))


@pytest.mark.parametrize("key", sorted(RULES))
def test_every_default_of_the_policy_passes_its_own_check(key: str) -> None:
    assert checked(key, RULES[key].default) == RULES[key].default


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("points.per_yuan", "-1"),
        ("points.per_yuan", "many"),
        ("day.cutoff_hour", "13"),
        ("cash.rounding", "down"),
        ("offer.amount_fen", "2001"),
        ("offer.link", "javascript:alert(1)"),
        ("scale.layouts", "21:5:6:price"),
        ("shop.zone", "Mars/Olympus"),
        ("shop.zone", "localtime"),
        ("shop.name", "x" * 61),
        ("points.enabled", "perhaps"),
    ],
)
def test_a_value_that_will_not_do_is_refused(key: str, words: str) -> None:
    with pytest.raises(BadPolicy):
        from_words(key, words)


def test_a_policy_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownPolicy):
        from_words("shop.nmae", "海棠便利")


def test_words_become_the_kind_of_value_the_key_wants() -> None:
    assert from_words("points.per_yuan", "2") == 2
    assert from_words("offer.enabled", "on") is True
    assert from_words("shop.name", "100") == "100"


def test_an_offer_needs_words_and_to_be_switched_on() -> None:
    assert Policy({"offer.enabled": True}).offer() is None
    assert Policy({"offer.headline": "下次立减5元"}).offer() is None
    assert Policy({"offer.enabled": True, "offer.headline": "下次立减5元"}).offer() is not None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "长" * 201}, "name"),
        ({"price": Money(-1)}, "price"),
        ({"code": "a\nb"}, "code"),
    ],
)
def test_a_product_that_may_not_be_is_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(BadProduct) as refusal:
        replace(Product("1", "茶", Money(1)), **changes)
    assert refusal.value.field == field


def test_managers_need_six_digits_and_cashiers_four() -> None:
    check_pin_shape("1234", "cashier")
    with pytest.raises(BadPin):
        check_pin_shape("12345", "manager")
    with pytest.raises(BadPin):
        check_pin_shape("12a4", "cashier")


def test_the_sign_in_locks_longer_each_time() -> None:
    assert [lock_minutes(tries) for tries in (1, 4, 5, 6, 10, 15, 20)] == [0, 0, 1, 0, 5, 30, 30]


def test_roles_hold_what_they_hold() -> None:
    assert not Staff("1007", "陈", "cashier").may("settings")
    assert Staff("1001", "王", "owner").may("policy")


def test_crockford_forgives_lookalikes_and_refuses_the_rest() -> None:
    assert crockford.decode("oIl") == crockford.decode("011")
    with pytest.raises(ValueError, match="no Crockford digit"):
        crockford.decode("U")


def chain(count: int) -> list[Entry]:
    entries, prev = list[Entry](), GENESIS
    for seq in range(1, count + 1):
        made = entry(
            prev,
            device_id="d",
            epoch=1,
            seq=seq,
            event_id=f"00000000-0000-7000-8000-{seq:012d}",
            type_="sale",
            v=1,
            at="2026-09-28T12:00:00+08:00",
            body=canonical({"n": seq}),
        )
        entries.append(made)
        prev = made.hash
    return entries


def test_a_chain_verifies() -> None:
    entries = chain(5)

    assert verify(entries)[0] == 5


@pytest.mark.parametrize(
    ("index", "change", "reason"),
    [
        (2, {"body": b'{"n":9}'}, "content"),
        (2, {"type": "void"}, "content"),
        (2, {"seq": 9}, "gap"),
        (2, {"prev": bytes(32)}, "link"),
    ],
)
def test_a_tampered_chain_says_where_and_how(index: int, change: dict[str, Any], reason: str) -> None:
    entries = chain(5)
    entries[index] = replace(entries[index], **change)

    with pytest.raises(ChainBroken) as finding:
        verify(entries)
    assert finding.value.reason == reason


def test_a_reason_is_said_in_the_shops_language_and_a_written_one_stays() -> None:
    chinese = words("zh_CN")

    assert said("short_dated", chinese) == "临期"
    assert said("给老顾客", chinese) == "给老顾客"
    assert all(said(reason, chinese) != reason for reason in REASONS)
