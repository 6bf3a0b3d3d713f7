"""Sheet units: the larger units a product is sold in, as one cell of a products sheet tells them.

`箱:24:6901234567893:95.00` is a case of 24 with its barcode and its price; several units are parted by `;`, several
barcodes of one unit by `|`, a member's price may follow, and a unit may have no barcode.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from storeapp.domain.basket import DEAREST_LINE
from storeapp.domain.product import CODE_MAX, PACK_MAX, BadProduct, Product, unit_of
from storeapp.till import sheet_cells as cells
from storeapp.till.sheets import BadCell

NAME_MAX = 10
_BETWEEN_UNITS, _BETWEEN_PARTS = re.compile(r"[;；\n]+"), re.compile(r"[:：]")


def units_reader(base: Product) -> Callable[[str], tuple[Product, ...]]:
    """Reads a cell as units of `base`; raises BadCell."""

    def units(value: str) -> tuple[Product, ...]:
        found = tuple(_unit(base, text) for text in _BETWEEN_UNITS.split(value) if text.strip())
        codes = [code for unit in found for code in unit.codes]
        if len({*codes, *base.codes}) < len(codes) + len(base.codes):
            raise BadCell("code_twice")
        return found

    return units


def _unit(base: Product, text: str) -> Product:
    parts = [part.strip() for part in _BETWEEN_PARTS.split(text)]
    if not 4 <= len(parts) <= 5:
        raise BadCell("not_a_unit")
    name, pack, barcodes, price = parts[:4]
    if not 0 < len(name) <= NAME_MAX or "/" in name:
        raise BadCell("not_a_unit")
    count = cells.count(pack)
    if not 1 < count <= PACK_MAX:
        raise BadCell("not_a_pack")
    read = tuple(dict.fromkeys(cells.code(part) for part in barcodes.split("|") if part.strip()))
    if any(len(barcode) > CODE_MAX for barcode in read):
        raise BadCell("too_long")
    asked = [cells.amount(said) for said in (price, *parts[4:]) if said]
    if not price or any(amount > DEAREST_LINE for amount in asked):
        raise BadCell("too_large" if price else "not_a_unit")
    try:
        return unit_of(base, name, count, asked[0], barcodes=read, member_price=asked[1] if len(asked) > 1 else None)
    except BadProduct as error:
        raise BadCell(error.reason) from None
