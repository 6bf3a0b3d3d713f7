"""Outreach: each morning's short list, its words ready to be sent, and what became of it.

The till sends nothing. A person copies the words, sends them from her own telephone, and says what became of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from storeapp.domain import outreach
from storeapp.domain.card import Card
from storeapp.domain.member import agrees, masked_phone
from storeapp.domain.outreach import Candidate, Due, Outcome, OutreachRules, Peace, Reason
from storeapp.domain.outreach_reasons import APOLOGY_DAYS, LAPSING_DAYS, apology, candidates, unbought
from storeapp.domain.outreach_text import Sentences, letter
from storeapp.domain.policy import Policy
from storeapp.domain.receipt_coupon import terms_said
from storeapp.errors import Refused
from storeapp.till.moments import local_moment, today
from storeapp.till.names import current
from storeapp.till.ports import Books, Clock, Shop

MIX_DAYS = 30
AWAY: frozenset[Reason] = frozenset({"due", "cooling"})
"""Reasons that say she was not here; whoever comes before anybody wrote has answered them herself."""


@dataclass(eq=False)
class NotOnTheList(Refused):
    """She does not stand on the list of that day."""

    word = "not_on_the_list"


@dataclass(eq=False)
class OptedOut(Refused):
    """She does not agree to be written to, or no longer."""

    word = "opted_out"


@dataclass(eq=False)
class QuietHours(Refused):
    """Nobody is written to before `until`, an hour of the clock."""

    until: str
    word = "quiet_hours"


@dataclass(frozen=True, slots=True)
class Letter:
    """Somebody on the list with everything a person needs to write to her."""

    due: Due
    name: str
    phone_masked: str
    last_on: date | None
    text: str


@dataclass(frozen=True, slots=True)
class Morning:
    """Today's list. `selling_percent` is the share of selling in what was written in the last 30 days."""

    day: date
    letters: tuple[Letter, ...]
    rules: OutreachRules
    is_quiet: bool
    written: int
    selling_percent: int


def rules_of(policy: Policy) -> OutreachRules:
    """The owner's bounds."""
    return OutreachRules(
        most_a_day=policy.whole("outreach.most_a_day"),
        peace_days=policy.whole("outreach.peace_days"),
        selling_share_percent=policy.whole("outreach.selling_percent"),
        quiet_from=time(policy.whole("outreach.quiet_from_hour")),
        quiet_until=time(policy.whole("outreach.quiet_until_hour")),
    )


def prepare(shop: Shop, *, clock: Clock) -> int:
    """Makes today's list if there is none, and it stays all day; answers how many stand on it."""
    with shop.reading() as books:
        day = today(books, clock)
        if there := books.outreach.of_day(day):
            return len(there)
        rules = rules_of(books.policy.in_force())
        written, agreed = books.outreach.last_written(), frozenset(books.outreach.agreed())
        peace = {name: Peace(has_agreed=True, last_written_on=written.get(name)) for name in agreed}
        chosen = outreach.queue(_candidates(books, agreed, day, written), peace, today=day, rules=rules)
    with shop.writing() as books:
        books.outreach.put_day(day, chosen)
    return len(chosen)


def morning(books: Books, words: Sentences, *, clock: Clock) -> Morning:
    """Today's list, without those erased since, or who want no more messages, or whose reason is gone since then."""
    day, policy = today(books, clock), books.policy.in_force()
    rules = rules_of(policy)
    shop, persona = policy.text("shop.name"), policy.text("outreach.persona")
    found = []
    for due in books.outreach.of_day(day):
        member = books.members.by_id(due.member_id)
        if member is None or not _may_be_written_to(books, due.member_id):
            continue
        detail = _detail_now(books, due, words)
        if detail is None:
            continue
        layer = books.layers.of(due.member_id)
        text = letter(due.reason, detail, name=member.name, shop=shop, persona=persona, words=words)
        last_on = None if layer is None else layer.trade.last_on
        found.append(Letter(due, member.name, masked_phone(member.phone), last_on, text))
    written = [due.reason for due in books.outreach.since(day - timedelta(days=MIX_DAYS)) if due.is_written]
    return Morning(day, tuple(found), rules, _is_quiet(books, rules, clock), len(written), outreach.mix(written))


def hand_over(books: Books, member_id: str, words: Sentences, *, clock: Clock) -> str:
    """The words to be sent to her now. Raises NotOnTheList, OptedOut or QuietHours."""
    now = morning(books, words, clock=clock)
    mine = next((one for one in now.letters if one.due.member_id == member_id), None)
    if mine is None:
        on_it = any(due.member_id == member_id for due in books.outreach.of_day(now.day))
        raise OptedOut if on_it and not _may_be_written_to(books, member_id) else NotOnTheList
    if now.is_quiet:
        raise QuietHours(f"{now.rules.quiet_until:%H:%M}")
    return mine.text


