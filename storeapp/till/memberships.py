"""Memberships: the tier a card gives while it lasts, what was earned at its end, and a coupon each month.

A tier by card wins over a lower one that was earned, and falls back to the earned one. Each is a word like any other,
said by `card`, so the tier's history tells it. The till that sold a membership says so, and every other leaves it be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from storeapp.domain.business_day import months_on
from storeapp.domain.card import Card
from storeapp.domain.coupon_template import TemplateNotLive, UnknownTemplate
from storeapp.domain.tier import BY_CARD, TierRules, TierWord, reached
from storeapp.till import cards, coupon_templates, tiers
from storeapp.till.coupon_templates import Giving
from storeapp.till.moments import local_moment, today
from storeapp.till.names import current, names_of
from storeapp.till.ports import Books, Clock, Shop


def settle_all(shop: Shop, *, clock: Clock) -> int:
    """Everybody this till sold a membership, as the night does it after the rules were asked; answers what changed."""
    with shop.reading() as books:
        own = (card for card in cards.every_card(books) if not card.kind.is_times and not card.sold_at)
        held = {current(books, card.member_id) for card in own}
    changed = 0
    for member_id in sorted(filter(None, held)):
        with shop.writing() as books:
            at, on = local_moment(books, clock.now()).isoformat(), today(books, clock)
            changed += settle(books, member_id, at=at, on=on)
    return changed


def settle(books: Books, member_id: str, *, at: str, on: date) -> int:
    """Her tier by her cards, and the coupons that are due; within the caller's transaction. Answers what changed."""
    member = books.members.by_id(member_id)
    if member is None:
        return 0
    active = [card for card in cards.cards_of(books, member_id) if _is_active(card, on)]
    given = sum(_give_coupons(books, card, member_id, at=at, on=on) for card in active if not card.sold_at)
    word = _word(books, member_id, member.tier, active, at=at, on=on)
    if word is not None:
        tiers.say(books, word)
    return given + (word is not None)


def _is_active(card: Card, on: date) -> bool:
    return not card.kind.is_times and card.since <= on.isoformat() <= card.until and not card.was_paid_back


def _word(books: Books, member_id: str, tier: str, active: Sequence[Card], *, at: str, on: date) -> TierWord | None:
    """What her cards say of her tier today; None where nothing changes."""
    rules = tiers.rules_of(books.policy.in_force())
    best = max(active, key=lambda card: (_rank(rules, card.kind.tier), card.until), default=None)
    said = _said(books, member_id)
    last = said[-1] if said else None
    is_by_card = last is not None and last.by == BY_CARD and last.tier == tier
    # what she would have without the card that gave it
    now = _earned(books, member_id, said, rules, at=at, on=on) if is_by_card else TierWord(member_id, tier, at)
    if best is not None and _rank(rules, best.kind.tier) > _rank(rules, now.tier):
        now = TierWord(member_id, best.kind.tier, at, by=BY_CARD, reason=best.number, until=best.until)
    is_same = now.tier == tier and (
        not is_by_card or (now.by == BY_CARD and last is not None and now.until == last.until)
    )
    return None if is_same else replace(now, before=tier)


def _said(books: Books, member_id: str) -> list[TierWord]:
    """Every word about her tier, the oldest first; those about whoever was merged into her among them."""
    words = [word for name in names_of(books, member_id) for word in books.tiers.words(name)]
    return sorted(words, key=lambda word: datetime.fromisoformat(word.at))


def _earned(books: Books, member_id: str, said: Sequence[TierWord], rules: TierRules, *, at: str, on: date) -> TierWord:
    """What she has without a card: what she reaches today, or keeps from before."""
    place, measure = reached(books.tiers.done(member_id, since=tiers.since(on, rules)), rules)
    others = [word for word in said if word.by != BY_CARD]
    # before the first card she may have had one from a sheet, which nobody said
    kept = others[-1] if others else TierWord(member_id, said[0].before, at)
    is_kept = kept.until >= on.isoformat() if kept.until else rules.rank(kept.tier) is None or not rules.tiers
    if is_kept and _rank(rules, kept.tier) >= place:
        return TierWord(member_id, kept.tier, at, until=kept.until)
    name = "" if place < 0 else rules.tiers[place].name
    return TierWord(member_id, name, at, measure=measure, until=tiers.kept_until(on, rules))


def _rank(rules: TierRules, tier: str) -> int:
    """A tier no rule names was made for cards or given by hand: it stands above those that are earned."""
    rank = rules.rank(tier)
    return len(rules.tiers) if rank is None else rank


def _give_coupons(books: Books, card: Card, member_id: str, *, at: str, on: date) -> int:
    """The coupons of the months that have begun, each once; a template that was ended gives none for now."""
    if not card.kind.template:
        return 0
    try:
        template = coupon_templates.live(books, card.kind.template)
    except (UnknownTemplate, TemplateNotLive):
        return 0
    given = 0
    for month in range(card.kind.months):
        key = f"card/{card.card_id}/{month}"
        is_due = months_on(date.fromisoformat(card.since), month) <= on
        if is_due and not books.coupon_grants.of_key(key):
            coupon_templates.give(books, template, Giving(key, "issued", at, on, member_id=member_id, reason=BY_CARD))
            given += 1
    return given
