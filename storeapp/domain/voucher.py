"""Vouchers: what another company or a piece of paper promises to pay, known by its number and taken once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from storeapp.domain.one_line import is_one_line
from storeapp.domain.tender import Tender
from storeapp.errors import Refused

NUMBER_MAX = 40


@dataclass(eq=False)
class VoucherMissing(Refused):
    """A voucher is taken by its number, of at most 40 characters."""

    word = "voucher_missing"


@dataclass(eq=False)
class VoucherUsed(Refused):
    """The voucher `number` was taken before, for receipt `receipt` ("" for this very basket)."""

    number: str
    receipt: str
    word = "voucher_used"


@dataclass(eq=False)
class VoucherUndivided(Refused):
    """A voucher comes back whole, with all that was bought: of its `fen` no part does, but in approved cash."""

    fen: int
    word = "voucher_undivided"


def number_of(text: str) -> str:
    """A voucher's number as it is kept, however it was typed; raises VoucherMissing."""
    number = "".join(text.split()).upper()
    if not number or not is_one_line(number, most=NUMBER_MAX):
        raise VoucherMissing
    return number


def numbered(tenders: Iterable[Tender]) -> tuple[Tender, ...]:
    """`tenders` with their vouchers by number; raises VoucherMissing, or VoucherUsed for one that lies there twice."""
    found: list[Tender] = []
    for tender in tenders:
        if tender.kind == "coupon":
            tender = replace(tender, ref=number_of(tender.ref))
            if any(other.kind == "coupon" and other.ref == tender.ref for other in found):
                raise VoucherUsed(tender.ref, "")
        found.append(tender)
    return tuple(found)
