"""The list of unclear payments on paper, for whoever looks them up in the companies' own lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from storeapp.domain.money import yuan
from storeapp.domain.price_steps import Words
from storeapp.domain.printing import PrintJob
from storeapp.domain.receipt_layout import CutRow, Row, RuleRow, TextRow, centred
from storeapp.domain.receipt_text import printable, wrap
from storeapp.domain.tender_names import tender_name
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.printing import RECEIPT_PRINTER
from storeapp.till.unclear import CASES, Unclear, listed

_ROWS_MOST = 4


def owe_unclear(shop: Shop, *, clock: Clock, ids: Ids, printer: str = RECEIPT_PRINTER) -> PrintJob:
    """The list as it stands when its turn to be printed comes."""
    with shop.writing() as books:
        job = PrintJob(ids.new(), "unclear", printer, "queued", clock.now().isoformat())
        books.prints.add(job)
        return job


def unclear_slip(books: Books, job: PrintJob, *, width: int, words: Words) -> tuple[Row, ...]:
    """The rows of the list on paper of `width` columns."""
    at = datetime.fromisoformat(job.created_at)
    shop = books.policy.in_force().text("shop.name")
    return tuple(_rows(listed(books, at), (shop, f"{at:%Y-%m-%d %H:%M}"), width, words))


def _rows(items: tuple[Unclear, ...], facts: tuple[str, ...], width: int, words: Words) -> Iterator[Row]:
    yield from centred(printable(words.t("Unclear payments")), width, bold=True)
    for fact in filter(None, facts):
        yield from centred(printable(fact), width)
    for item in items:
        yield RuleRow()
        yield TextRow(printable(tender_name(item.kind, words)), printable(yuan(item.amount)), bold=True)
        asked = f"{item.at[:16].replace('T', ' ')} {words.t(CASES[item.case])}"
        decided = words.t("Set aside with the approval of {code}").format(code=item.decided) if item.decided else ""
        for line in filter(None, (item.trade_number, asked, decided)):
            for row in wrap(printable(line), width, most_rows=_ROWS_MOST):
                yield TextRow(row)
    yield RuleRow()
    yield TextRow(printable(words.t("Together")), printable(str(len(items))))
    yield CutRow()
