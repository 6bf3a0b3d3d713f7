"""Two million visits, laid into the file in the order of their days, as a shop grows: a member's lie far apart.

The older half was brought in, the newer half is the till's own. Neither has a body, and the till's own entries are no
chain: what is measured here reads neither.
"""

from __future__ import annotations

import random
from array import array
from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from storeapp.bench.shop import Measured
from storeapp.database.books import OpenBooks
from storeapp.database.statements.journal import ADD as ADD_ENTRY
from storeapp.database.statements.sales import ADD, ADD_LINE, ADD_PAST, ADD_PAST_LINE, ADD_TENDER
from storeapp.database.work import Sql, Work

BATCH = 20_000
MOST_MEMBERS, MOST_VISITS = 1 << 20, 1 << 7
# many rows at once answer no row numbers
_ADD_PAST = Sql(
    ADD_PAST.text.removesuffix(" RETURNING id"),
    ("id", "receipt", "request_id", "request_hash", "business_date", "at_us", "total_fen", "body", "member_id"),
)

Rows = list[dict[str, Any]]


class _Visit(NamedTuple):
    """A visit, its number by day, and whose it was."""

    number: int
    day: str
    member_id: str
    code: str
    fen: int


def trade(shop: Measured, visits: int) -> None:
    """Each member comes every 10 to 60 days and buys one of her three things."""
    chance = random.Random(31)
    hers = [chance.sample(shop.codes, 3) for _ in shop.member_ids]
    packed = _packed(shop, visits, chance)
    came = (_visit(shop, number, each, hers, chance) for number, each in enumerate(packed, start=1))
    half = len(packed) // 2
    for those, lay in ((islice(came, half), _lay_past), (came, _lay_own)):
        while some := list(islice(those, BATCH)):
            with shop.shop.writing() as books:
                assert isinstance(books, OpenBooks)
                lay(books._work, some)


def _packed(shop: Measured, visits: int, chance: random.Random) -> Sequence[int]:
    """Day, member and visit as one number each, by day: two million of them take little room."""
    today, packed = shop.clock.now().date().toordinal(), array("q")
    for member in range(len(shop.member_ids)):
        every = chance.randint(10, 60)
        away = chance.randint(0, every)
        for visit in range(visits):
            day = today - away - every * visit - chance.randint(0, 3)
            packed.append((day * MOST_MEMBERS + member) * MOST_VISITS + visit)
    return array("q", sorted(packed))


def _visit(shop: Measured, number: int, packed: int, hers: Sequence[Sequence[str]], chance: random.Random) -> _Visit:
    rest, visit = divmod(packed, MOST_VISITS)
    day, member = divmod(rest, MOST_MEMBERS)
    bought = hers[member]
    return _Visit(
        number,
        date.fromordinal(day).isoformat(),
        shop.member_ids[member],
        bought[visit % len(bought)],
        chance.randint(500, 20_000),
    )


def _lay_past(work: Work, visits: Sequence[_Visit]) -> None:
    rows: Rows = [
        {
            "id": each.number,
            "receipt": f"H-{each.number}",
            "request_id": None,
            "request_hash": "",
            "business_date": each.day,
            "at_us": 0,
            "total_fen": each.fen,
            "body": b"",
            "member_id": each.member_id,
        }
        for each in visits
    ]
    lines: Rows = [
        {"sale": each.number, "n": 1, "code": each.code, "quantity_milli": 1000, "net_fen": each.fen} for each in visits
    ]
    work.many(_ADD_PAST, rows)
    work.many(ADD_PAST_LINE, lines)


def _lay_own(work: Work, visits: Sequence[_Visit]) -> None:
    """As a till wrote them in an epoch before the first: its own numbers go on from there."""
    entries: Rows = [
        {
            "place": each.number,
            "event_id": each.number.to_bytes(16, "big"),
            "type": "sale",
            "v": 1,
            "at": f"{each.day}T10:00:00+08:00",
            "hash": b"",
            "body": b"{}",
        }
        for each in visits
    ]
    rows: Rows = [
        {
            "id": each.number,
            "sale_id": f"bench-{each.number}",
            "receipt": f"B-{each.number}",
            "token": f"bench-{each.number}",
            "redeem_code": "",
            "request_id": None,
            "request_hash": "",
            "business_date": each.day,
            "number_in_day": each.number,
            "token_seq": each.number,
            "at": f"{each.day}T10:00:00+08:00",
            "cashier": "1007",
            "member_id": each.member_id,
            "total_fen": each.fen,
            "due_fen": each.fen,
        }
        for each in visits
    ]
    lines: Rows = [
        {
            "sale": each.number,
            "n": 1,
            "code": each.code,
            "quantity_milli": 1000,
            "gross_fen": each.fen,
            "discount_fen": 0,
        }
        for each in visits
    ]
    work.many(ADD_ENTRY, entries)
    work.many(ADD, rows)
    work.many(ADD_LINE, lines)
    work.many(ADD_TENDER, [{"sale": each.number, "n": 1, "kind": "cash", "fen": each.fen} for each in visits])
