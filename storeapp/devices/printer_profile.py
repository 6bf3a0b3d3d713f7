"""Printer profiles: what a receipt printer can do, as found on paper and not as its manual says.

An unknown printer is taken for one that draws nothing itself: a picture prints everywhere, a command it does not know
comes out as text. The test page shows what may be switched on.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, replace
from typing import Literal

from storeapp.domain.printing import COLUMN_DOTS
from storeapp.errors import Refused

PaperWidth = Literal[58, 80]
_COLUMNS: dict[int, int] = {58: 32, 80: 48}


@dataclass(eq=False)
class UnknownProfile(Refused):
    """There is no printer profile `name`."""

    name: str
    word = "unknown_printer_profile"


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    """One kind of printer. `answers`: it says when a job is printed (GS r), so silence means something."""

    name: str
    paper_mm: PaperWidth
    _: KW_ONLY
    native_qr: bool = False
    hw_barcode: bool = False
    cutter: bool = True
    chinese_rom: bool = True
    drawer_pin: Literal[2, 5] = 2
    answers: bool = False

    @property
    def columns(self) -> int:
        return _COLUMNS[self.paper_mm]

    @property
    def dots(self) -> int:
        """Printable width at 203 dpi."""
        return self.columns * COLUMN_DOTS


PROFILES: dict[str, PrinterProfile] = {
    profile.name: profile
    for profile in (
        PrinterProfile("generic-58", 58, cutter=False),
        PrinterProfile("generic-80", 80, hw_barcode=True),
        PrinterProfile("full-58", 58, native_qr=True, hw_barcode=True, answers=True),
        PrinterProfile("full-80", 80, native_qr=True, hw_barcode=True, answers=True),
        # export firmware: no hanzi inside, every Chinese row goes as a picture
        PrinterProfile("image-58", 58, cutter=False, chinese_rom=False),
        PrinterProfile("image-80", 80, chinese_rom=False),
    )
}


def profile(name: str, *, drawer_pin: Literal[2, 5] | None = None) -> PrinterProfile:
    """The profile of that name; raises UnknownProfile."""
    found = PROFILES.get(name)
    if found is None:
        raise UnknownProfile(name[:40])
    return found if drawer_pin is None else replace(found, drawer_pin=drawer_pin)


def matching(paper_mm: PaperWidth, *, hanzi: bool, qr: bool, barcode: bool) -> PrinterProfile:
    """The profile that asks of a printer only what a person saw it print right: what it cannot do goes as a picture."""
    kind = "image" if not hanzi else "full" if qr and barcode else "generic"
    return PROFILES[f"{kind}-{paper_mm}"]
