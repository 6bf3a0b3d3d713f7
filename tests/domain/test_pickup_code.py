"""Pick-up codes: read back however they are written, and no slip of the hand makes one into another."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from storeapp.domain import crockford, pickup_code
from storeapp.domain.pickup_code import BadPickupCode, is_of_till, looks_like_one, make, normal, shown

CODES = st.builds(make, st.integers(0, 5000), st.uuids().map(str), n=st.integers(0, 3))


@given(CODES, st.integers(0, 5000))
def test_a_code_is_read_back_however_it_is_written(code: str, till: int) -> None:
    for written in (code, code.lower(), shown(code), shown(code).replace(" ", "-"), f" {code}\n"):
        assert looks_like_one(written)
        assert normal(written) == code
    assert is_of_till(make(till, "an order"), till)


@given(CODES, st.integers(2, 9), st.sampled_from(crockford.DIGITS))
def test_one_wrong_character_is_told(code: str, place: int, wrong: str) -> None:
    assume(code[place] != wrong)

    with pytest.raises(BadPickupCode):
        normal(code[:place] + wrong + code[place + 1 :])


@given(CODES, st.integers(2, 8))
def test_two_swapped_characters_are_told(code: str, place: int) -> None:
    assume(code[place] != code[place + 1])

    with pytest.raises(BadPickupCode):
        normal(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


@pytest.mark.parametrize("text", ["", "TG", "TG1234567", "TG123456789", "7F3K9QWX", "6901234567892", "13800000001"])
def test_other_things_are_no_pickup_codes(text: str) -> None:
    assert not looks_like_one(text)
    with pytest.raises(BadPickupCode):
        normal(text)


def test_letters_people_mistake_are_forgiven() -> None:
    code = next(c for n in range(500) if "0" in (c := make(1, str(n)))[4:] and "1" in c[4:])

    assert normal("TG" + code[2:].replace("0", "o").replace("1", "l")) == code


def test_orders_have_codes_nobody_guesses() -> None:
    codes = {make(3, f"order {n}") for n in range(2_000)}

    assert len(codes) > 1_990
    assert len({pickup_code.till_of(code) for code in codes}) == 1
    assert len({code[4:6] for code in codes}) > 500
