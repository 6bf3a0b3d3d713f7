"""The panel of one product on a price list: what it costs now, what it cost the shop, and its new price."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel

from storeapp.domain.money import Money
from storeapp.domain.price_line import PriceLine
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.price_lists.editor import GoodsState, PriceListEditor
from storeapp.ui.price_lists.saying import REFUSALS, WARNINGS
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.field import AmountField
from storeapp.ui.widgets.labels import RIGHT, Elided, label, set_tone

# not Del: the focus stands in a field that has its own use for it
DROP = "F8"


class PricePanel(QFrame):
    """Draws the selected line of one GoodsState; `price` is the field its new price is typed into."""

    def __init__(self, look: Look, presenter: PriceListEditor) -> None:
        super().__init__()
        self._look, self._presenter = look, presenter
        _ = look.t
        self.setProperty("kind", "card")
        lines = card.column(look, self, margin=16, gap=8)
        self._name = Elided("", "total", strong=True)
        self._code = label("", "secondary", "muted")
        lines.addWidget(self._name)
        lines.addWidget(self._code)
        self.price = AmountField(look, _("New price, yuan"))
        self.price.edited.connect(presenter.type_price)
        self.price.submitted.connect(presenter.price_done)
        lines.addWidget(self.price)
        self._doubt = label("", "body", "amber", wrap=True)
        lines.addWidget(self._doubt)
        self._facts: dict[str, QLabel] = {}
        for key, words in (
            ("shelf", _("On the shelf")),
            ("member", _("Member price")),
            ("cost", _("Cost")),
            ("margin_now", _("Margin now")),
            ("margin", _("Margin then")),
        ):
            row = card.row(look, gap=8)
            row.addWidget(label(words, "body", "muted"), 1)
            self._facts[key] = label("", "body", strong=key == "margin")
            self._facts[key].setAlignment(RIGHT)
            row.addWidget(self._facts[key])
            lines.addLayout(row)
        lines.addStretch(1)
        self._drop = KeyButton(look, _("Remove"), "trash", cap=DROP, kind="danger")
        self._drop.clicked.connect(presenter.drop)
        lines.addWidget(self._drop)

    def show_goods(self, state: GoodsState) -> None:
        t, line = self._look.t, state.line
        self._name.setText(t("No goods yet") if line is None else line.name)
        self._code.setText("" if line is None else line.code)
        self.price.setEnabled(line is not None)
        self._drop.setEnabled(line is not None)
        self.price.set_text(state.typed)
        said = REFUSALS.get(state.refused, "")
        self.price.show_fault(t(said) if said else "")
        doubt = "" if line is None or state.refused else line.doubt(state.floor_percent)
        self._doubt.setText(t(WARNINGS[doubt]).format(percent=state.floor_percent) if doubt else "")
        set_tone(self._doubt, "red" if doubt == "below_cost" else "amber")
        self._show_facts(line)

    def _show_facts(self, line: PriceLine | None) -> None:
        product = None if line is None else line.product
        unknown = self._look.t("unknown")
        shelf = None if product is None else PriceLine(product.code, product, product.price).margin_percent
        told = {
            "shelf": _money(None if product is None else product.price, "—"),
            "member": _money(None if product is None else product.member_price, "—"),
            "cost": _money(None if product is None else product.cost, "—" if product is None else unknown),
            "margin_now": _percent(shelf),
            "margin": _percent(None if line is None else line.margin_percent),
        }
        for key, text in told.items():
            self._facts[key].setText(text)


def _money(amount: Money | None, missing: str) -> str:
    return missing if amount is None else wording.money(amount)


def _percent(value: int | None) -> str:
    return "—" if value is None else f"{value}%".replace("-", wording.MINUS)
