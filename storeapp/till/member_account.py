"""The member's account at the checkout: her points, stored value and credit pay, and what other money paid earns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from storeapp.domain.account_side import AccountSide, Standing
from storeapp.domain.lapsing import ending, points_until
from storeapp.domain.ledger import (
    LENT,
    Lot,
    Txn,
    bonus_account,
    owed_account,
    pending_account,
    points_account,
    principal_account,
)
from storeapp.domain.lots import net_on
from storeapp.domain.member_tender import (
    HERS,
    Holdings,
    NeedsMember,
    NotGranted,
    Spend,
    joined_most,
    pay_by_points,
    pay_by_value,
    pay_on_account,
    spends,
)
from storeapp.domain.money import ZERO, Money, total
from storeapp.domain.policy import Policy
from storeapp.domain.tender import NotTaken, Tender, TenderKind
from storeapp.till.earning import Earner
from storeapp.till.ports import Books
from storeapp.till.posting import points_owed
from storeapp.till.tender_offers import holdings


def check(books: Books, tenders: Iterable[Tender], member_id: str | None, policy: Policy) -> None:
    """What can be said without a look into her account; raises NeedsMember, NotTaken or NotGranted."""
    hers = [tender for tender in tenders if tender.kind in HERS]
    for tender in hers:
        if member_id is None:
            raise NeedsMember(tender.kind)
        if not is_taken(tender.kind, policy):
            raise NotTaken(tender.kind)
    most, asked = joined_most(policy) if books.device.is_joined else None, total(tender.amount for tender in hers)
    if most is not None and asked.fen > most.fen:
        raise NotGranted(asked.fen, most.fen)


def is_taken(kind: TenderKind, policy: Policy) -> bool:
    """Whether the owner takes this kind at all."""
    if kind == "points":
        return policy.whole("points.fen_each") > 0
    return kind not in HERS or bool(policy.get(f"{kind}.enabled"))


def side(
    books: Books,
    member_id: str,
    asked: Money,
    tenders: Sequence[Tender],
    *,
    earner: Earner,
    on: date,
    policy: Policy,
) -> AccountSide:
    """What a sale of `asked` does to its member's account; raises what she cannot pay.

    Points are earned on what was paid by neither points nor bonus, unless the owner says so.
    """
    before, spent = standing(books, member_id), spend(books, member_id, asked, tenders, on=on, policy=policy)
    principal, bonus, owed = (
        net_on(account(member_id), spent.legs) for account in (principal_account, bonus_account, owed_account)
    )
    points = -net_on(points_account(member_id), spent.legs)
    given = earner.points(_unearning(tenders, -bonus, policy))
    ripe_on = _ripe_on(on, policy) if given else ""
    # what she spent of points that were taken back later comes off what she earns next
    owing = points_owed(books, member_id)
    settled = 0 if ripe_on else min(given, owing)
    after = Standing(
        before.points - points + (0 if ripe_on else given - settled),
        before.principal_fen + principal,
        before.bonus_fen + bonus,
        before.owed_fen + owed,
    )
    until = points_until(on, policy) if given > settled and not ripe_on else ""
    ends, ends_on = _ending(books, member_id, spent, given - settled, until, on=on, policy=policy)
    waiting = books.ledger.balance(pending_account(member_id), "pts") + given if ripe_on else 0
    owing -= settled
    return AccountSide(
        before, after, points, given, settled, spent.lots, until, ends, ends_on,
        ripe_on=ripe_on, waiting=waiting, owed_points=owing,
    )  # fmt: skip


def _ripe_on(earned_on: date, policy: Policy) -> str:
    """The day points earned on that day are hers, "" if they are at once."""
    days = policy.whole("points.pending_days")
    return (earned_on + timedelta(days=days)).isoformat() if days else ""


def _ending(
    books: Books, member_id: str, spent: Spend, came: int, until: str, *, on: date, policy: Policy
) -> tuple[int, str]:
    """What ends next of her points once the sale is booked; nothing in a shop whose points never lapse."""
    if policy.get("points.lapse") == "never":
        return 0, ""
    used = {move.lot_id: move.amount for move in spent.lots if move.account == points_account(member_id)}
    hers = [replace(lot, remaining=lot.remaining + used.get(lot.lot_id, 0)) for lot in books.ledger.lots(member_id)]
    if until:
        hers.append(Lot(member_id, "", "", came, came, until))
    return ending(hers, on, within=policy.whole("points.remind_days"))


def spend(books: Books, member_id: str, asked: Money, tenders: Sequence[Tender], *, on: date, policy: Policy) -> Spend:
    """What her own pays of a sale of `asked`; raises what she cannot pay."""
    if not any(tender.kind in HERS for tender in tenders):
        return Spend()
    return _spend(holdings(books, member_id, on=on), tenders, asked, policy)


def standing(books: Books, member_id: str) -> Standing:
    """What she has now."""
    balance = books.ledger.balance
    return Standing(
        balance(points_account(member_id), "pts"),
        balance(principal_account(member_id), "fen"),
        balance(bonus_account(member_id), "fen"),
        balance(owed_account(member_id), "fen"),
    )


def points_worth(points: int, policy: Policy) -> Tender:
    """So many points as a tender; raises NotTaken where points pay for nothing."""
    each = policy.whole("points.fen_each")
    if not each:
        raise NotTaken("points")
    return Tender("points", Money(points * each))


def off_debt(books: Books, sale: Txn, parts: Sequence[int]) -> tuple[int, ...]:
    """`parts` of a sale to be taken back, without the part of a debt she has paid by now: that one comes in cash."""
    found = list(parts)
    for n, leg in enumerate(sale.legs):
        if leg.account.startswith(owed_account("")):
            found[n] = min(parts[n], max(books.ledger.balance(leg.account, "fen"), 0))
            lent = next(m for m, other in enumerate(sale.legs) if other.account == LENT)
            found[lent] = found[n]
    return tuple(found)


def _spend(hers: Holdings, tenders: Sequence[Tender], asked: Money, policy: Policy) -> Spend:
    parts = []
    if by := _by(tenders, "points"):
        parts.append(pay_by_points(hers, by, asked, policy))
    if by := _by(tenders, "stored_value"):
        parts.append(pay_by_value(hers, by, policy))
    if by := _by(tenders, "on_account"):
        parts.append(pay_on_account(hers, by, policy))
    return spends(parts)


def _unearning(tenders: Sequence[Tender], bonus_fen: int, policy: Policy) -> Money:
    """The part of the payment that earns nothing: it was given to her once already."""
    found = ZERO if policy.get("points.on_points") else _by(tenders, "points")
    return found if policy.get("points.on_bonus") else found + Money(bonus_fen)


def _by(tenders: Sequence[Tender], kind: TenderKind) -> Money:
    return total(tender.amount for tender in tenders if tender.kind == kind)
