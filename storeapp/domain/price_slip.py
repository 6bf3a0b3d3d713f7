"""Price slip: “why this price?” on paper, for a customer who wants to take the answer along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storeapp.domain.money import yuan
from storeapp.domain.price_steps import Explained, Step
from storeapp.domain.receipt_layout import NAME_ROWS_MAX, CutRow, Row, RuleRow, TextRow, centred
from storeapp.domain.receipt_text import columns, printable, wrap

_GAP = 2


def price_slip(title: str, facts: Sequence[str], parts: Sequence[Explained], *, width: int) -> tuple[Row, ...]:
    """The rows of the slip on paper of `width` columns; `facts` (shop, receipt number, time) stand below the title."""
    return tuple(_rows(title, facts, parts, width))


def _rows(title: str, facts: Sequence[str], parts: Sequence[Explained], width: int) -> Iterator[Row]:
    yield from centred(printable(title), width, bold=True)
    for fact in filter(None, facts):
        yield from centred(printable(fact), width)
    for part in parts:
        yield RuleRow()
        for row in wrap(printable(part.title), width, most_rows=NAME_ROWS_MAX):
            yield TextRow(row, bold=True)
        for step in part.steps:
            yield from _step(step, width)
    yield CutRow()


def _step(step: Step, width: int) -> Iterator[Row]:
    amount = printable(yuan(step.amount))
    words = printable(f"{step.words} {step.detail}".strip())
    room = width - columns(amount) - _GAP
    *above, last = wrap(words, room, most_rows=NAME_ROWS_MAX)
    for row in above:
        yield TextRow(row)
    yield TextRow(last, amount, bold=step.kind == "end")
