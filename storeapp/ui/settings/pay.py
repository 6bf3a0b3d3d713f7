"""This machine as a terminal of Shouqianba: what it is, and how it becomes one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from storeapp.domain.staff import Staff, require
from storeapp.errors import StoreappError
from storeapp.ui.desk import Desk
from storeapp.ui.parts import Outside, TerminalAsk, TerminalNews

Part = Literal["code", "app_id", "vendor_sn", "key_file"]


@dataclass(frozen=True, slots=True)
class TerminalForm:
    """`news` is the terminal, None for a machine that is none; `ask` is being typed."""

    news: TerminalNews | None = None
    ask: TerminalAsk = field(default_factory=TerminalAsk)
    is_busy: bool = False
    refused: StoreappError | None = None


class TerminalView(Protocol):
    def show_state(self, state: TerminalForm) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def done(self, word: str) -> None:
        """`activated`."""
        ...

    def beep(self) -> None: ...


class TerminalPresenter:
    def __init__(self, desk: Desk, staff: Staff, outside: Outside) -> None:
        self._desk, self._staff, self._outside = desk, staff, outside
        self._view: TerminalView
        self.state = TerminalForm()

    def bind(self, view: TerminalView) -> None:
        self._view = view
        self._show(replace(self.state, news=self._outside.terminal()))

    def type(self, part: Part, text: str) -> None:
        asks: dict[Part, TerminalAsk] = {
            "code": replace(self.state.ask, code=text),
            "app_id": replace(self.state.ask, app_id=text),
            "vendor_sn": replace(self.state.ask, vendor_sn=text),
            "key_file": replace(self.state.ask, key_file=text),
        }
        self._show(replace(self.state, ask=asks[part], refused=None))

    def activate(self) -> None:
        state, outside = self.state, self._outside
        if state.is_busy or not state.ask.is_whole:
            return
        try:
            require(self._staff, "policy")
        except StoreappError as error:
            self._failed(error)
            return
        self._show(replace(state, is_busy=True, refused=None))
        self._desk.work.io(lambda: outside.activate(state.ask), ok=self._activated, fail=self._failed)

    def _activated(self, _none: None) -> None:
        self._show(TerminalForm(news=self._outside.terminal()))
        self._view.done("activated")

    def _failed(self, error: Exception) -> None:
        self._view.beep()
        known = error if isinstance(error, StoreappError) else None
        self._show(replace(self.state, is_busy=False, refused=known))
        if known is None:
            self._view.tell(error)

    def _show(self, state: TerminalForm) -> None:
        self.state = state
        self._view.show_state(state)
