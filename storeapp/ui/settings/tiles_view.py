"""The section of quick keys: the tiles of a tab on the left, the product to put on one on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from storeapp.domain.product import Product
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.settings.section import Section
from storeapp.ui.settings.tiles import TilesPresenter, TilesState
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import IconButton, KeyButton
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.widgets.tabs import Tabs
from storeapp.ui.window import Window

_NEW = "new"
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class TilesSection(Section):
    """Draws one TilesState."""

    def __init__(self, window: Window, presenter: TilesPresenter, *, beep: Callable[[], None]) -> None:
        super().__init__(window, beep=beep)
        self._presenter = presenter
        row = card.row(self._look, self, gap=16)
        row.addLayout(self._left(self._look), 1)
        row.addLayout(self._right(self._look), 1)
        presenter.bind(self)
        self.setFocusProxy(self._field)

    def show_state(self, state: TilesState) -> None:
        _ = self._look.t
        self._tabs.show_tabs(state.tabs, state.tab)
        rows = [self._row(str(place), product) for place, product in enumerate(state.tiles)]
        rows.append(Row(_NEW, _("A new tile"), _("choose a product on the right"), icon="plus"))
        self._tiles.show_rows(rows if state.tabs else [], state.place)
        self._field.set_text(state.text)
        self._hits.show_rows([self._row(product.code, product) for product in state.hits])
        self._remove.setEnabled(state.place < len(state.tiles))
        self._up.setEnabled(0 < state.place < len(state.tiles))
        self._down.setEnabled(state.place < len(state.tiles) - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self._hits.step(step)
        else:
            super().keyPressEvent(event)

    def _row(self, row_id: str, product: Product) -> Row:
        return Row(row_id, product.name, product.code, wording.money(product.price))

    def _tile(self, row_id: str) -> None:
        self._presenter.choose_tile(len(self._presenter.state.tiles) if row_id == _NEW else int(row_id))
        self._field.edit.setFocus()

    def _left(self, look: Look) -> QVBoxLayout:
        _, presenter = look.t, self._presenter
        self._tabs = Tabs(look)
        self._tabs.chosen.connect(presenter.choose_tab)
        self._tiles = RowList(look, _("Tiles"))
        self._tiles.chosen.connect(self._tile)
        self._up, self._down = IconButton(look, "chevron-up", _("Up")), IconButton(look, "chevron-down", _("Down"))
        self._up.clicked.connect(lambda: presenter.move(-1))
        self._down.clicked.connect(lambda: presenter.move(1))
        self._remove = KeyButton(look, _("Remove"), "trash", kind="danger")
        self._remove.clicked.connect(presenter.remove)
        made = card.column(look, gap=10)
        made.addWidget(self._tabs)
        made.addWidget(self._tiles, 1)
        deeds = card.row(look, gap=8)
        deeds.addWidget(self._up)
        deeds.addWidget(self._down)
        deeds.addWidget(self._remove, 1)
        made.addLayout(deeds)
        return made

    def _right(self, look: Look) -> QVBoxLayout:
        _, presenter = look.t, self._presenter
        self._field = Field(look, _("Product for this tile: name, code or pinyin"), most=60)
        self._field.edited.connect(presenter.search)
        self._hits = RowList(look, _("Products found"))
        self._hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hits.chosen.connect(presenter.put)
        self._field.submitted.connect(self._hits.choose_current)
        self._name = Field(look, _("New tab"), most=12)
        add = KeyButton(look, _("Add the tab"), "plus")
        add.clicked.connect(self._add)
        self._name.submitted.connect(self._add)
        made = card.column(look, gap=10)
        made.addWidget(self._field)
        made.addWidget(self._hits, 1)
        made.addWidget(card.frame("rule"))
        made.addWidget(self._name)
        made.addWidget(add)
        made.addWidget(label(_("Every change is kept at once."), "tag", "faint"))
        return made

    def _add(self) -> None:
        self._presenter.add_tab(self._name.text())
        self._name.set_text("")
        self._field.edit.setFocus()
