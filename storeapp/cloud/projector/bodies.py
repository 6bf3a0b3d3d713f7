"""Bodies: what each type of event must hold before anything is made of it.

A key nobody knows yet is ignored; a key that is missing or of the wrong kind makes the event poison, to be projected
by a program that understands it.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from storeapp.domain.card_doc import CardDocKind
from storeapp.domain.ledger import Leg, LotMove, times_account
from storeapp.domain.member import Channel, Purpose
from storeapp.domain.product import PACK_MAX
from storeapp.wire.messages import Uuid

_MOST = 2**53


def _is_moment(text: str) -> str:
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("a moment without its offset")
    return text


def _since(text: str) -> str:
    """A moment; of a list from another system only the day may be known, and then it is that day's beginning."""
    if len(text) == len("2026-09-28"):
        return f"{_is_day(text)}T00:00:00+08:00"
    return _is_moment(text)


def _is_day(text: str) -> str:
    date.fromisoformat(text)
    return text


Number = Annotated[int, Field(strict=True, ge=-_MOST, le=_MOST)]
MomentText = Annotated[str, Field(max_length=40), AfterValidator(_is_moment)]
SinceText = Annotated[str, Field(max_length=40), AfterValidator(_since)]
DayText = Annotated[str, Field(min_length=10, max_length=10), AfterValidator(_is_day)]
Text = Annotated[str, Field(max_length=6000, pattern=r"^[^\x00]*$")]
Word = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]


class Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class LegBody(Body):
    account: Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00]*$")]
    unit: Literal["fen", "pts", "coupon", "times"]
    amount: Number

    def leg(self) -> Leg:
        return Leg(self.account, self.unit, self.amount)


class LotBody(Body):
    """What an entry moved of one lot; of cards alone it is told where."""

    account: Annotated[str, Field(max_length=120, pattern=r"^[^\x00]*$")] = ""
    lot_id: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\x00]*$")]
    amount: Number

    def move(self, account: str = "") -> LotMove:
        return LotMove(account or self.account, self.lot_id, self.amount)


class LineBody(Body):
    n: Annotated[int, Field(strict=True, ge=1, le=100_000)]
    code: Word
    name: Text
    unit: Word = ""
    qty_milli: Number
    unit_fen: Number
    gross_fen: Number
    discount_fen: Number
    net_fen: Number
    why: list[dict[str, Any]] = Field(default_factory=list)
    note: Text = ""


class TenderBody(Body):
    kind: Word
    fen: Number
    ref: Text = ""


class CouponUseBody(Body):
    coupon_id: Uuid
    code: Word
    fen: Number
    offer_id: Word = ""


class CardUseBody(Body):
    card_id: Uuid
    lots: list[LotBody] = Field(default_factory=list)

    def moves(self) -> list[LotMove]:
        return [lot.move(times_account(self.card_id)) for lot in self.lots]


class LedgerBody(Body):
    txn_id: Uuid
    kind: Word
    legs: list[LegBody]
    lots: list[LotBody] = Field(default_factory=list)


class SaleBody(Body):
    sale_id: Uuid
    receipt: Word
    token: Annotated[str, Field(max_length=26)]
    cashier: Word
    business_date: DayText
    at: MomentText
    member_id: Uuid | None = None
    lines: list[LineBody]
    goods_fen: Number
    discount_fen: Number
    total_fen: Number
    coupon_fen: Number = 0
    rounding_fen: Number = 0
    due_fen: Number
    tenders: list[TenderBody]
    change_fen: Number = 0
    coupons: list[CouponUseBody] = Field(default_factory=list)
    cards: list[CardUseBody] = Field(default_factory=list)
    points_earned: Number = 0
    offer_id: Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")] | None = None
    request_id: Text | None = None
    training: bool = False
    ledger: LedgerBody


class RefundLineBody(Body):
    line: Annotated[int, Field(strict=True, ge=1, le=100_000)]
    code: Word
    name: Text
    unit: Word = ""
    qty_milli: Number
    net_fen: Number
    restock: Annotated[bool, Field(strict=True)] = True


class RefundBody(Body):
    refund_id: Uuid
    receipt: Word
    kind: Literal["refund", "void"]
    sale_id: Uuid | None = None
    sale_receipt: Word = ""
    cashier: Word
    business_date: DayText
    at: MomentText
    member_id: Uuid | None = None
    lines: list[RefundLineBody]
    tenders: list[TenderBody]
    total_fen: Number
    back_fen: Number
    points: Number = 0
    reason: Text = ""
    is_last: Annotated[bool, Field(strict=True)] = False
    ledger: LedgerBody


class ConsentBody(Body):
    purpose: Purpose
    text_version: Word
    given: Annotated[bool, Field(strict=True)]
    channel: Channel
    at: SinceText


class MemberJoined(Body):
    member_id: Uuid
    joined_at: SinceText
    tier: Word = ""
    consents: list[ConsentBody] = Field(default_factory=list)


class MemberChanged(Body):
    member_id: Uuid
    tier: Word | None = None


class ConsentChanged(ConsentBody):
    member_id: Uuid


class MemberErased(Body):
    member_id: Uuid


