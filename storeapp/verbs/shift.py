"""shift open | close | show | cash: the drawer without a screen. report shift: the same figures, on any day."""

from __future__ import annotations

import argparse
from typing import Any

from storeapp import app
from storeapp.domain.drawer import CASH_KINDS
from storeapp.domain.money import Money
from storeapp.domain.shift import BadCount, Count, counted_pieces
from storeapp.domain.shift_report import ShiftReport, as_data
from storeapp.domain.shift_slip import report_title
from storeapp.domain.tender import TENDER_KINDS, NotTaken
from storeapp.till import shifts
from storeapp.till.shift_slip import owe_shift, slip_rows
from storeapp.till.slip_facts import practised
from storeapp.till.staff import signed
from storeapp.ui import wording
from storeapp.verbs import paper
from storeapp.verbs.deeds import allowed_by, by_hand_of, once
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common, whole
from storeapp.words import words

_DIGITS_MOST = 12


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("shift", help="the drawer: opens, counts and closes it")
    deeds = parser.add_subparsers(dest="deed", metavar="open|close|show|cash", required=True)
    opening = deeds.add_parser("open", help="begins a shift")
    opening.add_argument(
        "--float", dest="float_fen", type=whole, metavar="FEN", help="what the last shift left if not said"
    )
    opening.set_defaults(run=_open)
    closing = deeds.add_parser("close", help="ends the shift with what was counted")
    closing.add_argument(
        "--counted", action="append", default=[], metavar="TENDER=FEN", help="what was counted; cash alone is a number"
    )
    closing.add_argument("--pieces", action="append", default=[], metavar="FEN=COUNT", help="cash, piece by piece")
    closing.add_argument("--reason", default="", help="why it differs")
    closing.add_argument("--left", type=whole, metavar="FEN", help="the float that stays; the cash counted if not said")
    closing.add_argument("--forced", action="store_true", help="closes a shift somebody forgot")
    closing.add_argument(
        "--print", dest="prints", action="store_true", help="owes the Z its paper, as the counter does"
    )
    paper.add_files(closing)
    closing.set_defaults(run=_close)
    showing = deeds.add_parser("show", help="the open shift so far, or the Z of one that is closed")
    showing.add_argument("number", nargs="?", type=whole, metavar="NUMBER")
    showing.add_argument("--print", dest="prints", action="store_true", help="owes it to the printer once more")
    paper.add_files(showing)
    showing.set_defaults(run=_show)
    cash = deeds.add_parser("cash", help="cash in, out, spent or taken to the safe")
    cash.add_argument("kind", choices=[kind for kind in CASH_KINDS if kind != "no_sale"])
    cash.add_argument("fen", type=whole, metavar="FEN")
    cash.add_argument("--reason", default="")
    once(cash)
    cash.set_defaults(run=_cash)
    by_hand_of(opening)
    for deed in (closing, cash):
        allowed_by(deed)
    for deed in (opening, closing, showing, cash):
        common(deed)


def _open(chosen: argparse.Namespace, output: Output) -> int:
    said = None if chosen.float_fen is None else Money(chosen.float_fen)
    with app.open_till(chosen.shop) as till:
        by = signed(till.shop, chosen.actor)
        opened = shifts.open_shift(till.shop, by=by, float_amount=said, clock=till.clock, ids=till.ids)
    if output.as_json:
        output.document({"shift": opened.number, "opened_at": opened.opened_at, "float_fen": opened.float_fen})
    else:
        said_so = output.t("Shift {number} is open with {amount}.")
        output.say(said_so.format(number=opened.number, amount=wording.money(Money(opened.float_fen))))
    return DONE


def _close(chosen: argparse.Namespace, output: Output) -> int:
    counted = _counted(chosen)
    # a shift closes once: where its Z goes is looked at first
    paper.check_files(chosen)
    with app.open_till(chosen.shop) as till:
        closed = shifts.close_shift(
            till.shop,
            counted,
            by=signed(till.shop, chosen.actor),
            reason=chosen.reason,
            approver=chosen.approver,
            left=None if chosen.left is None else Money(chosen.left),
            forced=chosen.forced,
            prints=chosen.prints,
            clock=till.clock,
            ids=till.ids,
        )
        files = _papers(chosen, till, closed.report)
    _tell(closed.report, files, output)
    return DONE


