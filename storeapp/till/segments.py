"""Segments: the owner's saved questions about members, counted live, and the tags that follow from them.

They ask about members who ever bought, or about those who joined and never did. What a question does not ask about is
not looked up: a name is opened only for a birthday or a tier.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from storeapp.domain import segment
from storeapp.domain.birthday import days_until
from storeapp.domain.layer import Layer
from storeapp.domain.ledger import bonus_account, points_account, principal_account
from storeapp.domain.member import Member, masked_phone
from storeapp.domain.segment import Facts, Segment, checked_tags
from storeapp.errors import Refused
from storeapp.till.moments import today
from storeapp.till.ports import Books, Clock, Shop
from storeapp.till.records import Found
from storeapp.till.replaying import Progress


@dataclass(eq=False)
class UnknownSegment(Refused):
    """There is no segment `segment_id`."""

    segment_id: str
    word = "unknown_segment"


@dataclass(frozen=True, slots=True)
class SegmentCount:
    """How many members stand in a segment now."""

    segment: Segment
    members: int


def put(shop: Shop, rows: Iterable[Mapping[str, Any]], *, by: str, clock: Clock) -> tuple[Segment, ...]:
    """Saves or changes segments, all or none of them. Raises BadSegment or BadTag."""
    saved = tuple(segment.from_data(row) for row in rows)
    for each in saved:
        checked_tags([each.tag])
    at = clock.now().isoformat()
    with shop.writing() as books:
        for each in saved:
            books.layers.put_segment(each)
            books.journal.append("segment.saved", {"segment": segment.as_data(each), "by": by}, at=at)
    return saved


def drop(shop: Shop, segment_id: str, *, by: str, clock: Clock) -> None:
    """The question is asked no more; what it tagged loses the tag with the next night. Raises UnknownSegment."""
    at = clock.now().isoformat()
    with shop.writing() as books:
        known(books, segment_id)
        books.layers.drop_segment(segment_id)
        books.journal.append("segment.dropped", {"segment_id": segment_id, "by": by}, at=at)


def known(books: Books, segment_id: str) -> Segment:
    """The segment of that id; raises UnknownSegment."""
    found = next((each for each in books.layers.segments() if each.segment_id == segment_id), None)
    if found is None:
        raise UnknownSegment(segment_id)
    return found


def counts(shop: Shop, *, clock: Clock, watched: Progress | None = None) -> tuple[SegmentCount, ...]:
    """Every segment with its members as of now; slow in a large shop."""
    with shop.reading() as books:
        return _counted(books, books.layers.segments(), clock=clock, watched=watched)


def count(shop: Shop, asked: Segment, *, clock: Clock, watched: Progress | None = None) -> int:
    """How many would stand in a segment that need not be saved; slow in a large shop."""
    with shop.reading() as books:
        [counted] = _counted(books, (asked,), clock=clock, watched=watched)
    return counted.members


def _counted(
    books: Books, every: tuple[Segment, ...], *, clock: Clock, watched: Progress | None
) -> tuple[SegmentCount, ...]:
    found = [0] * len(every)
    for facts in (watched or Progress()).over(_facts(books, every, on=today(books, clock))):
        for place, each in enumerate(every):
            found[place] += each.holds(facts)
    return tuple(SegmentCount(each, members) for each, members in zip(every, found, strict=True))


def members_in(books: Books, segment_id: str, *, clock: Clock, most: int) -> tuple[Found, ...]:
    """The first of its members, as a screen may show them. Raises UnknownSegment."""
    asked = known(books, segment_id)
    found: list[Found] = []
    for facts in _facts(books, (asked,), on=today(books, clock)):
        if len(found) == most:
            break
        member = books.members.by_id(facts.member_id) if asked.holds(facts) else None
        if member is not None:
            points = books.ledger.balance(points_account(member.member_id), "pts")
            found.append(Found(member.member_id, member.name, masked_phone(member.phone), member.tier, points))
    return tuple(found)


def tag_by_rule(shop: Shop, *, clock: Clock, watched: Progress | None = None) -> int:
    """Gives every member the tags of her segments, and takes back those a rule gave before; answers how many."""
    at = clock.now().isoformat()
    with shop.reading() as books:
        ruled = tuple(each for each in books.layers.segments() if each.tag)
        hers: dict[str, list[str]] = {each.tag: [] for each in ruled}
        for facts in (watched or Progress()).over(_facts(books, ruled, on=today(books, clock))):
            for each in ruled:
                if each.holds(facts):
                    hers[each.tag].append(facts.member_id)
    with shop.writing() as books:
        books.layers.drop_ruled_tags()
        for tag, member_ids in hers.items():
            books.layers.tag(member_ids, tag, by="rule", at=at, by_rule=True)
    return sum(map(len, hers.values()))


def _facts(books: Books, asked: Sequence[Segment], *, on: date) -> Iterator[Facts]:
    """What these segments want to know of each member they ask about."""
    fields = {condition.field for each in asked for condition in each.conditions}
    if not fields:
        return
    agreed = frozenset(books.outreach.agreed()) if "may_be_contacted" in fields else frozenset()
    tags = books.layers.tags() if "tags" in fields else {}
    joined = dict(books.layers.joined()) if "days_joined" in fields else {}

    def known(who: str) -> Facts:
        member = books.members.by_id(who) if fields & {"birthday_in_days", "tier"} else None
        since = joined.get(who)
        return replace(
            _of(books, who, member, fields, on=on),
            days_joined=None if since is None else max((on - since).days, 0),
            may_be_contacted=who in agreed,
            tags=tags.get(who, frozenset()),
        )

    for layer in books.layers.every():
        yield _who_bought(known(layer.member_id), layer, on=on)
    if any(each.asks_who_never_bought for each in asked):
        for who in books.layers.never_bought():
            yield replace(known(who), never_bought=True)


def _who_bought(known: Facts, layer: Layer, *, on: date) -> Facts:
    trade = layer.trade
    return replace(
        known,
        stage=layer.standing.stage,
        recency=layer.score.recency,
        frequency=layer.score.frequency,
        money=layer.score.money,
        visits=trade.visits,
        net_fen=trade.net_fen,
        average_fen=trade.net_fen // trade.visits,
        days_away=max((on - trade.last_on).days, 0),
        days_known=max((on - trade.first_on).days, 0),
        usual_days=layer.usual_days,
        categories=frozenset(layer.categories),
    )


def _of(books: Books, who: str, member: Member | None, fields: set[str], *, on: date) -> Facts:
    """What is known of anybody, whether she bought or not."""

    def held(name: str, unit: str) -> int:
        return books.ledger.balance(name, unit)

    stored = held(principal_account(who), "fen") + held(bonus_account(who), "fen") if "stored_fen" in fields else 0
    good = (
        [c for c in books.coupons.of_member(who) if c.valid_from <= on <= c.valid_until] if "coupons" in fields else []
    )
    return Facts(
        who,
        tier="" if member is None else member.tier,
        points=held(points_account(who), "pts") if "points" in fields else 0,
        stored_fen=stored,
        coupons=sum(coupon.valid_from <= on <= coupon.valid_until for coupon in good),
        birthday_in_days=None if member is None else days_until(member.birthday, on),
        source=_source(books, who) if "source" in fields else "",
    )


def _source(books: Books, member_id: str) -> str:
    """Where she joined: `counter`, `page` or `import`."""
    said = [consent for consent in books.members.consents(member_id) if consent.purpose == "membership"]
    return said[0].channel if said else ""
