"""A scanner types faster than any hand."""

from __future__ import annotations

import pytest

from storeapp.ui.scan_burst import Burst, ScanTiming, clean

CODE = "6921168509256"


def _typed(text: str, gap_ms: int, end_gap_ms: int | None = None) -> str | None:
    burst, now = Burst(ScanTiming()), 1000
    for char in text:
        now += gap_ms
        burst.add(char, now)
    return burst.finish(now + (gap_ms if end_gap_ms is None else end_gap_ms))


@pytest.mark.parametrize("gap_ms", [1, 10, 50, 59])
def test_a_fast_code_is_a_scan_on_a_cable_or_by_radio(gap_ms: int) -> None:
    assert _typed(CODE, gap_ms) == CODE


def test_a_person_is_no_scanner() -> None:
    assert _typed(CODE, 100) is None
    assert _typed("12345", 5) is None
    assert _typed(CODE, 5, end_gap_ms=400) is None


def test_a_pause_begins_a_new_code() -> None:
    burst = Burst(ScanTiming())
    for now, char in enumerate("99", start=0):
        burst.add(char, now)

    opened = [burst.add(char, 500 + now) for now, char in enumerate(CODE)]

    assert opened == [True, *[False] * 12]
    assert burst.finish(514) == CODE
    assert burst.finish(515) is None


def test_full_width_digits_become_plain_ones() -> None:
    assert clean("６９２１１６８５０９２５６ ") == CODE
