"""card kinds | add | end | report: the cards an owner sells, and what became of each kind."""

from __future__ import annotations

import argparse
from typing import Any

from storeapp import app
from storeapp.domain.card import Card
from storeapp.domain.card_kind import CardKind, as_data, from_data
from storeapp.domain.money import Money
from storeapp.till import cards
from storeapp.ui import wording
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common, whole


def add_to(deeds: Any) -> None:
    """Adds the deeds about kinds to `card`."""
    plain(deeds, "kinds", "the cards the owner sells, or sold", _kinds)
    _add_kind(deeds)
    end = plain(deeds, "end", "no more of these are sold; those that are out stay good", _end)
    end.add_argument("code", metavar="KIND")
    end.add_argument("--as", dest="actor", default="", metavar="CODE", help="the staff code of who says so")
    plain(deeds, "report", "of each kind: how many were sold, what was taken and what is owed", _report)


def plain(deeds: Any, name: str, said: str, run: Any) -> argparse.ArgumentParser:
    """One deed of `card`, as every verb of a shop is."""
    deed: argparse.ArgumentParser = deeds.add_parser(name, help=said)
    common(deed)
    deed.set_defaults(run=run)
    return deed


def _add_kind(deeds: Any) -> None:
    add = plain(deeds, "add", "a card the owner sells from now on, or another word about one", _add)
    add.add_argument("code", metavar="KIND")
    add.add_argument("name")
    add.add_argument("--price", type=whole, required=True, metavar="FEN")
    add.add_argument("--goods", default="", metavar="CODE,…", help="what it takes, one time a piece")
    add.add_argument("--times", type=whole, default=0, metavar="N", help="times paid for")
    add.add_argument("--gift", type=whole, default=0, metavar="N", help="times on top")
    add.add_argument("--days", type=whole, default=0, metavar="N", help="days it is taken; without them for ever")
    add.add_argument("--months", type=whole, default=0, metavar="N", help="a membership: so many months")
    add.add_argument("--tier", default="", help="the tier a membership gives")
    add.add_argument("--template", default="", metavar="ID", help="the coupon a membership brings each month")
    add.add_argument("--handed-on", action="store_true", help="it may be handed on to another member")
    add.add_argument("--as", dest="actor", default="", metavar="CODE", help="the staff code of who says so")


def _kinds(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till, till.shop.reading() as books:
        policy = books.policy.in_force()
        kinds, is_on = cards.kinds_of(policy), bool(policy.get("cards.enabled"))
    if output.as_json:
        output.document({"enabled": is_on, "kinds": [as_data(kind) for kind in kinds]})
    elif not kinds:
        output.say(output.t("The shop sells no cards."))
    else:
        header = (
            output.t("card"),
            output.t("its name"),
            output.t("price"),
            output.t("what it gives"),
            output.t("on sale"),
        )
        rows = [
            (kind.code, kind.name, wording.bare(kind.price), _gives(kind, output), _is_sold(kind, is_on, output))
            for kind in kinds
        ]
        output.table(header, rows, right=(2,))
    return DONE


def _is_sold(kind: CardKind, is_on: bool, output: Output) -> str:
    return output.t("on sale") if is_on and not kind.is_ended else output.t("no longer")


def _gives(kind: CardKind, output: Output) -> str:
    if not kind.is_times:
        return output.n("{n} month", "{n} months", kind.months) + f" {kind.tier}"
    times = f"{kind.times}+{kind.gift}" if kind.gift else str(kind.times)
    return output.t("{times} times of {goods}").format(times=times, goods=", ".join(kind.goods))


def _add(chosen: argparse.Namespace, output: Output) -> int:
    kind = from_data(
        {
            "code": chosen.code,
            "name": chosen.name,
            "price_fen": chosen.price,
            "form": "membership" if chosen.months else "times",
            "goods": [code for code in (part.strip() for part in chosen.goods.split(",")) if code],
            "times": chosen.times,
            "gift": chosen.gift,
            "days": chosen.days,
            "months": chosen.months,
            "tier": chosen.tier,
            "template": chosen.template,
            "handed_on": chosen.handed_on,
        }
    )
    with app.open_till(chosen.shop) as till:
        kind = cards.put_kind(till.shop, kind, clock=till.clock, by=chosen.actor)
    return _tell_kind(kind, output)


def _end(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        kind = cards.end_kind(till.shop, chosen.code, clock=till.clock, by=chosen.actor)
    return _tell_kind(kind, output)


def _tell_kind(kind: CardKind, output: Output) -> int:
    if output.as_json:
        output.document(as_data(kind))
    else:
        output.say(f"{kind.code}  {kind.name}  {wording.money(kind.price)}  {_gives(kind, output)}")
    return DONE


def _report(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till, till.shop.reading() as books:
        every = cards.every_card(books)
    by_kind: dict[str, list[Card]] = {}
    for card in every:
        by_kind.setdefault(card.kind.code, []).append(card)
    rows: list[dict[str, Any]] = [
        {
            "kind": code,
            "name": some[-1].name,
            "sold": len(some),
            "sold_fen": sum(card.paid_fen for card in some),
            "taken": sum(card.taken for card in some),
            "left": sum(card.left for card in some),
            "back_fen": sum(card.back_fen for card in some),
            "owed_fen": sum(card.worth_fen for card in some),
        }
        for code, some in sorted(by_kind.items())
    ]
    if output.as_json:
        output.document({"kinds": rows})
        return DONE
    _ = output.t
    header = (
        _("card"),
        _("its name"),
        _("sold"),
        _("for"),
        _("times taken"),
        _("times left"),
        _("paid back"),
        _("still owed"),
    )
    told = [
        (
            row["kind"],
            row["name"],
            str(row["sold"]),
            wording.bare(Money(row["sold_fen"])),
            str(row["taken"]),
            str(row["left"]),
            wording.bare(Money(row["back_fen"])),
            wording.bare(Money(row["owed_fen"])),
        )
        for row in rows
    ]
    output.table(header, told, right=(2, 3, 4, 5, 6, 7))
    return DONE
