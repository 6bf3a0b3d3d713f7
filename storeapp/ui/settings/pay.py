"""This machine as a terminal of Shouqianba: what it is, and how it becomes one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from storeapp.domain.staff import Staff, require
from storeapp.errors import StoreappError
from storeapp.ui.desk import Desk
from storeapp.ui.parts import Outside
from storeapp.ui.set_up import TerminalAsk, TerminalNews
from storeapp.ui.settings.trying import Trying, TryingPresenter, TryingView

Part = Literal["code", "app_id", "vendor_sn", "key_file"]


@dataclass(frozen=True, slots=True)
class TerminalForm(Trying):
    """`news` is the terminal, None for a machine that is none; `ask` is being typed."""

    news: TerminalNews | None = None
    ask: TerminalAsk = field(default_factory=TerminalAsk)


class TerminalPresenter(TryingPresenter[TerminalForm]):
    def __init__(self, desk: Desk, staff: Staff, outside: Outside) -> None:
        super().__init__(desk, staff, outside, TerminalForm())

    def bind(self, view: TryingView[TerminalForm]) -> None:
        """What is done is `activated`."""
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
        self._try(lambda: outside.activate(state.ask), ok=self._activated)

    def _activated(self, _none: None) -> None:
        self._show(TerminalForm(news=self._outside.terminal()))
        self._view.done("activated")
