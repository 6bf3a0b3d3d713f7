"""Cards at the till: the kinds the owner sells, and how each card of a member stands by the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from storeapp.domain.card import BackTerms, Card, UnknownCard, in_use_order
from storeapp.domain.card_doc import CardDoc, gift_lot, worth_account
from storeapp.domain.card_kind import CardKind, kind_of, read_kinds, write_kinds
from storeapp.domain.card_use import CardUse, Covered, earned_fen, listed_account, taken_account
from storeapp.domain.ledger import times_account
from storeapp.domain.lots import taken
from storeapp.domain.policy import Policy
from storeapp.domain.priced import PricedLine
from storeapp.domain.product import UnknownCode
from storeapp.domain.receipt import number_behind
from storeapp.domain.terms import CardTerms
from storeapp.till import coupon_templates
from storeapp.till.names import names_of
from storeapp.till.policies import set_policy
from storeapp.till.ports import Books, Clock, Shop


def kinds_of(policy: Policy) -> tuple[CardKind, ...]:
    """What the owner sells, and what he sold."""
    return read_kinds(policy.text("cards.kinds"))


def put_kind(shop: Shop, kind: CardKind, *, clock: Clock, by: str = "") -> CardKind:
    """A new kind, or another word about an old one; cards that are out stay as they were sold.

    Raises UnknownCode for goods the shop does not have, UnknownTemplate or TemplateNotLive.
    """
    with shop.reading() as books:
        before = kinds_of(books.policy.in_force())
        missing = next((code for code in kind.goods if books.products.by_code(code) is None), None)
        if missing is not None and not kind.is_ended:
            raise UnknownCode(missing[:60])
        if kind.template:
            coupon_templates.live(books, kind.template)
        named = tuple(dict.fromkeys(_code_of(books, code) for code in kind.goods))
    kind = replace(kind, goods=named)
    others = [kind if each.code == kind.code else each for each in before]
    text = write_kinds(others if kind in others else [*others, kind])
    set_policy(shop, "cards.kinds", text, clock=clock, actor=by)
    return kind


def _code_of(books: Books, code: str) -> str:
    """The product's own code behind a barcode."""
    found = books.products.by_code(code)
    return code if found is None else found.code


def end_kind(shop: Shop, code: str, *, clock: Clock, by: str = "") -> CardKind:
    """No more of these are sold. Raises UnknownCardKind."""
    with shop.reading() as books:
        kind = replace(kind_of(kinds_of(books.policy.in_force()), code), is_ended=True)
    return put_kind(shop, kind, clock=clock, by=by)


def back_terms(policy: Policy) -> BackTerms:
    """How the owner pays cards back."""
    return BackTerms(
        policy.whole("cards.return_days"), policy.text("cards.own_wish"), policy.text("cards.membership_part")
    )


def cards_of(books: Books, member_id: str) -> tuple[Card, ...]:
    """Every card she holds, in the order they are used."""
    names = names_of(books, member_id)
    return in_use_order(card for card in _cards(books, books.cards.of_member(member_id)) if card.member_id in names)


def every_card(books: Books) -> tuple[Card, ...]:
    """All cards ever sold in the shop, as far as this till has heard; other tills' first, oldest first."""
    return tuple(_cards(books, books.cards.every()))


def card_of(books: Books, card_id: str) -> Card:
    """One card by its id; raises UnknownCard."""
    found = find_card(books, card_id)
    if found is None:
        raise UnknownCard(card_id[:60])
    return found


def find_card(books: Books, card_id: str) -> Card | None:
    """One card by its id; None where this till has not heard of it."""
    return next(iter(_cards(books, books.cards.of_card(card_id))), None)


def card_named(books: Books, name: str) -> Card:
    """One card by the receipt number it was sold by, or its id; raises UnknownCard."""
    doc = books.cards.by_number(number_behind(name, store=books.device.store))
    return card_of(books, name if doc is None else doc.card_id)


def open_cards(books: Books, member_id: str, *, on: date) -> tuple[Card, ...]:
    """Hers that are good on that day."""
    grace = books.policy.in_force().whole("cards.grace_days")
    return tuple(card for card in cards_of(books, member_id) if card.state(on, grace=grace) == "open")


def terms_of_cards(books: Books, member_id: str, *, on: date) -> tuple[CardTerms, ...]:
    """Her cards of times as the price asks for them."""
    return tuple(
        CardTerms(card.card_id, card.name, frozenset(card.kind.goods), card.left, card.kind.whole)
        for card in open_cards(books, member_id, on=on)
        if card.kind.is_times
    )


def uses(books: Books, lines: Sequence[PricedLine]) -> tuple[CardUse, ...]:
    """What a sale of these lines takes off her cards, lot by lot."""
    by_card: dict[str, list[Covered]] = {}
    for number, line in enumerate(lines, start=1):
        for cover in line.covers:
            by_card.setdefault(cover.card_id, []).append(Covered(number, cover.times, cover.listed.fen))
    return tuple(_use(books, card_of(books, card_id), tuple(lines)) for card_id, lines in by_card.items())


def _use(books: Books, card: Card, lines: tuple[Covered, ...]) -> CardUse:
    account, times = times_account(card.card_id), sum(line.times for line in lines)
    lots = books.ledger.lots_of(account)
    moves = taken(account, lots, times)
    paid = -sum(move.amount for move in moves if move.lot_id == card.card_id)
    # where two tills took the same time, nothing may be owed of it here
    earned = earned_fen(max(card.worth_fen, 0), left=card.left - card.gift_left, taken=paid)
    return CardUse(
        card.card_id,
        card.name,
        card.number,
        card.kind.whole,
        card.left,
        card.left - times,
        earned,
        lines,
        card.until,
        moves,
    )


def _cards(books: Books, docs: Iterable[CardDoc]) -> Iterable[Card]:
    by_card: dict[str, list[CardDoc]] = {}
    for doc in docs:
        by_card.setdefault(doc.card_id, []).append(doc)
    return [_card(books, some) for some in by_card.values()]


def _card(books: Books, docs: Sequence[CardDoc]) -> Card:
    """The card these documents tell of, the sale first."""
    sold, card_id, balance = docs[0], docs[0].card_id, books.ledger.balance
    gift = next((lot for lot in books.ledger.lots_of(times_account(card_id)) if lot.lot_id == gift_lot(card_id)), None)
    backs = [doc for doc in docs if doc.deed == "card_refund"]
    return Card(
        card_id=card_id,
        number=sold.number,
        kind=sold.kind,
        member_id=docs[-1].member_id,
        sold_on=sold.business_date,
        paid_fen=sold.money_fen,
        tender=sold.tender,
        until=sold.until,
        since=sold.since,
        left=balance(times_account(card_id), "times"),
        gift_left=0 if gift is None else gift.remaining,
        taken=balance(taken_account(card_id), "times"),
        worth_fen=balance(worth_account(card_id), "fen"),
        listed_fen=balance(listed_account(card_id), "fen"),
        back_fen=sum(doc.money_fen for doc in backs),
        was_paid_back=bool(backs),
        sold_at=f"{sold.store}-{sold.till}" if sold.is_told else "",
    )
