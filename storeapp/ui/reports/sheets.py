"""Each report as a sheet, in the words of people; the window and the verbs show the same."""

from __future__ import annotations

from collections.abc import Sequence

from storeapp.domain.day_report import DayReport
from storeapp.domain.funnel import Step
from storeapp.domain.leak_parts import Finding
from storeapp.domain.money import Money, total
from storeapp.domain.quantity import as_decimal
from storeapp.domain.report_sheet import Fact, ReportSheet, SheetTable
from storeapp.till.loop import LoopReport
from storeapp.till.statements import Comparison
from storeapp.till.stock import Stock
from storeapp.ui import wording
from storeapp.words import N_, Words

LEAKS_SAID = {
    "no_sale_openings": N_("opened the drawer without a sale"),
    "taken_back_after_total": N_("took goods back after the total was shown"),
    "drawer_after_taking_back": N_("opened the drawer right after taking goods back"),
    "voids_after_print": N_("voided a cash sale that was printed"),
    "cuts_before_cash": N_("gave discounts by hand, always with cash"),
    "one_member_many_sales": N_("member on very many sales"),
    "one_cashiers_member": N_("the same member again and again at this cashier"),
    "copies_then_refund": N_("printed a copy of a receipt that was then given back"),
    "earned_then_refunded": N_("points earned and given back the same day"),
    "topped_up_then_paid_back": N_("stored value paid in one way and paid back another the same day"),
    "points_by_hand": N_("corrected points by hand again and again"),
    "wrong_pins": N_("many wrong PINs"),
    "many_approvals": N_("approved very often"),
    "approvals_of_a_pair": N_("approved the same person again and again"),
    "misused_approvals": N_("tried an approval that did not fit"),
    "clock_jumps": N_("the till's clock was set"),
    "journal_gaps": N_("an entry of the journal does not follow the one before"),
    "counted_again": N_("counted a shift again and again after being told the difference"),
    "one_member_many_stores": N_("member at very many stores in a day"),
    "attached_after_total": N_("put members on baskets after the total was shown"),
    "many_looks": N_("opened more members' pages than the sales explain"),
    "quick_looks": N_("opened members' pages faster than anybody reads them"),
    "adjusted_then_redeemed": N_("points given by hand and spent the same day"),
    "redeemed_by_staff": N_("points, stored value or coupons redeemed by somebody who works here"),
    "credited_to_staff": N_("points or stored value given to somebody who works here"),
    "served_oneself": N_("tried a deed on the own membership; it was refused"),
}
_DIFFERENCES = {
    "missing_here": N_("missing here"),
    "missing_there": N_("missing there"),
    "amount_differs": N_("another amount"),
    "state_differs": N_("another state"),
}


def day_sheet(report: DayReport, words: Words) -> ReportSheet:
    """What a day brought: figures, ways to pay, hours and goods."""
    _ = words.t
    facts = (
        Fact(_("sales"), report.sales),
        Fact(_("takings"), report.amount),
        Fact(_("given back"), report.refunded),
        Fact(_("left of it"), report.net),
        Fact(_("discounts"), report.cut),
        *([Fact(_("taken by cards"), report.carded)] if report.carded else []),
        Fact(_("paid ahead"), report.topped_up),
        Fact(_("new members"), report.new_members),
    )
    taken = tuple((wording.tender(by.kind, words), by.sales, by.amount, -by.back) for by in report.taken)
    hours = tuple((f"{hour.hour:02d}", hour.sales, hour.amount) for hour in report.hours)
    goods = tuple((good.name, f"{as_decimal(good.quantity_milli)} {good.unit}", good.amount) for good in report.goods)
    tables = (
        SheetTable((_("taken by"), _("sales"), "¥", _("given back")), taken),
        SheetTable((_("hour"), _("sales"), "¥"), hours),
        SheetTable((_("goods"), _("how many"), "¥"), goods, right=(1,)),
    )
    return ReportSheet(facts, tables, _("Nothing was sold on {day}.").format(day=report.business_date))


def loop_sheet(report: LoopReport, words: Words) -> ReportSheet:
    """What became of the receipts: the five steps as a whole, and by till, cashier and hour."""
    _ = words.t
    rows = [(_("all receipts"), *_steps(report.whole))]
    rows += [(_("till {name}").format(name=name), *_steps(step)) for name, step in report.per_till]
    for code, step in report.per_cashier:
        rows.append((_("cashier {name}").format(name=f"{code} {report.names.get(code, '')}".strip()), *_steps(step)))
    rows += [(_("{name} o'clock").format(name=name), *_steps(step)) for name, step in report.per_hour]
    head = ("", _("printed"), _("opened"), _("claimed"), _("redeemed"), _("bought again"))
    return ReportSheet(tables=(SheetTable(head, tuple(rows), right=(1, 2, 3, 4, 5)),))


def stock_sheet(found: Sequence[Stock], words: Words) -> ReportSheet:
    """What should be left of what was counted, each in its own unit."""
    _ = words.t
    rows = tuple(
        (
            each.product.code,
            each.product.name,
            as_decimal(each.product.stock_milli or 0),
            as_decimal(each.sold_milli - each.back_milli),
            f"{as_decimal(each.left_milli)} {each.product.unit}",
        )
        for each in found
    )
    head = (_("code"), _("goods"), _("counted"), _("sold"), _("left"))
    return ReportSheet(tables=(SheetTable(head, rows, right=(2, 3, 4)),), nothing=_("No product's stock is counted."))


def payments_sheet(found: Comparison, words: Words) -> ReportSheet:
    """Our payments by code beside the company's statement."""
    _ = words.t
    facts = (
        Fact(_("company"), found.company),
        Fact(_("the same"), found.matched),
        Fact(_("taken here"), Money(found.taken_here_fen)),
        Fact(_("taken there"), Money(found.taken_there_fen)),
        Fact(_("given back here"), Money(found.back_here_fen)),
        Fact(_("given back there"), Money(found.back_there_fen)),
        Fact(_("not verified"), total(Money(one.fen) for one in found.unverified)),
    )
    by_hand = tuple((one.receipt, one.at[:16].replace("T", " "), Money(one.fen)) for one in found.unverified)
    differences = tuple(
        (_(_DIFFERENCES[one.word]), one.trade_number, Money(one.here_fen), Money(one.there_fen), one.state)
        for one in found.findings
    )
    tables = (
        SheetTable((_("paid on our own code, not verified"), _("time"), "¥"), by_hand),
        SheetTable((_("difference"), _("number"), _("here"), _("there"), _("state")), differences),
    )
    return ReportSheet(facts, tables, _("Both sides say the same."))


def leaks_sheet(found: Sequence[Finding], day: str, words: Words) -> ReportSheet:
    """What an owner should look at; a finding is a question, no verdict."""
    _ = words.t
    rows = tuple(
        (each.who, _(LEAKS_SAID[each.rule]), each.count, each.detail, " ".join(map(str, each.evidence[:6])))
        for each in found
    )
    head = (_("who"), _("what"), _("times"), _("more"), _("journal"))
    return ReportSheet(tables=(SheetTable(head, rows),), nothing=_("Nothing to look at on {day}.").format(day=day))


def _steps(step: Step) -> tuple[str, str, str, str, str]:
    def share(count: int) -> str:
        return f"{count:,} ({count * 100 // step.printed}%)" if step.printed else "0"

    return f"{step.printed:,}", share(step.opened), share(step.claimed), share(step.redeemed), share(step.bought_again)
