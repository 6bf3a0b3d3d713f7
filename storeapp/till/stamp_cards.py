"""Stamp cards as they stand: read from a member's sales, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from storeapp.domain.money import Money
from storeapp.domain.policy import Policy
from storeapp.domain.stamp import Purchase, StampCard, StampRules, card_of, read_goals, stamped
from storeapp.domain.tender import Tender
from storeapp.till.ports import Books


def rules_of(policy: Policy) -> StampRules:
    """The owner's rules in force."""
    return StampRules(
        read_goals(policy.text("stamps.rules")), policy.text("stamps.since"), policy.whole("stamps.least_fen")
    )


def purchases(books: Books, member_id: str, rules: StampRules) -> list[Purchase]:
    """What she bought and has paid for since cards began, without what came back."""
    return [Purchase(each.day, each.left_fen) for each in books.referrals.bought(member_id, since=rules.since)]


def stamps(books: Books, member_id: str, rules: StampRules) -> int:
    """How many she has had since cards began."""
    return len(stamped(purchases(books, member_id, rules), rules))


def card(books: Books, member_id: str, policy: Policy) -> StampCard | None:
    """The card she holds; None in a shop without cards."""
    rules = rules_of(policy)
    return card_of(stamps(books, member_id, rules), rules) if rules.is_on else None


def card_after(
    books: Books, member_id: str, asked: Money, tenders: Sequence[Tender], *, on: date, policy: Policy
) -> StampCard | None:
    """The card she will hold once a sale of `asked` is booked; what she owes is no visit before it is paid."""
    rules = rules_of(policy)
    if not rules.is_on:
        return None
    found = purchases(books, member_id, rules)
    if not any(tender.kind == "on_account" for tender in tenders):
        found.append(Purchase(on.isoformat(), asked.fen))
    return card_of(len(stamped(found, rules)), rules)
