"""The owner's segments with their live counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from storeapp.till.insight import Insight
from storeapp.till.segments import SegmentCount
from storeapp.ui import segment_words, wording
from storeapp.ui.insight.overview import ListOrNot, titled
from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.rows import Row


class SegmentsView(QWidget):
    """Draws the counts; None while they are counted."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        _ = look.t
        self._segments = ListOrNot(look, _("Segments"))
        said = _("Each counts the members of whom all of it is true now. Its tag is given anew every night.")
        card.column(look, self).addWidget(titled(look, _("Segments"), self._segments, said), 1)
        self.setFocusProxy(self._segments)

    def show_found(self, found: Insight) -> None:
        """The counts come by themselves."""

    def show_counts(self, counts: Sequence[SegmentCount] | None) -> None:
        t = self._look.t
        none = t("Counting…") if counts is None else t("No segment yet: storeapp segment put FILE saves some.")
        self._segments.show_rows([self._row(each) for each in counts or ()], none)

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
