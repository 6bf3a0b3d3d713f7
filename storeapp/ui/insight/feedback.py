"""What customers said: the marks together, and each answer, low ones marked."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from storeapp.till.feedback import Answer, Answers
from storeapp.till.insight import Insight
from storeapp.ui import wording
from storeapp.ui.insight.overview import ListOrNot, titled
from storeapp.ui.look import Look
from storeapp.ui.promotions.result_view import Figure
from storeapp.ui.widgets import card
from storeapp.ui.widgets.rows import Row


class FeedbackView(QWidget):
    """Draws the answers, which are None while they are read. `rows` is what the arrows move in."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        t = look.t
        self._answers, self._average, self._low = (
            Figure(look, name) for name in (t("Answers"), t("Average of 5"), t("Low marks"))
        )
        self._list = ListOrNot(look, t("What they said"))
        self.rows = self._list.rows
        lines = card.column(look, self, gap=10)
        figures = card.row(look, gap=10)
        for figure in (self._answers, self._average, self._low):
            figures.addWidget(figure, 1)
        lines.addLayout(figures)
        said = t("Asked once a receipt, on its page. Who agreed to messages and gave 1 or 2 stands first in Outreach.")
        lines.addWidget(titled(look, t("What they said"), self._list, said), 1)
        self.setFocusProxy(self._list)

    def show_found(self, found: Insight) -> None:
        """The answers come by themselves."""

    def show_answers(self, found: Answers | None) -> None:
        t = self._look.t
        if found is None:
            self._list.show_rows((), t("Reading…"))
            return
        marks = found.marks
        asked = found.question or t("Nothing is asked now")
        average = "—" if marks.average_tenths is None else wording.tenths(marks.average_tenths)
        self._answers.show_figure(wording.number(marks.answers), asked)
        self._average.show_figure(average, "")
        share = f"{100 * marks.low // marks.answers}%" if marks.answers else ""
        self._low.show_figure(wording.number(marks.low), share)
        none = t("Nobody has answered yet. The question is set with storeapp policy set feedback.question.")
        self._list.show_rows([self._row(each) for each in found.latest], none)

    def _row(self, each: Answer) -> Row:
        t, said = self._look.t, each.said
        whose = f"{each.name or t('Member')} · {each.phone_masked}" if each.phone_masked else t("Not a member")
        return Row(
            said.member_id or "",
            said.words or t("(without words)"),
            " · ".join(part for part in (whose, said.receipt) if part),
            f"{said.mark} / 5",
            wording.moment(said.at),
            tag=t("low") if said.is_low else "",
            tag_tone="red",
            icon="star",
        )
