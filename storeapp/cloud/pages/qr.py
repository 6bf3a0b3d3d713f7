"""QR codes as drawings inside the page: nothing is fetched from anywhere."""

import qrcode
from markupsafe import Markup

_QUIET = 4


def svg(text: str, label: str) -> Markup:
    """A QR code as one path, dark on white whatever the page looks like."""
    code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    side = len(matrix) + 2 * _QUIET
    dots = "".join(
        f"M{x + _QUIET} {y + _QUIET}h1v1h-1z"
        for y, row in enumerate(matrix)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    # the label goes in escaped; the rest is digits
    return Markup(
        '<svg class="qr" role="img" aria-label="{}" viewBox="0 0 {} {}" shape-rendering="crispEdges">'
        '<path class="white" d="M0 0h{}v{}h-{}z"/><path class="ink" d="{}"/></svg>'
    ).format(label, side, side, side, side, side, dots)
