"""Sheets: tables from other systems, their headers recognised and every fault named by row and column.

Reading is pure: bytes in, rows and faults out. Nothing here knows what a product or a member is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TypeVar

from storeapp.errors import Refused

# exports of other systems often have a title and a date above the header
HEADER_WITHIN_ROWS = 10
COLUMNS_MAX = 500
SHOWN_MAX = 40
Read = TypeVar("Read")
INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"


def tidy(text: str) -> str:
    """`text` without the blanks and invisible signs that copying leaves behind."""
    return text.strip().strip(INVISIBLE).strip()


def shown(value: str) -> str:
    """`value` short enough for a message."""
    return value if len(value) <= SHOWN_MAX else value[: SHOWN_MAX - 1] + "…"


@dataclass(eq=False)
class NotATable(Refused):
    """The file is no CSV or XLSX table: `reason` is empty, binary, old_excel, damaged, encoding or too_large."""

    reason: str
    row: int = 0
    word = "not_a_table"


@dataclass(eq=False)
class ColumnsMissing(Refused):
    """The header lacks `missing`; `header` is the row that came closest."""

    missing: tuple[str, ...]
    header: tuple[str, ...]
    word = "columns_missing"


@dataclass(eq=False)
class ColumnTwice(Refused):
    """Two columns, `headers`, both mean `column`."""

    column: str
    headers: tuple[str, ...]
    word = "column_twice"


@dataclass(eq=False)
class BadRows(Refused):
    """`count` faults were found and nothing was imported."""

    count: int
    word = "bad_rows"


@dataclass(frozen=True, slots=True)
class Row:
    """One row as people count them (the file's first is 1). `marks` says of a cell what a text cannot: see MARKS."""

    number: int
    cells: tuple[str, ...]
    marks: Mapping[int, str] = field(default_factory=dict)


# formula: the cell computes, nobody typed it; number: Excel kept a number, so leading zeros may be gone;
# digits_lost: more digits than a number of Excel holds; date: Excel kept a day; error: #REF! and the like
MARKS = ("formula", "number", "digits_lost", "date", "error")


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """How one column of the file was read; `column` is empty if it was not."""

    header: str
    column: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell. `reason` is a closed word, `other` names whom it clashes with."""

    row: int
    column: str
    value: str
    reason: str
    other: str = ""


@dataclass(eq=False)
class BadCell(Exception):
    """Inside the readers only: this cell will not do. It always ends as a Fault."""

    reason: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """The header row: where it stands, how its columns were read, and which cells hold a column."""

    row: int
    columns: tuple[ColumnRead, ...]
    places: Mapping[str, tuple[int, ...]]

    def has(self, column: str) -> bool:
        return column in self.places

    def shown(self, column: str) -> str:
        """The column as the file calls it."""
        places = self.places.get(column)
        return self.columns[places[0]].header if places else column

    def text(self, row: Row, column: str) -> str:
        """The trimmed cell; several cells of one column are joined by `;`. Missing is empty."""
        places = self.places.get(column, ())
        found = [tidy(row.cells[place]) for place in places if place < len(row.cells)]
        return found[0] if len(found) == 1 else ";".join(filter(None, found))

    def mark(self, row: Row, column: str) -> str:
        """What is special about the cell, or nothing."""
        for place in self.places.get(column, ()):
            if place in row.marks:
                return row.marks[place]
        return ""


class Cells:
    """Reads cells under a header and keeps the faults met on the way."""

    def __init__(self, header: Header) -> None:
        self._header = header
        self.faults: list[Fault] = []

    @property
    def count(self) -> int:
        return len(self.faults)

    def read(
        self, row: Row, column: str, parse: Callable[[str], Read], *, show: Callable[[str], str] = shown
    ) -> Read | None:
        """The cell as `parse` understands it; None and a fault if it will not do. `show` quotes it for a message."""
        value = self._header.text(row, column)
        mark = self._header.mark(row, column)
        try:
            if mark in ("formula", "error"):
                raise BadCell(mark)
            return parse(value)
        except BadCell as bad:
            self.add(row, column, show(value), bad.reason, bad.other)
            return None

    def add(self, row: Row, column: str, value: str, reason: str, other: str = "") -> None:
        """One more fault, in the column's own words."""
        self.faults.append(Fault(row.number, self._header.shown(column), shown(value), reason, other))


def plain_header(text: str) -> str:
    """A header as it is compared: no case, no blanks, no unit or hint in brackets."""
    folded = unicodedata.normalize("NFKC", tidy(text)).lower()
    without_hints = re.sub(r"\(.*?\)|\[.*?\]|【.*?】", "", folded)
    return re.sub(r"[\s_\-*:.]", "", without_hints)


def table_of(
    rows: Iterable[Row],
    aliases: Mapping[str, Sequence[str]],
    *,
    required: Iterable[str],
    one_of: Sequence[str] = (),
    many: Iterable[str] = (),
    leftmost: Iterable[str] = (),
) -> tuple[Header, Iterator[Row]]:
    """The header among the first rows, each column by its `aliases`, and the rows below it that are not blank.

    All of `required` and at least one of `one_of` must be there. Of several columns of one meaning all are read for
    `many`, the first for `leftmost`; for any other it is a doubt. Raises ColumnsMissing or ColumnTwice.
    """
    source = iter(rows)
    first = tuple(islice(source, HEADER_WITHIN_ROWS))
    header = _header(first, aliases, required=required, one_of=one_of, many=many, leftmost=leftmost)
    below = chain((row for row in first if row.number > header.row), source)
    return header, (row for row in below if any(cell.strip() for cell in row.cells))


def _header(
    rows: Sequence[Row],
    aliases: Mapping[str, Sequence[str]],
    *,
    required: Iterable[str],
    one_of: Sequence[str],
    many: Iterable[str],
    leftmost: Iterable[str],
) -> Header:
    names = {plain_header(alias): column for column, known in aliases.items() for alias in (column, *known)}
    candidates = [_read_header(row, names, frozenset(leftmost)) for row in rows if any(map(tidy, row.cells))]
    if not candidates:
        raise NotATable("empty")
    # the first of the best: a title row matches nothing, the header matches most
    best = max(candidates, key=lambda header: len(header.places))
    missing = [column for column in required if not best.has(column)]
    if one_of and not any(best.has(column) for column in one_of):
        missing.append("/".join(one_of))
    if missing:
        raise ColumnsMissing(tuple(missing), tuple(shown(read.header) for read in best.columns[:20]))
    for column, places in best.places.items():
        if len(places) > 1 and column not in many:
            raise ColumnTwice(column, tuple(shown(best.columns[place].header) for place in places))
    return best


def _read_header(row: Row, names: Mapping[str, str], leftmost: frozenset[str]) -> Header:
    columns = []
    places: dict[str, tuple[int, ...]] = {}
    for place, cell in enumerate(row.cells[:COLUMNS_MAX]):
        column = names.get(plain_header(cell), "")
        if column in leftmost and column in places:
            column = ""
        columns.append(ColumnRead(tidy(cell), column))
        if column:
            places[column] = (*places.get(column, ()), place)
    return Header(row.number, tuple(columns), places)
