"""Setting a machine up: what became of a printer that was tried, and what a terminal of a payment company takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# proved: the printer says it printed; sent: it gives no proof; the others say why not
PrintProof = Literal["proved", "sent", "pictured"]


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a test page; `png` where the built-in paper printed it."""

    proof: PrintProof
    png: bytes = b""


@dataclass(frozen=True, slots=True)
class Ability:
    """What a person saw printed right on the test page."""

    hanzi: bool = True
    qr: bool = True
    barcode: bool = True


@dataclass(frozen=True, slots=True)
class TerminalNews:
    """This machine's terminal of Shouqianba; `checked_at` is its last check-in (ISO 8601), "" for none yet."""

    sn: str
    checked_at: str = ""


@dataclass(frozen=True, slots=True)
class TerminalAsk:
    """What it takes to become one. The vendor's key stands in a file, and on no screen."""

    code: str = ""
    app_id: str = ""
    vendor_sn: str = ""
    key_file: str = ""

    @property
    def is_whole(self) -> bool:
        return all(part.strip() for part in (self.code, self.app_id, self.vendor_sn, self.key_file))
