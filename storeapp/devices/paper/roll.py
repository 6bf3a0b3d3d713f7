"""The roll: where the head stands, what has been printed, and whether codes and cuts leave enough white."""

from __future__ import annotations

from collections.abc import Callable

from storeapp.devices.paper.faults import FaultWord
from storeapp.devices.paper.ink import Bitmap, Mark, Shape

HEAD_TO_BLADE_DOTS = 100
"""12.5 mm: the blade is this far past the head, so the last lines are under it only after a feed."""
EDGE_WHITE_DOTS = 24
"""3 mm of the unprintable margin at either side; the rest of it is lost when the paper wanders."""

Report = Callable[[int, FaultWord, str], None]


class Roll:
    """The paper under the head. `y` grows downward from the start of the job and never goes back."""

    def __init__(self, width_dots: int, report: Report) -> None:
        self.width_dots = width_dots
        self.y = 0
        self.marks: list[Mark] = []
        self.rasters: list[tuple[int, Mark]] = []
        self.cuts: list[int] = []
        self._report = report
        self._ink_bottom: int | None = None
        # the last code, while the white under it is not yet proven: offset, bottom edge, dots of white wanted
        self._code_above: tuple[int, int, int] | None = None

    @property
    def length(self) -> int:
        """What comes out of the slot: up to the last cut, or to the head when something stands below it."""
        ink = self._ink_bottom or 0
        if self.cuts and ink <= self.cuts[-1]:
            return self.cuts[-1]
        return max(self.y, ink)

    def put(self, x: int, y: int, shape: Shape) -> None:
        self.marks.append(Mark(x, y, shape))

    def put_raster(self, offset: int, x: int, bitmap: Bitmap) -> None:
        """A picture at the head; kept apart too, for it may hold a code."""
        self.put(x, self.y, bitmap)
        self.rasters.append((offset, self.marks[-1]))

    def ink(self, top: int, bottom: int) -> None:
        """Something black stands between these edges."""
        self._white_ends(top, "print")
        self._ink_bottom = max(bottom, self._ink_bottom or 0)

    def code(self, offset: int, *, x: int, width: int, height: int, quiet_x: int, quiet_y: int) -> None:
        """A code stands at the head; its quiet zone is checked above and beside it now, below it by what follows."""
        beside = min(x, self.width_dots - x - width) + EDGE_WHITE_DOTS
        above = self.y - self._ink_bottom if self._ink_bottom is not None else quiet_y
        if beside < quiet_x:
            self._report(offset, FaultWord.NO_QUIET_ZONE, f"{beside} of {quiet_x} dots beside")
        elif above < quiet_y:
            self._report(offset, FaultWord.NO_QUIET_ZONE, f"{above} of {quiet_y} dots above")
        self.ink(self.y, self.y + height)
        if quiet_y:
            self._code_above = (offset, self.y + height, quiet_y)

    def cut(self, offset: int) -> None:
        """Cut where the blade is, without a feed."""
        at = self.y - HEAD_TO_BLADE_DOTS
        ink = self._ink_bottom or 0
        if ink > max(at, 0):
            lost = min(ink - at, HEAD_TO_BLADE_DOTS)
            self._report(offset, FaultWord.CUT_THROUGH_PRINT, f"the last {lost} dots stay in the printer")
        self._cut_at(max(at, 0))

    def feed_and_cut(self, dots: int) -> None:
        """Feed until the head's place, and `dots` more, is under the blade; cut there."""
        at = self.y + dots
        self.y = at + HEAD_TO_BLADE_DOTS
        self._cut_at(at)

    def _cut_at(self, at: int) -> None:
        self._white_ends(at, "cut")
        self.cuts.append(at)

    def _white_ends(self, at: int, by: str) -> None:
        if self._code_above is None:
            return
        offset, bottom, quiet = self._code_above
        self._code_above = None
        if at - bottom < quiet:
            self._report(offset, FaultWord.NO_QUIET_ZONE, f"{max(at - bottom, 0)} of {quiet} dots below, then {by}")
