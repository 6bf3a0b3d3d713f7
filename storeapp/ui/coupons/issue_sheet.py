"""The sheet that makes codes: how many, and Enter."""

from __future__ import annotations

from collections.abc import Callable

from storeapp.ui.account.deed_sheet import DeedSheet
from storeapp.ui.coupons.issue import IssuePresenter, IssueState
from storeapp.ui.notices import sentence
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import Elided, label
from storeapp.ui.window import Window


class IssueSheet(DeedSheet):
    """Draws one IssueState."""

    def __init__(self, window: Window, presenter: IssuePresenter, *, beep: Callable[[], None]) -> None:
        look, t = window.look, window.look.t
        super().__init__(window, t("Make codes"), "ticket", beep=beep)
        self._presenter = presenter
        most = presenter.state.template.batch_most
        self._count = Field(look, t("How many codes"), hint=t("from 1 to {most}").format(most=most), most=4)
        said = t("Whoever shows a code uses it, once. The list is kept as a workbook in the folder of reports.")
        self.body.addWidget(Elided(presenter.state.template.name, "title", strong=True))
        for part in (label(said, "body", "muted", wrap=True), self._count):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.body.addWidget(self.confirm_button)
        self.steps = (self._count,)
        self._count.edited.connect(presenter.type)
        presenter.bind(self)

    def confirm(self) -> None:
        self._presenter.confirm()

    def show_state(self, state: IssueState) -> None:
        self._count.set_text(state.text)
        self._count.show_fault("" if state.refused is None else sentence(state.refused, self.look.words))
        said = self.look.words.n("Make one code", "Make {count} codes", state.count)
        self.confirm_button.setText(said.format(count=state.count))
        self.confirm_button.setEnabled(bool(state.count) and not state.is_saving)
