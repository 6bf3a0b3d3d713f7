"""The owner's segments with their live counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from storeapp.till.insight import Insight
from storeapp.till.segments import SegmentCount
from storeapp.ui import segment_words, wording
from storeapp.ui.insight.overview import titled
from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.rows import Row, RowList


class SegmentsView(QWidget):
    """Draws the counts; None while they are counted."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        _ = look.t
        self._list = RowList(look, _("Segments"))
        self._none = label("", "body", "muted", wrap=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        both = QWidget()
        lines = card.column(look, both)
        lines.addWidget(self._list, 1)
        lines.addWidget(self._none, 1)
        said = _("Each counts the members of whom all of it is true now. Its tag is given anew every night.")
        card.column(look, self).addWidget(titled(look, _("Segments"), both, said), 1)
        self.setFocusProxy(self._list)

    def show_found(self, found: Insight) -> None:
        """The counts come by themselves."""

    def show_counts(self, counts: Sequence[SegmentCount] | None) -> None:
        t = self._look.t
        self._none.setText(
            t("Counting…") if counts is None else t("No segment yet: storeapp segment put FILE saves some.")
        )
        self._list.show_rows([self._row(each) for each in counts or ()])
        self._list.setVisible(bool(counts))
        self._none.setVisible(not counts)

    def _row(self, each: SegmentCount) -> Row:
        asked = each.segment
        return Row(
            asked.segment_id,
            asked.name,
            segment_words.conditions(asked, self._look.words),
            wording.number(each.members),
            self._look.t("members"),
            tag=asked.tag,
            tag_tone="brand",
            icon="users",
        )