class MemberMerged(Body):
    kept: Uuid
    gone: Uuid


class ReferralSaid(Body):
    """Who brought whom, and what came of it."""

    newcomer_id: Uuid
    referrer_id: Uuid
    named_at: MomentText
    named_on: DayText
    cashier: Word = ""
    way: Literal["code", "phone"]
    state: Literal["named", "rewarded", "reversed", "closed"]
    why: Word = ""
    sale_id: Word = ""
    settled_at: Word = ""


class LedgerPosted(Body):
    txn_id: Uuid
    kind: Word
    member_id: Uuid | None = None
    giver: Uuid | None = None
    legs: Annotated[list[LegBody], Field(min_length=1)]
    lots: list[LotBody] = Field(default_factory=list)


class ValueDocBody(Body):
    member_id: Uuid
    ledger: LedgerBody


class CardDocBody(Body):
    """A card sold, paid back or handed on; why, and who allowed it, stays where it was done."""

    doc_id: Uuid
    number: Word
    number_in_day: Number
    deed: CardDocKind
    store: Word
    till: Word
    cashier: Word
    business_date: DayText
    at: MomentText
    member_id: Uuid
    card_id: Uuid
    kind: dict[str, Any]
    money_fen: Number
    tender: Word
    times: Number
    worth_fen: Number
    until: Word = ""
    since: Word = ""
    cause: Word = ""
    given_by: Uuid | Literal[""] = ""
    ledger: LedgerBody


class CouponIssued(Body):
    coupon_id: Uuid
    code: Annotated[str, Field(min_length=8, max_length=8, pattern=r"^[0-9A-Z]{8}$")]
    offer_id: Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")]
    amount_fen: Number
    min_spend_fen: Number
    valid_from: DayText
    valid_until: DayText
    member_id: Uuid | None = None
    receipt_token: Annotated[str, Field(max_length=26)]
    txn_id: Uuid
    legs: Annotated[list[LegBody], Field(min_length=1)]
    terms: dict[str, Any] = Field(default_factory=dict)


class CouponVoided(Body):
    coupon_id: Uuid
    member_id: Uuid | None = None
    txn_id: Uuid
    legs: Annotated[list[LegBody], Field(min_length=1)]


class PolicyChanged(Body):
    key: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[a-z0-9_.]+$")]
    value: Any
    at: MomentText
    actor: Word = ""


DocumentId = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[0-9A-Za-z][0-9A-Za-z_-]*$")]


class OwnerWordBody(Body):
    """What the owner said of a document of his."""

    version: Annotated[int, Field(strict=True, ge=1, le=2**31 - 1)]
    state: Literal["draft", "live", "ended"]
    data: dict[str, Any]
    at: MomentText
    actor: Word = ""


class PromotionChanged(OwnerWordBody):
    promotion_id: DocumentId


class PriceListChanged(OwnerWordBody):
    list_id: DocumentId


class CouponTemplateChanged(OwnerWordBody):
    template_id: DocumentId


Price = Annotated[int, Field(strict=True, ge=0, le=_MOST)]


class ProductBody(Body):
    """A product as its row in the feed carries it."""

    code: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f]*$")]
    name: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]*$")]
    price_fen: Price
    member_price_fen: Price | None = None
    cost_fen: Price | None = None
    stock_milli: Number | None = None
    unit: Word = ""
    category: Word = ""
    barcodes: list[Word] = Field(default_factory=list)
    weighed: Annotated[bool, Field(strict=True)] = False
    image: Word = ""
    brand: Word = ""
    base: Word = ""
    pack: Annotated[int, Field(strict=True, ge=1, le=PACK_MAX)] = 1


class CatalogueChanged(Body):
    rows: Annotated[list[ProductBody], Field(max_length=100)] = Field(default_factory=list)
    gone: Annotated[list[Word], Field(max_length=100)] = Field(default_factory=list)


class ZTenderBody(Body):
    tender: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^\x00]*$")]
    expected_fen: Number
    counted_fen: Number | None = None


class ZReportBody(Body):
    """A shift's report; what an earlier till did not tell is nothing."""

    number: Number
    z_number: Number
    supplement: Number = 0
    business_date: DayText
    opened_at: MomentText
    opened_by: Word
    float_fen: Number
    closed_at: MomentText
    closed_by: Word
    reason: Word = ""
    unapproved: bool = False
    sales: Number
    discount_fen: Number
    card_fen: Number = 0
    due_fen: Number
    refunds: Number = 0
    refund_fen: Number = 0
    voids: Number = 0
    top_up_fen: Number = 0
    settled_fen: Number = 0
    member_sales: Number = 0
    openings: Number = 0
    cash_in_fen: Number = 0
    cash_out_fen: Number = 0
    expense_fen: Number = 0
    drop_fen: Number = 0
    grand_fen: Number
    tenders: Annotated[list[ZTenderBody], Field(max_length=40)]


class ZBody(Body):
    """A shift that was closed, or a supplement to it."""

    shift_id: Uuid
    report: ZReportBody


class AlarmSeen(Body):
    alarm_id: Word
    by: Word
