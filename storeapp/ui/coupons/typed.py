"""A kind of coupon as it is typed into a form, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from storeapp.domain.coupon_template import BATCH_MOST, CouponTemplate, from_data
from storeapp.domain.coupon_terms import BadCouponTerms, CouponKind
from storeapp.domain.goods_names import GoodsNames, UnknownGoods, words_of
from storeapp.domain.money import Money, typed_amount, yuan
from storeapp.domain.promotion import ALL_GOODS, Scope
from storeapp.domain.typed import day, whole
from storeapp.errors import Refused
from storeapp.ui.promotions.typed import EXCEPTED, GOODS, WHEN, read_when, typed_when
from storeapp.ui.settings.form import Spec
from storeapp.words import N_

_NAME = Spec("name", N_("Name, as members read it"), rule=N_("1 to 40 characters"), wide=True)
_MORE = N_("more than nothing")
_DAY = N_("a day such as 2026-09-28, or nothing")
_COUNT = N_("a whole number, or nothing")
_OWN: dict[CouponKind, tuple[Spec, ...]] = {
    "amount": (Spec("amount_fen", N_("Yuan off"), rule=_MORE),),
    "percent": (
        Spec("percent_off", N_("Percent off"), rule=N_("a whole number from 1 to 100")),
        Spec("amount_fen", N_("At most, yuan (nothing: no limit)"), rule=N_("not negative, or nothing")),
    ),
    "item": (Spec("price_fen", N_("Price of the piece, yuan (0 is a gift)"), rule=N_("not negative")),),
}
_WHEN = tuple(spec for spec in WHEN if spec.key in ("weekdays", "hours"))
_REST: tuple[Spec, ...] = (
    Spec("min_spend_fen", N_("Of goods for at least, yuan"), rule=N_("not negative, or nothing")),
    Spec("valid_days", N_("Good for so many days"), rule=N_("from 1 to 1095, or fixed days below")),
    Spec("starts_after_days", N_("Usable so many days after it is given"), rule=N_("from 0 to 1095, or nothing")),
    Spec("valid_from", N_("Or fixed: first day"), rule=_DAY),
    Spec(
        "valid_until", N_("Or fixed: last day"), rule=N_("a day such as 2026-09-28, not before the first, or nothing")
    ),
    GOODS,
    EXCEPTED,
    *_WHEN,
    Spec(
        "not_on", N_("Days it rests on"), rule=N_("days such as 2026-10-01, with commas between, or nothing"), wide=True
    ),
    Spec("most_per_member", N_("A member gets at most (0: any number)"), rule=_COUNT),
    Spec("batch_most", N_("At most in one batch"), rule=_COUNT),
    Spec("cost_fen", N_("Costs the shop, yuan (nothing: what it takes off)"), rule=N_("not negative, or nothing")),
    Spec("alone", N_("Bears no other coupon beside it"), "yes_no", wide=True),
)
_TERMS = ("percent_off", "price_fen", "alone")
_FIELD_OF = {"id": "name", "scope": "goods", "terms": "name"}


def specs_of(kind: CouponKind) -> tuple[Spec, ...]:
    """The lines of the form for this kind."""
    return (_NAME, *_OWN[kind], *_REST)


def typed(template: CouponTemplate, goods: GoodsNames) -> dict[str, str]:
    """The template as its form shows it."""
    terms = template.terms
    named, excepted = goods.written(terms.scope)
    return {
        "name": template.name,
        "amount_fen": _yuan(template.amount),
        "percent_off": str(terms.percent),
        "price_fen": yuan(Money(terms.price_fen)),
        "min_spend_fen": _yuan(template.min_spend),
        "cost_fen": _yuan(template.cost),
        "valid_days": str(template.valid_days or ""),
        "starts_after_days": str(template.starts_after_days or ""),
        "valid_from": "" if template.valid_from is None else template.valid_from.isoformat(),
        "valid_until": "" if template.valid_until is None else template.valid_until.isoformat(),
        "goods": named,
        "excepted": excepted,
        **{key: text for key, text in typed_when(terms.when).items() if key in ("weekdays", "hours")},
        "not_on": ", ".join(sorted(day.isoformat() for day in terms.not_on)),
        "most_per_member": str(template.most_per_member),
        "batch_most": "" if template.batch_most == BATCH_MOST else str(template.batch_most),
        "alone": "true" if terms.alone else "false",
    }


def read(
    values: Mapping[str, str], kind: CouponKind, template_id: str, goods: GoodsNames, *, known: CouponTemplate | None
) -> tuple[dict[str, Any], CouponTemplate | None, dict[str, str]]:
    """What is typed in the public format, as a template, and the fields that will not do (then there is none).

    Of goods nobody knows the field says which they are.
    """
    terms: dict[str, Any] = {} if kind == "amount" else {"kind": kind}
    data: dict[str, Any] = {"id": template_id, "terms": terms}
    keys = [spec.key for spec in specs_of(kind)]
    scope = ALL_GOODS if known is None else known.terms.scope
    faults: dict[str, str] = {}
    for key in keys:
        try:
            said = _data(key, values, goods, scope)
        except UnknownGoods as error:
            faults[key] = str(error)
        except (Refused, ValueError):
            faults[key] = ""
        else:
            (terms if key in (*_TERMS, "goods", "weekdays", "not_on") else data).update(said)
    if faults:
        return data, None, faults
    try:
        return data, from_data(data), {}
    except BadCouponTerms as error:
        where = re.split(r"[.\[]", error.field)
        key = _FIELD_OF.get(where[0], where[-1] if where[0] == "when" else where[0])
        return data, None, {key if key in keys else "name": ""}


def _data(key: str, values: Mapping[str, str], goods: GoodsNames, known: Scope) -> dict[str, Any]:
    """What one field adds; raises what will not do."""
    text = values.get(key, "").strip()
    if key == "goods":
        scope = goods.scope(text, values.get("excepted", ""), known=known)
        return {} if scope == "all" else {"scope": scope}
    if key == "excepted":
        goods.scope("", text, known=known)
        return {}
    if key == "weekdays":
        return read_when(values)
    if key == "hours":
        return {}
    if key == "not_on":
        return {"not_on": [day(said) for said in words_of(text)]} if text else {}
    if key == "alone":
        return {"alone": True} if text == "true" else {}
    if key == "name":
        return {"name": text}
    if not text and key not in ("percent_off", "price_fen"):
        return {}
    if key.endswith("_fen"):
        return {key: typed_amount(text).fen}
    if key in ("valid_from", "valid_until"):
        return {key: day(text)}
    return {key: whole(text, percent=key == "percent_off")}


def _yuan(amount: Money) -> str:
    return yuan(amount) if amount else ""
