"""A card as it stands: what is left on it, whether it is still taken, and what its owner is paid back for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from storeapp.domain.business_day import months_on
from storeapp.domain.card_doc import CardCause
from storeapp.domain.card_kind import CardKind
from storeapp.domain.tender import TenderKind
from storeapp.errors import Refused

CardState = Literal["open", "used_up", "ended", "paid_back"]
CAUSES: tuple[CardCause, ...] = ("customer", "shop")


@dataclass(eq=False)
class CardsOff(Refused):
    """This shop sells no cards."""

    word = "cards_off"


@dataclass(eq=False)
class UnknownCard(Refused):
    """No card has the receipt number or id `card`."""

    card: str
    word = "unknown_card"


@dataclass(eq=False)
class CardEnded(Refused):
    """Nothing is left of card `card`, or its days are over: it is `state`."""

    card: str
    state: str
    word = "card_ended"


@dataclass(eq=False)
class CardNotHandedOn(Refused):
    """The owner lets nobody hand on a card `card`."""

    card: str
    word = "card_not_handed_on"


@dataclass(eq=False)
class CardElsewhere(Refused):
    """Card `card` was sold by the till `till`: there alone it is paid back or handed on."""

    card: str
    till: str
    word = "card_elsewhere"


@dataclass(eq=False)
class NothingOnCard(Refused):
    """Nothing is owed for card `card` by this cause."""

    card: str
    cause: str
    word = "nothing_on_card"


@dataclass(frozen=True, slots=True)
class Card:
    """A card and what the ledger says of it. `number` is the receipt it was sold by, `member_id` who holds it now.

    Of `left` times `gift_left` were given on top; `taken` ones she had, which cost `listed_fen` one by one.
    `worth_fen` is what the shop still owes of `paid_fen`, `back_fen` what was paid back before. `since` is a
    membership's first day, `until` the last of any card ("" is for ever). `sold_at` names the till that sold it, where
    that was another. Below zero are the times two tills took of one.
    """

    card_id: str
    number: str
    kind: CardKind
    member_id: str
    sold_on: str
    paid_fen: int
    tender: TenderKind
    until: str = ""
    since: str = ""
    left: int = 0
    gift_left: int = 0
    taken: int = 0
    worth_fen: int = 0
    listed_fen: int = 0
    back_fen: int = 0
    was_paid_back: bool = False
    sold_at: str = ""

    @property
    def name(self) -> str:
        return self.kind.name

    def state(self, on: date, *, grace: int) -> CardState:
        """How it stands on that day; `grace` days after its last one it is still taken."""
        is_over = bool(self.until) and on > date.fromisoformat(self.until) + timedelta(days=grace)
        if self.kind.is_times:
            if self.left <= 0:
                return "paid_back" if self.was_paid_back else "used_up"
            return "ended" if is_over else "open"
        if self.was_paid_back:
            return "paid_back"
        return "ended" if self.until and on.isoformat() > self.until else "open"

    def is_ending(self, on: date, *, within: int) -> bool:
        """Whether its last day comes so soon that she should be told."""
        return bool(self.until) and on <= date.fromisoformat(self.until) <= on + timedelta(days=within)

    @property
    def has_something(self) -> bool:
        """Whether there is anything on it to be paid back."""
        return self.left > 0 or self.worth_fen > 0

    def check_here(self) -> None:
        """Raises CardElsewhere for a card that another till sold."""
        if self.sold_at:
            raise CardElsewhere(self.number, self.sold_at)

    def is_within(self, on: date, days: int) -> bool:
        """Whether she may still have her money back without a reason."""
        return on <= date.fromisoformat(self.sold_on) + timedelta(days=days)


def in_use_order(cards: Iterable[Card]) -> tuple[Card, ...]:
    """The soonest to end first, those for ever last; of those of one day the first of `cards`, which is the oldest."""
    return tuple(sorted(cards, key=lambda card: (not card.until, card.until)))


@dataclass(frozen=True, slots=True)
class BackTerms:
    """How the owner pays back: `days` to return a card for no reason, and what her own wish costs her later.

    `own_wish` is list (the times she had, at what they cost one by one) or share; a membership's `part` that is over
    is counted in days or in started months.
    """

    days: int
    own_wish: str = "list"
    part: str = "days"


def back_fen(card: Card, cause: CardCause, *, on: date, terms: BackTerms) -> int:
    """What she is paid for the card by this cause on that day, never less than nothing.

    By 法释〔2025〕4号, 14, 18, 19 and 20.

    Within the days of return, and where the shop is at fault, the times she had count for their share of the price;
    later, at her own wish, for what they cost one by one. Of a membership she is paid what is still to come.
    """
    is_kind = cause == "shop" or card.is_within(on, terms.days)
    if not card.kind.is_times:
        had = 0 if card.is_within(on, terms.days) else passed_fen(card, on, part="days" if is_kind else terms.part)
    elif is_kind or terms.own_wish == "share":
        had = card.paid_fen * card.taken // card.kind.whole
    else:
        had = card.listed_fen
    return max(card.paid_fen - had - card.back_fen, 0)


def passed_fen(card: Card, on: date, *, part: str = "days") -> int:
    """Of what was paid for a membership, what its days before `on` (or its started months) come to."""
    since, until = date.fromisoformat(card.since), date.fromisoformat(card.until)
    if on <= since:
        return 0
    if part == "months":
        started = sum(months_on(since, n) < on for n in range(card.kind.months))
        return card.paid_fen * started // card.kind.months
    whole = (until - since).days + 1
    return card.paid_fen * min((on - since).days, whole) // whole
