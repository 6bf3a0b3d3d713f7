"""What the selling screen shows: one frozen value, drawn as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from storeapp.domain.glance import Glance
from storeapp.domain.money import ZERO, Money
from storeapp.domain.price_change import PriceChange
from storeapp.domain.priced import PricedBasket, PricedLine
from storeapp.domain.product import Product
from storeapp.domain.tender import Tender
from storeapp.errors import Refused
from storeapp.ui.sell.trade import Trading

if TYPE_CHECKING:
    from storeapp.domain.coupon_terms import CouponTerms
    from storeapp.domain.stamp import StampCard
    from storeapp.domain.tier import Next

NOTHING = PricedBasket(())
NOTHING_KNOWN = Glance()
EditKind = Literal["quantity", "price", "discount", "discount_all", "note"]


@dataclass(frozen=True, slots=True)
class CouponView:
    """A coupon of the member, or shown by code; `used` when it counts in this basket, `fits` when it could."""

    code: str
    amount: Money
    min_spend: Money
    until: date
    used: bool
    fits: bool
    terms: CouponTerms


@dataclass(frozen=True, slots=True)
class MemberView:
    """Who is at the counter; the phone is masked already. `stored` is None where the shop keeps no stored value.

    So many points are `waiting` and not hers yet. `cards_left` are the times left on each card of hers that is good,
    before this basket. `owed_points` she spent before the goods that had earned them came back; `next_tier` is what
    she needs for a higher tier once this basket is paid for.
    """

    member_id: str
    name: str
    phone_masked: str
    tier: str
    points: int
    will_earn: int
    coupons: tuple[CouponView, ...] = ()
    stored: Money | None = None
    birthday: str = ""
    note: str = ""
    glance: Glance = NOTHING_KNOWN
    stamps: StampCard | None = None
    cards_left: tuple[int, ...] = ()
    waiting: int = 0
    owed_points: int = 0
    next_tier: Next | None = None

    @property
    def is_known(self) -> bool:
        """True if there is more to say of her than who she is."""
        said = (self.note, self.glance.last_on, self.glance.hint, self.next_tier)
        return any(one not in ("", None) for one in said)


@dataclass(frozen=True, slots=True)
class Tile:
    """A quick key; `edge` is the number of its category's colour."""

    product: Product
    edge: int


@dataclass(frozen=True, slots=True)
class Tab:
    words: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of the search: a product, or a member already masked."""

    kind: Literal["product", "member"]
    id: str
    name: str
    detail: str
    price: Money | None = None
    member_price: Money | None = None
    points: int | None = None


@dataclass(frozen=True, slots=True)
class LastSale:
    """The sale before this one; `just_paid` until the next thing is rung up.

    `back` is what an exchange gives back beside it.
    """

    receipt: str
    due: Money
    tenders: tuple[Tender, ...]
    change: Money
    just_paid: bool = False
    back: tuple[Tender, ...] = ()


@dataclass(frozen=True, slots=True)
class GiftView:
    """Goods the customer may have for nothing, by a promotion's name."""

    code: str
    name: str
    count: int
    promotion: str


@dataclass(frozen=True, slots=True)
class NearlyView:
    """A promotion nearly reached: `missing` money, or `count` pieces."""

    promotion: str
    missing: Money = ZERO
    count: int = 0


@dataclass(frozen=True, slots=True)
class Editing:
    """A line being changed, and why the last try was refused."""

    kind: EditKind
    number: int
    line: PricedLine
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class SellState:
    """`selected` counts rows from 0: the lines first, then the unknown codes; -1 is none."""

    priced: PricedBasket = NOTHING
    unknown_codes: tuple[str, ...] = ()
    selected: int = -1
    member: MemberView | None = None
    coupons: tuple[CouponView, ...] = ()
    can_undo: bool = False
    parked: int = 0
    last_sale: LastSale | None = None
    tabs: tuple[Tab, ...] = ()
    tab: int = 0
    search: str = ""
    hits: tuple[Hit, ...] = ()
    editing: Editing | None = None
    price_changes: tuple[PriceChange, ...] = ()
    gift: GiftView | None = None
    nearly: NearlyView | None = None
    trading: Trading | None = None
    rounding: Money = ZERO

    @property
    def pieces(self) -> int:
        """How many things are in the basket; weighed goods count as one each."""
        return sum(
            line.quantity.milli // 1000 if line.quantity.is_whole and not line.line.product.weighed else 1
            for line in self.priced.lines
        )

    @property
    def rows(self) -> int:
        return len(self.priced.lines) + len(self.unknown_codes)

    @property
    def is_empty(self) -> bool:
        return self.rows == 0

    @property
    def selected_line(self) -> PricedLine | None:
        if 0 <= self.selected < len(self.priced.lines):
            return self.priced.lines[self.selected]
        return None

    @property
    def selected_unknown(self) -> int | None:
        """The place of the selected unknown code among its kind."""
        place = self.selected - len(self.priced.lines)
        return place if 0 <= place < len(self.unknown_codes) else None

    @property
    def other_cuts(self) -> Money:
        """Everything off but coupons, and what her cards take."""
        return self.priced.discount - self.priced.coupon_discount - self.by_card

    @property
    def by_card(self) -> Money:
        """What her cards take of the goods."""
        return self.priced.cut_by("card")

    @property
    def due(self) -> Money:
        if self.trading is not None:
            return self.trading.to_pay
        return self.priced.total + self.rounding if self.priced.lines else ZERO
