"""The owner's segments with their live counts; a key writes one, changes it, drops it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from storeapp.till.insight import Insight
from storeapp.till.segments import SegmentCount
from storeapp.ui import segment_words, wording
from storeapp.ui.insight.overview import ListOrNot, titled
from storeapp.ui.insight.presenter import InsightPresenter, InsightState
from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.rows import Row

NEW, CHANGE, DROP = "Ctrl+N", "Ctrl+E", "Ctrl+K"


class SegmentsView(QWidget):
    """Draws the counts, which are None while they are counted."""

    def __init__(self, look: Look, presenter: InsightPresenter) -> None:
        super().__init__()
        self._look, self._presenter = look, presenter
        _ = look.t
        self._segments = ListOrNot(look, _("Segments"))
        said = _("Each counts the members of whom all of it is true now. Its tag is given anew every night.")
        lines = card.column(look, self, gap=10)
        lines.addWidget(titled(look, _("Segments"), self._segments, said), 1)
        deeds = card.row(look, gap=8)
        self._new = KeyButton(look, _("New segment"), "plus", cap=NEW)
        self._change = KeyButton(look, _("Change"), "edit", cap=CHANGE)
        self._drop = KeyButton(look, _("Ask it no more"), "x", cap=DROP, kind="danger")
        for button, deed in (
            (self._new, presenter.write_new),
            (self._change, presenter.change),
            (self._drop, presenter.drop),
        ):
            button.clicked.connect(deed)
            deeds.addWidget(button, 1)
        lines.addLayout(deeds)
        rows = self._segments.rows
        rows.selectionModel().currentChanged.connect(lambda *_: self._moved())
        rows.chosen.connect(lambda _id: presenter.change())
        self._ids: tuple[str, ...] = ()
        self._is_drawing = False

    def show_found(self, found: Insight) -> None:
        """The counts come by themselves."""

    def show_state(self, state: InsightState) -> None:
        t, counts = self._look.t, state.segments
        none = t("Counting…") if counts is None else t("No segment yet. {key} writes the first.").format(key=NEW)
        self._ids = tuple(each.segment.segment_id for each in counts or ())
        self._is_drawing = True
        chosen = self._ids.index(state.chosen) if state.chosen in self._ids else 0
        self._segments.show_rows([self._row(each) for each in counts or ()], none, chosen)
        self._is_drawing = False
        # they came while nobody had a list to move in
        if self._ids and self._new.hasFocus():
            self._segments.setFocus()
        self._change.setEnabled(state.segment is not None)
        self._drop.setEnabled(state.segment is not None)
        self._drop.setText(t("Drop it now?") if state.asking else t("Ask it no more"))

    def take_focus(self) -> None:
        """The arrows move in the list; an empty one hides, and keys need somebody who has the focus."""
        (self._segments if self._ids else self._new).setFocus()

    def _moved(self) -> None:
        place = self._segments.rows.currentIndex().row()
        if not self._is_drawing and 0 <= place < len(self._ids):
            self._presenter.choose(self._ids[place])

    def _row(self, each: SegmentCount) -> Row:
        asked = each.segment
        who = self._look.words.n("{count} member", "{count} members", each.members)
        return Row(
            asked.segment_id,
            asked.name,
            segment_words.conditions(asked, self._look.words),
            who.format(count=wording.number(each.members)),
            tag=asked.tag,
            tag_tone="brand",
            icon="users",
        )
