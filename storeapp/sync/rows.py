"""Rows: what a row of a feed changes in the till's books.

Everything here may happen twice and is then as if it had happened once: our own deeds come back this way, and a feed
may begin again from its first row.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from storeapp.domain import coupon_terms
from storeapp.domain import policy as rules
from storeapp.domain.feedback import Feedback
from storeapp.domain.ledger import Unbalanced, coupon_account
from storeapp.domain.member import Member, normal_phone
from storeapp.domain.referral import Bought
from storeapp.errors import Refused
from storeapp.sync import bodies, shelf
from storeapp.sync.transport import CloudSpeaksGarbage
from storeapp.till import alarms, coupon_gifts, merged_elsewhere, referrals_elsewhere
from storeapp.till.names import current
from storeapp.till.ports import Books
from storeapp.wire.messages import FeedRow

log = logging.getLogger(__name__)

KNOWN_VERSION = 1
# the newest version of a type, where it is not the first
_NEWEST = {"coupon": coupon_terms.VERSION}
_MEMBER_EVENTS = ("member.joined", "member.changed", "member.erased")
_MERGED = "member.merged"
_COUPON_EVENTS = ("sale", "refund", "coupon.voided")
# the key that says what a row is about; rows of other types stand each for themselves
_ABOUT = {
    "policy": ("policy", "key"),
    "promotion": ("promotion", "promotion_id"),
    "price_list": ("price_list", "list_id"),
    "coupon_template": ("coupon_template", "template_id"),
    "product": ("product", "code"),
    "product.gone": ("product", "code"),
    "member": ("member", "member_id"),
    "member.erased": ("member", "member_id"),
    "coupon": ("coupon", "coupon_id"),
    "referral": ("referral", "newcomer_id"),
    "group.order": ("group.order", "order_id"),
    "alarm": ("alarm", "alarm_id"),
}


@dataclass(slots=True)
class OwnWork:
    """Members whose latest change was made here and is not in the cloud yet: what it says of them is older.

    So is what it says of who stands for those `merged` here, and of `coupons` that were used, given back or taken away.
    """

    seq: int
    members: set[str]
    merged: set[str] = field(default_factory=set)
    coupons: set[str] = field(default_factory=set)

    def look_on(self, books: Books) -> None:
        """Reads what the journal holds beyond what was read before."""
        while entries := books.journal.after(self.seq, limit=500):
            for entry in entries:
                if entry.type in _MEMBER_EVENTS:
                    self.members.add(str(json.loads(entry.body)["member_id"]))
                elif entry.type == _MERGED:
                    said = json.loads(entry.body)
                    self.merged |= {str(said["kept"]), str(said["gone"])}
                elif entry.type in _COUPON_EVENTS:
                    self.coupons |= _coupons_moved(json.loads(entry.body))
            self.seq = entries[-1].seq


def _coupons_moved(said: Mapping[str, Any]) -> set[str]:
    root = coupon_account("")
    accounts = (str(leg["account"]) for leg in said.get("ledger", said)["legs"] if leg["unit"] == "coupon")
    return {account.removeprefix(root) for account in accounts if account.startswith(root)}


def settled(rows: Sequence[FeedRow]) -> list[FeedRow]:
    """The same rows, each saying what the last one about the same thing says.

    Read one after the other, last month's price would be in force for a moment, or for hours when the network goes
    just then.
    """
    last = {about: row for row in rows if (about := _about(row)) is not None}
    found = []
    for row in rows:
        about = _about(row)
        found.append(row if about is None else last[about].model_copy(update={"seq": row.seq}))
    return found


def _about(row: FeedRow) -> tuple[str, object] | None:
    kind, key = _ABOUT.get(row.t, ("", ""))
    name = row.body.get(key)
    return (kind, name) if isinstance(name, str) else None


def apply(books: Books, rows: Sequence[FeedRow], own: OwnWork, *, now: datetime) -> None:
    """Writes the rows into the books, within the caller's transaction. Raises CloudSpeaksGarbage for a broken one.

    What this version does not know, or what a rule of this shop will not have, is left out: a feed never stops.
    """
    own.look_on(books)
    known = [row for row in rows if row.v in range(KNOWN_VERSION, _NEWEST.get(row.t, KNOWN_VERSION) + 1)]
    shelf.put(books, [row for row in known if row.t in ("product", "product.gone")])
    for row in known:
        try:
            _apply_one(books, row, own, now)
        except Refused as error:
            log.warning("row %d of type %s is left out: %s", row.seq, row.t, error.word)


def _apply_one(books: Books, row: FeedRow, own: OwnWork, now: datetime) -> None:
    match row.t:
        case "policy":
            _policy(books, bodies.read(row, bodies.PolicyBody))
        case "promotion":
            # the moment decides, not the order of coming: a later word of this till's own stands
            books.promotions.put(bodies.read(row, bodies.PromotionBody).version_said())
        case "price_list":
            books.price_lists.put(bodies.read(row, bodies.PriceListBody).version_said())
        case "coupon_template":
            books.coupon_templates.put(bodies.read(row, bodies.CouponTemplateBody).version_said())
        case "member":
            _member(books, bodies.read(row, bodies.MemberBody), own.members)
        case "member.erased":
            _erased(books, bodies.read(row, bodies.ErasedBody).member_id)
        case "consent":
            _consent(books, bodies.read(row, bodies.ConsentBody), now)
        case "member.merged":
            merged = bodies.read(row, bodies.MergedBody)
            merged_elsewhere.hear(books, merged.gone, merged.kept, at=merged.at, own=own.merged)
        case "referral":
            named = bodies.read(row, bodies.ReferralBody)
            referrals_elsewhere.hear(books, named.referral(), device_id=named.device_id)
        case "referral.bought":
            sold = bodies.read(row, bodies.BoughtBody)
            left = Bought(sold.sale_id, sold.day.isoformat(), sold.left_fen)
            referrals_elsewhere.bought(books, sold.newcomer_id, left)
        case "card":
            # most shops sell no cards: a start does not load them
            from storeapp.sync import cards

            cards.hear(books, row)
        case "group.sheet" | "group.order" | "group.pick":
            # nor do most have groups that order
            from storeapp.sync import groups

            groups.hear(books, row)
        case "coupon":
            _coupon(books, bodies.read(row, bodies.CouponBody), own.coupons)
        case "ledger":
            _ledger(books, row)
        case "opened":
            page = bodies.read(row, bodies.PageBody)
            books.feeds.note_opened(page.receipt_token, page.at)
        case "alarm":
            alarms.hear(books, bodies.read(row, bodies.AlarmBody).alarm())
        case "feedback":
            _feedback(books, bodies.read(row, bodies.FeedbackBody).feedback())


def _feedback(books: Books, said: Feedback) -> None:
    # she was erased here, and the cloud does not know yet: her words have no place any more
    said = replace(said, member_id=current(books, said.member_id))
    is_gone = said.member_id is not None and books.members.by_id(said.member_id) is None
    books.feedback.put(replace(said, words="") if is_gone else said)


def _policy(books: Books, said: bodies.PolicyBody) -> None:
    rules.checked(said.key, said.value)
    now = books.policy.in_force().get(said.key)
    # the choice made last wins, wherever it was made; ours is on its way up
    was_changed_since = books.policy.in_force(at=said.at).get(said.key) != now
    if now != said.value and not was_changed_since:
        books.policy.put(said.key, said.value, at=said.at)


def _member(books: Books, said: bodies.MemberBody, own: set[str]) -> None:
    if said.member_id in own:
        return
    phone = normal_phone(said.phone)
    if current(books, said.member_id) != said.member_id:
        merged_elsewhere.add_phone(books, said.member_id, phone)
        return
    held = books.members.by_id(said.member_id)
    # what only this till knows of her stays
    kept = held or Member(said.member_id, phone, said.name, said.joined_at)
    others = kept.other_phones
    if phone in others:
        # both are hers: told of first is now the other one
        others = (*(each for each in others if each != phone), kept.phone)
    joined_at = said.joined_at or kept.joined_at
    told = replace(kept, phone=phone, name=said.name, joined_at=joined_at, tier=said.tier, other_phones=others)
    if told == held:
        return
    namesake = books.members.by_phone(phone)
    if namesake is not None and namesake.member_id != said.member_id:
        log.warning("member %s is left out: the phone belongs to %s here", said.member_id, namesake.member_id)
        return
    books.members.put(told)


def _consent(books: Books, said: bodies.ConsentBody, now: datetime) -> None:
    hers = current(books, said.member_id)
    if hers is None or books.members.by_id(hers) is None:
        return
    books.members.consent(hers, said.consent())
    # who has become another since had hers under that name
    if hers == said.member_id and said.purpose == "membership" and said.given and said.channel == "page":
        coupon_gifts.on_page_join(books, said.member_id, said.at, now=now)


def _erased(books: Books, member_id: str) -> None:
    if books.members.by_id(member_id) is not None:
        books.members.erase(member_id)
        books.layers.forget(member_id)


def _coupon(books: Books, said: bodies.CouponBody, own: Set[str]) -> None:
    told = said.coupon()
    told = replace(told, member_id=current(books, told.member_id))
    held = books.coupons.by_id(told.coupon_id)
    # redeemed here and not yet up there
    if held == told or told.coupon_id in own:
        return
    if held is None or told.state != "issued" or held.state == "issued":
        books.coupons.put(told)
        return
    # its sale came back at another till: of what is up there the cloud's word counts
    books.coupons.put(replace(told, state="redeemed"))
    books.coupons.give_back(told)


def _ledger(books: Books, row: FeedRow) -> None:
    try:
        books.ledger.post(bodies.read(row, bodies.LedgerBody).txn())
    except Unbalanced as error:
        raise CloudSpeaksGarbage(f"ledger row {row.seq}") from error
