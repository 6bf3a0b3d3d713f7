"""Calling up trouble while practising: what the printer and the payment company do next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.ui.parts import PAYMENT_FAULTS, PRINTER_FAULTS, Faults


@dataclass(frozen=True, slots=True)
class TroubleState:
    """What is going on now: words of `PRINTER_FAULTS` and `PAYMENT_FAULTS`."""

    printer: str = "fine"
    payment: str = "fine"


class TroubleView(Protocol):
    def show_state(self, state: TroubleState) -> None: ...


class TroublePresenter:
    """Trouble stays until it is taken away, on whatever screen; `state` outlives the sheet that shows it."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._view: TroubleView | None = None
        self.state = TroubleState()

    def bind(self, view: TroubleView | None) -> None:
        self._view = view
        self._show(self.state)

    def printer(self, fault: str) -> None:
        if fault in PRINTER_FAULTS:
            self._faults.printer(fault)
            self._show(replace(self.state, printer=fault))

    def payment(self, fault: str) -> None:
        if fault in PAYMENT_FAULTS:
            self._faults.payment(fault)
            self._show(replace(self.state, payment=fault))

    def all_well(self) -> None:
        self.printer("fine")
        self.payment("fine")

    def _show(self, state: TroubleState) -> None:
        self.state = state
        if self._view is not None:
            self._view.show_state(state)
