"""The rules of a promotion as they are typed into a form, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from storeapp.domain.goods_names import GoodsNames, UnknownGoods, words_of
from storeapp.domain.money import Money, typed_amount, yuan
from storeapp.domain.promotion import ALL_GOODS, EVER, Kind, Part, Promotion, Step, When
from storeapp.domain.promotion_data import from_data
from storeapp.domain.promotion_version import BadPromotion
from storeapp.domain.typed import clock, day, plain, whole
from storeapp.errors import Refused
from storeapp.ui.settings.form import Spec
from storeapp.words import N_

_NAME = Spec("name", N_("Name, as receipts tell it"), rule=N_("1 to 40 characters"), wide=True)
GOODS = Spec(
    "goods",
    N_("On which goods (nothing: all)"),
    rule=N_("categories, brands, names or barcodes of the catalogue, with commas between"),
    wide=True,
    hinted=True,
)
EXCEPTED = Spec("excepted", N_("But not on"), rule=GOODS.rule, wide=True)
_PERCENT = Spec("percent_off", N_("Percent off"), rule=N_("a whole number from 1 to 100"))
_PRICE = Spec("price_fen", N_("Price, yuan"), rule=N_("not negative"))
_REPEATS = Spec("repeats", N_("Again each time it is reached (with one step)"), "yes_no", wide=True)
_COUNT = Spec("count", N_("How many pieces make a group"), rule=N_("a whole number from 2 to 100"))
_MONEY_STEPS = N_("like 100-15, 200-40: spent, then off; each step higher")
_PERCENT_STEPS = N_("like 100-5, 200-10: spent, then percent off; each step higher")
_COUNT_STEPS = N_("like 2-10, 3-20: pieces, then percent off; each step higher")
_GIFT_STEPS = N_("like 50-6901234567892x1: spent, then the gift and how many")
_OWN: dict[Kind, tuple[Spec, ...]] = {
    "percent": (_PERCENT,),
    "amount": (Spec("off_fen", N_("Off each, yuan"), rule=N_("more than nothing")),),
    "fixed_price": (_PRICE,),
    "nth_percent": (Spec("count", N_("Which piece"), rule=N_("a whole number from 2 to 100")), _PERCENT),
    "buy_get": (
        Spec("count", N_("How many are bought"), rule=N_("a whole number from 1 to 100")),
        Spec("free", N_("How many are given then"), rule=N_("a whole number from 1 to 100")),
        Spec("get", N_("Which are given (nothing: the same goods)"), rule=GOODS.rule),
        Spec("percent_off", N_("Percent off what is given"), rule=_PERCENT.rule),
    ),
    "bundle": (
        Spec("parts", N_("What belongs to it"), rule=N_("like bread x1 + milk, tea x2"), wide=True, hinted=True),
        _PRICE,
    ),
    "cheapest_free": (_COUNT,),
    "spend_off": (Spec("steps", N_("Steps, lowest first"), rule=_MONEY_STEPS, wide=True, hinted=True), _REPEATS),
    "spend_percent": (Spec("steps", N_("Steps, lowest first"), rule=_PERCENT_STEPS, wide=True, hinted=True),),
    "count_percent": (Spec("steps", N_("Steps, lowest first"), rule=_COUNT_STEPS, wide=True, hinted=True),),
    "spend_gift": (Spec("steps", N_("Steps, lowest first"), rule=_GIFT_STEPS, wide=True, hinted=True), _REPEATS),
}
_WHOM = (("all", N_("Everybody")), ("members", N_("Members")), ("tiers", N_("Some tiers")))
WHOM: tuple[Spec, ...] = (
    Spec("whom", N_("For whom"), "choice", choices=_WHOM),
    Spec("tiers", N_("Which tiers"), rule=N_("the tiers it is for, with commas between")),
)
WHEN: tuple[Spec, ...] = (
    Spec("first", N_("First day"), rule=N_("a day such as 2026-09-28, or nothing")),
    Spec("last", N_("Last day"), rule=N_("a day such as 2026-09-28, not before the first, or nothing")),
    Spec(
        "weekdays",
        N_("Weekdays"),
        rule=N_("like 135 for Monday, Wednesday and Friday; nothing is every day"),
        hinted=True,
    ),
    Spec("hours", N_("Hours"), rule=N_("like 07:00-09:30, 18:00-21:00, or nothing"), hinted=True),
)
_ALL: tuple[Spec, ...] = (
    EXCEPTED,
    *WHOM,
    Spec("first_purchase", N_("On a member's first purchase only"), "yes_no", wide=True),
    *WHEN,
    Spec("min_spend_fen", N_("Bought of its goods at least, yuan"), rule=N_("not negative, or nothing")),
    Spec("min_count", N_("Bought of its goods at least, pieces"), rule=N_("a whole number, or nothing")),
    Spec("per_basket", N_("Times a sale, at most"), rule=N_("a whole number, or nothing")),
    Spec("per_member", N_("Times a member, at most"), rule=N_("a whole number, for members only, or nothing")),
    Spec("per_day", N_("Times a day, at most"), rule=N_("a whole number, or nothing")),
    Spec("group", N_("Group: a sale gets one of it"), rule=N_("at most 40 characters")),
    Spec("priority", N_("Place among those on top"), rule=N_("from -1000 to 1000; the lower comes first")),
    Spec("stacks", N_("Comes on top of other promotions"), "yes_no", wide=True),
)
_STEP_KEYS: dict[Kind, tuple[str, str]] = {
    "spend_off": ("spend_fen", "off_fen"),
    "spend_percent": ("spend_fen", "percent_off"),
    "count_percent": ("count", "percent_off"),
    "spend_gift": ("spend_fen", "free"),
}
_STEP = re.compile(r"([0-9０-９.．。]+)\s*(?:[-－–:：减打送]|—+)\s*(.+)")
_TIMES = re.compile(r"(.+?)\s*[xｘX×*＊]\s*([0-9０-９]{1,4})")
_PLUS = re.compile(r"[+＋]")
_UNTIL = re.compile(r"\s*(?:-+|~|至|到)\s*")
_FIELD_OF = {"id": "name", "scope": "goods"}


def specs_of(kind: Kind) -> tuple[Spec, ...]:
    """The lines of the form for this kind: what it is, what it gives, and what all may have."""
    goods = () if kind == "bundle" else (GOODS,)
    return (_NAME, *_OWN[kind], *goods, *(spec for spec in _ALL if goods or spec.key != "excepted"))


def typed(promotion: Promotion, goods: GoodsNames) -> dict[str, str]:
    """The promotion as its form shows it."""
    p, limits = promotion, promotion.limits
    named, excepted = goods.written(p.scope)
    return {
        "name": p.name,
        "percent_off": str(p.value),
        "off_fen": yuan(Money(p.value)),
        "price_fen": yuan(Money(p.value)),
        "count": _some(p.count),
        "free": _some(p.free),
        "get": "" if p.get is None else goods.written(p.get)[0],
        "parts": " + ".join(f"{goods.written(part.scope)[0]} x{part.count}" for part in p.parts),
        "steps": ", ".join(_typed_step(p.kind, step) for step in p.steps),
        "repeats": _tick(p.repeats),
        "goods": named,
        "excepted": excepted,
        "whom": p.whom,
        "tiers": ", ".join(sorted(p.tiers)),
        "first_purchase": _tick(p.first_purchase),
        **typed_when(p.when),
        "min_spend_fen": yuan(Money(p.min_spend_fen)) if p.min_spend_fen else "",
        "min_count": _some(p.min_count),
        "per_basket": _limit(limits.per_basket),
        "per_member": _limit(limits.per_member),
        "per_day": _limit(limits.per_day),
        "group": p.group,
        "priority": _some(p.priority),
        "stacks": _tick(p.stacks),
    }


def typed_when(when: When) -> dict[str, str]:
    """Days and hours as the fields of WHEN show them."""
    return {
        "first": "" if when.first is None else when.first.isoformat(),
        "last": "" if when.last is None else when.last.isoformat(),
        "weekdays": "".join(str(day) for day in sorted(when.weekdays)),
        "hours": ", ".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in when.hours),
    }


def read(
    values: Mapping[str, str], kind: Kind, promotion_id: str, goods: GoodsNames, *, known: Promotion | None = None
) -> tuple[dict[str, Any], Promotion | None, dict[str, str]]:
    """What is typed in the public format, as a promotion, and the fields that will not do (then there is none).

    Of goods nobody knows the field says which they are.
    """
    keys = {spec.key for spec in specs_of(kind)}
    data: dict[str, Any] = {"id": promotion_id, "kind": kind}
    faults: dict[str, str] = {}
    for key in (spec.key for spec in specs_of(kind)):
        try:
            data.update(_data(key, values, kind, goods, known))
        except UnknownGoods as error:
            faults[key] = str(error)
        except (Refused, ValueError):
            faults[key] = ""
    if faults:
        return data, None, faults
    try:
        return data, from_data(data), {}
    except BadPromotion as error:
        where = re.split(r"[.\[]", error.field)
        key = where[-1] if where[0] in ("limits", "when") else where[0]
        key = _FIELD_OF.get(key, key)
        return data, None, {key if key in keys else "name": ""}


def _data(
    key: str, values: Mapping[str, str], kind: Kind, goods: GoodsNames, known: Promotion | None
) -> dict[str, Any]:
    """What one field adds to the rules; raises what will not do."""
    text = values.get(key, "").strip()
    if key == "goods":
        scope = goods.scope(text, values.get("excepted", ""), known=ALL_GOODS if known is None else known.scope)
        return {} if scope == "all" else {"scope": scope}
    if key == "excepted":
        goods.scope("", text, known=ALL_GOODS if known is None else known.scope)
        return {}
    if key == "get":
        return {"get": goods.scope(text, known=_get_of(known))} if text else {}
    if key == "parts":
        return {"parts": [_part(part, goods, known) for part in _PLUS.split(text)]}
    if key == "steps":
        return {"steps": [_step(step, kind, goods) for step in words_of(text)]}
    if key in ("first", "last", "weekdays", "hours"):
        return read_when(values) if key == "first" else {}
    if key.startswith("per_"):
        return _limits(values) if key == "per_basket" else _checked_limit(text)
    if key in ("repeats", "first_purchase", "stacks"):
        return {key: True} if text == "true" else {}
    if key == "whom":
        return {"whom": text} if text != "all" else {}
    if key == "tiers":
        return {"tiers": list(words_of(text))} if values.get("whom") == "tiers" else {}
    if key in ("name", "group"):
        return {key: text} if text or key == "name" else {}
    if key.endswith("_fen"):
        return {key: typed_amount(text).fen} if text else {}
    return {key: whole(text, percent=key == "percent_off")} if text else {}


def read_when(values: Mapping[str, str]) -> dict[str, Any]:
    """What the fields of WHEN say, in the public format; raises ValueError of a weekday that is none."""
    when: dict[str, Any] = {key: text for key in ("first", "last") if (text := day(values.get(key, "")))}
    if weekdays := [int(number) for number in re.sub(r"[\s,，、;；]", "", values.get("weekdays", ""))]:
        when["weekdays"] = weekdays
    if hours := words_of(values.get("hours", "")):
        when["hours"] = [[clock(time) for time in _UNTIL.split(plain(span))] for span in hours]
    return {"when": when} if when else {}


def _limits(values: Mapping[str, str]) -> dict[str, Any]:
    keys = ("per_basket", "per_member", "per_day")
    limits = {key: int(text) for key in keys if (text := plain(values.get(key, "")).strip()).isdecimal()}
    _checked_limit(values.get("per_basket", "").strip())
    return {"limits": limits} if limits else {}


def _checked_limit(text: str) -> dict[str, Any]:
    if text and not plain(text).isdecimal():
        raise ValueError(text)
    return {}


def _part(text: str, goods: GoodsNames, known: Promotion | None) -> dict[str, Any]:
    found = _TIMES.fullmatch(text.strip())
    said, count = (found[1], int(found[2])) if found else (text, 1)
    if not words_of(said):
        raise UnknownGoods(text.strip())
    parts: tuple[Part, ...] = () if known is None else known.parts
    before = next((part.scope for part in parts if goods.written(part.scope)[0] == said.strip()), ALL_GOODS)
    return {"scope": goods.scope(said, known=before), "count": count}


def _step(text: str, kind: Kind, goods: GoodsNames) -> dict[str, Any]:
    found = _STEP.fullmatch(text)
    if found is None:
        raise ValueError(text)
    reach, gives = _STEP_KEYS[kind]
    step: dict[str, Any] = {reach: whole(found[1]) if reach == "count" else typed_amount(found[1]).fen}
    if kind == "spend_gift":
        gift = _TIMES.fullmatch(found[2].strip())
        named, free = (gift[1], int(gift[2])) if gift else (found[2].strip(), 1)
        return step | {"gift": goods.code(named), gives: free}
    return step | {gives: typed_amount(found[2]).fen if gives == "off_fen" else whole(found[2], percent=True)}


def _typed_step(kind: Kind, step: Step) -> str:
    reach = str(step.at) if kind == "count_percent" else yuan(Money(step.at))
    if kind == "spend_gift":
        return f"{reach}-{step.gift}x{step.gives}"
    return f"{reach}-{yuan(Money(step.gives)) if kind == 'spend_off' else step.gives}"


def _get_of(known: Promotion | None) -> Any:
    return ALL_GOODS if known is None or known.get is None else known.get


def _some(value: int) -> str:
    return str(value) if value else ""


def _limit(value: int) -> str:
    return "" if value == EVER else str(value)


def _tick(on: bool) -> str:
    return "true" if on else "false"