def settle(shop: Shop, member_id: str, outcome: Outcome, *, by: str, clock: Clock, day: date | None = None) -> Due:
    """What became of it, on record; a reply may be told on a later day. Raises NotOnTheList."""
    at = clock.now().isoformat()
    with shop.writing() as books:
        on, device = day or today(books, clock), books.device
        due = next((each for each in books.outreach.of_day(on) if each.member_id == member_id), None)
        if due is None:
            raise NotOnTheList
        if due.outcome == outcome:
            return due
        books.outreach.settle(on, member_id, outcome, by=by, at=at)
        books.timeline.note(member_id, "written", by=by, at=at, detail=f"{due.reason}:{outcome}")
        body = {
            "day": on.isoformat(),
            "member_id": member_id,
            "reason": due.reason,
            "outcome": outcome,
            "before": due.outcome,
            "by": by,
            "store": device.store,
            "till": device.till,
        }
        books.journal.append("outreach.settled", body, at=at)
    return Due(on, member_id, due.reason, due.detail, outcome, at, by)


def _detail_now(books: Books, due: Due, words: Sentences) -> str | None:
    """What her letter tells; None where it is true no more and nobody wrote: she came today, or used her coupon."""
    if due.reason in AWAY and not due.outcome and books.layers.last_bought(due.member_id) == due.day:
        return None
    if due.reason != "coupon_lapses":
        return due.detail
    fen, _, until = due.detail.partition(":")
    hers = [
        coupon
        for coupon in books.coupons.ever_of_member(due.member_id)
        if (coupon.amount.fen, coupon.valid_until.isoformat()) == (int(fen), until)
        and (coupon.state == "issued" or due.outcome)
    ]
    if not hers:
        return None
    word = books.coupon_templates.get(hers[0].offer_id)
    said = (*(() if word is None else (word.name,)), *terms_said(hers[0], words))
    return f"{until}:{words.t(', ').join(said)}"


def _candidates(books: Books, agreed: frozenset[str], day: date, written: Mapping[str, date]) -> Iterator[Candidate]:
    for said in books.feedback.low_since((day - timedelta(days=APOLOGY_DAYS)).isoformat()):
        who = said.member_id or ""
        on = local_moment(books, datetime.fromisoformat(said.at)).date()
        owed = apology(said, on=on, last_written_on=written.get(who))
        if owed is not None and who in agreed and books.members.by_id(who) is not None:
            yield owed
    yield from _ending(books, agreed, day)
    # of several coupons the one that lapses first is kept: it comes last
    lapsing = {each.member_id: each for each in books.outreach.lapsing(day, day + timedelta(days=LAPSING_DAYS))}
    bought = set()
    for layer in books.layers.every():
        bought.add(layer.member_id)
        if layer.member_id not in agreed:
            continue
        member = books.members.by_id(layer.member_id)
        if member is not None:
            yield from candidates(layer, today=day, birthday=member.birthday, lapsing=lapsing.get(layer.member_id))
    for member_id in sorted(agreed - bought):
        member = books.members.by_id(member_id)
        if member is not None:
            yield from unbought(member_id, today=day, birthday=member.birthday, lapsing=lapsing.get(member_id))


def _ending(books: Books, agreed: frozenset[str], day: date) -> Iterator[Candidate]:
    """Whose card ends soon, and has something left on it; the money she paid for that stays hers."""
    policy = books.policy.in_force()
    if not policy.text("cards.kinds"):
        return
    # most shops sell no cards: a start does not load them
    from storeapp.till import cards

    within, grace = policy.whole("cards.remind_days"), policy.whole("cards.grace_days")
    for card in cards.every_card(books):
        who = current(books, card.member_id)
        is_due = who in agreed and card.is_ending(day, within=within) and card.state(day, grace=grace) == "open"
        if is_due and not _is_renewed(cards.cards_of(books, who), card):
            yield Candidate(who, "card_ends", card.worth_fen, f"{card.until}:{card.name}")


def _is_renewed(hers: tuple[Card, ...], card: Card) -> bool:
    """Whether another membership of that tier goes on where this one ends."""
    return any(
        not other.kind.is_times and other.kind.tier == card.kind.tier and other.until > card.until for other in hers
    )


def _may_be_written_to(books: Books, member_id: str) -> bool:
    return agrees(books.members.consents(member_id), "marketing")


def _is_quiet(books: Books, rules: OutreachRules, clock: Clock) -> bool:
    return outreach.is_quiet(local_moment(books, clock.now()).time(), rules)
