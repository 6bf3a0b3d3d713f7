"""Tenders: what covers a total, what gives change, and what is absurd."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.basket import CashRounding
from storeapp.domain.money import Money
from storeapp.domain.tender import (
    AbsurdChange,
    BadTender,
    Tender,
    TenderExceedsDue,
    TenderShort,
    quick_tenders,
    settle,
)


def cash(fen: int) -> Tender:
    return Tender("cash", Money(fen))


def code(fen: int) -> Tender:
    return Tender("code_manual", Money(fen))


def test_cash_gives_change() -> None:
    settled = settle(Money(8213), [cash(10000)])

    assert (settled.due, settled.change, settled.rounding) == (Money(8213), Money(1787), Money(0))


def test_only_the_part_paid_in_cash_is_rounded_and_only_down() -> None:
    settled = settle(Money(8213), [code(2000), cash(10000)], cash_rounding="jiao")

    assert (settled.due, settled.change, settled.rounding) == (Money(8210), Money(3790), Money(-3))


def test_without_cash_nothing_is_rounded() -> None:
    assert settle(Money(8213), [code(8213)], cash_rounding="yuan").rounding == Money(0)


@given(st.integers(0, 100_000), st.sampled_from(["fen", "jiao", "yuan"]), st.integers(0, 50_000))
def test_rounding_is_never_against_the_customer(fen: int, step: CashRounding, more: int) -> None:
    settled = settle(Money(fen), [cash(fen + more)], cash_rounding=step)

    assert -100 < settled.rounding.fen <= 0
    assert settled.due + settled.change == Money(fen + more)


def test_too_little_is_refused_with_what_is_missing() -> None:
    with pytest.raises(TenderShort) as refusal:
        settle(Money(8213), [cash(8000)])
    assert refusal.value.missing_fen == 213


def test_nothing_but_cash_gives_change() -> None:
    with pytest.raises(TenderExceedsDue):
        settle(Money(8213), [code(9000)])


def test_a_barcode_as_an_amount_is_refused() -> None:
    with pytest.raises(AbsurdChange):
        settle(Money(8213), [cash(690123456789)])


def test_a_tender_is_an_amount_of_a_known_kind() -> None:
    with pytest.raises(BadTender):
        cash(-1)
    with pytest.raises(BadTender):
        Tender("shells", Money(1))  # type: ignore[arg-type]  # what must not be


def test_a_basket_that_costs_nothing_needs_no_tender() -> None:
    assert settle(Money(0), []).due == Money(0)


@given(st.integers(1, 60_000))
def test_quick_tenders_begin_with_the_exact_amount_and_all_cover_it(fen: int) -> None:
    offered = quick_tenders(Money(fen))

    assert offered[0] == Money(fen)
    assert all(amount.fen >= fen for amount in offered)
    assert list(offered) == sorted(set(offered))
