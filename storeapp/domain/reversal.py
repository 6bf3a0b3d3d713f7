"""Reversal: an entry taken back, whole or in part, by the very legs and lots it moved, and never beyond them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from storeapp.domain.lapsing import BREAKAGE
from storeapp.domain.ledger import (
    LENT,
    REDEEMED,
    SPENT,
    VALUE_PREFIXES,
    Leg,
    Lot,
    LotMove,
    Txn,
    debt_account,
    has_lots,
    owed_account,
    points_account,
    tender_account,
)
from storeapp.domain.lots import is_of, taken
from storeapp.domain.member_tender import HERS
from storeapp.domain.money import Money, split
from storeapp.domain.tender import TenderKind
from storeapp.errors import Broken, Refused

GRACE = timedelta(days=7)
"""What comes back after it would have lapsed stays good at least so long."""


@dataclass(eq=False)
class OverReversed(Refused):
    """Leg `n` (from 1) of `txn_id` has `left` to be taken back, and `asked` was asked for."""

    txn_id: str
    n: int
    left: int
    asked: int
    word = "over_reversed"


@dataclass(eq=False)
class UnevenParts(Broken):
    """Of `legs` legs, `parts` parts were named."""

    legs: int
    parts: int
    word = "uneven_parts"


@dataclass(frozen=True, slots=True)
class Past:
    """What stands in the books about an entry: how much of each leg was taken back, and what it did to lots since.

    `moves` are its own moves of lots and those of its reversals; `lots` are the lots as they are now, by account.
    `opened_by` is the entry that opened the lot of its points, if that was a later one. `lapsed` of the points it gave
    ended by themselves and were not taken back since: those nobody has any more.
    """

    reversed: tuple[int, ...]
    moves: tuple[LotMove, ...]
    lots: Mapping[str, Sequence[Lot]]
    opened_by: str = ""
    lapsed: int = 0


def share(original: Txn, past: Sequence[int], unit: str, amount: int) -> tuple[int, ...]:
    """Parts that take `amount` of `unit` back, spread over what is left of the legs; 0 for legs of other units.

    `amount` counts one side of the entry. Raises OverReversed.
    """
    return _share(original, past, [n for n, leg in enumerate(original.legs) if leg.unit == unit], amount)


def part_of(original: Txn, past: Sequence[int], *, done: int, part: int, whole: int) -> tuple[int, ...]:
    """Parts that take `part` of `whole` back, after `done` of it was; the last part takes what is left, to the unit.

    What the member paid with her own comes back to her account as far as that very tender is taken back.
    """
    past = past or (0,) * len(original.legs)
    hers = {kind: _hers(original, kind) for kind in HERS}
    others = [n for n in range(len(original.legs)) if all(n not in those for those in hers.values())]
    parts = [0] * len(original.legs)
    for unit in sorted({original.legs[n].unit for n in others}):
        legs = [n for n in others if original.legs[n].unit == unit]
        side, before = _one_side(original, past, legs)
        upto = side if done + part >= whole else side * (done + part) // whole
        _add(parts, _share(original, past, legs, max(upto - before, 0)))
    for kind, legs in hers.items():
        paid = [n for n in others if original.legs[n].account.startswith(tender_account(kind, ""))]
        if legs and paid:
            money = original.legs[paid[0]].amount
            side, before = _one_side(original, past, legs)
            if kind == "points":
                # the points of what came back before, and of this: the last fen brings the last point
                upto = side * (past[paid[0]] + parts[paid[0]]) // money
                _add(parts, _share(original, past, legs, max(upto - before, 0)))
            else:
                _add(parts, _share(original, past, legs, parts[paid[0]]))
    return tuple(parts)


def _hers(original: Txn, kind: TenderKind) -> list[int]:
    """The legs of her own account that paid by `kind`, and their other side."""
    found = []
    for n, leg in enumerate(original.legs):
        if kind == "points":
            is_hers = leg.account == REDEEMED or (leg.account.startswith(points_account("")) and leg.amount < 0)
        elif kind == "stored_value":
            is_hers = leg.account == SPENT or (leg.account.startswith(VALUE_PREFIXES) and leg.amount < 0)
        else:
            is_hers = leg.account == LENT or (leg.account.startswith(owed_account("")) and leg.amount > 0)
        if is_hers:
            found.append(n)
    return found


def _one_side(original: Txn, past: Sequence[int], legs: Sequence[int]) -> tuple[int, int]:
    """What these legs come to on one side, and how much of it was taken back before."""
    above = [n for n in legs if original.legs[n].amount > 0]
    return sum(original.legs[n].amount for n in above), sum(past[n] for n in above)


def _add(parts: list[int], more: Sequence[int]) -> None:
    for n, part in enumerate(more):
        parts[n] += part


def _share(original: Txn, past: Sequence[int], legs: Sequence[int], amount: int) -> tuple[int, ...]:
    parts = [0] * len(original.legs)
    for sign in (1, -1):
        side = [n for n in legs if original.legs[n].amount * sign > 0]
        left = [abs(original.legs[n].amount) - (past[n] if past else 0) for n in side]
        if amount > sum(left):
            raise OverReversed(original.txn_id, side[0] + 1 if side else 0, sum(left), amount)
        if amount:
            for n, part in zip(side, split(Money(amount), left), strict=True):
                parts[n] = part.fen
    return tuple(parts)


def reverse(original: Txn, parts: Sequence[int], past: Past, *, txn_id: str, kind: str, at: str, on: date) -> Txn:
    """The entry that takes `parts` (one amount a leg, not signed) of `original` back.

    Spent points and value return to the lots they came from, the last used first. Points that were earned and are
    spent by now become what she owes, since a refund waits for nobody. Raises OverReversed.
    """
    if len(parts) != len(original.legs):
        raise UnevenParts(len(original.legs), len(parts))
    legs: list[Leg] = []
    moves: list[LotMove] = []
    lots = {account: tuple(hers) for account, hers in past.lots.items()}
    # what comes back comes first: it may pay for what is taken
    for n in sorted(range(len(parts)), key=lambda n: original.legs[n].amount > 0):
        leg, part = original.legs[n], parts[n]
        left = abs(leg.amount) - (past.reversed[n] if past.reversed else 0)
        if not 0 <= part <= left:
            raise OverReversed(original.txn_id, n + 1, left, part)
        if part == 0:
            continue
        hers = lots.get(leg.account, ())
        if not has_lots(leg.account):
            legs.append(Leg(leg.account, leg.unit, part if leg.amount < 0 else -part))
            continue
        if leg.amount < 0:
            touched = _restored(leg.account, part, past.moves, hers, on)
            legs.append(Leg(leg.account, leg.unit, part))
        else:
            lapsed = past.lapsed if leg.account.startswith(points_account("")) else 0
            touched, gone = _taken_back(past.opened_by or original.txn_id, leg.account, part, hers, lapsed=lapsed)
            legs.extend(_taking_legs(original.txn_id, n, leg, part - gone, -sum(move.amount for move in touched)))
            if gone:
                legs.append(Leg(BREAKAGE, leg.unit, -gone))
        moves.extend(touched)
        lots[leg.account] = _after(hers, touched)
    return Txn(
        txn_id,
        kind,
        at,
        tuple(legs),
        original.member_id,
        lots=tuple(moves),
        reverses=original.txn_id,
        parts=tuple(parts),
    )


def _restored(account: str, amount: int, moves: Sequence[LotMove], lots: Sequence[Lot], on: date) -> list[LotMove]:
    """Back into the lots it came from, the last used first."""
    used: dict[str, int] = {}
    for move in moves:
        if move.account == account:
            used[move.lot_id] = used.get(move.lot_id, 0) - move.amount
    known = {lot.lot_id: lot for lot in lots}
    found = []
    for lot_id in reversed(list(used)):
        lot = known.get(lot_id)
        back = min(amount, used[lot_id])
        if lot is None or back <= 0:
            continue
        found.append(LotMove(account, lot_id, back, _good_until(lot, on)))
        amount -= back
    return found


def _good_until(lot: Lot, on: date) -> str | None:
    """A lot that lapsed, or is about to, is good for a week more."""
    if lot.expires_on is None:
        return None
    least = (on + GRACE).isoformat()
    return least if lot.expires_on < least else None


def _after(lots: Sequence[Lot], moves: Sequence[LotMove]) -> tuple[Lot, ...]:
    by_lot: dict[str, int] = {}
    for move in moves:
        by_lot[move.lot_id] = by_lot.get(move.lot_id, 0) + move.amount
    return tuple(replace(lot, remaining=lot.remaining + by_lot.get(lot.lot_id, 0)) for lot in lots)


def _taken_back(
    txn_id: str, account: str, amount: int, lots: Sequence[Lot], *, lapsed: int
) -> tuple[list[LotMove], int]:
    """What was given is taken from the lot it opened, then from what lapsed of it, then from whatever else there is.

    Answers the moves, and how much had lapsed.
    """
    own = [lot for lot in lots if is_of(lot.lot_id, txn_id)]
    others = [lot for lot in lots if not is_of(lot.lot_id, txn_id)]
    moves = list(taken(account, own, amount))
    rest = amount + sum(move.amount for move in moves)
    gone = min(rest, lapsed)
    moves += taken(account, others, rest - gone)
    return moves, gone


def _taking_legs(txn_id: str, n: int, leg: Leg, part: int, found: int) -> list[Leg]:
    """The legs that take `part` back where `found` is left of it."""
    legs = [Leg(leg.account, leg.unit, -found)] if found else []
    if found < part:
        if not leg.account.startswith(points_account("")):
            raise OverReversed(txn_id, n + 1, found, part)
        legs.append(Leg(debt_account(leg.account.partition(":")[2]), "pts", found - part))
    return legs
