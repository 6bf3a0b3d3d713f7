"""Points rules: what earns more than so many a yuan, what earns less, what earns nothing, and who earns faster.

The owner writes them as one text, `tier 金卡=150; weekday 3=200; category 烟酒=0; code 6901234567892=+5; visit 30=+2`:
a number is percent of what would be earned, one after a plus is points on top. The keywords may be Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from storeapp.domain.money import typed_amount
from storeapp.domain.rule_words import plain, weekday
from storeapp.errors import Refused

TEXT_MOST = 4_000
_MOST = 10_000
_KINDS = ("tier", "weekday", "date", "birthday", "category", "code", "visit")
_RULE = re.compile(rf"({'|'.join(_KINDS)})(?:\s+(.+?))?\s*[=＝]\s*([+＋]?)(\d{{1,5}})")
_DAY = re.compile(r"(?:\d{4}-)?\d{2}-\d{2}")
_PERCENT_ONLY, _PLUS_ONLY = frozenset({"tier", "weekday", "date", "birthday", "category"}), frozenset({"visit"})


@dataclass(frozen=True, slots=True)
class Earning:
    """A line as it earns: what was paid for it, and its whole pieces."""

    code: str
    category: str
    fen: int
    pieces: int


@dataclass(frozen=True, slots=True)
class PointsRules:
    """Percents by `categories`, `codes`, `tiers`, `weekdays` and `days`; `extra` points for each piece of a code.

    `visits` are points on top of a sale of at least so many fen.
    """

    categories: Mapping[str, int] = field(default_factory=dict)
    codes: Mapping[str, int] = field(default_factory=dict)
    extra: Mapping[str, int] = field(default_factory=dict)
    tiers: Mapping[str, int] = field(default_factory=dict)
    weekdays: Mapping[int, int] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)
    birthday: int = 100
    visits: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a sale earns points for; `birthday` as MM-DD."""

    tier: str = ""
    birthday: str = ""


PLAIN, STRANGER = PointsRules(), Who()


@lru_cache(maxsize=8)
def read_points_rules(text: str) -> PointsRules:
    """The owner's text as rules; raises ValueError with the part that says nothing."""
    found: dict[str, dict[str, int]] = {name: {} for name in ("category", "code", "extra", "tier", "date")}
    weekdays: dict[int, int] = {}
    birthday, visits = 100, []
    for part in filter(None, (piece.strip() for piece in re.split(r"[;；\n]", text))):
        kind, names, plus, number = _rule(part)
        if kind == "birthday":
            birthday = number
        elif kind == "visit":
            visits.append((_least(names), number))
        else:
            for name in names:
                if kind == "weekday":
                    weekdays[weekday(name)] = number
                else:
                    found["extra" if plus else kind][_day(name) if kind == "date" else name] = number
    return PointsRules(
        found["category"],
        found["code"],
        found["extra"],
        found["tier"],
        weekdays,
        found["date"],
        birthday,
        tuple(visits),
    )


def points(lines: Sequence[Earning], rules: PointsRules, *, per_yuan: int, who: Who, on: date) -> int:
    """What these lines earn her on that day. Percents multiply; a started yuan of the whole earns nothing.

    Nothing is earned where nothing was paid: no piece and no visit brings points for goods that were free.
    """
    spent = sum(line.fen for line in lines)
    if not per_yuan or spent <= 0:
        return 0
    worth = sum(line.fen * _percent(line, rules) for line in lines)
    for percent in (
        rules.tiers.get(who.tier, 100) if who.tier else 100,
        rules.weekdays.get(on.isoweekday(), 100),
        rules.days.get(on.isoformat(), rules.days.get(f"{on:%m-%d}", 100)),
        rules.birthday if who.birthday == f"{on:%m-%d}" else 100,
    ):
        worth = worth * percent // 100
    extra = sum(rules.extra.get(line.code, 0) * line.pieces for line in lines if line.fen > 0)
    return (
        worth // 100 // 100 * per_yuan
        + extra
        + max((plus for least, plus in rules.visits if spent >= least), default=0)
    )


def _percent(line: Earning, rules: PointsRules) -> int:
    """The nearer word stands: of the goods themselves, else of their category."""
    if line.code in rules.codes:
        return rules.codes[line.code]
    return rules.categories.get(line.category, 100)


def _rule(part: str) -> tuple[str, tuple[str, ...], bool, int]:
    match = _RULE.fullmatch(plain(part, *_KINDS))
    if match is None:
        raise ValueError(part)
    kind, said, plus, number = match[1], match[2] or "", bool(match[3]), int(match[4])
    names = tuple(name for piece in re.split(r"[,，、]", said) if (name := piece.strip()))
    if number > _MOST or (plus and kind in _PERCENT_ONLY) or (not plus and kind in _PLUS_ONLY):
        raise ValueError(part)
    names_most = {"birthday": 0, "visit": 1}.get(kind, len(names))
    names_least = 0 if kind in ("birthday", "visit") else 1
    if not names_least <= len(names) <= names_most:
        raise ValueError(part)
    return kind, names, plus, number


def _least(names: Sequence[str]) -> int:
    """The yuan a visit has to bring, as fen."""
    if not names:
        return 1
    try:
        return max(typed_amount(names[0]).fen, 1)
    except Refused:
        raise ValueError(names[0]) from None


def _day(name: str) -> str:
    if not _DAY.fullmatch(name):
        raise ValueError(name)
    date.fromisoformat(name if len(name) > 5 else f"2024-{name}")
    return name
