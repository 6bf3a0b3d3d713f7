"""Output: JSON for scripts, tables and sentences for people, and errors either can act on."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TextIO

from storeapp.errors import Broken, Refused, StoreappError, Unavailable
from storeapp.ui.notices import SENTENCES, sentence
from storeapp.words import Words

if TYPE_CHECKING:
    # a window prints no table: its start does not load them
    from storeapp.domain.report_sheet import ReportSheet, SheetTable

DONE, REFUSED, USAGE, UNAVAILABLE, BROKEN = 0, 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Output:
    """Where a verb says what it did. `as_json` means one JSON document, or JSON lines."""

    words: Words
    as_json: bool = False
    out: TextIO = sys.stdout
    err: TextIO = sys.stderr

    def t(self, msgid: str) -> str:
        return self.words.t(msgid)

    def n(self, singular: str, plural: str, count: int) -> str:
        return self.words.n(singular, plural, count).format(n=count)

    def document(self, data: Any) -> None:
        """One JSON document on its line, out at once."""
        self._write(as_line(data))

    def say(self, *lines: str) -> None:
        """Sentences for people."""
        self._write("".join(f"{line}\n" for line in lines))

    def _write(self, text: str) -> None:
        try:
            self.out.write(text)
            self.out.flush()
        except BrokenPipeError:
            # whoever read has left, which is no fault
            raise
        except OSError as error:
            from storeapp.till.named_files import FileUnusable

            raise FileUnusable("standard output", error.strerror or type(error).__name__) from error

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
        """Columns under their names, those in `right` aligned there; wide letters count twice."""
        every = [header, *rows]
        widths = [max(width(row[column]) for row in every) for column in range(len(header))]
        for row in every:
            cells = (_padded(cell, widths[n], right=n in right) for n, cell in enumerate(row))
            self.say("  ".join(cells).rstrip())

    def facts(self, rows: Sequence[tuple[str, str]]) -> None:
        """Names and what they are, one a line."""
        widest = max((width(name) for name, _ in rows), default=0)
        self.say(*(f"{_padded(name, widest)}  {value}".rstrip() for name, value in rows))

    def sheet(self, sheet: ReportSheet) -> None:
        """Figures, then tables, or that there is nothing."""
        from storeapp.domain.report_sheet import said

        blocks: list[Callable[[], None]] = []
        if sheet.facts:
            blocks.append(
                lambda: self.facts([(one.name, f"{said(one.cell)}  {one.more}".rstrip()) for one in sheet.facts])
            )
        for table in sheet.tables:
            if table.rows:
                blocks.append(partial(self._sheet_table, table))
        if sheet.is_empty and sheet.nothing:
            blocks.append(lambda: self.say(sheet.nothing))
        for place, block in enumerate(blocks):
            if place:
                self.say("")
            block()

    def _sheet_table(self, table: SheetTable) -> None:
        from storeapp.domain.report_sheet import said

        rows = [tuple(said(cell) for cell in row) for row in table.rows]
        self.table(table.head, rows, right=table.figures)

    def progress(self, done: int, whole: int = 0) -> None:
        """How far a long work is, on a terminal only; overwrites itself."""
        if self.err.isatty():
            share = f"{done * 100 // whole:3d}%  " if whole else ""
            self.err.write(f"\r{share}{done:,} ")
            self.err.flush()

    def progress_over(self) -> None:
        if self.err.isatty():
            self.err.write("\r\x1b[K")
            self.err.flush()

    def error(self, error: StoreappError, *, log_id: str = "") -> int:
        """Says why it did not happen; answers the exit code."""
        kind, code = _kind(error)
        facts = error.facts() | ({"log_id": log_id} if log_id else {})
        if self.as_json:
            self.err.write(as_line({kind: error.word, **facts}))
        else:
            self.err.write(f"storeapp: {self._sentence(error, log_id)}\n")
        self.err.flush()
        return code

    def sentence_of(self, error: Refused) -> str:
        """Why, in a sentence."""
        return self._sentence(error, "")

    def _sentence(self, error: StoreappError, log_id: str) -> str:
        if isinstance(error, Broken) or log_id:
            said = self.t("Something in the program broke ({word}). It is in the log as {log_id}.")
            return said.format(word=error.word, log_id=log_id)
        said = sentence(error, self.words)
        if error.word in SENTENCES:
            return said
        # facts still help where nobody has found words yet
        facts = ", ".join(f"{name}: {value}" for name, value in error.facts().items() if value not in ("", 0, ()))
        return f"{said} {facts}".rstrip()


def as_line(data: Any) -> str:
    """`data` as one line of JSON; what JSON does not know becomes text."""
    return json.dumps(data, ensure_ascii=False, default=_plain) + "\n"


def width(text: str) -> int:
    """Columns of a terminal; Chinese letters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _padded(text: str, columns: int, *, right: bool = False) -> str:
    blanks = " " * (columns - width(text))
    return blanks + text if right else text + blanks


def _kind(error: StoreappError) -> tuple[str, int]:
    if isinstance(error, Refused):
        return "refused", REFUSED
    if isinstance(error, Unavailable):
        return "unavailable", UNAVAILABLE
    return "broken", BROKEN


def _plain(value: object) -> str | list[Any]:
    return sorted(value) if isinstance(value, set | frozenset) else str(value)
