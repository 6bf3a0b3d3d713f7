"""Commission XLSX: a month's shares as a workbook, a sheet each of staff, members who bring others, and leaders."""

from __future__ import annotations

from collections.abc import Iterator

from storeapp.devices.workbook import Cell, workbook, yuan
from storeapp.domain.commission import Commissions, Statement, percent
from storeapp.words import Words


def commission_xlsx(report: Commissions, *, words: Words) -> bytes:
    """The workbook; amounts are numbers in yuan."""
    _ = words.t
    names = (report.month, _("Name"), _("Category"), _("Sold net"), _("Percent"), _("Commission"))
    found_by = (
        (_("Staff"), report.staff),
        (_("Members who bring others"), report.promoters),
        (_("Leaders of groups"), report.leaders),
    )
    return workbook((title, names, [row for each in found for row in _rows(each, words)]) for title, found in found_by)


def _rows(each: Statement, words: Words) -> Iterator[tuple[Cell, ...]]:
    who = each.who if len(each.who) < 36 else ""
    yield (
        who,
        each.name,
        words.t("In all"),
        yuan(each.net_fen),
        words.t("capped") if each.is_capped else "",
        yuan(each.fen),
    )
    for share in each.shares:
        yield who, each.name, share.category, yuan(share.net_fen), percent(share.rate), yuan(share.fen)
