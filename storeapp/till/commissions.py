"""Commissions, gathered from a month's sales and refunds. They are told, never booked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from storeapp.domain.business_day import months_on
from storeapp.domain.commission import Commissions, Sold, read_rates, statements
from storeapp.domain.policy import Policy
from storeapp.domain.sale import Sale
from storeapp.till import group_rewards
from storeapp.till.members import masked_of
from storeapp.till.moments import in_zone
from storeapp.till.names import current
from storeapp.till.ports import Books
from storeapp.till.staff_members import works_as

_COUNTS = ("named", "rewarded")


def of_month(books: Books, first: date) -> Commissions:
    """The statements of the month that begins on `first`, by the percents in force when it ended."""
    after = months_on(first, 1)
    policy = books.policy.in_force(at=_end(after, books.policy.in_force()))
    month = _Month(books, first, after, policy.whole("commission.promoter_days"))
    rates, hers = read_rates(policy.text("commission.staff")), read_rates(policy.text("commission.promoter"))
    lines = tuple(month.lines())
    names = {person.code: person.name for person in books.staff.every()}
    brought = tuple(month.brought(lines)) if policy.text("commission.promoter") else ()
    return Commissions(
        f"{first:%Y-%m}",
        statements((sold for sold, _sale, _number in lines), rates, names),
        statements(
            brought,
            hers,
            {each.who: masked_of(books, each.who) for each in brought},
            most_fen=policy.whole("commission.promoter_most_fen"),
        ),
        group_rewards.of_lines(books, lines),
    )


@dataclass(slots=True)
class _Month:
    """One month's lines, from `first` to the day before `after`."""

    books: Books
    first: date
    after: date
    promoter_days: int
    categories: dict[str, str] = field(default_factory=dict)
    promoters: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    def lines(self) -> Iterator[tuple[Sold, Sale, int]]:
        """What was sold and what came back, with its sale and the line's number there.

        What came back is the seller's, whoever took it back.
        """
        for sale in self.books.sales.since(self.first.isoformat()):
            # history from another system was somebody else's commission
            if sale.token and sale.business_date < self.after.isoformat():
                for line in sale.lines:
                    yield self._sold(sale, sale.sale_id, line.code, line.net.fen), sale, line.number
        for n in range((self.after - self.first).days):
            day = (self.first + timedelta(days=n)).isoformat()
            for back in self.books.refunds.on(day):
                of = self.books.sales.by_receipt(back.sale_receipt) if back.sale_receipt else None
                if of is None or not of.token:
                    continue
                for came in back.lines:
                    yield self._sold(of, back.refund_id, came.code, -came.amount.fen), of, came.line

    def brought(self, lines: tuple[tuple[Sold, Sale, int], ...]) -> Iterator[Sold]:
        """The lines of those whom a member brought, for so many days after she did."""
        for sold, sale, _number in lines:
            who, since, until = self._promoter(sale.member_id)
            if who and since <= sale.business_date <= until:
                yield Sold(who, sold.document, sold.category, sold.fen)

    def _sold(self, sale: Sale, document: str, code: str, fen: int) -> Sold:
        if code not in self.categories:
            product = self.books.products.by_code(code)
            self.categories[code] = "" if product is None else product.category
        return Sold(sale.cashier, document, self.categories[code], fen)

    def _promoter(self, member_id: str | None) -> tuple[str, str, str]:
        """Who brought this member, and from which day to which that counts."""
        if member_id is None:
            return "", "", ""
        if member_id not in self.promoters:
            found = self.books.referrals.of(member_id)
            counts = found is not None and found.state in _COUNTS and not works_as(self.books, found.referrer_id)
            if found is None or not counts:
                self.promoters[member_id] = "", "", ""
            else:
                last = date.fromisoformat(found.named_on) + timedelta(days=self.promoter_days)
                self.promoters[member_id] = (
                    current(self.books, found.referrer_id),
                    found.named_on,
                    last.isoformat(),
                )
        return self.promoters[member_id]


def _end(after: date, policy: Policy) -> str:
    naive = datetime.combine(after, datetime.min.time()) + timedelta(hours=policy.whole("day.cutoff_hour"))
    return in_zone(naive, policy).isoformat()
