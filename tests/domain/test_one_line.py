"""One line: what may stand in the books as a note, a name or a reason."""

from __future__ import annotations

import pytest

from storeapp.domain.basket import BadNote, Basket
from storeapp.domain.one_line import is_one_line


@pytest.mark.parametrize("text", ["", "茶", "少冰 👨‍👩‍👧 é", "名\u3000字", "a" * 10])
def test_what_people_write_is_one_line(text: str) -> None:
    assert is_one_line(text, most=10)


@pytest.mark.parametrize("stray", ["\n", "\r", "\x00", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\u202e", "\ud800"])
def test_what_breaks_the_line_or_turns_it_round_is_not(stray: str) -> None:
    assert not is_one_line(f"a{stray}b", most=10)

    with pytest.raises(BadNote):
        Basket(note=f"a{stray}b")
