"""card kinds | add | end | sell | use | show | refund | give | night | report: cards paid for beforehand."""

from __future__ import annotations

import argparse
from typing import Any

from storeapp import app
from storeapp.domain.card import CAUSES, Card
from storeapp.domain.card_doc import CardDoc
from storeapp.domain.money import Money
from storeapp.till import card_night, card_refunds, card_sales, cards, memberships
from storeapp.till.card_docs import CardDone
from storeapp.till.card_refunds import CardBackOrder
from storeapp.till.card_sales import CardOrder, GiveOrder
from storeapp.till.names import current
from storeapp.till.ports import Books
from storeapp.till.requests import fingerprint
from storeapp.till.script import sell_one
from storeapp.ui import wording
from storeapp.verbs import card_kinds
from storeapp.verbs.card_kinds import plain
from storeapp.verbs.deeds import asked_by, gets_back, pays_in
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.whom import looked, member_id_of, till_of


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("card", help="cards of times and memberships, paid for beforehand")
    deeds = parser.add_subparsers(
        dest="deed", metavar="kinds|add|end|sell|use|show|refund|give|night|report", required=True
    )
    card_kinds.add_to(deeds)
    _add_sell(deeds)
    use = plain(deeds, "use", "goods for her cards alone: nothing is paid", _use)
    use.add_argument("who", metavar="PHONE|ID")
    use.add_argument("code", metavar="GOODS")
    use.add_argument("qty", nargs="?", default="1", metavar="QTY")
    use.add_argument("--print", dest="prints", action="store_true", help="owes the receipt")
    asked_by(use)
    show = plain(deeds, "show", "her cards, or one by the receipt number it was sold by", _show)
    show.add_argument("who", metavar="PHONE|ID|NUMBER")
    _add_back(deeds)
    give = plain(deeds, "give", "hands a card on, where the owner lets that be", _give)
    give.add_argument("card", metavar="NUMBER")
    give.add_argument("who", metavar="PHONE|ID")
    give.add_argument("--reason", default="")
    give.add_argument("--print", dest="prints", action="store_true", help="owes the slip")
    asked_by(give)
    plain(deeds, "night", "what ends by itself: given times, days of memberships; the window does it, too", _night)


def _add_sell(deeds: Any) -> None:
    sell = plain(deeds, "sell", "sells a member a card", _sell)
    sell.add_argument("who", metavar="PHONE|ID")
    sell.add_argument("kind", metavar="KIND")
    pays_in(sell)
    asked_by(sell)


def _add_back(deeds: Any) -> None:
    back = plain(deeds, "refund", "pays a card back, by the law's formulas", _refund)
    back.add_argument("card", metavar="NUMBER")
    back.add_argument("--cause", choices=CAUSES, default="customer", help="her own wish, or the shop's fault")
    gets_back(back)
    asked_by(back)


def _sell(chosen: argparse.Namespace, output: Output) -> int:
    with till_of(chosen) as till:
        with till.shop.reading() as books:
            member_id = member_id_of(books, chosen.who)
        asked = {"member": member_id, "kind": chosen.kind, "tender": chosen.tender, "ref": chosen.ref}
        order = CardOrder(
            member_id,
            chosen.kind,
            chosen.tender,
            chosen.actor,
            ref=chosen.ref,
            request_id=chosen.request_id,
            request_hash=fingerprint({"deed": "card sell", **asked}),
            approver=chosen.approver,
            prints=chosen.prints,
        )
        done = card_sales.sell(till.shop, order, clock=till.clock, ids=till.ids)
    return _tell_done(done, output)


def _use(chosen: argparse.Namespace, output: Output) -> int:
    request = {
        "member": chosen.who,
        "lines": [{"code": chosen.code, "qty": chosen.qty}],
        "cashier": chosen.actor,
        **({"id": chosen.request_id} if chosen.request_id else {}),
        **({"approver": chosen.approver} if chosen.approver else {}),
    }
    with till_of(chosen) as till:
        sold = sell_one(till.shop, request, clock=till.clock, ids=till.ids, prints=chosen.prints)
    if output.as_json:
        output.document(sold)
        return DONE
    for used in sold.get("cards", ()):
        left = output.t("{before} → {after} times left").format(before=used["before"], after=used["after"])
        output.say(f"{sold['receipt']}  {used['name']}  {left}")
    return DONE


