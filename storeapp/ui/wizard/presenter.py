"""The first run: language, shop, owner, printer.

Enter goes on, Esc goes back; nothing is written before the last Enter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from storeapp.domain.place import BadCode
from storeapp.domain.staff import BadPin, PinsDiffer, check_pin_shape
from storeapp.errors import Refused, StoreappError
from storeapp.settings import PrinterSettings
from storeapp.till.new_shop import new_device
from storeapp.ui.set_up import Tried
from storeapp.ui.wizard.first_run import FirstRun, NewShop
from storeapp.ui.work import Work

Step = Literal["language", "shop", "owner", "printer", "ready"]
STEPS: tuple[Step, ...] = ("language", "shop", "owner", "printer", "ready")


@dataclass(eq=False)
class NameMissing(Refused):
    """The shop and its owner each have a name."""

    word = "name_missing"


@dataclass(eq=False)
class AddressMissing(Refused):
    """This way to the printer needs an address."""

    word = "address_missing"


@dataclass(frozen=True, slots=True)
class WizardState:
    """`values` are what is typed: language, name, store, till, owner, pin, again, kind, rest, paper.

    `fault` is about the field `fault_at`, or about the whole step where that is "".
    """

    step: Step = "language"
    values: dict[str, str] = field(default_factory=dict)
    fault: StoreappError | None = None
    fault_at: str = ""
    is_busy: bool = False
    tried: Tried | None = None


class WizardView(Protocol):
    def show_state(self, state: WizardState) -> None: ...
    def beep(self) -> None: ...


class _NoIds:
    """Codes are checked by making a device of them, which nobody keeps."""

    def new(self) -> str:
        return ""


class WizardPresenter:
    """`made` is the shop once it stands; `finished` is called then."""

    def __init__(self, first: FirstRun, work: Work) -> None:
        self._first, self._work = first, work
        self._view: WizardView
        self.made: NewShop | None = None
        self.finished: Callable[[], object] = lambda: None
        values = {"language": first.language, "store": "S01", "till": "1", "kind": "paper", "paper": "80"}
        self.state = WizardState(values=values)

    def bind(self, view: WizardView) -> None:
        """Another language has another view."""
        self._view = view
        view.show_state(self.state)

    def type(self, key: str, text: str) -> None:
        if self.state.values.get(key, "") != text:
            rest = {"rest": ""} if key == "kind" else {}
            values = {**self.state.values, **rest, key: text}
            tried = None if key in ("kind", "rest", "paper") else self.state.tried
            self._show(replace(self.state, values=values, fault=None, fault_at="", tried=tried))

    def go_on(self) -> None:
        if self.state.is_busy:
            return
        found = self._fault()
        if found is not None:
            self._refuse(*found)
        elif self.state.step == "ready":
            self._make()
        else:
            self._show(replace(self.state, step=STEPS[self._place + 1], fault=None, fault_at=""))

    def go_back(self) -> None:
        if self._place and not self.state.is_busy:
            self._show(replace(self.state, step=STEPS[self._place - 1], fault=None, fault_at=""))

    def test(self) -> None:
        """The test page."""
        found = self._printer_fault()
        if found is not None:
            self._refuse(*found)
        elif not self.state.is_busy:
            printer, try_printer = self._printer(), self._first.try_printer
            self._show(replace(self.state, is_busy=True, fault=None, fault_at="", tried=None))
            self._work.io(lambda: try_printer(printer), ok=self._tried, fail=self._failed)

    @property
    def _place(self) -> int:
        return STEPS.index(self.state.step)

    def _value(self, key: str) -> str:
        return self.state.values.get(key, "").strip()

    def _fault(self) -> tuple[Refused, str] | None:
        """Why this step cannot be left yet, and at which field."""
        checks = {"shop": self._shop_fault, "owner": self._owner_fault, "printer": self._printer_fault}
        check = checks.get(self.state.step)
        return check() if check is not None else None

    def _shop_fault(self) -> tuple[Refused, str] | None:
        if not self._value("name"):
            return NameMissing(), "name"
        for key in ("store", "till"):
            try:
                new_device(_NoIds(), store=self._value(key), till=self._value(key))
            except BadCode as error:
                return error, key
        return None

    def _owner_fault(self) -> tuple[Refused, str] | None:
        if not self._value("owner"):
            return NameMissing(), "owner"
        try:
            check_pin_shape(self._value("pin"), "owner")
        except BadPin as error:
            return error, "pin"
        return (PinsDiffer(), "again") if self._value("pin") != self._value("again") else None

    def _printer_fault(self) -> tuple[Refused, str] | None:
        needs = self._value("kind") != "paper" and not self._value("rest")
        return (AddressMissing(), "rest") if needs else None

    def _printer(self) -> PrinterSettings:
        kind, rest, paper = self._value("kind"), self._value("rest"), self._value("paper")
        if kind == "paper":
            return PrinterSettings("paper:", f"full-{paper}", int(paper))
        # an unknown printer is asked for nothing it may not know
        return PrinterSettings(f"{kind}:{rest}", f"generic-{paper}", int(paper))

    def _make(self) -> None:
        value = self._value
        new = NewShop(
            value("language"),
            value("name"),
            value("store"),
            value("till"),
            value("owner"),
            value("pin"),
            self._printer(),
        )
        make = self._first.make
        self._show(replace(self.state, is_busy=True, fault=None))
        self._work.db(lambda: make(new), ok=lambda _none: self._done(new), fail=self._failed)

    def _done(self, new: NewShop) -> None:
        self.made = new
        self.finished()

    def _tried(self, tried: Tried) -> None:
        self._show(replace(self.state, is_busy=False, tried=tried))

    def _failed(self, error: Exception) -> None:
        self._show(replace(self.state, is_busy=False))
        if not isinstance(error, StoreappError):
            raise error
        self._refuse(error, "")

    def _refuse(self, error: StoreappError, at: str) -> None:
        self._view.beep()
        self._show(replace(self.state, fault=error, fault_at=at))

    def _show(self, state: WizardState) -> None:
        self.state = state
        self._view.show_state(state)
