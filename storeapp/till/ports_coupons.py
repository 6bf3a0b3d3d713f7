"""What coupons, their templates and their holds need from the books."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from storeapp.domain.coupon import Coupon
from storeapp.domain.coupon_grant import Grant
from storeapp.domain.coupon_hold import Hold
from storeapp.domain.coupon_template import TemplateWord


class Coupons(Protocol):
    """Coupons this till knows of."""

    def by_code(self, code: str) -> Coupon | None: ...
    def by_id(self, coupon_id: str) -> Coupon | None: ...
    def by_receipt_token(self, token: str) -> tuple[Coupon, ...]: ...
    def of_member(self, member_id: str) -> tuple[Coupon, ...]:
        """Hers that are still out, soonest to lapse first."""
        ...

    def ever_of_member(self, member_id: str) -> tuple[Coupon, ...]:
        """Hers in whatever state, in the order of their last days."""
        ...

    def of_offer(self, offer_id: str, *, member_id: str) -> Coupon | None:
        """The coupon this member ever had from that offer, in whatever state."""
        ...

    def all_of_offer(self, offer_id: str, *, member_id: str) -> tuple[Coupon, ...]: ...

    def put(self, coupon: Coupon) -> None:
        """A new coupon, or its changed state; a redeemed or void one never becomes issued again."""
        ...

    def give_back(self, coupon: Coupon) -> None:
        """A coupon whose sale was taken back, here or elsewhere, is issued again, and may be redeemed once more."""
        ...


class CouponTemplates(Protocol):
    """The owner's templates, with everything ever said of them."""

    def every(self) -> tuple[TemplateWord, ...]:
        """Of each template what holds now, by template."""
        ...

    def get(self, template_id: str, /) -> TemplateWord | None: ...
    def history(self, template_id: str, /) -> tuple[TemplateWord, ...]:
        """Every word about it, oldest first."""
        ...

    def put(self, word: TemplateWord, /) -> None:
        """One more word; the same one again (by its moment, version and state) is not doubled."""
        ...


class CouponHolds(Protocol):
    """Which basket of this till has which coupon reserved; a code has one holder."""

    def of_code(self, code: str) -> Hold | None: ...
    def of_holder(self, holder: str) -> tuple[Hold, ...]: ...
    def every(self) -> tuple[Hold, ...]: ...
    def put(self, hold: Hold) -> None: ...
    def drop(self, code: str) -> None: ...


class CouponGrants(Protocol):
    """Which coupons were given here, for what and by whom."""

    def put(self, grant: Grant) -> None: ...
    def of_key(self, key: str) -> tuple[Grant, ...]:
        """What was given for this key, in its order."""
        ...

    def of_coupon(self, coupon_id: str) -> Grant | None: ...
    def members(self) -> Iterator[str]:
        """Everybody who may be given one, in no order."""
        ...

    def wallet(self, member_id: str) -> tuple[Coupon, ...]:
        """All coupons she has or had, in whatever state, the last to lapse first."""
        ...

    def tally(self, on: date) -> Iterator[tuple[str, str, int]]:
        """Of each offer or template its coupons by state, those that lapsed before that day apart as `lapsed`."""
        ...

    def receipts_of_uses(self) -> Iterator[str]:
        """Receipts of this till whose coupons are redeemed."""
        ...

    def sales_with(self, coupon_id: str) -> tuple[tuple[str, str], ...]:
        """This till's sales that took it: their ids and receipts."""
        ...

    def costs(self) -> Iterator[tuple[str, int]]:
        """Of each template what its redeemed coupons cost, as the owner reckoned, in fen."""
        ...

    def every(self) -> Iterator[Grant]:
        """All of them, oldest first."""
        ...
