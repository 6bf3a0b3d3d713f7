"""The sheet that shows the paper of the built-in printer."""

from __future__ import annotations

from PySide6.QtCore import Qt

from storeapp.ui.look import Look
from storeapp.ui.receipt.paper_view import PaperView
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.sheet import Sheet


class PaperSheet(Sheet):
    """The newest paper on top. One that `goes_by_itself` leaves with the next customer's first item."""

    def __init__(self, look: Look, pngs: tuple[bytes, ...], *, goes_by_itself: bool = False) -> None:
        super().__init__(look, look.t("Paper"), "printer")
        self.goes_by_itself = goes_by_itself
        self._view = PaperView(look, look.t("Printed paper"))
        self._none = label(look.t("Nothing has been printed yet."), "body", "muted")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(self._view, 1)
        self.body.addWidget(self._none, 1)
        self.show_papers(pngs)

    def show_papers(self, pngs: tuple[bytes, ...]) -> None:
        self._view.show_papers(pngs)
        self._view.setVisible(bool(pngs))
        self._none.setVisible(not pngs)
