"""Topping up: the owner's steps, the law's limits, and legs that hold whatever was paid in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain import top_up
from storeapp.domain.ledger import bonus_account, principal_account, tender_account
from storeapp.domain.lots import move
from storeapp.domain.money import ZERO, Money
from storeapp.domain.policy import BadPolicy, Policy, checked
from storeapp.domain.receipt_layout import TextRow
from storeapp.domain.receipt_text import columns
from storeapp.domain.slip_rows import DocSlipFacts
from storeapp.domain.top_up import (
    NAMED_MOST,
    BadTopUp,
    NotAStep,
    Step,
    Terms,
    ValueCapped,
    bonus_for,
    read_steps,
)  # fmt: skip
from storeapp.domain.value_doc import ValueDoc, ValueKind, body, entry, from_body, legs
from storeapp.domain.value_slip import value_slip
from storeapp.words import words

STEPS = read_steps("200+50, 500+150")
TERMS = Terms(STEPS)
DOC = ValueDoc(
    doc_id="d1",
    number="S01-1-20260928-0001",
    number_in_day=1,
    kind="topup",
    store="S01",
    till="1",
    cashier="1007",
    business_date="2026-09-28",
    at="2026-09-28T14:32:00+08:00",
    member_id="m",
    money_fen=20_000,
    tender="cash",
    principal_fen=20_000,
    bonus_fen=5_000,
    principal_after=30_000,
    bonus_after=6_000,
    bonus_until="2027-09-28",
)


@pytest.mark.parametrize(("paid", "bonus"), [(199_99, 0), (200_00, 50_00), (499_99, 50_00), (500_00, 150_00)])
def test_the_highest_step_she_reaches_gives_once(paid: int, bonus: int) -> None:
    assert bonus_for(Money(paid), STEPS) == Money(bonus)


def test_steps_are_told_as_they_were_said() -> None:
    assert ", ".join(map(str, read_steps("50,88.8+8,¥200+50"))) == "50+0, 88.80+8, 200+50"


@pytest.mark.parametrize("text", ["0+5", "200+", "x", "200+50,200+60", "500+150,200+50", "200+50,500+20", "4000+1001"])
def test_steps_that_cannot_be_meant_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_steps(text)
    with pytest.raises(BadPolicy):
        checked("stored_value.rules", text)


def test_the_owner_may_allow_less_than_the_law_and_never_more() -> None:
    assert checked("stored_value.most_fen", 100_000) == 100_000
    with pytest.raises(BadPolicy):
        checked("stored_value.most_fen", NAMED_MOST.fen + 1)
    with pytest.raises(BadPolicy):
        checked("stored_value.return_days", 6)


def test_an_amount_below_the_least_or_beside_the_steps_is_refused() -> None:
    with pytest.raises(BadTopUp):
        top_up.checked(Money(99), ZERO, TERMS)
    for paid in (0, -1, -20_000):
        with pytest.raises(BadTopUp):
            top_up.checked(Money(paid), ZERO, replace(TERMS, least=ZERO))
    with pytest.raises(NotAStep) as refused:
        top_up.checked(Money(20_100), ZERO, replace(TERMS, is_free=False))
    assert refused.value.steps == "200+50, 500+150"
    assert top_up.checked(Money(50_000), ZERO, replace(TERMS, is_free=False)) == Money(15_000)


def test_the_gift_counts_into_what_a_card_may_hold() -> None:
    held = NAMED_MOST - Money(25_000)

    assert top_up.checked(Money(20_000), held, TERMS) == Money(5_000)
    with pytest.raises(ValueCapped) as refused:
        top_up.checked(Money(20_001), held, TERMS)
    assert (refused.value.would_fen, refused.value.room_fen) == (500_001, 25_000)


@given(paid=st.integers(-10, 10**9), held=st.integers(0, 600_000), most=st.integers(1, 10**9))
def test_nothing_lets_a_card_hold_more_than_the_law_allows(paid: int, held: int, most: int) -> None:
    try:
        bonus = top_up.checked(Money(paid), Money(held), replace(TERMS, most=Money(most)))
    except (BadTopUp, ValueCapped):
        return
    assert 0 < paid + held + bonus.fen <= min(NAMED_MOST.fen, most)


def test_a_mutant_without_the_laws_limit_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(top_up, "NAMED_MOST", Money(10**12))

    with pytest.raises(AssertionError):
        test_nothing_lets_a_card_hold_more_than_the_law_allows.hypothesis.inner_test(  # type: ignore[attr-defined]  # hypothesis wraps it
            10**6, 0, 10**9
        )


def test_terms_come_from_the_owners_policy() -> None:
    policy = Policy({"stored_value.rules": "200+50", "stored_value.free_amount": False, "stored_value.most_fen": 9})

    assert policy.top_up_terms() == Terms((Step(Money(20_000), Money(5_000)),), False, Money(100), Money(9))


def test_money_principal_and_gift_are_three_pairs_of_legs() -> None:
    sums = {leg.account: leg.amount for leg in legs(DOC)}

    assert sums[tender_account("cash", "1")] == sums[principal_account("m")] == 20_000
    assert sums[bonus_account("m")] == 5_000
    assert sum(sums.values()) == 0
    back = {leg.account: leg.amount for leg in legs(replace(DOC, kind="topup_refund", money_fen=18_000))}
    assert back[tender_account("cash", "1")] == -18_000
    assert back[principal_account("m")] == -20_000


@given(principal=st.integers(1, 500_000), bonus=st.integers(0, 100_000))
def test_what_she_paid_lies_in_a_lot_that_never_lapses(principal: int, bonus: int) -> None:
    txn = entry(replace(DOC, money_fen=principal, principal_fen=principal, bonus_fen=bonus))

    hers = move(txn, principal_account("m"), (), balance_before=0).opened
    given_on_top = move(txn, bonus_account("m"), (), balance_before=0).opened

    assert [(lot.amount, lot.expires_on) for lot in hers] == [(principal, None)]
    assert [(lot.amount, lot.expires_on) for lot in given_on_top] == ([(bonus, "2027-09-28")] if bonus else [])


def test_a_document_is_read_back_as_it_was_written() -> None:
    doc = replace(DOC, of=("a", "b"), approvals=("x",), request_id="r1", ref="8812")

    assert from_body(body(doc)) == doc
    assert from_body({**body(doc), "of_tomorrow": 1}) == doc


@pytest.mark.parametrize("paper", [32, 48])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("kind", ["topup", "topup_refund"])
def test_the_slip_fits_the_paper_and_says_before_and_after(paper: int, language: str, kind: ValueKind) -> None:
    doc = replace(DOC, kind=kind, ref="8" * 40, cashier="c" * 16)
    facts = DocSlipFacts("小店" * 20, "2026-09-28 14:32:00", "138****0001", "沪-2026-00017", 7)

    rows = value_slip(doc, facts, width=paper, words=words(language), copy=1)

    printed = [row for row in rows if isinstance(row, TextRow)]
    assert all(columns(row.text(paper)) * row.width_factor <= paper for row in printed)
    amounts = [row.right for row in printed]
    assert {"￥200.00", "360.00"} <= set(amounts)
    assert ("110.00" if kind == "topup" else "610.00") in amounts
