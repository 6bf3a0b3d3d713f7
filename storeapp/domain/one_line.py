"""One line of text, as it may stand in the books, on paper and on screen."""

from __future__ import annotations


def is_one_line(text: str, *, most: int) -> bool:
    """Whether `text` has at most `most` characters and none that breaks the line or cannot be seen."""
    return len(text) <= most and all(ord(char) >= 32 for char in text)
