"""One line of text, as it may stand in the books, on paper and on screen."""

from __future__ import annotations

import re

# control characters, what ends a line or a paragraph, what turns the direction of all that follows, half a letter
_STRAY = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def is_one_line(text: str, *, most: int) -> bool:
    """Whether `text` has at most `most` characters and none that breaks the line or cannot be seen."""
    return len(text) <= most and not has_stray(text)


def has_stray(text: str) -> bool:
    """Whether something in `text` breaks its line, or cannot be seen and changes what is."""
    return _STRAY.search(text) is not None
