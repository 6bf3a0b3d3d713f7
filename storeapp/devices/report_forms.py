"""Report forms: each report as a PDF and as a workbook. The library of either is heavy, and loads when it is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from storeapp.domain.commission import Commissions
from storeapp.domain.day_report import DayReport
from storeapp.domain.liability import Liability
from storeapp.domain.receipt import training_mark
from storeapp.domain.report_sheet import ReportSheet
from storeapp.domain.shift_report import ShiftReport
from storeapp.till.ports import Books
from storeapp.words import Words, words

Suffix = Literal["pdf", "xlsx"]


@dataclass(frozen=True, slots=True)
class Head:
    """What a report says of where it comes from, and in whose language."""

    shop: str
    till: str
    words: Words


def head_of(books: Books) -> Head:
    policy = books.policy.in_force()
    said, shop = words(policy.text("receipt.language")), policy.text("shop.name")
    if books.device.is_training:
        shop = " · ".join(filter(None, (training_mark(said), shop)))
    return Head(shop, books.device.till, said)


def day_pdf(report: DayReport, head: Head) -> bytes:
    """A business day; its workbook is a sheet like others."""
    from storeapp.devices.report_pdf import report_pdf

    return report_pdf(report, shop=head.shop, till=head.till, words=head.words)


def shift_form(reports: Sequence[ShiftReport], head: Head, suffix: Suffix) -> bytes:
    if suffix == "pdf":
        from storeapp.devices.shift_pdf import shift_pdf

        return shift_pdf(reports, shop=head.shop, till=head.till, words=head.words)
    from storeapp.devices.shift_xlsx import shift_xlsx

    return shift_xlsx(reports, words=head.words)


def liability_form(report: Liability, head: Head, suffix: Suffix) -> bytes:
    if suffix == "pdf":
        from storeapp.devices.liability_pdf import liability_pdf

        return liability_pdf(report, shop=head.shop, till=head.till, words=head.words)
    from storeapp.devices.liability_xlsx import liability_xlsx

    return liability_xlsx(report, words=head.words)


def commissions_form(report: Commissions, head: Head, suffix: Suffix) -> bytes:
    if suffix == "pdf":
        from storeapp.devices.commission_pdf import commission_pdf

        return commission_pdf(report, shop=head.shop, till=head.till, words=head.words)
    from storeapp.devices.commission_xlsx import commission_xlsx

    return commission_xlsx(report, words=head.words)


def sheet_form(sheet: ReportSheet, title: str, day: str, head: Head, suffix: Suffix) -> bytes:
    """Any other report, of that day (ISO date)."""
    if suffix == "pdf":
        from storeapp.devices.sheet_pdf import sheet_pdf

        return sheet_pdf(sheet, title, shop=head.shop, till=head.till, day=day, words=head.words)
    from storeapp.devices.sheet_xlsx import sheet_xlsx

    return sheet_xlsx(sheet, title)
