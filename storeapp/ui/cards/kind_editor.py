"""A kind of card being written: each field as it is typed, and the one that will not do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Protocol

from storeapp.domain.card_kind import BadCardKind, CardForm, CardKind, as_data, from_data
from storeapp.domain.money import Money, NotAnAmount, typed_amount, yuan
from storeapp.domain.product import UnknownCode
from storeapp.domain.staff import Staff
from storeapp.domain.typed import plain
from storeapp.errors import Refused
from storeapp.till import cards
from storeapp.ui.desk import Desk

TIMES_FIELDS = ("goods", "times", "gift", "days")
MEMBERSHIP_FIELDS = ("tier", "months", "template")
_WHOLE = frozenset({"times", "gift", "days", "months"})


@dataclass(frozen=True, slots=True)
class KindState:
    """`texts` by field: code, name, price (yuan), goods, times, gift, days, tier, months, template. `fault` is one."""

    form: CardForm = "times"
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    may_be_handed_on: bool = False
    fault: str = ""
    refused: Refused | None = None
    is_changed: bool = False
    is_saving: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """Those that count for its form, as they are filled in."""
        return ("code", "name", "price", *(TIMES_FIELDS if self.form == "times" else MEMBERSHIP_FIELDS))


class KindView(Protocol):
    def show_state(self, state: KindState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def beep(self) -> None: ...


class KindEditor:
    """Without a `known` kind it is a new one. `saved` gets it."""

    def __init__(
        self, desk: Desk, staff: Staff, *, known: CardKind | None = None, saved: Callable[[CardKind], None]
    ) -> None:
        self._desk, self._staff, self._then = desk, staff, saved
        self.is_new = known is None
        self._view: KindView
        self.state = KindState() if known is None else _typed(known)

    def bind(self, view: KindView) -> None:
        self._view = view
        self._show(self.state)

    def choose_form(self, form: str) -> None:
        chosen: CardForm = "membership" if form == "membership" else "times"
        self._show(replace(self.state, form=chosen, fault="", refused=None, is_changed=True))

    def type(self, name: str, text: str) -> None:
        texts = {**self.state.texts, name: text}
        self._show(replace(self.state, texts=texts, fault="", refused=None, is_changed=True))

    def let_hand_on(self, lets: bool) -> None:
        self._show(replace(self.state, may_be_handed_on=lets, is_changed=True))

    def save(self) -> None:
        """Enter: the kind is sold from now on, or what will not do turns red."""
        if self.state.is_saving:
            return
        try:
            kind = self._made()
        except BadCardKind as error:
            self._fault(error.why, error)
            return
        self._show(replace(self.state, is_saving=True, fault="", refused=None))
        desk, by = self._desk, self._staff.code
        desk.work.db(lambda: cards.put_kind(desk.shop, kind, clock=desk.clock, by=by), ok=self._then, fail=self._failed)

    def _made(self) -> CardKind:
        """Raises BadCardKind."""
        state = self.state
        said: dict[str, Any] = {"form": state.form, "handed_on": state.may_be_handed_on}
        for name in state.fields:
            text = state.texts.get(name, "").strip()
            if name == "price":
                said["price_fen"] = _fen(text)
            elif name == "goods":
                said["goods"] = [code for code in re.split(r"[,，、;；\s]+", text) if code]
            elif name in _WHOLE:
                said[name] = _count(text)
            else:
                said[name] = text
        return from_data(said)

    def _fault(self, why: str, error: Refused) -> None:
        self._view.beep()
        self._show(replace(self.state, fault=why, refused=error, is_saving=False))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UnknownCode):
            self._fault("goods", error)
            return
        self._view.beep()
        self._show(replace(self.state, is_saving=False))
        self._view.tell(error)

    def _show(self, state: KindState) -> None:
        self.state = state
        self._view.show_state(state)


def _count(text: str) -> int:
    """A whole number, and 0 where nothing is typed; what is no number is out of every range."""
    said = plain(text)
    return int(said or 0) if not said or (said.isascii() and said.isdigit() and len(said) < 6) else -1


def _fen(text: str) -> int:
    """Yuan as typed; nothing where it is no amount, which no card costs."""
    try:
        return typed_amount(text).fen
    except NotAnAmount:
        return 0


def _typed(known: CardKind) -> KindState:
    said = as_data(known)
    texts = {name: str(said[name]) for name in ("code", "name", *sorted(_WHOLE), "tier", "template") if name in said}
    texts |= {"price": yuan(Money(known.price.fen)).removesuffix(".00"), "goods": ", ".join(known.goods)}
    return KindState(known.form, MappingProxyType(texts), known.may_be_handed_on)