def _show(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        with till.shop.reading() as books:
            on = till.today(books)
            is_card = books.cards.by_number(chosen.who) is not None
            if is_card:
                held: tuple[Card, ...] = (cards.card_named(books, chosen.who),)
            else:
                member_id = member_id_of(books, chosen.who)
                held = cards.cards_of(books, member_id)
            grace = books.policy.in_force().whole("cards.grace_days")
            rows = [card_told(books, card) | {"state": card.state(on, grace=grace)} for card in held]
        if not is_card:
            looked(till, member_id)
    if output.as_json:
        output.document({"cards": rows})
        return DONE
    if not rows:
        output.say(output.t("She has no card."))
        return DONE
    header = (output.t("sold by"), output.t("card"), output.t("left"), output.t("until"), output.t("how it stands"))
    left = {card.number: f"{card.left}/{card.kind.whole}" if card.kind.is_times else card.kind.tier for card in held}
    output.table(
        header,
        [
            (
                row["receipt"],
                row["name"],
                left[row["receipt"]],
                row["until"] or "",
                wording.card_state(row["state"], output.words),
            )
            for row in rows
        ],
    )
    return DONE


def _refund(chosen: argparse.Namespace, output: Output) -> int:
    with till_of(chosen) as till:
        with till.shop.reading() as books:
            card = cards.card_named(books, chosen.card)
            would = card_refunds.would_get(books, card, on=till.today(books))
        if chosen.dry_run:
            if output.as_json:
                told = {"receipt": card.number, "card_id": card.card_id, "cause": chosen.cause}
                output.document(told | {"money_fen": would[chosen.cause], "would": would})
            else:
                output.facts(
                    [
                        (output.t("at her own wish"), wording.money(Money(would["customer"]))),
                        (output.t("by the shop's fault"), wording.money(Money(would["shop"]))),
                    ]
                )
            return DONE
        asked = {"card": card.card_id, "cause": chosen.cause, "tender": chosen.tender}
        order = CardBackOrder(
            card.card_id,
            chosen.cause,
            chosen.reason,
            chosen.tender,
            chosen.actor,
            request_id=chosen.request_id,
            request_hash=fingerprint({"deed": "card refund", **asked}),
            approver=chosen.approver,
            prints=chosen.prints,
        )
        done = card_refunds.pay_back(till.shop, order, clock=till.clock, ids=till.ids)
    return _tell_done(done, output)


def _give(chosen: argparse.Namespace, output: Output) -> int:
    with till_of(chosen) as till:
        with till.shop.reading() as books:
            card, to = cards.card_named(books, chosen.card), member_id_of(books, chosen.who)
        order = GiveOrder(
            card.card_id,
            to,
            chosen.reason,
            chosen.actor,
            request_id=chosen.request_id,
            request_hash=fingerprint({"deed": "card give", "card": card.card_id, "to": to}),
            approver=chosen.approver,
            prints=chosen.prints,
        )
        done = card_sales.give(till.shop, order, clock=till.clock, ids=till.ids)
    return _tell_done(done, output)


def _night(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        done = card_night.work(till.shop, clock=till.clock) + memberships.settle_all(till.shop, clock=till.clock)
    if output.as_json:
        output.document({"cards": done})
    else:
        output.say(output.n("{n} card", "{n} cards", done))
    return DONE


def _tell_done(done: CardDone, output: Output) -> int:
    if output.as_json:
        output.document(doc_told(done.doc, done.card) | {"repeated": done.was_repeated})
        return DONE
    _, doc, card = output.t, done.doc, done.card
    rows = [(_("receipt"), doc.number), (_("card"), card.name)]
    if doc.money_fen:
        rows.append((_("paid") if doc.is_sold else _("paid back"), wording.money(doc.money)))
    if card.kind.is_times:
        rows.append((_("times left"), str(card.left)))
    if card.until:
        rows.append((_("good until"), card.until))
    output.facts(rows)
    return DONE


def doc_told(doc: CardDoc, card: Card) -> dict[str, Any]:
    """A document as a script reads it, with the card as it stands."""
    return {
        "receipt": doc.number,
        "kind": doc.deed,
        "at": doc.at,
        "member_id": doc.member_id,
        "card_id": doc.card_id,
        "card": doc.kind.code,
        "name": doc.kind.name,
        "money_fen": doc.money_fen,
        "tender": doc.tender,
        "ref": doc.ref,
        "times": doc.times,
        "since": doc.since or None,
        "until": doc.until or None,
        "left": card.left,
        "owed_fen": card.worth_fen,
        "cause": doc.cause or None,
        "cashier": doc.cashier,
    }


def card_told(books: Books, card: Card) -> dict[str, Any]:
    """A card as a script reads it."""
    return {
        "receipt": card.number,
        "card_id": card.card_id,
        "card": card.kind.code,
        "name": card.name,
        "form": card.kind.form,
        "member_id": current(books, card.member_id),
        "paid_fen": card.paid_fen,
        "sold_on": card.sold_on,
        "since": card.since or None,
        "until": card.until or None,
        "tier": card.kind.tier or None,
        "goods": list(card.kind.goods),
        "times": card.kind.whole,
        "left": card.left,
        "gift_left": card.gift_left,
        "taken": card.taken,
        "owed_fen": card.worth_fen,
        "back_fen": card.back_fen,
        "sold_at": card.sold_at or None,
    }
