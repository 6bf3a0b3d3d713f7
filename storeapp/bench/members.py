"""Members who come back: 100,000 of them with two million sales and five million legs, in one file for every figure.

Sales and legs are laid into the file by bulk statements, as thousands of days would have left them: each member's
entries lie far apart. What is measured runs on that file as the counter, the night and `storeapp check` do it.
"""

from __future__ import annotations

import random
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storeapp.bench.checkout import sell_some
from storeapp.bench.measure import Figure, median, p99, timed
from storeapp.bench.night import TIERS
from storeapp.bench.shop import Measured, kept_shop, measured_shop
from storeapp.bench.trade import trade
from storeapp.bench.window import FRAME_MS, attach_times
from storeapp.database.books import OpenBooks
from storeapp.database.work import Sql
from storeapp.till import layers, proving, tiers
from storeapp.till.policies import set_policy

PRODUCTS, TRIES = 2_000, 400
NIGHT_S, MEMORY_MB, PROOF_S = 60.0, 1024.0, 30.0
LEGS_A_SALE = 4
_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most)"
# a sale of 100 to 5000 fen, and a point a yuan for the member whose turn it is
_LAID = (
    "INSERT INTO account (id, name, unit, balance) VALUES (900000001, 'tender.cash:9', 'fen', 0),"
    " (900000002, 'rev.sales:9', 'fen', 0), (900000003, 'exp.points:9', 'pts', 0)",
    "INSERT INTO account (id, name, unit, balance)"
    " SELECT 800000000 + id, 'pts:' || member_id, 'pts', 0 FROM member WHERE id <= :members",
    f"{_NUMBERS} INSERT INTO ledger_txn (id, txn_id, kind, at, member_id)"
    " SELECT 100000000 + i, 'bench-' || i, 'sale', '2026-09-28T10:00:00+08:00', NULL FROM n",
    f"{_NUMBERS}, l(n) AS (VALUES (1), (2), (3), (4))"
    " INSERT INTO ledger_leg (txn, n, account, amount) SELECT 100000000 + i, l.n,"
    " CASE l.n WHEN 4 THEN 800000001 + i % :members ELSE 900000000 + l.n END,"
    " (1 + i % 50) * CASE l.n WHEN 1 THEN 100 WHEN 2 THEN -100 WHEN 3 THEN -1 ELSE 1 END FROM n, l",
    f"{_NUMBERS} INSERT INTO lot (account, txn, n, amount, remaining)"
    " SELECT 800000001 + i % :members, 100000000 + i, 0, 1 + i % 50, 1 + i % 50 FROM n ORDER BY 1, 2",
    "UPDATE account SET balance = (SELECT total(amount) FROM ledger_leg WHERE ledger_leg.account = account.id)"
    " WHERE id > 800000000",
)


class WrongBooks(RuntimeError):
    """The proof found something, so its time says nothing."""


def member_figures(folder: Path, *, members: int = 100_000, visits: int = 20, legs: int = 5_000_000) -> list[Figure]:
    """The night, the proof, the card and the look-up, one after the other on the same shop.

    A shop that was laid out whole in `folder` before is measured again as it was left.
    """
    note = f"{members:,} members, {members * visits:,} sales, {legs:,} legs"
    with _laid_out(folder, members=members, visits=visits, legs=legs) as shop:
        set_policy(shop.shop, "tier.rules", TIERS, clock=shop.clock)
        night_s = timed(lambda: layers.work_the_night(shop.shop, clock=shop.clock)) / 1000
        tiers_s = timed(lambda: tiers.judge_all(shop.shop, clock=shop.clock)) / 1000
        proof_s = timed(lambda: _prove(shop)) / 1000
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        cards, digits = attach_times(shop), _look_ups(shop)
    return [
        Figure("member to card on screen, p99", p99(cards), "ms", FRAME_MS, note=f"median {median(cards):.2f} ms"),
        Figure("last four digits, p99", p99(digits), "ms", FRAME_MS, note=f"median {median(digits):.2f} ms"),
        Figure("night over all members", night_s, "s", NIGHT_S, note=note),
        Figure("tiers judged, all members", tiers_s, "s", NIGHT_S, note=note),
        Figure("memory of the process after it", peak_mb, "MB", MEMORY_MB),
        Figure("proof of every balance", proof_s, "s", PROOF_S, note=f"{legs:,} legs"),
    ]


@contextmanager
def _laid_out(folder: Path, *, members: int, visits: int, legs: int) -> Iterator[Measured]:
    mark = folder / f"laid out, {members} {visits} {legs}"
    if mark.exists():
        with kept_shop(folder / "shop", products=PRODUCTS, members=members) as shop:
            yield shop
        return
    with measured_shop(folder / "shop", products=PRODUCTS, members=members) as shop:
        trade(shop, visits)
        _lay(shop, members, legs)
        # the window shows the last sale
        sell_some(shop, 1)
        shop.shop.checkpoint()
        mark.touch()
        yield shop


def _lay(shop: Measured, members: int, legs: int) -> None:
    with shop.shop.writing() as books:
        assert isinstance(books, OpenBooks)
        for text in _LAID:
            names = tuple(name for name in ("most", "members") if f":{name}" in text)
            plain = text.replace(":most", "?").replace(":members", "?")
            values = {"most": legs // LEGS_A_SALE, "members": members}
            books._work.run(Sql(plain, names, {}), **{name: values[name] for name in names})


def _look_ups(shop: Measured) -> list[float]:
    chance = random.Random(5)
    with shop.shop.reading() as books:
        return [timed(lambda: books.members.find(chance.choice(shop.phones)[-4:])) for _ in range(TRIES)]


def _prove(shop: Measured) -> None:
    proof = proving.prove(shop.shop, clock=shop.clock)
    if proof.faults:
        raise WrongBooks(proof.first[:3])
