"""Signing in: a person is picked, a PIN is asked for off the window's thread, and told why it will not do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.domain.staff import Role, Staff
from storeapp.errors import Refused
from storeapp.till import staff
from storeapp.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in."""

    code: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class SignInState:
    """`is_asking` while the PIN is being checked; `refused` says why the last one would not do.

    In a demo shop (`is_demo`) the PINs are no secret.
    """

    people: tuple[Person, ...] = ()
    chosen: int = 0
    is_asking: bool = False
    refused: Refused | None = None
    is_demo: bool = False

    @property
    def person(self) -> Person | None:
        return self.people[self.chosen] if self.people else None


class SignInView(Protocol):
    def show_state(self, state: SignInState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def beep(self) -> None: ...


class SignInPresenter:
    """`then` gets the person who has signed in; `last` is the code of who was here before."""

    def __init__(self, desk: Desk, *, then: Callable[[Staff], None], last: str = "") -> None:
        self._desk, self._then, self._last = desk, then, last
        self._view: SignInView
        self.state = SignInState()

    def bind(self, view: SignInView) -> None:
        self._view = view
        people = tuple(Person(who.code, who.name, who.role) for who in staff.staff(self._desk.shop))
        with self._desk.shop.reading() as books:
            is_demo = books.device.is_demo
        chosen = next((place for place, who in enumerate(people) if who.code == self._last), 0)
        self._show(SignInState(people, chosen, is_demo=is_demo))

    def choose(self, place: int) -> None:
        if not self.state.is_asking and 0 <= place < len(self.state.people):
            self._show(replace(self.state, chosen=place, refused=None))

    def move(self, by: int) -> None:
        """Up and down the list."""
        self.choose(min(max(0, self.state.chosen + by), len(self.state.people) - 1))

    def enter(self, pin: str) -> None:
        person = self.state.person
        if person is None or self.state.is_asking or not pin:
            return
        desk = self._desk
        self._show(replace(self.state, is_asking=True, refused=None))
        # a PIN is slow to check on purpose
        desk.work.db(
            lambda: staff.sign_in(desk.shop, person.code, pin, clock=desk.clock), ok=self._signed_in, fail=self._failed
        )

    def _signed_in(self, person: Staff) -> None:
        self._show(replace(self.state, is_asking=False))
        self._then(person)

    def _failed(self, error: Exception) -> None:
        self._view.beep()
        refused = error if isinstance(error, Refused) else None
        self._show(replace(self.state, is_asking=False, refused=refused))
        if refused is None:
            self._view.tell(error)

    def _show(self, state: SignInState) -> None:
        self.state = state
        self._view.show_state(state)
