"""Pricing: from a basket to what each line costs, every cut with its reason on its line.

One pure function of the basket and the terms it is priced under. What comes off applies in this order: the best base
price (shelf, member's, a price list's or what a group agreed), the line's own discount, her cards, promotions,
coupons. Each cut is spread over its lines in proportion, so a later return of one line needs no guess. What a card
takes has no part in promotions and coupons, and goods of a group order have their agreed price: none of these count
them or take anything off. No line and no total goes below zero. Rounding comes once, with the payment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from storeapp.domain.basket import DEAREST_LINE, BadPrice, Basket, Line
from storeapp.domain.coupon import Coupon, CouponsApart
from storeapp.domain.money import ZERO, Money, shares, total
from storeapp.domain.priced import Cover, Cut, PricedBasket, PricedLine, PromotionUse
from storeapp.domain.promotion_choice import Choice, choose
from storeapp.domain.quantity import times, weight_behind
from storeapp.domain.rulebook import Goods
from storeapp.domain.terms import CardTerms, PriceListTerms, Terms
from storeapp.errors import Refused


@dataclass(eq=False)
class DiscountExceedsLine(Refused):
    """Line `line` costs `line_fen`; `discount_fen` cannot come off it."""

    line: int
    line_fen: int
    discount_fen: int
    word = "discount_exceeds_line"


def price(basket: Basket, terms: Terms) -> PricedBasket:
    """What `basket` costs this customer; raises DiscountExceedsLine, BadPrice or CouponsApart."""
    lists = _price_lists(terms)
    lines = [_priced(number, line, terms, lists) for number, line in enumerate(basket.lines, start=1)]
    if terms.cards:
        lines = _covered(lines, terms.cards)
    choice, goods = Choice(), list[Goods]()
    if terms.rules.promotions:
        goods = [_goods(place, line) for place, line in enumerate(lines) if _is_open(line)]
        choice = choose(terms.rules, goods, terms)
    cuts: dict[int, list[Cut]] = {}
    for used in choice.uses:
        promotion = used.promotion
        for place, fen in used.off.items():
            cut = Cut("promotion", Money(fen), promotion.name, promotion.promotion_id)
            cuts.setdefault(goods[place].line, []).append(cut)
    _cut_all(lines, cuts)
    applied = tuple(
        PromotionUse(used.promotion.promotion_id, used.promotion.name, used.times, Money(used.amount))
        for used in choice.uses
    )
    priced = PricedBasket(tuple(lines), (), applied, choice.hints, choice.gifts)
    return with_coupons(priced, terms.coupons, floor_percent=terms.floor_percent)


def with_coupons(priced: PricedBasket, coupons: Sequence[Coupon], *, floor_percent: int | None) -> PricedBasket:
    """The basket with these usable coupons taken off on top of everything else; raises CouponsApart."""
    lines = list(priced.lines)
    used = _coupons(lines, coupons)
    return replace(priced, lines=tuple(lines), coupons=used, below_floor=_below_floor(lines, floor_percent))


def goods_for(coupon: Coupon, lines: Sequence[PricedLine]) -> Money:
    """What counts towards the least spend of `coupon`, as the lines are priced so far: the goods it is for.

    Of one that gives a piece away all goods count, but not what it takes off itself: who spends enough gets the piece.
    """
    if coupon.terms.kind != "item":
        return total(line.net for line in lines if _is_for(coupon, line))
    counting = [line for line in lines if not line.line.pickup]
    off = total(amount for _, amount in _coupons(list(counting), (coupon,)))
    return total(line.net for line in counting) - off


def without_coupons(priced: PricedBasket) -> PricedBasket:
    """The basket as it costs before any coupon."""
    lines = (replace(line, cuts=tuple(cut for cut in line.cuts if cut.reason != "coupon")) for line in priced.lines)
    return replace(priced, lines=tuple(lines), coupons=())


def _covered(lines: list[PricedLine], cards: Sequence[CardTerms]) -> list[PricedLine]:
    """The lines with what her cards take of them, the first card first; what costs nothing takes no time."""
    left = {card.card_id: card.left for card in cards}
    return [_with_cards(line, cards, left) if line.net.fen and not line.line.pickup else line for line in lines]


def _with_cards(line: PricedLine, cards: Sequence[CardTerms], left: dict[str, int]) -> PricedLine:
    product, open_pieces = line.line.product, _pieces(line)
    for card in cards:
        times = min(open_pieces, left[card.card_id]) if product.code in card.goods else 0
        if times:
            left[card.card_id] -= times
            off = Money(line.net.fen * times // open_pieces)
            open_pieces -= times
            cut = Cut("card", off, f"{card.name} {left[card.card_id]}/{card.whole}", card.card_id)
            cover = Cover(card.card_id, times, Money(product.price.fen * times))
            line = replace(line, cuts=(*line.cuts, cut), covers=(*line.covers, cover))
    return line


def _pieces(line: PricedLine) -> int:
    """How many pieces a line is; none where it is weighed, or a label's packet."""
    is_counted = not line.line.product.weighed and line.line.label_price is None and line.quantity.is_whole
    return line.quantity.milli // 1000 if is_counted else 0


def _is_open(line: PricedLine) -> bool:
    """Whether promotions have a part in it: what a card took, or a group agreed on, is settled."""
    return not line.line.pickup and (line.net.fen > 0 or not line.covers)


