"""A trial: promotions tried on past receipts with the engine that prices the counter, and the result kept.

What is live now counts on both sides, except an older version of what is tried. The dates of what is tried are left
out, since past days are before them; its weekdays and hours hold. Its limits count from the first day replayed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from storeapp.domain.basket import Basket
from storeapp.domain.priced import PricedBasket
from storeapp.domain.pricing import price
from storeapp.domain.promotion import Promotion
from storeapp.domain.promotion_data import from_data
from storeapp.domain.replay import Replay, as_data
from storeapp.domain.rulebook import Rulebook
from storeapp.domain.sale import Sale
from storeapp.domain.terms import MemberTerms, Terms
from storeapp.till.ports import Books, Clock, Shop
from storeapp.till.promotions import known
from storeapp.till.replay import replay_sales
from storeapp.till.replaying import Progress


class _Side:
    """One set of rules over all receipts, with what was used so far."""

    def __init__(self, rules: Rulebook) -> None:
        self._rules = rules
        self._by_member: defaultdict[tuple[str, str], int] = defaultdict(int)
        self._by_day: defaultdict[tuple[str, str], int] = defaultdict(int)
        self._ids = [promotion.promotion_id for promotion in rules.promotions]

    def price(self, sale: Sale, basket: Basket, *, at: datetime, member: MemberTerms | None) -> PricedBasket:
        who, day = sale.member_id or "", sale.business_date
        terms = Terms(
            moment=at,
            member=member,
            rules=self._rules,
            used_by_member={each: self._by_member[each, who] for each in self._ids} if who else {},
            used_today={each: self._by_day[each, day] for each in self._ids},
        )
        priced = price(basket, terms)
        for used in priced.applied:
            self._by_day[used.promotion_id, day] += used.times
            if who:
                self._by_member[used.promotion_id, who] += used.times
        return priced


class Trials:
    """What a past basket costs without and with `tried`, receipt after receipt, oldest first."""

    def __init__(self, books: Books, tried: tuple[Promotion, ...]) -> None:
        mine = {promotion.promotion_id for promotion in tried}
        live = tuple(each for each in books.promotions.rules().promotions if each.promotion_id not in mine)
        dateless = tuple(replace(each, when=replace(each.when, first=None, last=None)) for each in tried)
        self._before, self._after = _Side(Rulebook(live)), _Side(Rulebook((*live, *dateless)))
        self._zone = ZoneInfo(books.policy.in_force().text("shop.zone"))
        asks = any(promotion.first_purchase for promotion in (*live, *tried))
        self._first_sales = _first_sales(books) if asks else None
        self._tiers: dict[str, str] = {}

    def __call__(self, books: Books, sale: Sale, basket: Basket) -> tuple[PricedBasket, PricedBasket]:
        at = datetime.fromisoformat(sale.at).astimezone(self._zone)
        member = self._member(books, sale)
        before = self._before.price(sale, basket, at=at, member=member)
        return before, self._after.price(sale, basket, at=at, member=member)

    def _member(self, books: Books, sale: Sale) -> MemberTerms | None:
        """The member of the receipt, in the tier she has now."""
        member_id = sale.member_id
        if member_id is None:
            return None
        if member_id not in self._tiers:
            found = books.members.by_id(member_id)
            self._tiers[member_id] = found.tier if found is not None else ""
        is_first = self._first_sales is not None and self._first_sales.get(member_id) == sale.sale_id
        return MemberTerms(member_id, self._tiers[member_id], has_bought=not is_first)


def try_rules(
    shop: Shop, rows: tuple[Mapping[str, Any], ...], *, days: int, clock: Clock, progress: Progress | None = None
) -> Replay:
    """These rules together on the last `days` business days; nothing is kept. Raises BadPromotion, ReplayStopped."""
    tried = tuple(from_data(row) for row in rows)
    with shop.reading() as books:
        trials = Trials(books, tried)
    return replay_sales(shop, trials, days=days, clock=clock, progress=progress)


def try_out(shop: Shop, promotion_id: str, *, days: int, clock: Clock, progress: Progress | None = None) -> Replay:
    """The version of it there is now; the result is kept with it. Raises UnknownPromotion, ReplayStopped."""
    with shop.reading() as books:
        now = known(books, promotion_id)
    result = try_rules(shop, (now.data,), days=days, clock=clock, progress=progress)
    with shop.writing() as books:
        books.promotions.keep_replay(promotion_id, now.number, as_data(result), at=clock.now().isoformat())
    return result


def _first_sales(books: Books) -> dict[str, str]:
    """Of each member the id of her first sale here."""
    found: dict[str, str] = {}
    for sale in books.sales.every():
        if sale.member_id is not None:
            found.setdefault(sale.member_id, sale.sale_id)
    return found
