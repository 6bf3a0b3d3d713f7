"""Promotions in their public format: one JSON object each, read with every fault named by its field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from itertools import pairwise
from typing import Any, NoReturn, get_args

from storeapp.domain.one_line import has_stray
from storeapp.domain.promotion import (
    ALL_GOODS,
    BY_SUM,
    EVER,
    Kind,
    Limits,
    Part,
    Promotion,
    Scope,
    Step,
    When,
    Whom,
)
from storeapp.domain.promotion_version import BadPromotion, PromotionVersion, checked_id
from storeapp.domain.rulebook import Rulebook

NAME_MAX = 40
LIST_MAX = 2000
STEPS_MAX = 10
_FEN_MOST = 10_000_000
_CLOCK = re.compile(r"([01]\d|2[0-4]):([0-5]\d)")
KEYS = frozenset(
    {
        "id", "name", "kind", "scope", "percent_off", "off_fen", "price_fen", "count", "free", "get", "parts", "steps",
        "repeats", "when", "whom", "tiers", "first_purchase", "min_spend_fen", "min_count", "limits", "group",
        "stacks", "priority",
    }
)  # fmt: skip
_SCOPE_LISTS = ("codes", "categories", "brands", "except_codes", "except_categories", "except_brands")
# the keys a kind needs besides those all may have, and cannot do with others
_NEEDS: dict[Kind, frozenset[str]] = {
    "percent": frozenset({"percent_off"}),
    "amount": frozenset({"off_fen"}),
    "fixed_price": frozenset({"price_fen"}),
    "nth_percent": frozenset({"count", "percent_off"}),
    "buy_get": frozenset({"count", "free"}),
    "bundle": frozenset({"parts", "price_fen"}),
    "cheapest_free": frozenset({"count"}),
    "spend_off": frozenset({"steps"}),
    "spend_percent": frozenset({"steps"}),
    "count_percent": frozenset({"steps"}),
    "spend_gift": frozenset({"steps"}),
}
_MAY: dict[Kind, frozenset[str]] = {
    "buy_get": frozenset({"get", "percent_off"}),
    "spend_off": frozenset({"repeats"}),
    "spend_gift": frozenset({"repeats"}),
}
_OF_A_KIND = frozenset({"percent_off", "off_fen", "price_fen", "count", "free", "get", "parts", "steps", "repeats"})


def from_data(data: Mapping[str, Any]) -> Promotion:
    """The promotion somebody wrote down; raises BadPromotion with the field that will not do."""
    for key in data:
        if key not in KEYS:
            _bad(str(key)[:40], "no such key")
    kind = _one_of(data, "kind", get_args(Kind))
    for key in sorted(_NEEDS[kind] - data.keys()):
        _bad(key, f"said for {kind}")
    for key in sorted((_OF_A_KIND & data.keys()) - _NEEDS[kind] - _MAY.get(kind, frozenset())):
        _bad(key, f"left out for {kind}")
    percent = "percent_off" in data
    value = _whole(data, "percent_off", 1, 100) if percent else 100 if kind == "buy_get" else 0
    if "off_fen" in data:
        value = _whole(data, "off_fen", 1, _FEN_MOST)
    elif "price_fen" in data:
        value = _whole(data, "price_fen", 0, _FEN_MOST)
    whom = _one_of(data, "whom", get_args(Whom), "all")
    tiers = _texts(data.get("tiers", []), "tiers")
    if (whom == "tiers") != bool(tiers):
        _bad("tiers", "the tiers it is for, with whom: tiers")
    found = Promotion(
        promotion_id=checked_id(data),
        name=_text(data.get("name"), "name", least=1),
        kind=kind,
        scope=scope_from(data["scope"], "scope") if "scope" in data else ALL_GOODS,
        value=value,
        count=_whole(data, "count", 1 if kind == "buy_get" else 2, 100, 0),
        free=_whole(data, "free", 1, 100, 0),
        get=scope_from(data["get"], "get") if "get" in data else None,
        parts=_parts(data.get("parts", [])),
        steps=_steps(data, kind),
        repeats=_flag(data, "repeats"),
        when=when_from(data.get("when", {})),
        whom=whom,
        tiers=tiers,
        first_purchase=_flag(data, "first_purchase"),
        min_spend_fen=_whole(data, "min_spend_fen", 0, _FEN_MOST, 0),
        min_count=_whole(data, "min_count", 0, 10_000, 0),
        limits=_limits(data.get("limits", {})),
        group=_text(data.get("group", ""), "group"),
        stacks=_flag(data, "stacks"),
        priority=_whole(data, "priority", -1000, 1000, 0),
    )
    _check_whole(found)
    return found


def _check_whole(promotion: Promotion) -> None:
    """What contradicts itself, or would feed itself, though each key alone is right."""
    if promotion.repeats and len(promotion.steps) != 1:
        _bad("repeats", "used with one step only")
    if promotion.first_purchase and promotion.whom == "all":
        _bad("first_purchase", "used with whom: members, for a stranger's first purchase is known to nobody")
    if promotion.limits.per_member != EVER and promotion.whom == "all":
        _bad("limits.per_member", "used with whom: members or tiers")
    if promotion.kind == "bundle" and not promotion.parts:
        _bad("parts", "at least one of scope and count")
    when = promotion.when
    if when.first is not None and when.last is not None and when.last < when.first:
        _bad("when.last", "on or after when.first")
    for step in promotion.steps:
        if step.gift and promotion.scope.codes == {step.gift} and not promotion.scope.everything:
            _bad("steps", "a gift that is not the only thing bought: it would give itself away")
        if promotion.kind == "spend_off" and step.gives > step.at:
            _bad("steps", "steps that give no more than what is spent")


def rules_of(versions: Iterable[PromotionVersion]) -> Rulebook:
    """The rules of those that are live. One this program cannot read, told by a newer one, gives nothing away."""
    live = []
    for version in versions:
        if version.state == "live":
            try:
                live.append(from_data(version.data))
            except BadPromotion:
                continue
    return Rulebook(live)


def as_data(promotion: Promotion) -> dict[str, Any]:
    """The promotion in its public format; `from_data` reads it back."""
    kind, value = promotion.kind, promotion.value
    data: dict[str, Any] = {"id": promotion.promotion_id, "name": promotion.name, "kind": kind}
    if promotion.scope != ALL_GOODS:
        data["scope"] = scope_data(promotion.scope)
    if kind in ("percent", "nth_percent", "buy_get"):
        data["percent_off"] = value
    elif kind == "amount":
        data["off_fen"] = value
    elif kind in ("fixed_price", "bundle"):
        data["price_fen"] = value
    for name in ("count", "free", "repeats", "first_purchase", "min_spend_fen", "min_count", "group", "stacks"):
        if getattr(promotion, name):
            data[name] = getattr(promotion, name)
    if promotion.get is not None:
        data["get"] = scope_data(promotion.get)
    if promotion.parts:
        data["parts"] = [{"scope": scope_data(part.scope), "count": part.count} for part in promotion.parts]
    if promotion.steps:
        data["steps"] = [_step_data(kind, step) for step in promotion.steps]
    if promotion.when != When():
        data["when"] = when_data(promotion.when)
    if promotion.whom != "all":
        data["whom"] = promotion.whom
    if promotion.tiers:
        data["tiers"] = sorted(promotion.tiers)
    limits = {name: getattr(promotion.limits, name) for name in ("per_basket", "per_member", "per_day")}
    if said := {name: most for name, most in limits.items() if most != EVER}:
        data["limits"] = said
    if promotion.priority:
        data["priority"] = promotion.priority
    return data


def scope_from(said: Any, where: str) -> Scope:
    """Goods as somebody named them at `where`; raises BadPromotion."""
    if said == "all":
        return ALL_GOODS
    if not isinstance(said, Mapping) or not said:
        _bad(where, '"all", or an object of codes, categories, brands and except_…')
    for key in said:
        if key not in _SCOPE_LISTS:
            _bad(f"{where}.{str(key)[:40]}", "no such key")
    lists = {name: _texts(said.get(name, []), f"{where}.{name}") for name in _SCOPE_LISTS}
    if not any(lists.values()):
        # a list somebody forgot to fill must not become all that is on the shelves
        _bad(where, '"all" for all goods, or at least one code, category or brand')
    named = any(lists[name] for name in _SCOPE_LISTS[:3])
    # only exceptions: everything but those
    scope = Scope(everything=not named, **lists)
    if named and not _any_left(scope):
        _bad(where, "goods that it does not except as well")
    return scope


def _any_left(scope: Scope) -> bool:
    """False where it excepts by name all that it names."""
    return bool(
        scope.codes - scope.except_codes
        or scope.categories - scope.except_categories
        or scope.brands - scope.except_brands
    )


def scope_data(scope: Scope) -> Any:
    """Goods in the public format."""
    lists = {name: sorted(getattr(scope, name)) for name in _SCOPE_LISTS if getattr(scope, name)}
    return lists or "all"


def _parts(said: Any) -> tuple[Part, ...]:
    rows = _list(said, "parts", STEPS_MAX)
    parts = []
    for n, row in enumerate(rows, start=1):
        if not isinstance(row, Mapping) or row.keys() != {"scope", "count"}:
            _bad(f"parts[{n}]", "an object with scope and count")
        count = _whole(row, "count", 1, 100, where=f"parts[{n}].count")
        parts.append(Part(scope_from(row["scope"], f"parts[{n}].scope"), count))
    return tuple(parts)


def _steps(data: Mapping[str, Any], kind: Kind) -> tuple[Step, ...]:
    if kind not in BY_SUM:
        return ()
    steps = [_step(row, kind, f"steps[{n}]") for n, row in enumerate(_list(data["steps"], "steps", STEPS_MAX), start=1)]
    if not steps or any(after.at <= before.at for before, after in pairwise(steps)):
        _bad("steps", "at least one step, each higher than the one before")
    if kind != "spend_gift" and any(b.gives < a.gives for a, b in pairwise(steps)):
        _bad("steps", "steps that give more the higher they are")
    return tuple(steps)


_STEP_KEYS: dict[Kind, tuple[str, str]] = {
    "spend_off": ("spend_fen", "off_fen"),
    "spend_percent": ("spend_fen", "percent_off"),
    "count_percent": ("count", "percent_off"),
    "spend_gift": ("spend_fen", "free"),
}


def _step(row: Any, kind: Kind, where: str) -> Step:
    reach, gives = _STEP_KEYS[kind]
    keys = {reach, gives, "gift"} if kind == "spend_gift" else {reach, gives}
    if not isinstance(row, Mapping) or row.keys() != keys:
        _bad(where, f"an object with {', '.join(sorted(keys))}")
    most = {"off_fen": _FEN_MOST, "percent_off": 100, "free": 100}[gives]
    at = _whole(row, reach, 1, _FEN_MOST, where=f"{where}.{reach}")
    gift = _text(row["gift"], f"{where}.gift", least=1, most=64) if kind == "spend_gift" else ""
    return Step(at, _whole(row, gives, 1, most, where=f"{where}.{gives}"), gift)


def _step_data(kind: Kind, step: Step) -> dict[str, Any]:
    reach, gives = _STEP_KEYS[kind]
    return {reach: step.at, gives: step.gives} | ({"gift": step.gift} if step.gift else {})


def when_from(said: Any) -> When:
    """Days and hours as somebody said them; raises BadPromotion."""
    if not isinstance(said, Mapping) or said.keys() - {"first", "last", "weekdays", "hours"}:
        _bad("when", "an object of first, last, weekdays and hours")
    weekdays = _list(said.get("weekdays", []), "when.weekdays", 7)
    if not all(isinstance(day, int) and not isinstance(day, bool) and 1 <= day <= 7 for day in weekdays):
        _bad("when.weekdays", "numbers from 1 (Monday) to 7")
    hours = []
    for row in _list(said.get("hours", []), "when.hours", STEPS_MAX):
        if not isinstance(row, Sequence) or isinstance(row, str) or len(row) != 2:
            _bad("when.hours", 'pairs such as ["07:00", "09:30"]')
        start, end = (_clock(text) for text in row)
        if start == end:
            _bad("when.hours", "pairs of two different times")
        hours.append((start, end))
    return When(
        _day(said.get("first"), "when.first"), _day(said.get("last"), "when.last"), frozenset(weekdays), tuple(hours)
    )


def when_data(when: When) -> dict[str, Any]:
    """Days and hours in the public format."""
    data: dict[str, Any] = {}
    if when.first is not None:
        data["first"] = when.first.isoformat()
    if when.last is not None:
        data["last"] = when.last.isoformat()
    if when.weekdays:
        data["weekdays"] = sorted(when.weekdays)
    if when.hours:
        data["hours"] = [[f"{start:%H:%M}", f"{end:%H:%M}"] for start, end in when.hours]
    return data


def _limits(said: Any) -> Limits:
    if not isinstance(said, Mapping) or said.keys() - {"per_basket", "per_member", "per_day"}:
        _bad("limits", "an object of per_basket, per_member and per_day")
    return Limits(**{name: _whole(said, name, 1, EVER, EVER, where=f"limits.{name}") for name in said})


def _clock(text: Any) -> time:
    if text == "24:00":
        return time(0)
    if not isinstance(text, str) or not _CLOCK.fullmatch(text) or text.startswith("24"):
        _bad("when.hours", 'times such as "07:00"')
    return time.fromisoformat(text)


def _day(text: Any, where: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except (ValueError, TypeError):
        _bad(where, "a day such as 2026-09-28")


def _one_of(data: Mapping[str, Any], key: str, choices: tuple[Any, ...], missing: Any = None) -> Any:
    value = data.get(key, missing)
    if not isinstance(value, str) or value not in choices:
        _bad(key, f"one of {', '.join(choices)}")
    return value


def _whole(
    data: Mapping[str, Any], key: str, least: int, most: int, missing: int | None = None, *, where: str = ""
) -> int:
    value = data.get(key)
    if value is None and missing is not None:
        return missing
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        _bad(where or key, f"a whole number from {least} to {most}")
    return value


def _flag(data: Mapping[str, Any], key: str) -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        _bad(key, "true or false")
    return value


def _text(value: Any, where: str, *, least: int = 0, most: int = NAME_MAX) -> str:
    if not isinstance(value, str) or not least <= len(value.strip()) <= most or has_stray(value):
        _bad(where, f"a text of {least} to {most} characters")
    return value.strip()


def _texts(value: Any, where: str) -> frozenset[str]:
    return frozenset(_text(text, where, least=1, most=64) for text in _list(value, where, LIST_MAX))


def _list(value: Any, where: str, most: int) -> Sequence[Any]:
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) > most:
        _bad(where, f"a list of at most {most}")
    return value


def _bad(where: str, expected: str) -> NoReturn:
    raise BadPromotion(where, expected)
