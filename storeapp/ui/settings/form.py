"""A form of settings without a window: what may be typed, what was typed, and why some of it will not do."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

from storeapp.domain.money import Money, typed_amount, yuan
from storeapp.domain.policy import RULES, checked, from_words
from storeapp.domain.staff import Right, Staff
from storeapp.domain.typed import whole
from storeapp.errors import Refused
from storeapp.settings import Settings
from storeapp.till.policies import policy_in_force, set_policies
from storeapp.ui.allowed import allowed
from storeapp.ui.desk import Desk
from storeapp.ui.parts import Outside

FieldKind = Literal["text", "whole", "yuan", "yes_no", "choice", "picture"]


@dataclass(frozen=True, slots=True)
class Spec:
    """One line of a form. `rule` says what will do, before anything is typed where it is `hinted`; `choices` are what
    is stored and what people read."""

    key: str
    words: str
    kind: FieldKind = "text"
    rule: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    wide: bool = False
    hinted: bool = False


@dataclass(frozen=True, slots=True)
class FormState:
    """Every value as it is typed (`"true"` and `"false"` for a tick); `faults` are the keys that will not do."""

    values: Mapping[str, str] = field(default_factory=dict)
    faults: frozenset[str] = frozenset()
    is_changed: bool = False
    is_saving: bool = False


class FormView(Protocol):
    def show_state(self, state: FormState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def done(self, word: str) -> None:
        """`saved`."""
        ...

    def beep(self) -> None: ...


class FormPresenter(ABC):
    """What all forms share: typing, and saving all of it or nothing."""

    right: Right = "settings"

    def __init__(self, staff: Staff, specs: tuple[Spec, ...]) -> None:
        self._staff, self.specs = staff, specs
        self._view: FormView
        self.state = FormState()

    def bind(self, view: FormView) -> None:
        self._view = view
        self._show(FormState(self._read()))

    def type(self, key: str, text: str) -> None:
        if self.state.values.get(key) != text:
            values = {**self.state.values, key: text}
            self._show(replace(self.state, values=values, faults=self.state.faults - {key}, is_changed=True))

    def save(self) -> None:
        """Enter: everything that was changed holds from now on, or the fields that will not do turn red."""
        if self.state.is_saving or not allowed(self._staff, self.right, self._view):
            return
        parsed, faults = self.parsed()
        if faults:
            self._view.beep()
            self._show(replace(self.state, faults=faults))
            return
        self._show(replace(self.state, is_saving=True, faults=frozenset()))
        self._write(parsed)

    @abstractmethod
    def parsed(self) -> tuple[dict[str, Any], frozenset[str]]:
        """What is typed as values, and the keys that are none."""

    @abstractmethod
    def _read(self) -> dict[str, str]:
        """What the form shows at first, by key."""

    @abstractmethod
    def _write(self, values: dict[str, Any]) -> None:
        """Keeps what was typed; it is whole and right."""

    def _saved(self, _answer: object = None) -> None:
        self._show(FormState(self._read()))
        self._view.done("saved")

    def _failed(self, error: Exception) -> None:
        self._view.beep()
        self._show(replace(self.state, is_saving=False))
        self._view.tell(error)

    def _show(self, state: FormState) -> None:
        self.state = state
        self._view.show_state(state)


class FieldsForm(FormPresenter):
    """A form where every field is right or wrong by itself."""

    def parsed(self) -> tuple[dict[str, Any], frozenset[str]]:
        values: dict[str, Any] = {}
        faults: set[str] = set()
        for spec in self.specs:
            try:
                values[spec.key] = self._value(spec, self.state.values.get(spec.key, ""))
            except (Refused, ValueError):
                faults.add(spec.key)
        return values, frozenset(faults)

    @abstractmethod
    def _value(self, spec: Spec, text: str) -> Any:
        """What is typed there; raises Refused or ValueError."""


class PolicyForm(FieldsForm):
    """What the owner tunes. `saved` is called after it holds.

    `native` says in people's language a default that is written in words; typed back it is the default again.
    """

    right: Right = "policy"

    def __init__(
        self,
        desk: Desk,
        staff: Staff,
        specs: tuple[Spec, ...],
        *,
        saved: Callable[[], None],
        native: Callable[[str], str] = str,
    ) -> None:
        super().__init__(staff, specs)
        self._desk, self._then, self._native = desk, saved, native

    def _read(self) -> dict[str, str]:
        policy = policy_in_force(self._desk.shop)
        return {spec.key: self._said(spec, policy.get(spec.key)) for spec in self.specs}

    def _said(self, spec: Spec, value: Any) -> str:
        is_default = spec.hinted and value and value == RULES[spec.key].default
        return self._native(value) if is_default else _typed(spec, value)

    def _value(self, spec: Spec, text: str) -> Any:
        default = RULES[spec.key].default
        if spec.hinted and default and text.strip() == self._native(default):
            return default
        if spec.kind == "yuan":
            return checked(spec.key, typed_amount(text or "0").fen)
        return from_words(spec.key, text if spec.kind == "picture" else text.strip())

    def _write(self, values: dict[str, Any]) -> None:
        desk, actor = self._desk, self._staff.code
        desk.work.db(
            lambda: set_policies(desk.shop, values, clock=desk.clock, actor=actor), ok=self._done, fail=self._failed
        )

    def _done(self, _none: None) -> None:
        self._saved()
        self._then()


class MachineForm(FieldsForm):
    """What this machine needs. `kept` gets the settings before and after."""

    def __init__(
        self,
        desk: Desk,
        staff: Staff,
        specs: tuple[Spec, ...],
        settings: Settings,
        *,
        keep: Callable[[Settings], None],
        outside: Outside,
        kept: Callable[[Settings, Settings], None],
    ) -> None:
        super().__init__(staff, specs)
        self._desk, self.settings, self._keep, self._outside, self._kept = desk, settings, keep, outside, kept

    def _read(self) -> dict[str, str]:
        return {spec.key: _typed(spec, getattr(self.settings, spec.key)) for spec in self.specs}

    def _value(self, spec: Spec, text: str) -> Any:
        if spec.kind == "whole":
            value = whole(text)
            if not 0 <= value <= 240:
                raise ValueError(text)
            return value
        return text == "true" if spec.kind == "yes_no" else text.strip()

    def _write(self, values: dict[str, Any]) -> None:
        before, after = self.settings, replace(self.settings, **values)

        def keep() -> None:
            self._keep(after)
            self._outside.use(after)

        self.settings = after
        self._desk.work.io(keep, ok=lambda _none: self._done(before, after), fail=self._failed)

    def _done(self, before: Settings, after: Settings) -> None:
        self._saved()
        self._kept(before, after)


def _typed(spec: Spec, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return yuan(Money(value)) if spec.kind == "yuan" else str(value)
