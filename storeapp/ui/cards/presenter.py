"""Cards at the counter: those of the member on the basket, and the kinds the owner sells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from storeapp.domain.card import Card, CardState
from storeapp.domain.card_kind import CardKind
from storeapp.domain.staff import Staff
from storeapp.errors import Refused
from storeapp.till import cards
from storeapp.till.ports import Books
from storeapp.ui.account.her import Her, her
from storeapp.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class HerCard:
    """A card of hers and how it stands today; `names` are what its goods are called."""

    card: Card
    state: CardState
    is_ending: bool
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CardsState:
    """`her` is None while nobody is on the basket. `ending` is the kind about to end, asked for once more.

    `spares` says her cards take nothing this time; `writes` that whoever stands here may change the kinds.
    """

    her: Her | None = None
    cards: tuple[HerCard, ...] = ()
    kinds: tuple[CardKind, ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    is_on: bool = False
    spares: bool = False
    writes: bool = False
    ending: str = ""


class CardsView(Protocol):
    def show_state(self, state: CardsState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def beep(self) -> None: ...


class CardsPresenter:
    """`spares` tells whether the basket leaves her cards alone; `spare` says so from now on."""

    def __init__(
        self,
        desk: Desk,
        staff: Staff,
        member_id: str | None,
        *,
        spares: bool,
        spare: Callable[[bool], None],
    ) -> None:
        self._desk, self._staff, self._member_id, self._spare = desk, staff, member_id, spare
        self._view: CardsView
        self.state = self._read(CardsState(spares=spares))

    def bind(self, view: CardsView) -> None:
        self._view = view
        self._show(self.state)

    def toggle(self) -> None:
        """Her cards take nothing of this basket, or they do again."""
        if not any(each.card.kind.is_times and each.state == "open" for each in self.state.cards):
            self._view.beep()
            return
        spares = not self.state.spares
        self._spare(spares)
        self._show(replace(self.state, spares=spares, ending=""))

    def kind(self, code: str) -> CardKind | None:
        """The kind with this code."""
        return next((kind for kind in self.state.kinds if kind.code == code), None)

    def end(self, code: str) -> None:
        """No more of these are sold; asked for twice."""
        kind = self.kind(code)
        if kind is None or kind.is_ended or not self.state.writes:
            self._view.beep()
        elif self.state.ending != code:
            self._show(replace(self.state, ending=code))
        else:
            desk, by = self._desk, self._staff.code
            desk.work.db(
                lambda: cards.end_kind(desk.shop, code, clock=desk.clock, by=by),
                ok=lambda _kind: self._show(self._read(replace(self.state, ending=""))),
                fail=self._failed,
            )

    def _failed(self, error: Exception) -> None:
        self._view.beep()
        self._show(replace(self.state, ending=""))
        self._view.tell(error)

    def _read(self, state: CardsState) -> CardsState:
        with self._desk.shop.reading() as books:
            on, policy = self._desk.today(books), books.policy.in_force()
            kinds = cards.kinds_of(policy)
            held = () if self._member_id is None else cards.cards_of(books, self._member_id)
            grace, within = policy.whole("cards.grace_days"), policy.whole("cards.remind_days")
            return replace(
                state,
                her=None if self._member_id is None else _her(books, self._member_id),
                cards=tuple(_hers(books, card, on, grace, within) for card in held),
                kinds=kinds,
                names=tuple(names_of(books, kind) for kind in kinds),
                is_on=bool(policy.get("cards.enabled")),
                writes=self._staff.may("policy"),
            )

    def _show(self, state: CardsState) -> None:
        self.state = state
        self._view.show_state(state)


def names_of(books: Books, kind: CardKind) -> tuple[str, ...]:
    """What the goods of a kind are called; the code itself where the catalogue has lost them."""
    found = [(code, books.products.by_code(code)) for code in kind.goods]
    return tuple(code if product is None else product.name for code, product in found)


def _her(books: Books, member_id: str) -> Her | None:
    try:
        return her(books, member_id)
    except Refused:
        return None


def _hers(books: Books, card: Card, on: date, grace: int, within: int) -> HerCard:
    state = card.state(on, grace=grace)
    is_ending = state == "open" and card.is_ending(on, within=within)
    return HerCard(card, state, is_ending, names_of(books, card.kind))
