"""What is known of the member at the counter, in calm lines: one thing to say, her rhythm, her next tier, her note."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from storeapp.domain.glance import Glance, Hint
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.sell.state import MemberView, SellState
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import IconButton
from storeapp.ui.widgets.labels import Elided, set_tone
from storeapp.words import Words


def lines_of(member: MemberView, words: Words) -> tuple[str, str, str, str]:
    """The sentence, the rhythm, what the next tier needs, and the note; what is not known is an empty line."""
    tier = "" if member.next_tier is None else wording.next_tier(member.next_tier, words)
    note = words.t("Note: {note}").format(note=member.note) if member.note else ""
    return hint_words(member.glance.hint, words), rhythm_words(member.glance, words), tier, note


def hint_words(hint: Hint | None, words: Words) -> str:
    """The one sentence."""
    if hint is None:
        return ""
    sentences = {
        "birthday": _birthday(hint.days, words),
        "due": words.t("{category}: perhaps she needs it again."),
        "welcome_back": words.t("Not here for {days} days: welcome her back."),
        "next": words.t("{percent}% went on to {category}: show her."),
        "second_visit": words.t("Her second visit: welcome her back."),
    }
    return sentences[hint.kind].format(category=hint.category, days=hint.days, percent=hint.percent)


def _birthday(days: int, words: Words) -> str:
    if not days:
        return words.t("Today is her birthday!")
    return words.t("Her birthday is tomorrow.") if days == 1 else words.t("Her birthday is in {days} days.")


def rhythm_words(known: Glance, words: Words) -> str:
    """When she was here last, and the day of her rhythm that today is."""
    if known.last_on is None or known.waited is None:
        return ""
    last = words.t("Last {date}").format(date=f"{known.last_on:%m-%d}") if known.waited else words.t("Here today")
    if known.habit is not None and known.habit_waited:
        usual = words.t("{category} usually {usual} days, today {today}").format(
            category=known.habit.category, usual=known.habit.usual_days, today=known.habit_waited
        )
    elif not known.waited:
        return last
    elif known.usual_days is not None:
        usual = words.t("usually {usual} days, today {today}").format(usual=known.usual_days, today=known.waited)
    else:
        usual = words.n("{days} day ago", "{days} days ago", known.waited).format(days=known.waited)
    return f"{last} · {usual}"


class KnowingCard(QFrame):
    """Stands where the sale before stood, so that nothing moves."""

    page_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "card")
        self._lines = [Elided("", "body"), *(Elided("", "secondary", "muted") for _line in range(3))]
        page = IconButton(look, "info-circle", look.t("Everything about the member"))
        page.clicked.connect(self.page_wanted)
        words = card.column(look, gap=0)
        words.addStretch(1)
        for line in self._lines:
            words.addWidget(line)
        words.addStretch(1)
        layout = card.row(look, self, margin=(14, 5, 6, 5), gap=8)
        layout.addLayout(words, 1)
        layout.addWidget(page)

    def show_state(self, state: SellState) -> None:
        member = state.member
        if member is None:
            return
        said = [line for line in lines_of(member, self._look.words) if line]
        set_tone(self._lines[0], "brand" if member.glance.hint is not None else "text")
        for place, line in enumerate(self._lines):
            line.setText(said[place] if place < len(said) else "")
            line.setVisible(place < len(said))
