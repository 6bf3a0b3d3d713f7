"""The owner's list of staff: somebody new, another role, another PIN, and goodbye."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.domain.member import BadPhone
from storeapp.domain.staff import RIGHTS, BadBadge, BadgeTaken, BadPin, BadStaffCode, Role, Staff, require
from storeapp.errors import Refused
from storeapp.till import staff as deeds
from storeapp.ui.desk import Desk


@dataclass(eq=False)
class NameMissing(Refused):
    """Everybody on the list has a name."""

    word = "name_missing"


@dataclass(frozen=True, slots=True)
class PeopleState:
    """`code` is fixed for somebody on the list; nothing typed as `pin` leaves the old one. `asking` whether to dismiss.

    `phone` is what was typed as somebody's own phone; None leaves it as it is, and nobody can read the one there is.

    `due` are the codes of those who have to choose a new PIN at their next sign-in.
    """

    people: tuple[Staff, ...] = ()
    is_new: bool = False
    code: str = ""
    name: str = ""
    role: Role = "cashier"
    pin: str = ""
    badge: str = ""
    phone: str | None = None
    has_phone: bool = False
    is_changed: bool = False
    due: frozenset[str] = frozenset()
    asking: bool = False
    fault: Refused | None = None
    is_saving: bool = False


class PeopleView(Protocol):
    def show_state(self, state: PeopleState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def done(self, word: str) -> None:
        """`saved` or `dismissed`."""
        ...

    def beep(self) -> None: ...


class PeoplePresenter:
    def __init__(self, desk: Desk, staff: Staff) -> None:
        self._desk, self._staff = desk, staff
        self._view: PeopleView
        self.state = PeopleState()

    def bind(self, view: PeopleView) -> None:
        self._view = view
        self._start(self._staff.code)

    def choose(self, code: str) -> None:
        self._start(code)

    def new(self) -> None:
        """Somebody who is not on the list yet, under the next free number."""
        with self._desk.shop.reading() as books:
            taken = {person.code for person in books.staff.every()}
        free = next(str(number) for number in range(1001, 10_000) if str(number) not in taken)
        self._show(PeopleState(self.state.people, is_new=True, code=free))

    def type(self, field: str, text: str) -> None:
        """`code`, `name`, `pin`, `badge` or `phone`."""
        state = self.state
        typed = {"code": state.code, "name": state.name, "pin": state.pin, "badge": state.badge}
        typed["phone"] = state.phone or ""
        if typed[field] != text:
            typed[field] = text
            self._show(replace(state, **typed, fault=None, asking=False, is_changed=True))  # type: ignore[arg-type]  # texts, all five

    def scan(self, code: str) -> bool:
        """A badge held before the scanner while somebody is open: it is theirs from the next save on."""
        if not self.state.code or self.state.is_saving:
            return False
        self.type("badge", code)
        return True

    def choose_role(self, role: str) -> None:
        chosen = next((known for known in RIGHTS if known == role), self.state.role)
        self._show(replace(self.state, role=chosen, fault=None, asking=False, is_changed=True))

    def save(self) -> None:
        state, desk, by = self.state, self._desk, self._staff.code
        if state.is_saving or not self._may():
            return
        if not state.name.strip():
            self._refuse(NameMissing())
            return
        self._show(replace(state, is_saving=True, fault=None))
        desk.work.db(
            lambda: deeds.put_staff(
                desk.shop,
                state.code.strip(),
                name=state.name,
                role=state.role,
                pin=state.pin,
                badge=state.badge.strip(),
                phone=None if state.phone is None else state.phone.strip(),
                clock=desk.clock,
                by=by,
            ),
            ok=lambda person: self._over(person.code, "saved"),
            fail=self._failed,
        )

    def dismiss(self) -> None:
        """The first time it is asked about, the second time it is done."""
        state, desk, by = self.state, self._desk, self._staff.code
        if state.is_new or not state.code or not self._may():
            return
        if not state.asking:
            self._show(replace(state, asking=True))
            return
        desk.work.db(
            lambda: deeds.dismiss(desk.shop, state.code, clock=desk.clock, by=by),
            ok=lambda _none: self._over("", "dismissed"),
            fail=self._failed,
        )

    def _may(self) -> bool:
        try:
            require(self._staff, "staff")
        except Refused as error:
            self._refuse(None)
            self._view.tell(error)
            return False
        return True

    def _over(self, code: str, word: str) -> None:
        self._start(code)
        self._view.done(word)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, BadPin | BadPhone | BadStaffCode | BadBadge | BadgeTaken | deeds.LastOwner):
            self._refuse(error)
        else:
            self._refuse(None)
            self._view.tell(error)

    def _refuse(self, fault: Refused | None) -> None:
        self._view.beep()
        self._show(replace(self.state, fault=fault, is_saving=False, asking=False))

    def _start(self, code: str) -> None:
        people = deeds.staff(self._desk.shop)
        person = next((who for who in people if who.code == code), people[0] if people else None)
        if person is None:
            self._show(PeopleState(is_new=True, code="1001", role="owner"))
        else:
            with self._desk.shop.reading() as books:
                due = frozenset(who.code for who in people if deeds.has_due_pin(books, who, clock=self._desk.clock))
                has_phone = books.staff.has_phone(person.code)
            self._show(
                PeopleState(
                    people,
                    code=person.code,
                    name=person.name,
                    role=person.role,
                    badge=person.badge,
                    has_phone=has_phone,
                    due=due,
                )
            )

    def _show(self, state: PeopleState) -> None:
        self.state = state
        self._view.show_state(state)
