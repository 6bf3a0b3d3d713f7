"""The page a group order sheet is written on: its fields on the left, the words for the group on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from storeapp.ui.groups.editor import SheetEditor
from storeapp.ui.look import Look
from storeapp.ui.page import WritingPage
from storeapp.ui.settings.form import FormState
from storeapp.ui.settings.form_view import FormWidget
from storeapp.ui.widgets import card
from storeapp.ui.widgets.labels import label
from storeapp.ui.window import Window


class SheetForm(FormWidget):
    """A FormWidget that tells what is typed."""

    def __init__(
        self, window: Window, presenter: SheetEditor, *, beep: Callable[[], None], follow: Callable[[], None]
    ) -> None:
        self._follow = follow
        super().__init__(window, presenter, beep=beep)

    def show_state(self, state: FormState) -> None:
        super().show_state(state)
        self._follow()


class Preview(QFrame):
    """The words the group would read, or what is missing yet."""

    def __init__(self, look: Look, presenter: SheetEditor) -> None:
        super().__init__()
        self._look, self._presenter = look, presenter
        self.setProperty("kind", "card")
        lines = card.column(look, self, margin=16, gap=10)
        lines.addWidget(label(look.t("Words for the group"), "secondary", "muted"))
        self._text = label("", "body", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        lines.addWidget(self._text, 1)
        said = look.t("A sheet is a draft until it takes orders. What was ordered keeps its price.")
        lines.addWidget(label(said, "secondary", "muted", wrap=True))

    def look_again(self) -> None:
        text = self._presenter.share_text()
        missing = self._look.t("A name, goods with prices, a deadline and when it is fetched: then it is whole.")
        self._text.setText(text or missing)


class EditorPage(WritingPage):
    """Tab goes through the fields, Enter saves; Esc leaves, pressed twice where one typed."""

    def __init__(self, window: Window, presenter: SheetEditor, *, beep: Callable[[], None]) -> None:
        look = window.look
        super().__init__(window, look.t("New sheet") if presenter.is_new else look.t("Change the sheet"), "edit")
        self._presenter = presenter
        preview = Preview(look, presenter)
        form = SheetForm(window, presenter, beep=beep, follow=preview.look_again)
        middle = card.frame("card")
        card.column(look, middle, margin=16).addWidget(form)
        columns = card.row(look, gap=12)
        columns.addWidget(middle, 15)
        columns.addWidget(preview, 8)
        self.body.addLayout(columns, 1)
        self.setFocusProxy(form)

    @property
    def is_changed(self) -> bool:
        return self._presenter.state.is_changed
