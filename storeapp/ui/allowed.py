"""Whether whoever is signed in may do something. What a rule refuses is told at once, and nothing begins."""

from __future__ import annotations

from typing import Protocol

from storeapp.domain.staff import Right, Staff, require
from storeapp.errors import Refused


class Told(Protocol):
    def tell(self, error: Exception) -> None: ...
    def beep(self) -> None: ...


def allowed(staff: Staff, right: Right, view: Told) -> bool:
    """True with the right; without it the view beeps and tells."""
    try:
        require(staff, right)
    except Refused as error:
        view.beep()
        view.tell(error)
        return False
    return True
