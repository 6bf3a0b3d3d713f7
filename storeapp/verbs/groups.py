"""group: order sheets of a group, their orders, what has to be bought, and what is fetched."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from storeapp import app
from storeapp.devices.report_forms import head_of, sheet_form
from storeapp.domain import group_purchase, group_sheet
from storeapp.domain.group_order import order_stage
from storeapp.domain.group_purchase import PurchaseList
from storeapp.domain.group_sheet import BadGroupSheet, GroupSheet, State
from storeapp.domain.money import Money
from storeapp.domain.pickup_code import looks_like_one, shown
from storeapp.domain.quantity import as_decimal
from storeapp.till import group_orders, group_rewards, group_sharing, group_sheets
from storeapp.till.group_purchase import purchase_list
from storeapp.till.group_sheets import Sheet
from storeapp.till.moments import local_moment
from storeapp.till.ports import Books
from storeapp.ui import group_words, wording
from storeapp.ui.groups.report import report_of
from storeapp.verbs import group_orders as order_verbs
from storeapp.verbs.documents import by_whom, documents_in
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.paper import say_written, write_reports
from storeapp.verbs.table import common
from storeapp.words import words

_TURNS: tuple[tuple[str, State, str], ...] = (
    ("open", "open", "takes orders from now on, until its deadline"),
    ("close", "closed", "takes no more orders, before its deadline"),
    ("bought", "bought", "what was ordered is bought"),
    ("arrived", "arrived", "what was ordered is here: it may be fetched"),
    ("over", "over", "is over: nothing more is fetched, and names of strangers go"),
)


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("group", help="order sheets of a group: goods, deadline, orders, pick-up")
    names = "list|show|add|open|close|bought|arrived|over|order|cancel|import|purchase|pick|print|share"
    deeds = parser.add_subparsers(dest="deed", metavar=names, required=True)
    every = deeds.add_parser("list", help="every sheet and how far it has come")
    common(every)
    every.set_defaults(run=_list)
    show = deeds.add_parser("show", help="one sheet with its orders and the leader's share, or one order by its code")
    show.add_argument("id", metavar="SHEET|CODE")
    common(show)
    show.set_defaults(run=_show)
    add = deeds.add_parser("add", help="the sheets in FILE: one JSON object, a list of them, or JSON lines")
    add.add_argument("file", metavar="FILE")
    by_whom(add)
    add.set_defaults(run=_add)
    for name, state, said in _TURNS:
        deed = deeds.add_parser(name, help=said)
        deed.add_argument("id", metavar="SHEET")
        by_whom(deed)
        deed.set_defaults(run=_turn, state=state)
    purchase = deeds.add_parser("purchase", help="what has to be bought for a sheet")
    purchase.add_argument("id", metavar="SHEET")
    purchase.add_argument("--pdf", metavar="FILE", help="writes it as a sheet")
    purchase.add_argument("--xlsx", metavar="FILE", help="writes it with the orders as a workbook")
    common(purchase)
    purchase.set_defaults(run=_purchase)
    share = deeds.add_parser("share", help="the words for the group, ready to be copied")
    share.add_argument("id", metavar="SHEET")
    common(share)
    share.set_defaults(run=_share)
    order_verbs.add_to(deeds)


def _list(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till, till.shop.reading() as books:
        rows = [
            (sheet, stage, sum(not order.cancelled_at for order in books.groups.orders(sheet.sheet_id)))
            for sheet, stage in group_sheets.every(books, now=local_moment(books, till.clock.now()))
        ]
    if output.as_json:
        output.document({"sheets": [_told(sheet, stage) | {"orders": orders} for sheet, stage, orders in rows]})
        return DONE
    if not rows:
        output.say(output.t("There are no group orders yet."))
        return DONE
    header = (output.t("id"), output.t("its name"), output.t("state"), output.t("deadline"), output.t("orders"))
    table = [
        (sheet.sheet_id, sheet.name, group_words.stage(stage, output.words), _moment(sheet.deadline), str(orders))
        for sheet, stage, orders in rows
    ]
    output.table(header, table, right=(4,))
    return DONE


def _show(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till, till.shop.reading() as books:
        if looks_like_one(chosen.id):
            return order_verbs.show(books, chosen.id, output)
        found = group_sheets.whole(books, chosen.id, now=local_moment(books, till.clock.now()))
        reward = group_rewards.reward_of(books, found)
        leader = group_sheets.leader_of(books, found.sheet)
        orders = [order_verbs.told(books, order) for order in found.orders]
        people = [group_orders.person_shown(books, order)[0] for order in found.orders]
    if output.as_json:
        due = None if reward is None else {"net_fen": reward.net_fen, "commission_fen": reward.fen}
        sheet = _told(found.sheet, found.stage) | {"sheet": group_sheet.as_data(found.sheet), "leader": leader}
        output.document(sheet | {"reward": due, "orders": orders})
        return DONE
    sheet_rows = [
        (output.t("its name"), found.sheet.name),
        (output.t("state"), group_words.stage(found.stage, output.words)),
        (output.t("deadline"), _moment(found.sheet.deadline)),
        (output.t("to fetch"), f"{_moment(found.sheet.pickup_from)} – {_moment(found.sheet.pickup_until)}"),
        (output.t("leader"), leader or "—"),
    ]
    if reward is not None:
        sheet_rows.append((output.t("leader's share"), wording.money(Money(reward.fen))))
    output.facts(sheet_rows)
    header = ("#", output.t("code"), output.t("name"), output.t("goods"), output.t("amount"), output.t("state"))
    output.table(header, [_row(found, n, who, output) for n, who in enumerate(people)], right=(0, 4))
    return DONE


def _row(found: Sheet, place: int, who: str, output: Output) -> tuple[str, ...]:
    order = found.orders[place]
    stands = order_stage(order, found.picks_of(order), is_over=found.stage == "over")
    goods = " ".join(f"{line.name}×{as_decimal(line.milli)}" for line in order.lines)
    said = group_words.order_stage(stands, output.words)
    return str(order.n), shown(order.code), who, goods, wording.bare(order.amount), said


def _add(chosen: argparse.Namespace, output: Output) -> int:
    rows = documents_in(chosen.file, BadGroupSheet)
    with app.open_till(chosen.shop) as till:
        put = group_sheets.put_sheets(till.shop, rows, clock=till.clock, by=chosen.by)
        return _tell(till, put, output)


def _turn(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        turned = group_sheets.turn(till.shop, chosen.id, chosen.state, clock=till.clock, by=chosen.by)
        return _tell(till, (turned,), output)


def _tell(till: app.Till, sheets: Sequence[GroupSheet], output: Output) -> int:
    with till.shop.reading() as books:
        now = local_moment(books, till.clock.now())
        rows = [(sheet, group_sheets.stage_of(books, sheet, now)) for sheet in sheets]
    if output.as_json:
        output.document({"sheets": [_told(sheet, stage) for sheet, stage in rows]})
    else:
        output.say(*(f"{sheet.sheet_id}: {group_words.stage(stage, output.words)}" for sheet, stage in rows))
    return DONE


def _purchase(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till, till.shop.reading() as books:
        found = purchase_list(books, chosen.id, clock=till.clock)
        files = _written(chosen, till, books, found)
    if output.as_json:
        output.document(group_purchase.as_data(found) | {"files": files})
    elif files:
        say_written(files, output)
    else:
        _say(found, output)
    return DONE


def _written(chosen: argparse.Namespace, till: app.Till, books: Books, found: PurchaseList) -> list[str]:
    head, day = head_of(books), till.today(books).isoformat()
    whole = group_sheets.whole(books, found.sheet_id, now=local_moment(books, till.clock.now()))
    title = head.words.t("To buy for {name}").format(name=found.name)
    report = report_of(books, found, whole, head.words)
    return write_reports(chosen, lambda suffix: sheet_form(report, title, day, head, suffix))


def _say(found: PurchaseList, output: Output) -> None:
    _ = output.t
    header = (_("code"), _("goods"), _("ordered"), _("fetched"), _("in stock"), _("to buy"), _("cost"))
    rows = [
        (
            need.code,
            need.name,
            as_decimal(need.ordered),
            as_decimal(need.picked),
            "—" if need.stock is None else as_decimal(need.stock),
            as_decimal(need.to_buy),
            "—" if need.cost is None else wording.bare(need.cost),
        )
        for need in found.needs
    ]
    output.table(header, rows, right=(2, 3, 4, 5, 6))
    output.facts([(_("cost"), wording.bare(found.cost)), (_("orders"), str(found.orders))])


def _share(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till, till.shop.reading() as books:
        said = words(books.policy.in_force().text("receipt.language"))
        text = group_sharing.share_of(books, chosen.id, words=said)
    if output.as_json:
        output.document({"id": chosen.id, "text": text})
    else:
        output.say(text)
    return DONE


def _told(sheet: GroupSheet, stage: str) -> dict[str, Any]:
    return {
        "id": sheet.sheet_id,
        "name": sheet.name,
        "version": sheet.version,
        "stage": stage,
        "deadline": sheet.deadline.isoformat(),
        "pickup_from": sheet.pickup_from.isoformat(),
        "pickup_until": sheet.pickup_until.isoformat(),
        "changed_at": sheet.changed_at,
        "by": sheet.by,
    }


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
