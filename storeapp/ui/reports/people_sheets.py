"""The reports about what members and staff are owed, as sheets: liability, commissions, coupons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storeapp.domain.commission import Commissions, Statement, percent
from storeapp.domain.liability import Liability
from storeapp.domain.liability_words import kind_of_entry, kinds_of_entries
from storeapp.domain.money import Money
from storeapp.domain.report_sheet import Cell, Fact, ReportSheet, SheetTable
from storeapp.till.coupon_report import CouponRow
from storeapp.ui import wording
from storeapp.words import Words


def liability_sheet(report: Liability, words: Words) -> ReportSheet:
    """What the shop owes its members when a business day ended, and what moved it that day."""
    _ = words.t
    facts = (
        Fact(_("principal owed"), Money(report.principal.amount), _members(report.principal.members, words)),
        Fact(_("bonus owed"), Money(report.bonus.amount), _members(report.bonus.members, words)),
        Fact(
            _("owed on cards"),
            Money(report.cards.amount),
            words.n("{n} card", "{n} cards", report.cards.members).format(n=report.cards.members),
        ),
        Fact(_("points"), report.points.amount, wording.money(report.points_worth)),
        Fact(_("points that wait"), report.pending.amount),
        Fact(_("to be held in custody"), report.custody, f"{report.custody_percent}%"),
    )
    rows = tuple(
        (
            kind_of_entry(flow.kind, words),
            Money(flow.principal_fen),
            Money(flow.bonus_fen),
            Money(flow.cards_fen),
            flow.points,
        )
        for flow in report.flows
    )
    head = (_("that day"), _("principal"), _("bonus"), _("cards"), _("points"))
    # beside the figures: nine of them do not fit a small screen
    behind = (
        (_("still promised"), report.promised),
        (_("in custody now"), report.in_custody),
        (_("missing in custody"), report.custody_short),
    )
    told = SheetTable((_("beside it"), "¥"), behind)
    return ReportSheet(facts, (SheetTable(head, rows), told), _("Nothing moved that day."))


def commissions_sheet(report: Commissions, words: Words) -> ReportSheet:
    """A month's shares: the sum of each, then the categories it is made of."""
    _ = words.t
    found_by = (
        (_("staff"), report.staff),
        (_("members who bring others"), report.promoters),
        (_("leaders of groups"), report.leaders),
    )
    tables = tuple(
        SheetTable(
            (name, _("category"), _("sold net"), _("percent"), _("commission")),
            tuple(row for each in found for row in _shares(each, words)),
            right=(3,),
        )
        for name, found in found_by
    )
    nothing = _("Nobody has a share of the sales of {month}.").format(month=report.month)
    return ReportSheet(tables=tables, nothing=nothing)


def coupons_sheet(found: Sequence[CouponRow], words: Words) -> ReportSheet:
    """What became of the coupons of each template, what they took off, cost and brought.

    What no template gave is called after the entries it was given by.
    """
    _, given_by = words.t, kinds_of_entries(words)
    rows = tuple(
        (
            *(
                row.template_id,
                row.name or given_by.get(row.template_id, ""),
                row.given,
                row.out,
                row.reserved,
                row.redeemed,
                row.void,
                row.lapsed,
            ),
            *(Money(row.off_fen), Money(row.cost_fen), Money(row.sales_fen)),
        )
        for row in found
    )
    head = (
        *(
            _("id of the template"),
            _("called"),
            _("given"),
            _("to be used"),
            _("reserved"),
            _("redeemed"),
            _("void"),
            _("lapsed"),
        ),
        *(_("taken off"), _("cost"), _("sales with it")),
    )
    return ReportSheet(tables=(SheetTable(head, rows),), nothing=_("No coupon was ever given."))


def _members(count: int, words: Words) -> str:
    return words.n("{n} member", "{n} members", count).format(n=count)


def _shares(each: Statement, words: Words) -> Iterator[tuple[Cell, ...]]:
    who = f"{each.who} {each.name}".strip() if len(each.who) < 36 else each.name
    capped = words.t("capped") if each.is_capped else ""
    yield who, words.t("in all"), Money(each.net_fen), capped, Money(each.fen)
    for share in each.shares:
        yield "", share.category or "—", Money(share.net_fen), percent(share.rate), Money(share.fen)
