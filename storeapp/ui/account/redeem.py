"""A gift for points: which one, and it is hers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from storeapp.domain.gift import GiftGone, UnknownGift
from storeapp.domain.ledger import points_account
from storeapp.domain.lots import available
from storeapp.domain.member_tender import NotEnoughPoints
from storeapp.domain.staff import Staff
from storeapp.till import gifts
from storeapp.till.gifts import GiftGiven, GiftOrder, Offered
from storeapp.ui.account.her import Her, her
from storeapp.ui.desk import Desk
from storeapp.ui.saving import DeedPresenter, Saving


@dataclass(frozen=True, slots=True)
class RedeemState(Saving):
    """`has` points are good today; `chosen` is a gift's code."""

    her: Her
    has: int
    gifts: tuple[Offered, ...]
    chosen: str

    @property
    def gift(self) -> Offered:
        return next(each for each in self.gifts if each.gift.code == self.chosen)


class RedeemPresenter(DeedPresenter[RedeemState, GiftGiven]):
    """`then` gets what she took."""

    def __init__(self, desk: Desk, staff: Staff, member_id: str, *, then: Callable[[GiftGiven], None]) -> None:
        """Raises UnknownMember, or UnknownGift in a shop without gifts."""
        with desk.shop.reading() as books:
            shown = gifts.offered(books, member_id, clock=desk.clock)
            if not shown:
                raise UnknownGift("")
            on = desk.today(books).isoformat()
            has = available(books.ledger.lots_of(points_account(member_id)), on)
            state = RedeemState(her(books, member_id), has, shown, shown[0].gift.code)
        super().__init__(desk, staff, state, then=then)

    def choose(self, code: str) -> None:
        if any(each.gift.code == code for each in self.state.gifts):
            self._show(replace(self.state, chosen=code, refused=None))

    def check(self) -> bool:
        """Whether she can have it; the reason is shown if not."""
        gift = self.state.gift
        if gift.is_dear:
            self._refuse(NotEnoughPoints(gift.gift.points, self.state.has))
        elif gift.left is not None and gift.left < 1:
            self._refuse(GiftGone(gift.gift.code))
        else:
            return True
        return False

    def confirm(self) -> None:
        """It is hers."""
        state, desk = self.state, self._desk
        if state.is_saving or not self.check():
            return
        order = GiftOrder(state.her.member_id, state.chosen, self._staff.code, request_id=self._request)
        self._save(lambda: gifts.redeem(desk.shop, order, clock=desk.clock, ids=desk.ids), self._then)
