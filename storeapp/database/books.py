"""The books: every table of the file behind the ports, in one transaction."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from storeapp.database.approvals import ApprovalTable
from storeapp.database.attempts import AttemptTable
from storeapp.database.baskets import BasketTable
from storeapp.database.feeds import FeedTable
from storeapp.database.journal import JournalTable
from storeapp.database.ledger import LedgerTable
from storeapp.database.members import MemberTable
from storeapp.database.policies import PolicyCache, PolicyTable
from storeapp.database.prints import PrintTable
from storeapp.database.products import ProductTable
from storeapp.database.sales import SaleTable
from storeapp.database.shifts import DrawerTable, ShiftTable
from storeapp.database.staff import StaffTable
from storeapp.database.statements.books import PUT_DEVICE
from storeapp.database.vault import Vault
from storeapp.database.word_caches import PriceListCache, PromotionCache, WordCache
from storeapp.database.work import Work
from storeapp.domain.capture import CaptureKey
from storeapp.till.ports import Clock, Ids
from storeapp.till.records import Device

if TYPE_CHECKING:
    # tables that a start does not open, and does not load
    from storeapp.database.alarms import AlarmTable
    from storeapp.database.cards import CardTable
    from storeapp.database.coupon_grants import GrantTable, TemplateTable
    from storeapp.database.coupon_holds import HoldTable
    from storeapp.database.coupons import CouponTable
    from storeapp.database.feedback import FeedbackTable
    from storeapp.database.groups import GroupTable
    from storeapp.database.layers import LayerTable
    from storeapp.database.ledger_proof import ProofTable
    from storeapp.database.outreach import OutreachTable
    from storeapp.database.price_lists import PriceListTable
    from storeapp.database.promotions import PromotionTable
    from storeapp.database.referrals import ReferralTable
    from storeapp.database.refunds import RefundTable
    from storeapp.database.tiers import TierTable
    from storeapp.database.timeline import TimelineTable
    from storeapp.database.values import ValueTable
    from storeapp.database.vouchers import VoucherTable
    from storeapp.domain.coupon_template import TemplateWord


class OpenBooks:
    """Implements `till.ports.Books` on one transaction. Each part is made when it is first asked for."""

    def __init__(
        self,
        work: Work,
        device: Device,
        *,
        clock: Clock,
        ids: Ids,
        vault: Vault,
        policies: PolicyCache,
        promotions: PromotionCache,
        price_lists: PriceListCache,
        templates: WordCache[TemplateWord],
    ) -> None:
        self._work = work
        self._device = device
        self._clock = clock
        self._ids = ids
        self._vault = vault
        self._policies = policies
        self._promotions = promotions
        self._price_lists = price_lists
        self._templates = templates

    @property
    def device(self) -> Device:
        return self._device

    def put_device(self, device: Device) -> None:
        self._work.run(PUT_DEVICE, id=1, data=device_text(device))
        self._device = device
        # the next entry belongs to the epoch the device is in now
        self.__dict__.pop("journal", None)
        self.__dict__.pop("sales", None)
        self.__dict__.pop("shifts", None)
        self.__dict__.pop("values", None)
        self.__dict__.pop("cards", None)

    @cached_property
    def products(self) -> ProductTable:
        return ProductTable(self._work, self._clock)

    @cached_property
    def members(self) -> MemberTable:
        return MemberTable(self._work, self._vault, self.ledger)

    @cached_property
    def ledger(self) -> LedgerTable:
        return LedgerTable(self._work)

    @cached_property
    def layers(self) -> LayerTable:
        from storeapp.database.layers import LayerTable

        return LayerTable(self._work)

    @cached_property
    def alarms(self) -> AlarmTable:
        from storeapp.database.alarms import AlarmTable

        return AlarmTable(self._work)

    @cached_property
    def proofs(self) -> ProofTable:
        from storeapp.database.ledger_proof import ProofTable

        return ProofTable(self._work)

    @cached_property
    def timeline(self) -> TimelineTable:
        from storeapp.database.timeline import TimelineTable

        return TimelineTable(self._work)

    @cached_property
    def outreach(self) -> OutreachTable:
        from storeapp.database.outreach import OutreachTable

        return OutreachTable(self._work)

    @cached_property
    def feedback(self) -> FeedbackTable:
        from storeapp.database.feedback import FeedbackTable

        return FeedbackTable(self._work)

    @cached_property
    def groups(self) -> GroupTable:
        from storeapp.database.groups import GroupTable

        return GroupTable(self._work)

    @cached_property
    def refunds(self) -> RefundTable:
        from storeapp.database.refunds import RefundTable

        return RefundTable(self._work, self.journal)

    @cached_property
    def values(self) -> ValueTable:
        from storeapp.database.values import ValueTable

        return ValueTable(self._work, self.journal)

    @cached_property
    def cards(self) -> CardTable:
        from storeapp.database.cards import CardTable

        return CardTable(self._work, self.journal)

    @cached_property
    def tiers(self) -> TierTable:
        from storeapp.database.tiers import TierTable

        return TierTable(self._work)

    @cached_property
    def referrals(self) -> ReferralTable:
        from storeapp.database.referrals import ReferralTable

        return ReferralTable(self._work)

    @cached_property
    def vouchers(self) -> VoucherTable:
        from storeapp.database.vouchers import VoucherTable

        return VoucherTable(self._work)

    @cached_property
    def price_lists(self) -> PriceListTable:
        from storeapp.database.price_lists import PriceListTable

        return PriceListTable(self._work, self._price_lists)

    @cached_property
    def coupons(self) -> CouponTable:
        from storeapp.database.coupons import CouponTable

        return CouponTable(self._work)

    @cached_property
    def coupon_templates(self) -> TemplateTable:
        from storeapp.database.coupon_grants import TemplateTable

        return TemplateTable(self._work, self._templates)

    @cached_property
    def coupon_grants(self) -> GrantTable:
        from storeapp.database.coupon_grants import GrantTable

        return GrantTable(self._work)

    @cached_property
    def coupon_holds(self) -> HoldTable:
        from storeapp.database.coupon_holds import HoldTable

        return HoldTable(self._work)

    @cached_property
    def sales(self) -> SaleTable:
        return SaleTable(self._work, self.journal)

    @cached_property
    def journal(self) -> JournalTable:
        return JournalTable(self._work, self._device, self._ids)

    @cached_property
    def prints(self) -> PrintTable:
        return PrintTable(self._work)

    @cached_property
    def baskets(self) -> BasketTable:
        return BasketTable(self._work)

    @cached_property
    def staff(self) -> StaffTable:
        return StaffTable(self._work, self._vault)

    @cached_property
    def approvals(self) -> ApprovalTable:
        return ApprovalTable(self._work)

    @cached_property
    def policy(self) -> PolicyTable:
        return PolicyTable(self._work, self._policies)

    @cached_property
    def promotions(self) -> PromotionTable:
        from storeapp.database.promotions import PromotionTable

        return PromotionTable(self._work, self._promotions)

    @cached_property
    def feeds(self) -> FeedTable:
        return FeedTable(self._work)

    @cached_property
    def drawer(self) -> DrawerTable:
        return DrawerTable(self._work)

    @cached_property
    def shifts(self) -> ShiftTable:
        return ShiftTable(self._work, self.journal)

    @cached_property
    def attempts(self) -> AttemptTable:
        return AttemptTable(self._work)


def device_text(device: Device) -> str:
    """A device as its one row holds it."""
    data: dict[str, Any] = {name: getattr(device, name) for name in Device.__slots__}
    data["keys"] = [[key.version, key.epoch, key.till_number, key.key.hex()] for key in device.keys]
    return json.dumps(data, ensure_ascii=False)


def device_from(text: str) -> Device:
    """The device `device_text` wrote."""
    data = json.loads(text)
    keys = tuple(
        CaptureKey(version, epoch, number, bytes.fromhex(key)) for version, epoch, number, key in data.pop("keys")
    )
    return Device(keys=keys, **data)
