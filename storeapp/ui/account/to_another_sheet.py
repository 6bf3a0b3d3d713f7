"""The sheets on which something goes to another member: whose phone, who she is, why, and an Enter for both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from storeapp.ui.account.deed_sheet import DeedSheet
from storeapp.ui.account.to_another import ToAnother
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import label
from storeapp.ui.window import Window


class Asked(Protocol):
    """The presenter behind it."""

    def whom(self, phone: str) -> None: ...
    def because(self, text: str) -> None: ...


class ToAnotherSheet(DeedSheet):
    """Lay out `phone`, `taker` and `reason`; `show_taker` draws what they have in common."""

    def __init__(
        self,
        window: Window,
        title: str,
        icon: str,
        presenter: Asked,
        *,
        beep: Callable[[], None],
    ) -> None:
        super().__init__(window, title, icon, beep=beep)
        look = window.look
        self.phone = Field(look, look.t("To whom: the whole phone number"), most=20)
        self.taker = label("", "secondary", "brand", wrap=True)
        self.reason = Field(look, look.t("Why"), most=100)
        self.phone.edited.connect(presenter.whom)
        self.reason.edited.connect(presenter.because)

    def show_taker(self, state: ToAnother) -> None:
        self.taker.setText("" if state.taker is None else state.taker.said)
        self.taker.setVisible(state.taker is not None)
