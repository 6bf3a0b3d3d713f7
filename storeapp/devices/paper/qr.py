"""QR: how large a code becomes, and its modules when it is drawn."""

from __future__ import annotations

import qrcode
from PIL import Image
from qrcode.exceptions import DataOverflowError

from storeapp.devices.paper.ink import QrSymbol

_LEVELS = {
    "L": qrcode.ERROR_CORRECT_L,
    "M": qrcode.ERROR_CORRECT_M,
    "Q": qrcode.ERROR_CORRECT_Q,
    "H": qrcode.ERROR_CORRECT_H,
}
_ANY_MASK = 2
"""Every mask is valid; choosing the best of eight would take eight times as long and scan no better here."""
QUIET_MODULES = 4
SMALLEST_MODULE_DOTS = 4


def _code(data: bytes, level: str, version: int | None = None) -> qrcode.QRCode:
    code = qrcode.QRCode(version=version, error_correction=_LEVELS[level], mask_pattern=_ANY_MASK, border=0)
    code.add_data(data, optimize=0)
    return code


def symbol(data: bytes, level: str, *, module_dots: int) -> QrSymbol | None:
    """The code for `data` at error correction L, M, Q or H; None when no version holds it."""
    try:
        version = _code(data, level).best_fit()
    except (DataOverflowError, ValueError):
        return None
    return QrSymbol(data=data, level=level, version=version, module_dots=module_dots)


def mask(qr: QrSymbol) -> Image.Image:
    """The code as a mask, 255 where black, without quiet zone."""
    code = _code(qr.data, qr.level, qr.version)
    code.make(fit=False)
    side = 17 + 4 * qr.version
    image = Image.new("L", (side, side))
    image.putdata([255 if dark else 0 for row in code.modules for dark in row])
    return image.resize((qr.width, qr.width), Image.Resampling.NEAREST)
