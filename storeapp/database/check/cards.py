"""Cards: every document against its journal entry, its legs and the drawer; and what is owed only for what is left."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import text

from storeapp.database.check.finding import Finding, against_journal
from storeapp.database.check.legs import legs_by
from storeapp.database.tables.compiled import compiled
from storeapp.database.work import Work

_LEGS = legs_by(("tender.", "times:", "card.worth:"), "c.doc_id")
ROWS = compiled(
    text(
        "SELECT c.number, c.doc_id, c.member_id, c.card_id, c.tender, c.request_id, c.business_date, c.number_in_day,"
        " c.money_fen, c.times, c.worth_fen, c.deed, j.type, j.body,"
        " (SELECT total(m.fen) FROM drawer_move m WHERE m.doc = c.deed AND m.doc_id = c.doc_id), "
        + _LEGS
        + ", (SELECT count(*) FROM card_doc s WHERE s.card_id = c.card_id AND s.deed = 'card_sold')"
        " FROM card_doc c LEFT JOIN journal j ON j.place = c.id ORDER BY c.id"
    )
)
SAME = (
    "number", "doc_id", "member_id", "card_id", "tender", "request_id", "business_date", "number_in_day", "money_fen",
    "times", "worth_fen", "deed",
)  # fmt: skip
UNBOOKED = compiled(
    text(
        "SELECT j.place FROM journal j WHERE j.type IN ('card_sold', 'card_refund', 'card_given')"
        " AND j.place NOT IN (SELECT c.id FROM card_doc c)"
    )
)
_OF = "(SELECT total(a.balance) FROM account a WHERE a.name = '{prefix}' || c.card_id)"
TOLD = compiled(text(f"SELECT c.number, c.body, {_LEGS} FROM card_told c ORDER BY c.id"))
# a sale of another till took times of it: two tills may have taken the same one
_ELSEWHERE = (
    "(SELECT count(*) FROM ledger_leg l JOIN account a ON a.id = l.account JOIN ledger_txn t ON t.id = l.txn"
    " WHERE a.name = 'times:' || c.card_id AND t.kind = 'sale' AND t.txn_id NOT IN (SELECT s.sale_id FROM sale s))"
)
BALANCES = compiled(
    text(
        "SELECT c.number, "
        + ", ".join(_OF.format(prefix=prefix) for prefix in ("times:", "times.taken:", "card.worth:", "card.listed:"))
        + ", (SELECT total(o.remaining) FROM lot o JOIN account a ON a.id = o.account"
        " WHERE a.name = 'times:' || c.card_id AND o.n = 0)"
        f", {_ELSEWHERE} FROM card_doc c WHERE c.deed = 'card_sold' AND c.times > 0 ORDER BY c.id"
    )
)
LAPSING = compiled(
    text(
        "SELECT a.name, o.expires_on FROM lot o JOIN account a ON a.id = o.account"
        " WHERE substr(a.name, 1, 6) = 'times:' AND o.n = 0 AND o.expires_on IS NOT NULL"
    )
)
SALES = compiled(
    text("SELECT s.receipt, j.body FROM sale s JOIN journal j ON j.place = s.id WHERE j.body LIKE '%\"cards\"%'")
)


def check_cards(work: Work) -> Iterator[Finding]:
    """Every card, said in its document, its legs, its lots and the drawer; and every sale that used one."""
    for row in work.each(ROWS):
        yield from _one(row)
    for number, body, *legs in work.each(TOLD):
        yield from _told(number, json.loads(body), [int(amount) for amount in legs])
    for (place,) in work.each(UNBOOKED):
        yield Finding("card_unbooked", str(place), "in the journal, not among the cards")
    for number, *amounts in work.each(BALANCES):
        yield from _balance(number, *map(int, amounts))
    for name, day in work.each(LAPSING):
        yield Finding("card_lapses", name, f"times that were paid for would lapse on {day}")
    for receipt, body in work.each(SALES):
        yield from _use(receipt, json.loads(body))


def _one(row: tuple[Any, ...]) -> Iterator[Finding]:
    number, *_, money, times, worth, deed, kind, body, moved, tender, hers, owed, sold = row
    if kind != deed:
        yield Finding("card_unjournaled", number, "its journal entry is missing")
        return
    told = json.loads(body)
    yield from against_journal("card_row", number, zip(SAME, row, strict=False), told)
    sign = 1 if deed == "card_sold" else -1
    if int(moved) != sign * money:
        yield Finding("card_drawer", number, f"{sign * money} changed hands, the drawer says {int(moved)}")
    yield from _by_legs(number, sign, [money, times, worth], [int(tender), int(hers), int(owed)])
    if sold != 1:
        yield Finding("card_unsold", number, f"its card was sold {sold} times")


def _told(number: str, told: dict[str, Any], legs: list[int]) -> Iterator[Finding]:
    """What another till said of a card, against the entry that came with it."""
    sign = 1 if told["deed"] == "card_sold" else -1
    yield from _by_legs(number, sign, [told["money_fen"], told["times"], told["worth_fen"]], legs)


def _by_legs(number: str, sign: int, amounts: list[int], legs: list[int]) -> Iterator[Finding]:
    if legs != [sign * amount for amount in amounts]:
        money, times, worth = amounts
        said = ", ".join(map(str, legs))
        yield Finding("card_legs", number, f"money {money}, times {times}, worth {worth}; the legs say {said}")


def _balance(
    number: str, left: int, taken: int, worth: int, listed: int, paid_left: int, elsewhere: int
) -> Iterator[Finding]:
    if elsewhere:
        # the cloud levels what two tills did to one card, and tells the owner
        left, worth, paid_left = max(left, 0), max(worth, 0), worth
    if min(left, taken, worth, listed) < 0:
        yield Finding("card_balance", number, f"left {left}, taken {taken}, owed {worth}, listed {listed}")
    if worth and not paid_left:
        yield Finding("card_worth", number, f"{worth} are owed, and nothing that was paid for is left")


def _use(receipt: str, told: dict[str, Any]) -> Iterator[Finding]:
    """What a sale says of a card against its legs, and against the cuts of its lines."""
    moved = {leg["account"]: leg["amount"] for leg in told["ledger"]["legs"]}
    cut: dict[str, set[int]] = {}
    for line in told["lines"]:
        for why in line["why"]:
            if why["reason"] == "card":
                cut.setdefault(why["ref"], set()).add(line["n"])
    for use in told.get("cards", ()):
        card, times = use["card_id"], use["before"] - use["after"]
        said = (-times, times, -use["earned_fen"], sum(line["listed_fen"] for line in use["lines"]))
        names = (f"times:{card}", f"times.taken:{card}", f"card.worth:{card}", f"card.listed:{card}")
        if said != tuple(moved.get(name, 0) for name in names):
            yield Finding("card_use", receipt, f"{times} times of {use['card']}, its legs say otherwise")
        if times != sum(line["times"] for line in use["lines"]) or times != -sum(lot["amount"] for lot in use["lots"]):
            yield Finding("card_use", receipt, f"{times} times of {use['card']}, its lines or lots say otherwise")
        if cut.pop(card, set()) != {line["line"] for line in use["lines"]}:
            yield Finding("card_cut", receipt, f"the lines card {use['card']} took are others")
    for card in cut:
        yield Finding("card_cut", receipt, f"a line was taken by {card}, which lost no time")
