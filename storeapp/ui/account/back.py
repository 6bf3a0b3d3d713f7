"""Paying back: what each cause would give her first, then why, how, and a yes to each right the cashier lacks."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from storeapp.domain.money import Money
from storeapp.domain.staff import Right, Staff
from storeapp.domain.tender import TenderKind
from storeapp.domain.value_refund import checked_why
from storeapp.errors import Refused
from storeapp.ui.account.her import Her
from storeapp.ui.account.ways import WAYS
from storeapp.ui.approval.ask import Ask
from storeapp.ui.desk import Desk
from storeapp.ui.saving import DeedPresenter, Saving

Approvals = tuple[tuple[Right, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BackState(Saving):
    """`sums` tells for each cause, in the order they are shown, what she would get.

    `ways` are those she may get it by.
    """

    her: Her
    sums: Mapping[str, Money]
    cause: str
    tender: TenderKind
    reason: str = ""
    ways: tuple[TenderKind, ...] = WAYS

    @property
    def money(self) -> Money:
        return self.sums[self.cause]


State = TypeVar("State", bound=BackState)
Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Wanted(Generic[Done]):
    """What is to be done: the `rights` it takes, the `payload` that is approved, and the deed with the approvals."""

    rights: tuple[Right, ...]
    payload: Mapping[str, Any]
    deed: Callable[[Approvals], Done]


class BackPresenter(DeedPresenter[State, Done]):
    """Who inherits says what is paid back."""

    def __init__(self, desk: Desk, staff: Staff, state: State, *, ask: Ask, then: Callable[[Done], None]) -> None:
        super().__init__(desk, staff, state, then=then)
        self._ask = ask

    @abstractmethod
    def nothing(self) -> Refused:
        """What is said where the cause gives her nothing."""

    @abstractmethod
    def wanted(self) -> Wanted[Done]:
        """The deed as it stands."""

    def choose(self, place: int) -> None:
        """One of the causes, from 0."""
        causes = tuple(self.state.sums)
        if 0 <= place < len(causes):
            self._show(replace(self.state, cause=causes[place], refused=None))

    def move(self, by: int) -> None:
        """Up and down the causes."""
        causes = tuple(self.state.sums)
        self.choose(min(max(0, causes.index(self.state.cause) + by), len(causes) - 1))

    def pay_by(self, tender: str) -> None:
        chosen = next((way for way in self.state.ways if way == tender), self.state.tender)
        self._show(replace(self.state, tender=chosen, refused=None))

    def because(self, text: str) -> None:
        self._show(replace(self.state, reason=text, refused=None))

    def check(self) -> bool:
        """Whether it can be done as it stands; the reason is shown if not."""
        if not self.state.money.fen:
            self._refuse(self.nothing())
            return False
        return self._passes(lambda: checked_why(self.state.reason))

    def confirm(self) -> None:
        """Pays her, after a yes to each right the cashier does not hold."""
        if not self.state.is_saving and self.check():
            wanted = self.wanted()
            self._ask_for(wanted, wanted.rights, ())

    def _ask_for(self, wanted: Wanted[Done], rights: tuple[Right, ...], given: Approvals) -> None:
        if not rights:
            self._save(lambda: wanted.deed(given), self._then)
            return

        def go_on(approval_id: str | None) -> None:
            one = () if approval_id is None else ((rights[0], approval_id),)
            self._ask_for(wanted, rights[1:], (*given, *one))

        state = self.state
        self._ask(rights[0], wanted.payload, then=go_on, about=state.her.phone, amount=state.money)
