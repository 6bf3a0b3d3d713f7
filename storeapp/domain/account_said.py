"""What a receipt says of its member's account: points that wait, end or are owed, stamps, her next tier."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from storeapp.domain.money import Money
from storeapp.domain.receipt_text import amount_text, printable
from storeapp.domain.tender_names import Words

if TYPE_CHECKING:
    from storeapp.domain.account_side import AccountSide, Standing
    from storeapp.domain.tier import Next


def after(hers: AccountSide, words: Words) -> Iterator[tuple[str, str]]:
    """The rows of a sale: what she has after it, as it was then."""
    _ = words.t
    if hers.owed_points:
        yield _("Points spent already, made up later"), f"-{hers.owed_points}"
    if hers.waiting:
        yield _("Points that wait"), str(hers.waiting)
    if hers.ending:
        yield _("Points that end on {day}").format(day=hers.ending_on), str(hers.ending)
    if hers.stamps_of:
        yield _("Stamps"), _("{have} of {of}").format(have=hers.stamps, of=hers.stamps_of)
    if hers.next_tier is not None:
        yield _next(hers.next_tier, words)
    yield from _moved(hers.before, hers.after, words)


def _next(nearest: Next, words: Words) -> tuple[str, str]:
    _ = words.t
    name = printable(nearest.tier)
    if nearest.measure == "visits":
        return _("Visits still to {tier}").format(tier=name), str(nearest.missing)
    said = _("Still to pay in for {tier}") if nearest.measure == "topup" else _("Still to {tier}")
    return said.format(tier=name), amount_text(Money(nearest.missing))


def _moved(before: Standing, after: Standing, words: Words) -> Iterator[tuple[str, str]]:
    """Her stored value and what she owes, before and after, where the sale changed it."""
    _ = words.t
    had, has = before.principal_fen + before.bonus_fen, after.principal_fen + after.bonus_fen
    if had != has:
        yield _("Stored value"), f"{amount_text(Money(had))} → {amount_text(Money(has))}"
    if before.bonus_fen != after.bonus_fen:
        yield _("of it bonus"), f"{amount_text(Money(before.bonus_fen))} → {amount_text(Money(after.bonus_fen))}"
    if before.owed_fen != after.owed_fen:
        yield _("On account"), f"{amount_text(Money(before.owed_fen))} → {amount_text(Money(after.owed_fen))}"
