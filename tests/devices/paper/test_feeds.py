"""Feeds, cuts, the drawer and the buzzer."""

import pytest

from storeapp.devices.paper.records import Beep, DrawerPulse
from tests.devices.paper.jobs import CHINESE, printed, words


@pytest.mark.parametrize(
    ("feed", "second_line_y"),
    [
        (b"\n", 30),
        (b"\x1b3\x50\n", 80),
        (b"\x1b3\x50\x1b2\n", 30),
        (b"\x1b3\x05\n", 24),
        (b"\x1bJ\x64", 100),
        (b"\x1bJ\x01", 24),
        (b"\x1bd\x03", 90),
        (b"\r\n", 30),
        (b"\n\x1bJ\x0a", 40),
        (b"\n\x1bd\x02", 90),
    ],
)
def test_the_paper_moves_as_told_and_never_over_its_own_print(feed: bytes, second_line_y: int) -> None:
    assert printed(CHINESE + b"a" + feed + b"b\n").lines[1].y == second_line_y


def test_a_feed_alone_prints_no_line() -> None:
    assert printed(CHINESE + b"a\n\x1bd\x03").text() == "a"


def test_feeding_to_the_blade_cuts_below_the_last_line() -> None:
    paper = printed(CHINESE + b"a\nb\n\x1dVB\x10")

    assert paper.cuts == (76,)
    assert paper.picture().height == 76
    assert words(paper) == []


def test_the_next_receipt_starts_as_far_below_the_cut_as_the_blade_is_from_the_head() -> None:
    paper = printed(CHINESE + b"a\n\x1dVB\x00b\n\x1dVA\x00")

    assert [line.y for line in paper.lines] == [0, 130]
    assert paper.cuts == (30, 160)


@pytest.mark.parametrize("cut", [b"\x1dV\x00", b"\x1dV1", b"\x1bi", b"\x1bm"])
def test_a_cut_without_feed_is_safe_only_behind_the_blade(cut: bytes) -> None:
    assert words(printed(CHINESE + b"a\n" + cut)) == ["cut_through_print"]
    assert words(printed(CHINESE + b"a\n\x1bJ\x5d" + cut)) == ["cut_through_print"]
    assert words(printed(CHINESE + b"a\n\x1bJ\x5e" + cut)) == []


def test_the_cut_lies_a_blade_s_distance_above_the_head() -> None:
    assert printed(CHINESE + b"a\n\x1bd\x05\x1dV\x00").cuts == (80,)


def test_the_drawer_is_kicked_on_the_pin_and_for_as_long_as_told() -> None:
    paper = printed(b"\x1b@\x1bp\x00\x19\xfa\x1bp1\x32\x32\x10\x14\x01\x01\x02")

    assert paper.drawer_pulses == (
        DrawerPulse(2, 2, on_ms=50, off_ms=500),
        DrawerPulse(7, 5, on_ms=100, off_ms=100),
        DrawerPulse(12, 5, on_ms=200, off_ms=200),
    )
    assert words(paper) == []


def test_the_buzzer_sounds() -> None:
    assert printed(b"\x1b@\x1bB\x03\x02").beeps == (Beep(2, 3, each_ms=100),)


def test_settings_without_effect_on_paper_are_no_faults() -> None:
    paper = printed(CHINESE + b"\x1bc5\x00\x1br\x01\x1b=\x01\x00\r\x10\x05\x01a\n")

    assert words(paper) == []
    assert paper.text() == "a"
