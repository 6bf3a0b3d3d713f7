"""A gift of goodwill: which coupon, to whom, and why. What it costs is on record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from storeapp.domain.approval import checked_reason
from storeapp.domain.coupon import Coupon
from storeapp.domain.coupon_template import CouponTemplate, UnknownTemplate
from storeapp.domain.staff import Staff
from storeapp.errors import Refused
from storeapp.till import coupon_gifts, coupon_templates, members
from storeapp.till.coupon_gifts import Goodwill
from storeapp.ui.account.her import Her, her
from storeapp.ui.approval.ask import Ask
from storeapp.ui.desk import Desk
from storeapp.ui.saving import DeedPresenter, Saving


@dataclass(frozen=True, slots=True)
class GiveState(Saving):
    """`chosen` is a template's id; `who` is None until her number is typed."""

    templates: tuple[CouponTemplate, ...]
    chosen: str
    who: Her | None
    phone: str = ""
    reason: str = ""

    @property
    def template(self) -> CouponTemplate:
        return next(each for each in self.templates if each.template_id == self.chosen)

    @property
    def fault_at(self) -> str:
        """Where the refusal belongs: `phone`, `reason` or `template`."""
        if self.refused is None:
            return ""
        word = self.refused.word
        at = {"approval_reason_missing": "reason", "bad_phone": "phone", "unknown_member": "phone"}
        return at.get(word, "template")


class GivePresenter(DeedPresenter[GiveState, Coupon]):
    """Of `template_id`, or of one that is chosen; to `member_id`, or to whom a number is typed of.

    `ask` is for whoever may not give by herself; `then` gets what was given.
    """

    def __init__(
        self,
        desk: Desk,
        staff: Staff,
        *,
        template_id: str = "",
        member_id: str = "",
        ask: Ask,
        then: Callable[[Coupon], None],
    ) -> None:
        """Raises UnknownMember, or UnknownTemplate in a shop that gives no coupons."""
        with desk.shop.reading() as books:
            found = coupon_templates.given_now(books, on=desk.today(books))
            if not found:
                raise UnknownTemplate("")
            ids = [each.template_id for each in found]
            who = her(books, member_id) if member_id else None
        state = GiveState(found, template_id if template_id in ids else ids[0], who)
        super().__init__(desk, staff, state, then=then)
        self._ask = ask

    def choose(self, template_id: str) -> None:
        if any(each.template_id == template_id for each in self.state.templates):
            self._show(replace(self.state, chosen=template_id, refused=None))

    def type_phone(self, text: str) -> None:
        self._show(replace(self.state, phone=text, who=None, refused=None))

    def because(self, text: str) -> None:
        self._show(replace(self.state, reason=text, refused=None))

    def find_her(self) -> bool:
        """Whether the number is a member's; the reason is shown if not."""
        if self.state.who is not None:
            return True
        try:
            with self._desk.shop.reading() as books:
                who = her(books, members.by_phone(books, self.state.phone).member_id)
        except Refused as error:
            self._refuse(error)
            return False
        self._show(replace(self.state, who=who, refused=None))
        return True

    def confirm(self) -> None:
        """It is hers, once somebody who may has said yes."""
        if self.state.is_saving or not self.find_her() or not self._passes(lambda: checked_reason(self.state.reason)):
            return
        state, desk = self.state, self._desk
        assert state.who is not None
        asked = Goodwill(state.chosen, state.who.member_id, state.reason, by=self._staff.code, request_id=self._request)

        def give(approval_id: str | None) -> None:
            agreed = replace(asked, approval_id=approval_id)
            self._save(lambda: coupon_gifts.give_by_hand(desk.shop, agreed, clock=desk.clock, ids=desk.ids), self._then)

        about = f"{state.who.phone} · {state.template.name}"
        self._ask("give_coupon", asked.payload(), then=give, about=about, amount=state.template.cost)
