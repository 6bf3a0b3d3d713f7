"""group order | cancel | import | pick | print: who ordered what on a sheet, and what of it was fetched."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from storeapp import app
from storeapp.domain.group_order import GroupOrder, picked
from storeapp.domain.member import BadPhone, normal_phone
from storeapp.domain.money import Money
from storeapp.domain.pickup_code import shown
from storeapp.domain.quantity import as_decimal, quantity
from storeapp.till import group_import, group_orders, group_picking, group_slips
from storeapp.till.group_import import Taken
from storeapp.till.group_orders import Wanted
from storeapp.till.named_files import sheet_bytes
from storeapp.till.ports import Books
from storeapp.till.requests import BadRequest
from storeapp.till.script import price_one, sell_one
from storeapp.till.slip_facts import practised
from storeapp.ui import group_words, wording
from storeapp.verbs.deeds import by_hand_of
from storeapp.verbs.output import DONE, REFUSED, Output
from storeapp.verbs.paper import add_files, profile_for, say_written, text_of, write_files
from storeapp.verbs.table import common
from storeapp.verbs.whom import till_of
from storeapp.words import words

SHOWN_ROWS = 20


def add_to(deeds: Any) -> None:
    """Adds the deeds to `group`."""
    order = deeds.add_parser("order", help="somebody orders on a sheet")
    order.add_argument("id", metavar="SHEET")
    order.add_argument("who", metavar="PHONE|ID|NAME", help="a member, or whoever it is")
    order.add_argument("goods", metavar="CODE=QTY", nargs="+")
    order.add_argument("--name", default="", help="how the owner of a phone is called who is no member")
    order.add_argument("--print", dest="prints", action="store_true", help="owes the pick-up slip")
    _by(order, _order)
    cancel = deeds.add_parser("cancel", help="nobody comes for this order")
    cancel.add_argument("code", metavar="CODE")
    _by(cancel, _cancel)
    taken = deeds.add_parser("import", help="a leader's list: the group's own words (接龙), CSV or XLSX")
    taken.add_argument("id", metavar="SHEET")
    taken.add_argument("file", metavar="FILE", help="- reads standard input")
    taken.add_argument("--dry-run", action="store_true", help="says what would change, and changes nothing")
    taken.add_argument("--skip-bad", action="store_true", help="takes what was understood and leaves the rest out")
    _by(taken, _import)
    pick = deeds.add_parser("pick", help="somebody fetches an order and pays for it")
    pick.add_argument("code", metavar="CODE")
    pick.add_argument("--only", metavar="CODE=QTY", nargs="+", help="only so much of it now")
    pick.add_argument("--pay", default="cash", metavar="KIND", help="how it is paid; in cash if left out")
    pick.add_argument("--id", dest="request_id", metavar="ID", help="the same again is the first one")
    pick.add_argument("--print", dest="prints", action="store_true", help="owes the receipt")
    _by(pick, _pick)
    slip = deeds.add_parser("print", help="the pick-up slip of an order, as text or as a file")
    slip.add_argument("code", metavar="CODE")
    add_files(slip)
    common(slip)
    slip.set_defaults(run=_print)


def _by(parser: argparse.ArgumentParser, run: Any) -> None:
    by_hand_of(parser)
    common(parser)
    parser.set_defaults(run=run)


def _order(chosen: argparse.Namespace, output: Output) -> int:
    with till_of(chosen) as till:
        with till.shop.reading() as books:
            wanted = _wanted(books, chosen)
        order = group_orders.take(till.shop, wanted, by=chosen.actor, clock=till.clock, ids=till.ids)
        if chosen.prints:
            group_slips.owe(till.shop, (order.code,), clock=till.clock, ids=till.ids)
        with till.shop.reading() as books:
            _say_one(books, order, output)
    return DONE


def _wanted(books: Books, chosen: argparse.Namespace) -> Wanted:
    lines = tuple(_pair(text) for text in chosen.goods)
    if books.members.by_id(chosen.who) is not None:
        return Wanted(chosen.id, lines, member_id=chosen.who)
    try:
        return Wanted(chosen.id, lines, phone=normal_phone(chosen.who), name=chosen.name)
    except BadPhone:
        return Wanted(chosen.id, lines, name=chosen.who)


def _pair(text: str) -> tuple[str, int]:
    code, sign, said = text.rpartition("=")
    if not sign:
        raise BadRequest("goods", "CODE=QTY")
    return code, quantity(said).milli


def _cancel(chosen: argparse.Namespace, output: Output) -> int:
    with till_of(chosen) as till:
        order = group_orders.cancel(till.shop, chosen.code, by=chosen.actor, clock=till.clock)
        with till.shop.reading() as books:
            _say_one(books, order, output)
    return DONE


def _import(chosen: argparse.Namespace, output: Output) -> int:
    data = sys.stdin.buffer.read() if chosen.file == "-" else sheet_bytes(chosen.file)
    with till_of(chosen) as till:
        taken = group_import.take_list(
            till.shop,
            chosen.id,
            data,
            by=chosen.actor,
            clock=till.clock,
            ids=till.ids,
            dry_run=chosen.dry_run,
            skip_bad=chosen.skip_bad,
        )
        if output.as_json:
            with till.shop.reading() as books:
                output.document(_list_told(books, chosen, taken))
        else:
            _say_list(taken, output)
    refused = bool(taken.misread) and not chosen.skip_bad
    if refused and not chosen.dry_run:
        group_import.refuse_misread(taken)
    return REFUSED if refused else DONE


def _list_told(books: Books, chosen: argparse.Namespace, taken: Taken) -> dict[str, Any]:
    misread = [{"row": each.row, "text": each.text, "reason": each.reason} for each in taken.misread]
    orders = [{"code": order.code, "n": order.n} for order in (*taken.new, *taken.changed, *taken.same)]
    numbers = {"new": len(taken.new), "changed": len(taken.changed), "same": len(taken.same)}
    return {"dry_run": chosen.dry_run, **numbers, "misread": misread, "orders": orders}


def _say_list(taken: Taken, output: Output) -> None:
    for each in taken.misread[:SHOWN_ROWS]:
        output.say("! " + group_words.misread(each, output.words))
    if len(taken.misread) > SHOWN_ROWS:
        output.say(output.t("… and {n} more").format(n=len(taken.misread) - SHOWN_ROWS))
    said = output.t("{new} new, {changed} changed, {same} as before, {bad} lines not understood.")
    bad = len({each.row for each in taken.misread})
    output.say(said.format(new=len(taken.new), changed=len(taken.changed), same=len(taken.same), bad=bad))


def _pick(chosen: argparse.Namespace, output: Output) -> int:
    pickup: Any = chosen.code
    if chosen.only:
        rows = [{"code": code, "qty": as_decimal(milli)} for code, milli in map(_pair, chosen.only)]
        pickup = {"code": chosen.code, "lines": rows}
    asked: dict[str, Any] = {"id": chosen.request_id, "cashier": chosen.actor, "pickup": pickup, "round": "fen"}
    with till_of(chosen) as till:
        before = None
        if chosen.request_id is not None:
            with till.shop.reading() as books:
                before = books.sales.by_request(chosen.request_id)
        if before is None:
            due = price_one(till.shop, asked, clock=till.clock, ids=till.ids)["total_fen"]
        else:
            due = before[0].total.fen
        asked["tenders"] = [{"kind": chosen.pay, "fen": due}] if due else []
        sold = sell_one(till.shop, asked, clock=till.clock, ids=till.ids, prints=chosen.prints)
    if output.as_json:
        output.document(sold)
    else:
        said = output.t("{receipt}: {amount} paid.")
        output.say(said.format(receipt=sold["receipt"], amount=wording.bare(Money(sold["due_fen"]))))
    return DONE


def _print(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        printer = profile_for(chosen.profile, chosen.paper, till.settings.printer)
        with till.shop.reading() as books:
            order = group_picking.own_behind(books, chosen.code)
            said = words(books.policy.in_force().text("receipt.language"))
            rows = group_slips.rows_of(books, order, width=printer.columns, words=said)
            rows = practised(books, rows, width=printer.columns)
    files = write_files(chosen, rows, printer, title=order.code)
    text = text_of(rows, printer)
    if output.as_json:
        output.document({"code": order.code, "text": text, "files": files})
    elif files:
        say_written(files, output)
    else:
        output.say(*text)
    return DONE


def show(books: Books, code: str, output: Output) -> int:
    """One order by its code; raises what `behind` does."""
    _say_one(books, group_picking.behind(books, code), output)
    return DONE


def told(books: Books, order: GroupOrder) -> dict[str, Any]:
    """An order as a script reads it, with who ordered."""
    name, phone = group_orders.person_shown(books, order)
    gone = picked(books.groups.picks(order.order_id))
    kept = group_orders.told(books, order)
    lines = [
        {
            "code": line.code,
            "name": line.name,
            "qty": as_decimal(line.milli),
            "picked": as_decimal(gone.get(line.code, 0)),
            "price_fen": line.price.fen,
        }
        for line in order.lines
    ]
    who = {"member_id": order.member_id, "name": name, "phone": phone}
    return kept | who | {"lines": lines, "amount_fen": order.amount.fen}


def _say_one(books: Books, order: GroupOrder, output: Output) -> None:
    if output.as_json:
        output.document(told(books, order))
        return
    name, _phone = group_orders.person_shown(books, order)
    output.facts([(output.t("code"), shown(order.code)), (output.t("name"), name or "—")])
    for line in order.lines:
        output.say(f"  {line.name} × {as_decimal(line.milli)}  {wording.bare(line.amount)}")
