"""Bodies: the shapes of the rows in the feeds, and what they say in the shop's own words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from storeapp.domain import coupon_terms
from storeapp.domain.alarm import Alarm
from storeapp.domain.coupon import Coupon
from storeapp.domain.coupon_template import TemplateWord
from storeapp.domain.feedback import Feedback
from storeapp.domain.ledger import Leg, LotMove, Txn, Unit
from storeapp.domain.member import Channel, Consent, Purpose
from storeapp.domain.money import Money
from storeapp.domain.price_list_version import PriceListVersion
from storeapp.domain.product import Product
from storeapp.domain.promotion_version import PromotionVersion
from storeapp.domain.referral import Referral
from storeapp.sync.transport import CloudSpeaksGarbage
from storeapp.wire.messages import FeedRow

Whole = Annotated[int, Field(strict=True, ge=-(2**62), le=2**62)]
Fen = Annotated[int, Field(strict=True, ge=0, le=2**62)]
Id = Annotated[str, Field(min_length=1, max_length=64)]


def _is_moment(text: str) -> str:
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("a moment without its offset")
    return text


Moment = Annotated[str, Field(max_length=40), AfterValidator(_is_moment)]


class Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


B = TypeVar("B", bound=Body)


class PolicyBody(Body):
    key: str
    value: Any
    at: Moment


class OwnerWordBody(Body):
    version: Annotated[int, Field(strict=True, ge=1, le=2**31 - 1)]
    state: Literal["draft", "live", "ended"]
    data: dict[str, Any]
    at: Moment
    actor: str = ""


class PromotionBody(OwnerWordBody):
    promotion_id: Annotated[str, Field(min_length=1, max_length=40)]

    def version_said(self) -> PromotionVersion:
        return PromotionVersion(self.promotion_id, self.version, self.data, self.state, self.at, self.actor)


class PriceListBody(OwnerWordBody):
    list_id: Annotated[str, Field(min_length=1, max_length=40)]

    def version_said(self) -> PriceListVersion:
        return PriceListVersion(self.list_id, self.version, self.data, self.state, self.at, self.actor)


class CouponTemplateBody(OwnerWordBody):
    template_id: Annotated[str, Field(min_length=1, max_length=40)]

    def version_said(self) -> TemplateWord:
        return TemplateWord(self.template_id, self.version, self.data, self.state, self.at, self.actor)


class ProductBody(Body):
    code: str
    name: str
    price_fen: Fen
    member_price_fen: Fen | None = None
    unit: str = ""
    category: str = ""
    barcodes: list[str] = []
    cost_fen: Fen | None = None
    stock_milli: Whole | None = None
    weighed: bool = False
    image: str = ""
    brand: str = ""
    base: str = ""
    pack: Annotated[int, Field(strict=True)] = 1

    def product(self) -> Product:
        """Raises BadProduct for what no shelf can hold."""
        return Product(
            code=self.code,
            name=self.name,
            price=Money(self.price_fen),
            unit=self.unit,
            category=self.category,
            barcodes=tuple(self.barcodes),
            member_price=_money(self.member_price_fen),
            cost=_money(self.cost_fen),
            stock_milli=self.stock_milli,
            weighed=self.weighed,
            image=self.image,
            brand=self.brand,
            base=self.base,
            pack=self.pack,
        )


class GoneBody(Body):
    code: str


class MemberBody(Body):
    member_id: Id
    phone: str
    name: str = ""
    joined_at: str = ""
    tier: str = ""


class ErasedBody(Body):
    member_id: Id


class MergedBody(Body):
    gone: Id
    kept: Id
    at: Moment


class ReferralBody(Body):
    newcomer_id: Id
    referrer_id: Id
    named_at: Moment
    named_on: date
    cashier: str = ""
    way: Literal["code", "phone"]
    state: Literal["named", "rewarded", "reversed", "closed"]
    why: str = ""
    sale_id: str = ""
    settled_at: str = ""
    device_id: Id

    def referral(self) -> Referral:
        said = self.model_dump(exclude={"device_id", "named_on"})
        return Referral(**said, named_on=self.named_on.isoformat())


class BoughtBody(Body):
    newcomer_id: Id
    sale_id: Id
    day: date
    left_fen: Whole


class ConsentBody(Body):
    member_id: Id
    purpose: Purpose
    given: bool
    text_version: str
    channel: Channel
    at: Moment

    def consent(self) -> Consent:
        return Consent(self.purpose, self.text_version, self.given, self.channel, self.at)


class CouponBody(Body):
    coupon_id: Id
    code: Annotated[str, Field(min_length=1, max_length=64)]
    offer_id: str
    amount_fen: Fen
    min_spend_fen: Fen
    valid_from: date
    valid_until: date
    member_id: Id | None = None
    state: Literal["issued", "redeemed", "void"]
    receipt_token: str = ""
    terms: dict[str, Any] = {}

    def coupon(self) -> Coupon:
        """Raises BadCouponTerms."""
        return Coupon(
            coupon_id=self.coupon_id,
            code=self.code,
            offer_id=self.offer_id,
            amount=Money(self.amount_fen),
            min_spend=Money(self.min_spend_fen),
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            member_id=self.member_id,
            state=self.state,
            receipt_token=self.receipt_token,
            terms=coupon_terms.from_data(self.terms),
        )


class LegBody(Body):
    account: Annotated[str, Field(min_length=1, max_length=120)]
    unit: Unit
    amount: Whole


class LotBody(Body):
    account: Annotated[str, Field(min_length=1, max_length=120)]
    lot_id: Annotated[str, Field(min_length=1, max_length=64)]
    amount: Whole


class LedgerBody(Body):
    txn_id: Id
    kind: str
    at: Moment
    legs: list[LegBody]  # none for a sale that cost nothing
    lots: list[LotBody] = []  # of cards alone it is told
    member_id: Id | None = None

    def txn(self) -> Txn:
        """Raises Unbalanced."""
        legs = tuple(Leg(leg.account, leg.unit, leg.amount) for leg in self.legs)
        named = (leg.account.partition(":")[2] for leg in legs if leg.account.startswith("pts:"))
        lots = tuple(LotMove(lot.account, lot.lot_id, lot.amount) for lot in self.lots)
        return Txn(self.txn_id, self.kind, self.at, legs, self.member_id or next(named, None), lots)


class PageBody(Body):
    receipt_token: Annotated[str, Field(min_length=1, max_length=64)]
    at: Moment


class FeedbackBody(Body):
    receipt_token: Annotated[str, Field(min_length=1, max_length=64)]
    mark: Annotated[int, Field(strict=True)]
    words: str = ""
    at: Moment
    receipt: str = ""
    member_id: Id | None = None

    def feedback(self) -> Feedback:
        """Raises BadFeedback."""
        return Feedback(self.receipt_token, self.mark, self.words, self.at, self.receipt, self.member_id)


class AlarmBody(Body):
    alarm_id: Id
    kind: Annotated[str, Field(min_length=1, max_length=40)]
    at: Moment
    till: Annotated[str, Field(max_length=40)] = ""
    facts: dict[str, Any] = {}
    state: Literal["open", "seen", "over"]
    by: str = ""
    settled_at: str = ""

    def alarm(self) -> Alarm:
        return Alarm(self.alarm_id, self.kind, self.at, self.till, self.facts, self.state, self.by, self.settled_at)


def read(row: FeedRow, shape: type[B]) -> B:
    """The row's body; CloudSpeaksGarbage when it has not the shape its type promises."""
    try:
        return shape.model_validate(row.body)
    except ValidationError as error:
        raise CloudSpeaksGarbage(f"{row.t} row {row.seq}") from error


def _money(fen: int | None) -> Money | None:
    return None if fen is None else Money(fen)
