"""Segments: saved questions about members, and the tags that follow from them. All conditions of one must hold.

The format is public JSON: `{"field": "days_away", "is": "at_least", "value": 45}`. Whoever stands in a segment stands
there because of facts that can be read aloud; nothing here guesses. Who joined and never bought stands only in
segments that ask for `never_bought`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from storeapp.domain.one_line import is_one_line
from storeapp.errors import Refused

NAME_MAX = 40
CONDITIONS_MAX = 12
TAG_MAX, TAGS_MAX = 20, 12
Value = int | str | bool


@dataclass(eq=False)
class BadSegment(Refused):
    """A segment cannot look like this: `where` must be `expected`."""

    where: str
    expected: str
    word = "bad_segment"


@dataclass(eq=False)
class BadTag(Refused):
    """A tag is a single word or line of at most `most` characters without commas, and a member has at most 12."""

    most: int
    word = "bad_tag"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a member when the night's work is done. Days count up to the day of the work."""

    member_id: str
    stage: str = ""
    tier: str = ""
    recency: int | None = None
    frequency: int | None = None
    money: int | None = None
    visits: int = 0
    net_fen: int = 0
    average_fen: int | None = None
    days_away: int | None = None
    days_known: int | None = None
    days_joined: int | None = None
    usual_days: int | None = None
    points: int = 0
    stored_fen: int = 0
    coupons: int = 0
    birthday_in_days: int | None = None
    may_be_contacted: bool = False
    never_bought: bool = False
    source: str = ""
    tags: frozenset[str] = field(default_factory=frozenset)
    categories: frozenset[str] = field(default_factory=frozenset)


_NUMBERS = frozenset(
    {
        "recency", "frequency", "money", "visits", "net_fen", "average_fen", "days_away", "days_known", "usual_days",
        "days_joined", "points", "stored_fen", "coupons", "birthday_in_days",
    }
)  # fmt: skip
_WORDS = frozenset({"stage", "tier", "source"})
_SETS = frozenset({"tags", "categories"})
_FLAGS = frozenset({"may_be_contacted", "never_bought"})
FIELDS = tuple(sorted(_NUMBERS | _WORDS | _SETS | _FLAGS))
Asks = Literal["number", "word", "set", "flag"]
_TESTS_OF: dict[Asks, tuple[str, ...]] = {
    "number": ("at_least", "at_most", "equals"),
    "word": ("equals", "differs"),
    "set": ("has", "lacks"),
    "flag": ("equals",),
}

_TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "at_least": lambda known, value: known is not None and known >= value,
    "at_most": lambda known, value: known is not None and known <= value,
    "equals": lambda known, value: known == value,
    "differs": lambda known, value: known != value,
    "has": lambda known, value: value in known,
    "lacks": lambda known, value: value not in known,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One fact asked for: `field` `test` `value`."""

    field: str
    test: str
    value: Value

    def holds(self, facts: Facts) -> bool:
        return _TESTS[self.test](getattr(facts, self.field), self.value)


@dataclass(frozen=True, slots=True)
class Segment:
    """Members of whom all of this is true. `tag`, if any, is what they are marked with."""

    segment_id: str
    name: str
    conditions: tuple[Condition, ...]
    tag: str = ""

    @property
    def asks_who_never_bought(self) -> bool:
        """All others ask about members who ever bought."""
        return any(each.field == "never_bought" and each.value is True for each in self.conditions)

    def holds(self, facts: Facts) -> bool:
        """True if this member stands in it."""
        if facts.never_bought and not self.asks_who_never_bought:
            return False
        return all(condition.holds(facts) for condition in self.conditions)


def asks(field: str) -> Asks:
    """What is compared with that field's value."""
    if field in _NUMBERS:
        return "number"
    if field in _FLAGS:
        return "flag"
    return "set" if field in _SETS else "word"


def tests_of(field: str) -> tuple[str, ...]:
    """How that field may be compared; the first is what one means most often."""
    return _TESTS_OF[asks(field)]


def checked_tags(tags: Sequence[str]) -> tuple[str, ...]:
    """Tags somebody typed, each once; raises BadTag."""
    said = tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))
    if len(said) > TAGS_MAX or not all(is_one_line(tag, most=TAG_MAX) and not set(tag) & set(",，") for tag in said):
        raise BadTag(TAG_MAX)
    return said


def as_data(segment: Segment) -> dict[str, Any]:
    """The segment in its public format."""
    return {
        "id": segment.segment_id,
        "name": segment.name,
        "tag": segment.tag,
        "conditions": [{"field": c.field, "is": c.test, "value": c.value} for c in segment.conditions],
    }


def from_data(data: Mapping[str, Any]) -> Segment:
    """The segment somebody wrote down; raises BadSegment with the place that will not do."""
    name, rows = data.get("name"), data.get("conditions")
    if not isinstance(name, str) or not 0 < len(name.strip()) <= NAME_MAX:
        raise BadSegment("name", f"a text of 1 to {NAME_MAX} characters")
    if not isinstance(rows, Sequence) or isinstance(rows, str) or not 0 < len(rows) <= CONDITIONS_MAX:
        raise BadSegment("conditions", f"a list of 1 to {CONDITIONS_MAX} conditions")
    tag = data.get("tag", "")
    if not isinstance(tag, str) or len(tag) > NAME_MAX:
        raise BadSegment("tag", f"a text of at most {NAME_MAX} characters")
    segment_id = data.get("id")
    if not isinstance(segment_id, str) or not 0 < len(segment_id) <= NAME_MAX:
        raise BadSegment("id", f"a text of 1 to {NAME_MAX} characters")
    return Segment(segment_id, name.strip(), tuple(_condition(row, n) for n, row in enumerate(rows, start=1)), tag)


def _condition(row: Any, number: int) -> Condition:
    where = f"conditions[{number}]"
    if not isinstance(row, Mapping):
        raise BadSegment(where, "an object with field, is and value")
    asked, test, value = row.get("field"), row.get("is"), row.get("value")
    if asked not in FIELDS:
        raise BadSegment(f"{where}.field", f"one of {', '.join(FIELDS)}")
    assert isinstance(asked, str)
    tests, kind = tests_of(asked), asks(asked)
    if kind == "number":
        fits, expected = _is_whole(value), "a whole number"
    elif kind == "flag":
        fits, expected = isinstance(value, bool), "true or false"
    else:
        fits, expected = isinstance(value, str) and len(value) <= NAME_MAX, f"a text of at most {NAME_MAX} characters"
    if test not in tests:
        raise BadSegment(f"{where}.is", f"one of {', '.join(tests)}")
    if not fits:
        raise BadSegment(f"{where}.value", expected)
    assert isinstance(test, str)
    assert isinstance(value, int | str)
    return Condition(asked, test, value)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53
