"""Card kinds: what an owner sells beforehand, in his own words: so many times of some goods, or months in a tier.

A member is known by her phone, so hers is a named card in the law's words: it costs at most 5,000 yuan.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from storeapp.domain.money import Money
from storeapp.domain.one_line import is_one_line
from storeapp.domain.top_up import NAMED_MOST
from storeapp.errors import Refused

CardForm = Literal["times", "membership"]
KINDS_MOST, GOODS_MOST, TIMES_MOST, DAYS_MOST, MONTHS_MOST, NAME_MOST = 60, 50, 1_000, 3_650, 36, 30
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,19}")


@dataclass(eq=False)
class BadCardKind(Refused):
    """A card kind cannot be so: `why` is code, name, price, goods, times, gift, days, months or tier."""

    why: str
    word = "bad_card_kind"


@dataclass(eq=False)
class UnknownCardKind(Refused):
    """The shop sells no card `code`."""

    code: str
    word = "unknown_card_kind"


@dataclass(frozen=True, slots=True)
class CardKind:
    """One card an owner sells under `code`.

    Of times: `times` paid for and `gift` on top, each one piece of any of the `goods` (product codes); `days` it is
    taken, 0 for ever. Of a membership: `months` in the `tier`, with a coupon of `template` each month ("" for none).
    One that `is_ended` is not sold any more; those that are out stay good.
    """

    code: str
    name: str
    price: Money
    form: CardForm = "times"
    goods: tuple[str, ...] = ()
    times: int = 0
    gift: int = 0
    days: int = 0
    may_be_handed_on: bool = False
    months: int = 0
    tier: str = ""
    template: str = ""
    is_ended: bool = False

    def __post_init__(self) -> None:
        wrong = next(self._wrong(), "")
        if wrong:
            raise BadCardKind(wrong)

    def _wrong(self) -> Iterator[str]:
        if not _CODE.fullmatch(self.code):
            yield "code"
        if not self.name.strip() or not is_one_line(self.name, most=NAME_MOST):
            yield "name"
        if not 0 < self.price.fen <= NAMED_MOST.fen:
            yield "price"
        is_times = self.form == "times"
        many = len(self.goods)
        if many != len(set(self.goods)) or not (1 <= many <= GOODS_MOST if is_times else many == 0):
            yield "goods"
        if not (1 <= self.times <= TIMES_MOST if is_times else self.times == 0):
            yield "times"
        if not (0 <= self.gift <= TIMES_MOST if is_times else self.gift == 0):
            yield "gift"
        if not (0 <= self.days <= DAYS_MOST if is_times else self.days == 0):
            yield "days"
        if not (self.months == 0 if is_times else 1 <= self.months <= MONTHS_MOST):
            yield "months"
        if bool(self.tier or self.template) and is_times:
            yield "tier"
        if not is_times and not (self.tier.strip() and is_one_line(self.tier, most=NAME_MOST)):
            yield "tier"

    @property
    def is_times(self) -> bool:
        return self.form == "times"

    @property
    def whole(self) -> int:
        """All times on it, those given among them."""
        return self.times + self.gift


def as_data(kind: CardKind) -> dict[str, Any]:
    """A kind as the policy, the journal and scripts hold it; what a form has no use for is left out."""
    said: dict[str, Any] = {"code": kind.code, "name": kind.name, "form": kind.form, "price_fen": kind.price.fen}
    if kind.is_times:
        said |= {"goods": list(kind.goods), "times": kind.times, "gift": kind.gift, "days": kind.days}
    else:
        said |= {"months": kind.months, "tier": kind.tier, "template": kind.template}
    return said | {"handed_on": kind.may_be_handed_on, "ended": kind.is_ended}


def from_data(data: Mapping[str, Any]) -> CardKind:
    """The kind `as_data` wrote; raises BadCardKind."""
    try:
        return CardKind(
            code=_text(data, "code"),
            name=_text(data, "name"),
            price=Money(_whole(data, "price_fen", "price")),
            form="membership" if data.get("form") == "membership" else "times",
            goods=tuple(str(code) for code in data.get("goods", ())),
            times=_whole(data, "times"),
            gift=_whole(data, "gift"),
            days=_whole(data, "days"),
            may_be_handed_on=data.get("handed_on") is True,
            months=_whole(data, "months"),
            tier=_text(data, "tier"),
            template=_text(data, "template"),
            is_ended=data.get("ended") is True,
        )
    except TypeError as error:
        raise BadCardKind("goods") from error


@lru_cache(maxsize=8)
def read_kinds(text: str) -> tuple[CardKind, ...]:
    """The owner's kinds in his order; raises ValueError for what is no list of them."""
    if not text:
        return ()
    rows = json.loads(text)
    if not isinstance(rows, list) or len(rows) > KINDS_MOST or not all(isinstance(row, dict) for row in rows):
        raise ValueError(text[:40])
    try:
        kinds = tuple(map(from_data, rows))
    except BadCardKind as error:
        raise ValueError(error.why) from error
    if len({kind.code for kind in kinds}) != len(kinds):
        raise ValueError("code")
    return kinds


def write_kinds(kinds: Sequence[CardKind]) -> str:
    """The text `read_kinds` reads."""
    return json.dumps([as_data(kind) for kind in kinds], ensure_ascii=False, separators=(",", ":"))


def kind_of(kinds: Sequence[CardKind], code: str) -> CardKind:
    """The kind with this code; raises UnknownCardKind."""
    found = next((kind for kind in kinds if kind.code == code), None)
    if found is None:
        raise UnknownCardKind(code[:40])
    return found


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key, "")
    if not isinstance(value, str):
        raise BadCardKind(key)
    return value


def _whole(data: Mapping[str, Any], key: str, why: str = "") -> int:
    value = data.get(key, 0)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadCardKind(why or key)
    return value
