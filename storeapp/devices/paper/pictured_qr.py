"""Pictured QR codes: found in rasters by their three corners, so that image mode obeys the rules of native codes.

What such a code says is left to a scanner; here it is only measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from storeapp.devices.paper import qr
from storeapp.devices.paper.faults import FaultWord
from storeapp.devices.paper.ink import Bitmap, Glyph, Mark
from storeapp.devices.paper.roll import EDGE_WHITE_DOTS, Roll

_WIDEST_MODULE_DOTS = 16
_FINDERS = [
    (module, "1" * module + "0" * module + "1" * 3 * module + "0" * module + "1" * module)
    for module in range(1, _WIDEST_MODULE_DOTS + 1)
]
"""The middle rows of a corner for each size of module: black and white as 1:1:3:1:1."""


@dataclass(frozen=True, slots=True)
class Square:
    """A part of a picture in its own dots: a corner, or a whole code."""

    x: int
    y: int
    side: int
    module: int


class Picture:
    """Rasters printed one right below the other: one picture that came in bands."""

    def __init__(self, bands: Sequence[tuple[int, Mark, Bitmap]]) -> None:
        self.bands = bands
        _, first, bitmap = bands[0]
        self.x, self.y, self.scale = first.x, first.y, bitmap.x_scale
        bits = bitmap.width_bytes * 8
        self.rows = [
            f"{int.from_bytes(one.rows[at : at + one.width_bytes], 'big'):0{bits}b}"
            for _, _, one in bands
            for at in range(0, len(one.rows), one.width_bytes)
        ]

    def codes(self) -> Iterator[Square]:
        found = set(_corners(self.rows))
        for left in found:
            for right in found:
                apart = right.x - left.x
                modules = apart // left.module + 7
                # a second corner on the same level and a third as far below: 21 to 177 modules in steps of 4
                if (right.y, right.module) != (left.y, left.module) or modules < 21 or modules % 4 != 1:
                    continue
                if Square(left.x, left.y + apart, left.side, left.module) in found:
                    yield Square(left.x, left.y, apart + left.side, left.module)

    def is_white_around(self, code: Square, quiet: int) -> bool:
        """Whether this picture itself keeps the quiet zone white, as far as it reaches."""
        left, right = max(code.x - quiet, 0), code.x + code.side + quiet
        for y in range(max(code.y - quiet, 0), min(code.y + code.side + quiet, len(self.rows))):
            row = self.rows[y]
            if code.y <= y < code.y + code.side:
                row = row[: code.x] + "0" * code.side + row[code.x + code.side :]
            if "1" in row[left:right]:
                return False
        return True

    def offset_at(self, y: int) -> int:
        """The byte where the band with this row begins."""
        top = self.y + y * self.scale
        return max((offset for offset, mark, _ in self.bands if mark.y <= top), default=0)


def _corners(rows: Sequence[str]) -> Iterator[Square]:
    """Where the 1:1:3:1:1 row stands for exactly three modules' height."""
    since: dict[tuple[int, int], int] = {}
    for y, row in enumerate([*rows, ""]):
        seen = set(_finder_rows(row)) if "1" in row else set()
        for place in since.keys() - seen:
            x, module = place
            start = since.pop(place)
            if y - start == 3 * module:
                yield Square(x, start - 2 * module, 7 * module, module)
        for place in seen - since.keys():
            since[place] = y


def _finder_rows(row: str) -> Iterator[tuple[int, int]]:
    for module, pattern in _FINDERS:
        at = row.find(pattern)
        while at >= 0:
            if "1" not in row[max(at - 1, 0) : at] + row[at + len(pattern) : at + len(pattern) + 1]:
                yield at, module
            at = row.find(pattern, at + 1)


def pictures(rasters: Sequence[tuple[int, Mark]]) -> Iterator[Picture]:
    """The rasters of a job, bands that join put together."""
    bands: list[tuple[int, Mark, Bitmap]] = []
    for offset, mark in rasters:
        shape = mark.shape
        if not isinstance(shape, Bitmap) or shape.x_scale != shape.y_scale:
            continue
        if bands and not _joins(bands[-1], mark, shape):
            yield Picture(bands)
            bands = []
        bands.append((offset, mark, shape))
    if bands:
        yield Picture(bands)


def _joins(above: tuple[int, Mark, Bitmap], mark: Mark, shape: Bitmap) -> bool:
    _, last, band = above
    same = (band.width_bytes, band.x_scale, last.x) == (shape.width_bytes, shape.x_scale, mark.x)
    return same and last.y + band.height == mark.y


def findings(roll: Roll) -> Iterator[tuple[int, FaultWord, str]]:
    """What is wrong with the codes pictured on the roll, each at the byte of the raster it begins in."""
    for picture in pictures(roll.rasters):
        for code in picture.codes():
            offset = picture.offset_at(code.y)
            module = code.module * picture.scale
            if module < qr.SMALLEST_MODULE_DOTS:
                yield offset, FaultWord.MODULE_TOO_SMALL, f"pictured: {module} dots a module"
            if not _is_quiet(roll, picture, code):
                yield offset, FaultWord.NO_QUIET_ZONE, f"pictured: wants {qr.QUIET_MODULES * module} dots of white"


def _is_quiet(roll: Roll, picture: Picture, code: Square) -> bool:
    quiet = qr.QUIET_MODULES * code.module
    if not picture.is_white_around(code, quiet):
        return False
    left, top = picture.x + code.x * picture.scale, picture.y + code.y * picture.scale
    side, white = code.side * picture.scale, quiet * picture.scale
    if min(left, roll.width_dots - left - side) + EDGE_WHITE_DOTS < white:
        return False
    if any(top + side <= cut < top + side + white for cut in roll.cuts):
        return False
    own = {id(mark) for _, mark, _ in picture.bands}
    return not any(
        _is_black_within(mark, left - white, top - white, side + 2 * white)
        for mark in roll.marks
        if id(mark) not in own
    )


def _is_black_within(mark: Mark, left: int, top: int, side: int) -> bool:
    shape = mark.shape
    if isinstance(shape, Glyph) and shape.is_blank:
        return False
    above, below = 0, shape.height
    if isinstance(shape, Bitmap):
        black = shape.black_rows()
        if black is None:
            return False
        above, below = black
    across = mark.x < left + side and mark.x + shape.width > left
    return across and mark.y + above < top + side and mark.y + below > top
