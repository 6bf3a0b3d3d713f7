"""Policy rules: what one tunable is, and the checks most of them need. Each room's own stand in `policy_<room>.py`.

What reads a rule in words is loaded when somebody writes one: a start asks nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from storeapp.domain.one_line import is_one_line

FEN_MOST = 100_000_00


@dataclass(frozen=True, slots=True)
class Rule:
    """One tunable: its default, what it must be (in words), and the test of that."""

    default: Any
    expected: str
    holds: Callable[[Any], bool]


def whole(least: int, most: int) -> Callable[[Any], bool]:
    """A whole number from `least` to `most`."""
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def text(most: int) -> Callable[[Any], bool]:
    """A text of at most `most` characters, on one line."""
    return lambda value: isinstance(value, str) and is_one_line(value, most=most)


def one_of(*choices: str) -> Callable[[Any], bool]:
    """One of these words."""
    return lambda value: value in choices


def is_read(value: Any, read: Callable[[str], object], *, most: int) -> bool:
    """Whether `value` is a text of at most `most` characters that `read` takes; else that raises ValueError."""
    if not isinstance(value, str) or len(value) > most:
        return False
    try:
        read(value)
    except ValueError:
        return False
    return True


def yes_no(value: Any) -> bool:
    """True or false."""
    return isinstance(value, bool)
