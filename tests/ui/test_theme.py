"""The theme: readable everywhere, and in one scale."""

from __future__ import annotations

from dataclasses import fields

import pytest

from storeapp.ui.theme import Colours, Size, Theme, Type, scale_for
from storeapp.ui.theme_qss import style_sheet

C = Colours()


def _light(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_light(one), _light(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        (C.text, C.ground), (C.muted, C.surface), (C.faint, C.ground), (C.faint, C.surface), (C.white, C.brand),
        (C.brand, C.tint), (C.amber, C.amber_tint), (C.red, C.surface), (C.red, C.red_tint), (C.mint, C.ink),
        (C.ink_muted, C.ink), (C.white, C.ink), (C.muted, C.sunken), (C.text, C.tint), (C.faint, C.tint),
    ],
)  # fmt: skip
def test_words_stand_out_from_their_ground(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


def test_a_border_that_stands_alone_is_seen() -> None:
    assert contrast(C.edge_alone, C.surface) >= 3


def test_white_words_on_wechat_green_would_be_noticed() -> None:
    assert contrast("#FFFFFF", "#07C160") < 3


@pytest.mark.parametrize(("width", "k"), [(1280, 1.0), (1366, 1.0), (1643, 1.1), (1920, 1.2), (3840, 1.2)])
def test_wide_screens_get_a_little_bigger_and_mostly_more(width: int, k: float) -> None:
    assert scale_for(width) == pytest.approx(k, abs=0.001)


def test_the_user_makes_it_larger_or_smaller() -> None:
    assert scale_for(1366, Size.SMALL) < 1 < scale_for(1366, Size.LARGE)


def test_a_hairline_never_vanishes() -> None:
    assert Theme(0.3).px(1) == 1
    assert Theme(0.3).px(-1) == -1
    assert Theme(1.2).px(0) == 0


def test_no_type_is_smaller_than_twelve() -> None:
    assert min(getattr(Type(), size.name) for size in fields(Type)) == 12


def test_the_sheet_is_made_of_tokens_alone() -> None:
    sheet = style_sheet(Theme(1.2))

    known = {value for name in Colours.__slots__ if isinstance(value := getattr(C, name), str)}
    written = {word for word in sheet.replace(";", " ").split() if word.startswith("#") and len(word) == 7}
    assert written
    assert written <= known
