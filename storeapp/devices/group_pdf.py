"""Group purchase PDF: what a group order sheet needs bought, on A4, with room to tick off."""

from __future__ import annotations

from storeapp.devices.pdf_sheet import INNER, MARGIN, ROW, PdfSheet, fitted, new_canvas, yuan_text
from storeapp.domain.group_purchase import Need, PurchaseList
from storeapp.domain.quantity import as_decimal
from storeapp.words import Words

_EDGES = tuple(MARGIN + INNER - 72 * place for place in (3, 2, 1, 0))
_UNKNOWN = "—"


def group_pdf(found: PurchaseList, *, shop: str, till: str, day: str, words: Words) -> bytes:
    """As many pages as it takes. The same list always gives the same bytes."""
    file, canvas = new_canvas(f"{shop} {found.name}")
    sheet = _Sheet(canvas, words)
    sheet.head(shop, till, day, words.t("To buy for {name}").format(name=found.name))
    sheet.fill(found)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


class _Sheet(PdfSheet):
    """The sums, then the goods one a row."""

    def fill(self, found: PurchaseList) -> None:
        _ = self.words.t
        self.boxes(((_("Orders"), str(found.orders)), (_("Cost of what is to buy"), yuan_text(found.cost))))
        self.title(_("Goods"), MARGIN)
        for edge, words in zip(_EDGES, (_("Ordered"), _("In stock"), _("To buy"), _("Cost")), strict=True):
            self.right(edge, self.y + 6, words, 10, bold=True)
        for need in found.needs:
            self._need(need)

    def _need(self, need: Need) -> None:
        self.keep(ROW)
        self.y -= ROW
        self.text(MARGIN, self.y + 6, fitted(f"□ {need.name}", 10, INNER - 300), 10)
        stock = _UNKNOWN if need.stock is None else as_decimal(need.stock)
        cost = _UNKNOWN if need.cost is None else yuan_text(need.cost)
        cells = (as_decimal(need.waiting), stock, f"{as_decimal(need.to_buy)} {need.unit}".strip(), cost)
        for n, (edge, text) in enumerate(zip(_EDGES, cells, strict=True)):
            self.right(edge, self.y + 6, text, 10, bold=n == 2)
        self.rule(MARGIN, MARGIN + INNER)
