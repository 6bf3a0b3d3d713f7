"""The counter as it looks: nothing clipped, small or nameless, at every size and in every language."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QLineEdit, QPushButton, QWidget

from storeapp.payments.simulated import SimulatedProvider
from storeapp.ui.counter import Counter
from storeapp.ui.look import dress
from storeapp.ui.theme import TARGET_PX
from storeapp.ui.theme_qss import style_sheet
from storeapp.ui.widgets import paint
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import Elided
from storeapp.words import Words
from tests.ui import scene
from tests.ui.conftest import OpenCounter

SHEETS = ("", "quantity", "price", "discount", "note", "keys", "menu", "cash", "paid_by_code", "pay")


class Stretched(gettext.NullTranslations):
    """English in a language whose words are 1.4 times as long."""

    def gettext(self, message: str) -> str:
        return message + "n" * round(len(message) * 0.4)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return message  # what stands on a key is short in every language


LONG = Words("en", Stretched())


@dataclass(frozen=True)
class Shown:
    """A filled counter with one sheet open; `cut` are painted words that were shortened."""

    counter: Counter
    cut: list[str]


def show(counter: Counter, width: int, height: int, sheet: str) -> None:
    counter.window.resize(width, height)
    counter.window.show()
    scene.fill(counter)
    if sheet:
        counter.act(sheet)
    for _round in range(3):
        QApplication.processEvents()


@pytest.fixture(
    scope="module",
    params=[(language, sheet) for language in ("zh_CN", "en", LONG) for sheet in SHEETS],
    ids=lambda param: f"{param[0] if isinstance(param[0], str) else 'long'}-{param[1] or 'basket'}",
)
def shown(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Shown]:
    language, sheet = request.param
    look = scene.look_in(language)
    if qapp.styleSheet() != style_sheet(look.theme):
        dress(qapp, look.theme)
    cut: list[str] = []
    real = paint.text

    def watch(painter, area, words, font, *rest, **more):
        # what comes from the shop (names of goods) may be shortened: it is Chinese here
        if words.isascii() and QFontMetrics(font).horizontalAdvance(words) > area.width() + 1:
            cut.append(words)
        return real(painter, area, words, font, *rest, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paint, "text", watch)
        counter = scene.open_counter(look, scene.scene(), provider=SimulatedProvider())
        show(counter, 1366, 768, sheet)
        counter.window.grab()
        yield Shown(counter, cut)
    counter.window.close()
    counter.window.deleteLater()


def test_the_window_fits_a_small_screen_with_its_task_bar(shown: Shown) -> None:
    window = shown.counter.window

    assert window.minimumSizeHint().height() <= 728
    assert window.minimumSizeHint().width() <= 1366
    assert (window.width(), window.height()) == (1366, 768)


def test_every_button_is_large_enough_for_a_finger(shown: Shown) -> None:
    buttons = [button for button in shown.counter.window.findChildren(QPushButton) if button.isVisible()]

    small = [
        (button.accessibleName() or button.text(), button.width(), button.height())
        for button in buttons
        if min(button.width(), button.height()) < TARGET_PX
    ]
    assert len(buttons) > 10
    assert small == []


def test_every_control_has_a_name_to_be_read_out(shown: Shown) -> None:
    kinds = (QAbstractButton, QLineEdit, QAbstractItemView)
    controls = [control for kind in kinds for control in shown.counter.window.findChildren(kind)]

    nameless = [
        type(control).__name__
        for control in controls
        if control.isVisible() and not (control.accessibleName() or (getattr(control, "text", str)() or "").strip())
    ]
    assert len(controls) > 20
    assert nameless == []


def test_all_words_are_shown_whole(shown: Shown) -> None:
    assert clipped(shown.counter.window) == []
    assert shown.cut == []


def clipped(window: QWidget) -> list[str]:
    """Words on screen that are not shown whole, but for names of goods and people, which are Chinese here."""
    found = []
    for label in window.findChildren(QLabel):
        may_be_cut = label.wordWrap() or (isinstance(label, Elided) and _has_han(label.text()))
        if label.isVisible() and not may_be_cut and _width(label) > label.contentsRect().width() + 1:
            found.append(label.text())
    for button in window.findChildren(QPushButton):
        is_cut = button.clipped() if isinstance(button, KeyButton) else _width(button) > button.width()
        if button.isVisible() and is_cut:
            found.append(button.text())
    return found


def _width(widget: QLabel | QPushButton) -> int:
    return QFontMetrics(widget.font()).horizontalAdvance(widget.text())


def _has_han(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)


@pytest.mark.parametrize(("width", "height", "k"), [(1280, 720, 1.0), (1920, 1080, 1.2)])
@pytest.mark.parametrize("sheet", ["", "discount", "cash"])
def test_other_sizes_fit_as_well(open_counter: OpenCounter, width: int, height: int, k: float, sheet: str) -> None:
    counter = open_counter(language="en", provider=SimulatedProvider(), width=width, height=height, k=k)

    show(counter, width, height, sheet)

    assert (counter.window.width(), counter.window.height()) == (width, height)
    assert clipped(counter.window) == []


def test_two_hundred_lines_cost_no_more_to_draw_than_those_in_sight(open_counter: OpenCounter) -> None:
    counter = open_counter()
    for number in range(200):
        counter.sell.submit(f"{1 + number % 3}.5*{scene.APPLES.code}")
    assert len(counter.sell.state.priced.lines) == 200

    view = next(one for one in counter.window.findChildren(QAbstractItemView) if one.model().rowCount() == 200)
    sight = view.viewport().rect()
    drawn = sum(1 for row in range(200) if view.visualRect(view.model().index(row, 0)).intersects(sight))

    assert 5 <= drawn <= 12
    assert view.visualRect(view.currentIndex()).intersects(sight)


def test_one_button_alone_catches_the_eye(shown: Shown) -> None:
    buttons = shown.counter.window.findChildren(KeyButton)

    main = [button.text() for button in buttons if button.isVisible() and button.property("kind") == "primary"]
    assert len(main) <= 1
