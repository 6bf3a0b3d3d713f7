"""What referrals need from the books."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from storeapp.domain.referral import Bought, Given, Referral


class Referrals(Protocol):
    """Who brought whom, and what both got for it."""

    def ending(self, tails: Sequence[str]) -> tuple[str, ...]:
        """The members whose id ends so."""
        ...

    def add(self, referral: Referral) -> None: ...
    def settle(self, referral: Referral) -> None:
        """Its new state stands beside who brought whom, which never changes."""
        ...

    def of(self, newcomer_id: str) -> Referral | None: ...
    def by_sale(self, sale_id: str) -> Referral | None:
        """The one both were thanked for after this purchase."""
        ...

    def of_referrer(self, referrer_id: str) -> tuple[Referral, ...]:
        """Whom she brought, oldest first."""
        ...

    def named(self) -> tuple[Referral, ...]:
        """Those nothing came of so far, oldest first."""
        ...

    def latest(self, *, limit: int) -> tuple[Referral, ...]:
        """The newest first."""
        ...

    def tell(self, referral: Referral) -> None:
        """What the cloud says of one that was named at another till, instead of what it said before."""
        ...

    def told(self, newcomer_id: str) -> Referral | None:
        """Who brought her, named at another till."""
        ...

    def told_of_referrer(self, referrer_id: str) -> tuple[Referral, ...]:
        """Whom she brought as other tills named them, oldest first."""
        ...

    def bought_elsewhere(self, newcomer_id: str, bought: Bought) -> None:
        """What a newcomer named here bought at another till, as much as is left of it now."""
        ...

    def fallen(self) -> tuple[tuple[Referral, int], ...]:
        """Those thanked for a purchase at another till, and how much of it is left, in fen."""
        ...

    def give(self, given: Given) -> None: ...
    def given(self, newcomer_id: str) -> tuple[Given, ...]:
        """What both sides got, the newcomer first."""
        ...

    def by_coupon(self, coupon_id: str) -> Given | None:
        """What that coupon was given for."""
        ...

    def thanked(self, referrer_id: str, *, month: str) -> int:
        """How often she got something in that month (`2026-09`), without what was taken back."""
        ...

    def bought(self, member_id: str, *, since: str) -> tuple[Bought, ...]:
        """What she bought from that business day on and has paid for, here or elsewhere, oldest first."""
        ...
