"""A report as it is shown: figures that matter, then tables. Screen, terminal and workbook all draw the same one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storeapp.domain.money import Money, yuan

Cell = str | int | Money


@dataclass(frozen=True, slots=True)
class Fact:
    """A name, what it is, and a little more about it."""

    name: str
    cell: Cell
    more: str = ""


@dataclass(frozen=True, slots=True)
class SheetTable:
    """`head` names the columns. Amounts and counts stand at the right, and so do the texts of the columns `right`."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    right: tuple[int, ...] = ()

    @property
    def figures(self) -> tuple[int, ...]:
        """The columns that stand at the right."""
        first: Sequence[Cell] = self.rows[0] if self.rows else ()
        return tuple(n for n in range(len(self.head)) if n in self.right or (n < len(first) and _is_figure(first[n])))


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """`nothing` is said where no table has a row."""

    facts: tuple[Fact, ...] = ()
    tables: tuple[SheetTable, ...] = ()
    nothing: str = ""

    def facts_in_rows(self, most: int) -> tuple[tuple[Fact, ...], ...]:
        """As few rows of at most so many as it takes, all about as long."""
        rows = -(-len(self.facts) // most) or 1
        each = -(-len(self.facts) // rows)
        return tuple(self.facts[first : first + each] for first in range(0, len(self.facts), max(1, each)))

    @property
    def is_empty(self) -> bool:
        return not any(table.rows for table in self.tables)


def heading(words: str) -> str:
    """The name of a figure or of a column as it stands over it."""
    return words[:1].upper() + words[1:]


def said(cell: Cell) -> str:
    """A cell as people read it: `1,234.50`, `12`."""
    if isinstance(cell, Money):
        return f"{'−' if cell.fen < 0 else ''}{yuan(Money(abs(cell.fen)), grouped=True)}"
    return f"{cell:,}" if isinstance(cell, int) else cell


def _is_figure(cell: Cell) -> bool:
    return isinstance(cell, int | Money)