def _show(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        number = chosen.number
        report = shifts.x_report(till.shop) if number is None else shifts.report_of(till.shop, number)
        if chosen.prints:
            owe_shift(till.shop, number, clock=till.clock, ids=till.ids)
        files = _papers(chosen, till, report)
    _tell(report, files, output)
    return DONE


def _papers(chosen: argparse.Namespace, till: app.Till, report: ShiftReport) -> list[str]:
    if not (chosen.escpos or chosen.png or chosen.pdf):
        return []
    printer, at = paper.profile_for(chosen.profile, chosen.paper, till.settings.printer), till.clock.now().isoformat()
    with till.shop.reading() as books:
        said = words(books.policy.in_force().text("receipt.language"))
        rows = slip_rows(books, report, width=printer.columns, words=said, at=at)
        rows = practised(books, rows, width=printer.columns)
    return paper.write_files(chosen, rows, printer, title=report_title(report, said))


def _cash(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        move = shifts.move_cash(
            till.shop,
            chosen.kind,
            Money(chosen.fen),
            chosen.reason,
            by=signed(till.shop, chosen.actor),
            request_id=chosen.request_id,
            approver=chosen.approver,
            clock=till.clock,
            ids=till.ids,
        )
    if output.as_json:
        output.document({"id": move.move_id, "kind": move.kind, "fen": move.fen, "reason": move.reason, "at": move.at})
    else:
        output.say(f"{wording.cash_kind(move.kind, output.words)} {wording.money(Money(move.fen))}")
    return DONE


def _counted(chosen: argparse.Namespace) -> dict[str, Count]:
    """By way to pay, each of them counted once."""
    counted: dict[str, Count] = {}
    for text in chosen.counted:
        tender, _, fen = text.rpartition("=")
        tender = tender or "cash"
        if tender not in TENDER_KINDS:
            raise NotTaken(tender[:40])
        if tender in counted:
            raise BadCount(tender)
        counted[tender] = Count(_whole(fen, text))
    pieces: dict[int, int] = {}
    for text in chosen.pieces:
        fen, _, many = text.partition("=")
        if _whole(fen, text) in pieces or "cash" in counted:
            raise BadCount(text[:40])
        pieces[_whole(fen, text)] = _whole(many, text)
    return counted | {"cash": counted_pieces(pieces)} if chosen.pieces else counted


def _whole(digits: str, text: str) -> int:
    """The number of `digits`; `text` is what was typed around them."""
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS_MOST):
        raise BadCount(text[:40])
    return int(digits)


def _tell(report: ShiftReport, files: list[str], output: Output) -> None:
    if output.as_json:
        output.document(as_data(report) | {"files": files})
    elif files:
        paper.say_written(files, output)
    else:
        say_report(report, output)


def say_report(report: ShiftReport, output: Output) -> None:
    """The report as a person reads it."""
    _ = output.t
    title = _("Z {number}").format(number=report.z_number) if report.z_number else _("X, so far")
    rows = [
        (title, _("shift {number}").format(number=report.number)),
        (_("opened"), f"{report.opened_at[:16].replace('T', ' ')}  {report.opened_by}"),
        (_("closed"), f"{report.closed_at[:16].replace('T', ' ')}  {report.closed_by}".strip() or "–"),
        (_("sales"), f"{report.sales:,}"),
        (_("takings"), wording.bare(Money(report.due_fen))),
        (_("discounts"), wording.bare(Money(report.cut_fen))),
        *((name, wording.bare(Money(fen))) for name, fen in _taken_off(report, output) if fen),
        (_("refunds"), f"{report.refunds:,}  {wording.bare(Money(report.refund_fen))}"),
        (_("among them voids"), f"{report.voids:,}  {wording.bare(Money(report.void_fen))}"),
        (_("top-ups and cards"), wording.bare(Money(report.top_up_fen))),
        *((name, wording.bare(Money(fen))) for name, fen in _moved(report, output) if fen),
        (_("to members"), f"{report.member_sales:,}  {wording.bare(Money(report.member_fen))}"),
        (_("drawer openings"), f"{report.openings:,}"),
        (_("grand total"), wording.bare(Money(report.grand_fen))),
    ]
    if report.reason:
        rows.append((_("reason"), report.reason))
    if report.unapproved:
        rows.append((_("difference"), _("nobody has agreed to it")))
    output.facts(rows)
    output.say("")
    header = (_("way to pay"), _("expected"), _("counted"), _("difference"))
    table = []
    for row in report.tenders:
        amounts = (_amount(fen) for fen in (row.expected_fen, row.counted_fen, row.difference_fen))
        table.append((wording.tender(row.tender, output.words), *amounts))
    output.table(header, table, right=(1, 2, 3))


def _taken_off(report: ShiftReport, output: Output) -> tuple[tuple[str, int], ...]:
    _ = output.t
    return ((_("taken by cards"), report.card_fen), (_("rounding"), report.rounding_fen))


def _moved(report: ShiftReport, output: Output) -> tuple[tuple[str, int], ...]:
    """What must be there is the takings less the refunds, and these."""
    _ = output.t
    return (
        (_("debts paid"), report.settled_fen),
        (_("float"), report.float_fen),
        (_("cash in"), report.cash_in_fen),
        (_("cash out"), -report.cash_out_fen),
        (_("expense"), -report.expense_fen),
        (_("to the safe"), -report.drop_fen),
    )


def _amount(fen: int | None) -> str:
    return "–" if fen is None else wording.bare(Money(fen))
