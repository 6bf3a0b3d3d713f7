"""What a member has and is known for: figures, stage, rhythm, value; and the form for her note, birthday and tags."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from storeapp.domain.layer import Layer
from storeapp.domain.money import Money
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.member.file import FilePresenter, FileState
from storeapp.ui.notices import sentence
from storeapp.ui.sell.member_card import Avatar, Figure
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import RIGHT, Elided, label

NOTE_KEY = "Ctrl+N"
_FACTS = 9


class _Form(QWidget):
    """Enter keeps what is typed, and goes no further: the page would put her on the basket with it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)


class KnownBox(QWidget):
    """Draws one FileState; the form takes the place of the facts while her note is written."""

    def __init__(self, look: Look, presenter: FilePresenter) -> None:
        super().__init__()
        self._look, self._presenter = look, presenter
        lines = card.column(look, self, gap=12)
        self._avatar = Avatar(look)
        self._name, self._who = Elided("", "title"), label("", "secondary", "muted", wrap=True)
        names = card.column(look, gap=2)
        names.addWidget(self._name)
        names.addWidget(self._who)
        head = card.row(look, gap=14)
        head.addWidget(self._avatar)
        head.addLayout(names, 1)
        lines.addLayout(head)
        _ = look.t
        self._points, self._stored = Figure(look, _("Points")), Figure(look, _("Stored value"))
        self._coupons = Figure(look, _("Coupons"))
        figures = card.row(look, gap=8)
        for figure, share in ((self._points, 5), (self._stored, 7), (self._coupons, 5)):
            figures.addWidget(figure, share)
        lines.addLayout(figures)
        self._sides = QStackedWidget()
        self._facts: list[tuple[QLabel, QLabel]] = []
        self._reading, self._writing = self._facts_side(), self._form_side()
        for side in (self._reading, self._writing):
            self._sides.addWidget(side)
        lines.addWidget(self._sides, 1)

    def show_state(self, state: FileState) -> None:
        _, hers = self._look.t, state.file.card
        self._avatar.show_name(hers.member.name or "会")
        self._name.setText(hers.member.name or _("Member"))
        joined = _("since {date}").format(date=hers.member.joined_at[:10])
        code = _("code {code}").format(code=state.referral_code) if state.referral_code else ""
        self._who.setText(" · ".join(part for part in (state.phone_masked, hers.member.tier, joined, code) if part))
        self._points.show_number(wording.number(hers.points))
        self._stored.show_number(wording.money(Money(hers.principal_fen + hers.bonus_fen)))
        self._coupons.show_number(wording.number(len(hers.coupons)))
        self._show_facts(state)
        self._note.setText(hers.member.note or _("No note yet."))
        if not state.is_writing:
            self._sides.setCurrentWidget(self._reading)
            return
        if self._sides.currentWidget() is not self._writing:
            self._sides.setCurrentWidget(self._writing)
            for field, text in zip(self._fields, self._texts(state), strict=True):
                field.set_text(text)
            self._fields[0].edit.setFocus()
        self._show_fault(state)

    def _texts(self, state: FileState) -> tuple[str, str, str]:
        member = state.file.card.member
        return member.note, member.birthday, "，".join(state.known.tags)

    def _show_facts(self, state: FileState) -> None:
        member, layer = state.file.card.member, state.known.layer
        rows = [] if layer is None else self._layer_facts(layer)
        card, nearest = state.file.card, state.known.next_tier
        if nearest is not None:
            rows.insert(0, (self._look.t("Next tier"), wording.next_tier(nearest, self._look.words)))
        for words, points in (("Points that wait", card.waiting), ("Points she owes", card.owed_points)):
            if points:
                rows.insert(0, (self._look.t(words), wording.number(points)))
        for each in state.known.promised:
            said = self._look.t("{amount} × {months} months").format(
                amount=wording.bare(Money(each.each_fen)), months=each.left
            )
            rows.append((self._look.t("Promised month by month"), f"{said} · {each.next_on}"))
        if member.birthday:
            rows.append((self._look.t("Birthday"), member.birthday))
        if state.known.tags:
            rows.append((self._look.t("Tags"), " · ".join(state.known.tags)))
        for place, (left, right) in enumerate(self._facts):
            words, value = rows[place] if place < len(rows) else ("", "")
            left.setText(words)
            right.setText(value)

    def _layer_facts(self, layer: Layer) -> list[tuple[str, str]]:
        t, words, value = self._look.t, self._look.words, layer.value

        def amount(fen: int | None) -> str:
            return t("not known yet") if fen is None else wording.money(Money(fen))

        stage = f"{wording.stage(layer.standing.stage, words)} · {layer.standing.since}"
        usual = t("not known yet") if layer.usual_days is None else t("{n} days").format(n=layer.usual_days)
        return [
            (t("Stage, since"), stage),
            (t("Visits · RFM"), f"{wording.number(layer.trade.visits)} · {layer.score.text}"),
            (t("Usual interval"), usual),
            (t("Margin so far") if value.realised_is_margin else t("Bought so far"), amount(value.realised_fen)),
            (t("A year as usual"), amount(value.potential_fen)),
        ]

    def _facts_side(self) -> QWidget:
        look, _ = self._look, self._look.t
        side = QWidget()
        lines = card.column(look, side, gap=4)
        for _place in range(_FACTS):
            left, right = label("", "secondary", "muted"), Elided("", "body")
            right.setAlignment(RIGHT)
            row = card.row(look, gap=10)
            row.addWidget(left)
            row.addWidget(right, 1)
            lines.addLayout(row)
            self._facts.append((left, right))
        box = card.frame("sunken")
        self._note = label("", "body", wrap=True)
        card.column(look, box, margin=(12, 8, 12, 8)).addWidget(self._note)
        lines.addSpacing(look.px(4))
        lines.addWidget(box)
        lines.addStretch(1)
        write = KeyButton(look, _("Note, birthday, tags"), "edit", cap=NOTE_KEY)
        write.clicked.connect(self._presenter.ask_note)
        lines.addWidget(write)
        return side

    def _form_side(self) -> QWidget:
        look, _ = self._look, self._look.t
        side = _Form()
        lines = card.column(look, side, gap=8)
        self._fields = (
            Field(look, _("Note: what she likes, what to mind"), most=100, compact=True),
            Field(look, _("Birthday, month and day: 05-01"), most=8, compact=True),
            Field(look, _("Tags, with commas between"), most=200, compact=True),
        )
        for field in self._fields:
            lines.addWidget(field)
            field.submitted.connect(self._describe)
        lines.addStretch(1)
        keep = KeyButton(look, _("Keep it"), "check")
        keep.clicked.connect(self._describe)
        lines.addWidget(keep)
        return side

    def _describe(self) -> None:
        note, birthday, tags = (field.text() for field in self._fields)
        self._presenter.describe(note, birthday, tags)

    def _show_fault(self, state: FileState) -> None:
        word = "" if state.refused is None else state.refused.word
        said = "" if state.refused is None else sentence(state.refused, self._look.words)
        for field, whose in zip(self._fields, ("bad_note", "bad_birthday", "bad_tag"), strict=True):
            field.show_fault(said if word == whose else "")
