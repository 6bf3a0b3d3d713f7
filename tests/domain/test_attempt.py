"""Attempts: every step is one of the list, and no way leads to money that nobody proved."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.attempt import (
    FINAL,
    NOT_BEFORE_S,
    OPEN,
    PATIENCE,
    REFUND_OPEN,
    REVERSE_AFTER_S,
    STEPS,
    UNSETTLED,
    AttemptState,
    Event,
    ImpossibleStep,
    Patience,
    after,
    heard,
    heard_reversing,
    is_overdue,
    next_move,
    patience_of,
)
from storeapp.domain.money import Money
from storeapp.domain.payment import CODE_LIFE_S, Take, believed, code_hash, refund_number, route, trade_number

STATES: tuple[AttemptState, ...] = get_args(AttemptState)
EVENTS: tuple[Event, ...] = get_args(Event)
PAID = Take("paid", amount=Money(5), trade_number="t1")


def test_the_states_are_closed_and_each_has_one_meaning() -> None:
    assert set(STEPS) == set(STATES) == {*OPEN, *UNSETTLED, *REFUND_OPEN, *FINAL}
    assert len(STATES) == len(OPEN) + len(UNSETTLED) + len(REFUND_OPEN) + len(FINAL) == 13
    assert {state for steps in STEPS.values() for state in steps.values()} <= set(STATES)


@given(st.sampled_from(STATES), st.sampled_from(EVENTS))
def test_what_is_not_on_the_list_cannot_happen(state: AttemptState, event: Event) -> None:
    if event in STEPS[state]:
        assert after(state, event) in STATES
    else:
        with pytest.raises(ImpossibleStep):
            after(state, event)


@given(st.lists(st.sampled_from(EVENTS), max_size=30))
def test_only_a_proof_or_a_manager_makes_money_count(events: list[Event]) -> None:
    state: AttemptState = "created"
    for event in events:
        if event in STEPS[state]:
            before, state = state, after(state, event)
            assert state != "paid" or event in ("paid", "accept")
            assert before not in ("failed", "reversed", "refunded")


@given(st.floats(0, 500), st.floats(0, 500), st.sampled_from(["wechat", "alipay", "other"]), st.integers(0, 7))
def test_nothing_is_reversed_before_fifteen_watched_seconds_nor_given_up_while_its_code_lives(
    age_s: float, sure_s: float, provider: str, tries: int
) -> None:
    move = next_move("reversing", age_s=age_s, sure_s=sure_s, patience=patience_of(provider), tries=tries)

    if move.deed == "give_up":
        assert tries >= len(REVERSE_AFTER_S)
        assert sure_s >= CODE_LIFE_S
    else:
        assert sure_s + move.wait_s >= NOT_BEFORE_S - 1e-9
    assert is_overdue(age_s, Patience(5.0, 1.0)) == (age_s >= NOT_BEFORE_S)


@given(st.floats(0, 200), st.sampled_from(sorted(PATIENCE)))
def test_the_last_question_falls_on_the_deadline(age_s: float, provider: str) -> None:
    patience = PATIENCE[provider]
    move = next_move("waiting", age_s=age_s, sure_s=0.0, patience=patience, tries=0)

    assert move.deed == "query"
    assert age_s + move.wait_s <= max(age_s, patience.deadline_s) + 1e-9


def test_the_patience_is_that_of_the_companies() -> None:
    assert {name: one.deadline_s for name, one in PATIENCE.items()} == {"wechat": 45, "alipay": 60, "shouqianba": 50}
    assert REVERSE_AFTER_S == (0, 1, 2, 5, 10, 30)


def test_a_trade_nobody_knows_is_over_only_when_its_code_is_too_old() -> None:
    gone = Take("unknown", reason="no_such_trade")

    assert heard("sent", gone, sure_s=100, tries=0) == "unknown"
    assert heard("reversing", gone, sure_s=59, tries=1) == "unknown"
    assert heard("reversing", gone, sure_s=60, tries=0) == "unknown"
    assert heard("reversing", gone, sure_s=60, tries=1) == "closed"


def test_paid_while_the_reversal_must_be_repeated_is_not_late_yet() -> None:
    again, done = Take("unknown", recall=True), Take("closed")

    assert heard_reversing(again, PAID, sure_s=46, tries=1) == "unknown"
    assert heard_reversing(done, PAID, sure_s=46, tries=1) == "paid"
    assert heard_reversing(again, PAID, sure_s=99, tries=len(REVERSE_AFTER_S)) == "paid"
    assert heard_reversing(done, Take("unknown"), sure_s=46, tries=1) == "unknown"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("100000000000000000", "wechat"),
        ("159999999999999999", "wechat"),
        ("160000000000000000", None),
        ("25" + "0" * 14, "alipay"),
        ("30" + "0" * 22, "alipay"),
        ("30" + "0" * 23, None),
        ("24" + "0" * 16, None),
        ("fp0123456789abcdef", "alipay"),
        ("62" + "0" * 17, "unionpay"),
        ("62" + "0" * 16, None),
        ("6901234567892", None),
        ("１３0000000000000000", None),
        ("", None),
    ],
)
def test_a_code_is_known_by_its_length_and_first_digits(code: str, kind: str | None) -> None:
    assert route(code) == kind


@given(
    st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from(["CNY", "USD", ""]), st.sampled_from(["t1", "t2", ""])
)
def test_an_answer_is_believed_only_about_what_was_asked(asked: int, said: int, currency: str, number: str) -> None:
    answer = Take("paid", amount=Money(said), currency=currency, trade_number=number)

    take = believed(answer, amount=Money(asked), trade_number="t1")

    assert (take.state == "paid") == (asked == said and currency == "CNY" and number == "t1")
    assert take.state == "paid" or take.reason == "answer_differs"


def test_numbers_fit_the_smallest_company_and_a_code_leaves_only_a_salted_hash() -> None:
    attempt_id = "0199aabb-ccdd-7000-8000-000000000001"

    assert len(trade_number(attempt_id)) == 32
    assert len(refund_number(attempt_id)) == 20
    assert code_hash("1300", salt="a") != code_hash("1300", salt="b")
    assert "1300" not in code_hash("1300", salt="a")
