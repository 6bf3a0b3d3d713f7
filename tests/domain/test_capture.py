"""Capture tokens: the published vectors, and that nothing but the till's own tokens passes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain import crockford
from storeapp.domain.capture import (
    DAY_ZERO,
    BadToken,
    CaptureKey,
    canonical,
    check,
    head_of,
    mint,
    redeem_code,
)

KEY = CaptureKey(version=1, epoch=0, till_number=70001, key=bytes(range(32)))
DAY = DAY_ZERO + timedelta(days=690)


@pytest.mark.parametrize(
    ("seq", "token"), [(12345, "0G048Q3F2GG4KGM5GJWSPPDZJN"), (12346, "0G048Q2SAHPY1TB539ZA9RR59Y")]
)
def test_the_published_vectors_hold(seq: int, token: str) -> None:
    assert mint(KEY, seq=seq, day=DAY) == token


@given(st.integers(0, 2**32 - 1), st.dates(date(1990, 1, 1), date(2110, 1, 1)))
def test_a_token_says_what_it_was_minted_for(seq: int, day: date) -> None:
    token = check(mint(KEY, seq=seq, day=day), KEY)

    assert (token.seq, token.day, token.head.till_number) == (seq, day, 70001)


def test_a_token_typed_in_small_letters_with_lookalikes_is_the_same_token() -> None:
    token = mint(KEY, seq=12345, day=DAY)

    assert canonical(token.lower().replace("0", "o")) == token
    assert check(token.lower().replace("0", "o"), KEY).seq == 12345


@given(st.integers(0, 127))
def test_a_token_with_any_bit_flipped_is_refused(bit: int) -> None:
    number = crockford.decode(mint(KEY, seq=12345, day=DAY)) ^ (1 << bit)

    with pytest.raises(BadToken):
        check(crockford.encode(number, digits=26), KEY)


@pytest.mark.parametrize("token", ["", "0G04", "Z" * 26, "U" * 26, "0G048Q3F2GG4KGM5GJWSPPDZJ中", "0" * 27])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(BadToken):
        head_of(token)


def test_another_tills_key_does_not_open_it() -> None:
    other = CaptureKey(version=1, epoch=0, till_number=70002, key=bytes(range(32)))

    with pytest.raises(BadToken):
        check(mint(KEY, seq=1, day=DAY), other)


def test_the_redeem_code_has_eight_characters_and_belongs_to_its_token() -> None:
    first = redeem_code(mint(KEY, seq=1, day=DAY), KEY)
    second = redeem_code(mint(KEY, seq=2, day=DAY), KEY)

    assert len(first) == len(second) == 8
    assert first != second