def _goods(place: int, line: PricedLine) -> Goods:
    product, net = line.line.product, line.net.fen
    # a weighed good and a label's packet are one thing each
    count = _pieces(line) or 1
    if line.covers:
        count = max(count - sum(cover.times for cover in line.covers), 1)
    return Goods(place, product.code, product.category, product.brand, count, net // count, net)


def _coupons(lines: list[PricedLine], coupons: Sequence[Coupon]) -> tuple[tuple[Coupon, Money], ...]:
    """Takes each coupon off the lines it is for, one after the other, and answers what each was worth."""
    if len(coupons) > 1:
        lonely = next((coupon for coupon in coupons if coupon.terms.alone), None)
        if lonely is not None:
            raise CouponsApart(lonely.code)
    used = []
    goods = [_goods(place, line) for place, line in enumerate(lines)] if coupons else []
    left = [0 if lines[good.line].line.pickup else good.total_fen for good in goods]
    cuts: dict[int, list[Cut]] = {}
    for coupon in coupons:
        places = [place for place, fen in enumerate(left) if fen]
        if not coupon.terms.scope.is_plain:
            places = [place for place in places if _is_for(coupon, lines[place])]
        off = _coupon_off(coupon, places, goods, left)
        for place, fen in off.items():
            left[place] -= fen
            cuts.setdefault(place, []).append(Cut("coupon", Money(fen), coupon.code, coupon.coupon_id))
        used.append((coupon, Money(sum(off.values()))))
    _cut_all(lines, cuts)
    return tuple(used)


def _coupon_off(coupon: Coupon, places: list[int], goods: list[Goods], left: list[int]) -> dict[int, int]:
    """What comes off each place, in fen above zero."""
    terms = coupon.terms
    if not places:
        return {}
    if terms.kind == "item":
        # one piece of the dearest, as it costs by now
        pieces = {place: left[place] // goods[place].count for place in places}
        dearest = max(places, key=lambda place: (pieces[place], -place))
        off = pieces[dearest] - terms.price_fen
        return {dearest: off} if off > 0 else {}
    amounts = [left[place] for place in places]
    spent = sum(amounts)
    worth = min(coupon.amount.fen, spent)
    if terms.kind == "percent":
        worth = (spent * terms.percent + 50) // 100
        worth = min(worth, coupon.amount.fen) if coupon.amount.fen else worth
    return {place: share for place, share in zip(places, shares(worth, amounts), strict=True) if share}


def _cut_all(lines: list[PricedLine], cuts: dict[int, list[Cut]]) -> None:
    for place, some in cuts.items():
        line = lines[place]
        lines[place] = PricedLine(
            line.line, line.unit_price, line.quantity, line.gross, (*line.cuts, *some), line.covers
        )


def _is_for(coupon: Coupon, line: PricedLine) -> bool:
    product = line.line.product
    return not line.line.pickup and coupon.terms.scope.holds(product.code, product.category, product.brand)


def _below_floor(lines: Sequence[PricedLine], floor_percent: int | None) -> tuple[int, ...]:
    if floor_percent is None:
        return ()
    found = []
    for number, line in enumerate(lines, start=1):
        cost = line.line.product.cost
        # what a card takes was paid for when the card was sold
        if (
            cost is not None
            and not line.covers
            and line.net.fen * 100 < times(cost, line.quantity).fen * (100 + floor_percent)
        ):
            found.append(number)
    return tuple(found)


def _price_lists(terms: Terms) -> tuple[PriceListTerms, ...]:
    if terms.moment is None or not terms.price_lists:
        return ()
    moment, member = terms.moment, terms.member
    return tuple(each for each in terms.price_lists if each.holds(moment, member))


def _priced(number: int, line: Line, terms: Terms, lists: tuple[PriceListTerms, ...]) -> PricedLine:
    product = line.product
    unit_price = product.price if line.price is None else line.price
    if line.label_price is None:
        quantity, gross = line.quantity, times(unit_price, line.quantity)
    else:
        # the label's amount is what the customer read; the weight is only shown
        gross = line.label_price
        quantity = weight_behind(gross, unit_price) or line.quantity
    if gross.fen > DEAREST_LINE.fen:
        raise BadPrice(gross.fen)
    priced = PricedLine(line, unit_price, quantity, gross)
    if line.price is None:
        priced = _at_base_price(priced, terms, lists)
    if line.discount.fen > priced.net.fen:
        raise DiscountExceedsLine(number, priced.net.fen, line.discount.fen)
    return _cut(priced, Cut("line_discount", line.discount, line.discount_reason))


def _at_base_price(priced: PricedLine, terms: Terms, lists: tuple[PriceListTerms, ...]) -> PricedLine:
    """The cheapest price this customer may have: the shelf's, the member's, or one of a price list."""
    line, product = priced.line, priced.line.product
    best, cut = priced.unit_price, Cut("member_price", ZERO)
    if terms.is_member and product.member_price is not None and product.member_price.fen < best.fen:
        best = product.member_price
    for each in lists:
        listed = each.prices.get(product.code)
        if listed is not None and listed.fen < best.fen:
            best, cut = (
                listed,
                Cut("tier_price" if each.whom == "tiers" else "price_list", ZERO, each.name, each.list_id),
            )
    agreed = terms.group_prices.get((line.pickup, product.code)) if line.pickup else None
    if agreed is not None and agreed.price.fen <= best.fen:
        best, cut = agreed.price, Cut("group_price", ZERO, agreed.name, agreed.sheet_id)
    if best.fen >= priced.unit_price.fen:
        return priced
    return _cut(priced, replace(cut, amount=priced.gross - _at_price(priced.gross, line, best)))


def _at_price(gross: Money, line: Line, unit_price: Money) -> Money:
    if line.label_price is None:
        return times(unit_price, line.quantity)
    shelf = line.product.price.fen
    return Money((gross.fen * unit_price.fen * 2 + shelf) // (2 * shelf))


def _cut(line: PricedLine, cut: Cut) -> PricedLine:
    return line if cut.amount.fen == 0 else replace(line, cuts=(*line.cuts, cut))
