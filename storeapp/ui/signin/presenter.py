"""Signing in: a person is picked, a PIN is asked for off the window's thread, and told why it will not do.

Whoever has a PIN that somebody else chose, or that is too old, chooses a new one before anything else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from storeapp.domain.staff import PinsDiffer, PinUsedBefore, Role, Staff, UnknownStaff, check_pin_shape
from storeapp.errors import Refused
from storeapp.till import staff
from storeapp.till.duty import Duty, on_duty
from storeapp.ui.desk import Desk

Step = Literal["who", "pin", "new", "again"]


_SHORTEST_BARCODE = 8


def may_be_pin(code: str) -> bool:
    """From eight digits on it is more likely goods, which must not count as wrong tries."""
    return code.isdigit() and len(code) < _SHORTEST_BARCODE


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in."""

    code: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class SignInState:
    """`is_asking` while the PIN is being checked; `refused` says why the last one would not do.

    `step`: who (a code or a badge), pin, new and again (a new PIN, twice). `duty` tells since when who is here.
    In a demo shop (`is_demo`) and while practising (`is_training`) the PINs are no secret.
    """

    people: tuple[Person, ...] = ()
    chosen: int = 0
    step: Step = "pin"
    is_asking: bool = False
    refused: Refused | None = None
    duty: Mapping[str, Duty] = field(default_factory=dict)
    is_demo: bool = False
    is_training: bool = False

    @property
    def person(self) -> Person | None:
        return self.people[self.chosen] if self.people else None


class SignInView(Protocol):
    def show_state(self, state: SignInState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def beep(self) -> None: ...


class SignInPresenter:
    """`then` gets the person who has signed in; `last` is the code of who was here before.

    With `asks_code` a code may be typed first; the arrows and a badge choose as well.
    """

    def __init__(self, desk: Desk, *, then: Callable[[Staff], None], last: str = "", asks_code: bool = False) -> None:
        self._desk, self._then, self._last = desk, then, last
        self._first: Step = "who" if asks_code else "pin"
        self._pin, self._new = "", ""
        self._view: SignInView
        self.state = SignInState(step=self._first)

    def bind(self, view: SignInView) -> None:
        self._view = view
        people = tuple(Person(who.code, who.name, who.role) for who in staff.staff(self._desk.shop))
        with self._desk.shop.reading() as books:
            device = books.device
        chosen = next((place for place, who in enumerate(people) if who.code == self._last), 0)
        self._show(SignInState(people, chosen, self._first, is_demo=device.is_demo, is_training=device.is_training))
        shop, day = self._desk.shop, self._desk.clock.now().date().isoformat()
        self._desk.work.io(lambda: on_duty(shop, day=day), ok=self._told_duty, fail=view.tell)

    def choose(self, place: int) -> None:
        if self._may_choose and 0 <= place < len(self.state.people):
            self._show(replace(self.state, chosen=place, step="pin", refused=None))

    def move(self, by: int) -> None:
        """Up and down the list."""
        self.choose(min(max(0, self.state.chosen + by), len(self.state.people) - 1))

    def scan(self, code: str) -> bool:
        """True if it is somebody's badge, which chooses that person."""
        with self._desk.shop.reading() as books:
            found = books.staff.by_badge(code)
        if found is None or not self._may_choose:
            return False
        return self._choose_code(found.code)

    def take_scan(self, code: str) -> bool:
        """A badge, or a code or PIN typed as fast as a scanner; False for goods."""
        if self.scan(code):
            return True
        if not may_be_pin(code):
            return False
        self.enter(code)
        return True

    def enter(self, typed: str) -> None:
        """A code, a PIN, or a new PIN, whatever is asked for."""
        state = self.state
        if state.person is None or state.is_asking:
            return
        if state.step == "who":
            self._enter_code(typed)
        elif typed:
            {"pin": self._enter_pin, "new": self._enter_new, "again": self._enter_again}[state.step](typed)

    # inside

    @property
    def _may_choose(self) -> bool:
        return not self.state.is_asking and self.state.step in ("who", "pin")

    def _choose_code(self, code: str) -> bool:
        place = next((n for n, who in enumerate(self.state.people) if who.code == code), None)
        if place is None:
            return False
        self.choose(place)
        return True

    def _enter_code(self, typed: str) -> None:
        """Enter on nothing means whoever is chosen."""
        if not typed:
            self.choose(self.state.chosen)
        elif not (self._choose_code(typed) or self.scan(typed)):
            self._failed(UnknownStaff(typed[:20]))

    def _enter_pin(self, pin: str) -> None:
        desk, person = self._desk, self.state.person
        assert person is not None
        self._pin = pin
        self._show(replace(self.state, is_asking=True, refused=None))
        # a PIN is slow to check on purpose
        desk.work.db(
            lambda: staff.sign_in(desk.shop, person.code, pin, clock=desk.clock), ok=self._signed_in, fail=self._failed
        )

    def _enter_new(self, pin: str) -> None:
        person = self.state.person
        assert person is not None
        try:
            check_pin_shape(pin, person.role)
            if pin == self._pin:
                raise PinUsedBefore
        except Refused as error:
            self._failed(error)
        else:
            self._new = pin
            self._show(replace(self.state, step="again", refused=None))

    def _enter_again(self, pin: str) -> None:
        desk, person, old = self._desk, self.state.person, self._pin
        assert person is not None
        if pin != self._new:
            self._show(replace(self.state, step="new"))
            self._failed(PinsDiffer())
            return
        self._show(replace(self.state, is_asking=True, refused=None))
        desk.work.db(
            lambda: staff.change_pin(desk.shop, person.code, old, pin, clock=desk.clock),
            ok=self._arrived,
            fail=self._failed,
        )

    def _signed_in(self, person: Staff) -> None:
        if person.must_change_pin:
            self._show(replace(self.state, is_asking=False, step="new"))
        else:
            self._arrived(person)

    def _arrived(self, person: Staff) -> None:
        self._pin = self._new = ""
        self._show(replace(self.state, is_asking=False))
        self._then(person)

    def _failed(self, error: Exception) -> None:
        self._view.beep()
        refused = error if isinstance(error, Refused) else None
        self._show(replace(self.state, is_asking=False, refused=refused))
        if refused is None:
            self._view.tell(error)

    def _told_duty(self, duty: dict[str, Duty]) -> None:
        self._show(replace(self.state, duty=duty))

    def _show(self, state: SignInState) -> None:
        self.state = state
        self._view.show_state(state)
