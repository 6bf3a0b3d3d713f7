"""The steps of a price, drawn one under the other like an addition on paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from storeapp.domain.money import Money
from storeapp.domain.price_steps import Explained, Step
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.labels import RIGHT, label


class WhyPanel(QScrollArea):
    """Shows one Explained under the other; only what changed is made anew."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[Explained, ...] = ()
        self._content = QWidget()
        self._column = card.column(look, self._content, margin=(0, 0, 8, 0), gap=12)
        self._column.addStretch(1)
        self.setWidgetResizable(True)
        self.setWidget(self._content)
        self.setAccessibleName(look.t("Why this price?"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_parts(self, parts: Sequence[Explained]) -> None:
        if tuple(parts) == self._shown:
            return
        self._shown = tuple(parts)
        while self._column.count() > 1:
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, part in enumerate(parts):
            self._column.insertWidget(place, self._part(part))

    def _part(self, part: Explained) -> QFrame:
        made = card.frame("sunken")
        lines = card.column(self._look, made, margin=(14, 10, 14, 10), gap=6)
        lines.addWidget(label(part.title, "name", strong=True, wrap=True))
        for step in part.steps:
            if step.kind == "end":
                rule = card.frame("rule")
                rule.setFixedHeight(1)
                lines.addWidget(rule)
            lines.addLayout(self._row(step))
        return made

    def _row(self, step: Step) -> QHBoxLayout:
        row = card.row(self._look, gap=10)
        words = card.column(self._look, gap=0)
        is_end = step.kind == "end"
        words.addWidget(label(step.words, "name" if is_end else "body", strong=is_end, wrap=True))
        if step.detail:
            words.addWidget(label(step.detail, "secondary", "muted", wrap=True))
        row.addLayout(words, 1)
        tone = "amber" if step.kind == "change" and step.amount < Money(0) else "text"
        amount = label(wording.money(step.amount), "total" if is_end else "body", tone, strong=is_end)
        amount.setAlignment(RIGHT)
        row.addWidget(amount, 0, Qt.AlignmentFlag.AlignTop)
        return row
