"""Transfer: stored value goes from one member's card to another's, top-up by top-up, each with its day and its history.

What was paid, given, had, and had at list prices of a top-up is divided as what is left of its principal is. The law's
formulas (`domain/value_refund`) then answer for both together what they answered for her who gave. The share of that
history stands in the entry itself, as pairs of legs between the lot it leaves and the lot it comes to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from storeapp.domain.ledger import Leg, Lot, LotMove, Txn, bonus_account, principal_account
from storeapp.domain.lots import good_on
from storeapp.domain.member_tender import NotEnoughValue
from storeapp.domain.money import ZERO, Money
from storeapp.domain.value_refund import Deposit
from storeapp.errors import Refused

KIND = "transfer"
HAD = ("had.paid:", "had.given:", "had.spent:", "had.list:")
"""How the accounts begin on which a lot's history lies that came with a transfer, or left with one."""


@dataclass(eq=False)
class BadTransfer(Refused):
    """`fen` is no amount above zero."""

    fen: int
    word = "bad_transfer"


@dataclass(eq=False)
class TransferNotAgreed(Refused):
    """Both members say yes to a transfer, and whoever books it says so."""

    word = "transfer_not_agreed"


@dataclass(frozen=True, slots=True)
class Share:
    """What goes of one top-up: the lots it comes out of, when it was paid in, until when its gift is good (None: ever).

    `had` is the part of its history that goes along: paid in, given, had of it, had at list prices.
    """

    lot_id: str
    principal_fen: int
    gift_fen: int
    out: tuple[LotMove, ...]
    paid_at: str
    gift_until: str | None
    had: tuple[int, int, int, int]


def shares(
    deposits: Iterable[Deposit], lots: Mapping[tuple[str, str], Lot], fen: int, *, with_gift: bool, on: str
) -> tuple[Share, ...]:
    """`fen` of principal out of her top-ups, the oldest first; raises BadTransfer or NotEnoughValue.

    `lots` are hers by account and id. A gift goes along by the same part, as far as it is good on that day.
    """
    if fen <= 0:
        raise BadTransfer(fen)
    found, rest, held = [], fen, 0
    for each in deposits:
        held += each.principal_left
        goes = min(each.principal_left, rest)
        if goes > 0:
            found.append(_share(each, lots, goes, with_gift=with_gift, on=on))
            rest -= goes
    if rest:
        raise NotEnoughValue(fen, held)
    return tuple(found)


def entry(giver: str, taker: str, parts: Iterable[Share], *, txn_id: str, at: str) -> Txn:
    """The entry that books it."""
    parts = tuple(parts)
    legs: list[Leg] = []
    for account, fen in (
        (principal_account, sum(part.principal_fen for part in parts)),
        (bonus_account, sum(part.gift_fen for part in parts)),
    ):
        legs += [Leg(account(giver), "fen", -fen), Leg(account(taker), "fen", fen)] if fen else []
    moves: list[LotMove] = []
    for n, part in enumerate(parts):
        new = f"{txn_id}#{n}" if n else txn_id
        moves += part.out
        moves.append(LotMove(principal_account(taker), new, part.principal_fen, None, part.paid_at))
        if part.gift_fen:
            moves.append(LotMove(bonus_account(taker), new, part.gift_fen, part.gift_until, part.paid_at))
        for prefix, fen in zip(HAD, part.had, strict=True):
            legs += [Leg(prefix + part.lot_id, "fen", -fen), Leg(prefix + new, "fen", fen)] if fen else []
    return Txn(txn_id, KIND, at, tuple(legs), taker, lots=tuple(moves))


def came_from(txn: Txn, lot_id: str) -> str:
    """Of which top-up a lot is a part that this transfer opened."""
    to = HAD[0] + lot_id
    for gives, gains in zip(txn.legs, txn.legs[1:], strict=False):
        if gains.account == to and gains.amount > 0:
            return gives.account.removeprefix(HAD[0])
    return lot_id


def moved(txn: Txn) -> tuple[str, Money, Money]:
    """Who gave, how much principal, and how much of the gift."""
    giver, principal, gift = "", ZERO, ZERO
    for leg in txn.legs:
        if leg.amount < 0 and leg.account.startswith(principal_account("")):
            giver, principal = leg.account.removeprefix(principal_account("")), Money(-leg.amount)
        if leg.amount < 0 and leg.account.startswith(bonus_account("")):
            gift = Money(-leg.amount)
    return giver, principal, gift


def _share(each: Deposit, lots: Mapping[tuple[str, str], Lot], goes: int, *, with_gift: bool, on: str) -> Share:
    here = {(name.partition(":")[0] + ":", lot_id): (name, lot) for (name, lot_id), lot in lots.items()}
    paid_in = [here[principal_account(""), lot_id] for lot_id, _ in each.principal_lots]
    given = [here[bonus_account(""), lot_id] for lot_id, _ in each.bonus_lots]
    good = good_on((lot for _, lot in given), on)
    gift = sum(lot.remaining for lot in good) * goes // each.principal_left if with_gift else 0
    days = [lot.expires_on for lot in good]
    history = (each.paid_fen, each.given_fen, each.spent_fen, each.list_fen)
    # what was paid back once owes what is left and no more: it takes no history along
    had = (goes, 0, 0, 0) if each.was_paid_back else tuple(fen * goes // each.principal_left for fen in history)
    return Share(
        lot_id=each.lot_id,
        principal_fen=goes,
        gift_fen=gift,
        out=(*_out(paid_in, goes), *_out([(account, lot) for account, lot in given if lot in good], gift)),
        paid_at=min(lot.earned_at for _, lot in paid_in),
        gift_until=None if None in days else max(filter(None, days), default=None),
        had=(had[0], had[1], had[2], had[3]),
    )


def _out(lies: Iterable[tuple[str, Lot]], fen: int) -> Iterator[LotMove]:
    for account, lot in lies:
        goes = min(lot.remaining, fen)
        fen -= goes
        if goes:
            yield LotMove(account, lot.lot_id, -goes)
