"""The liability report, gathered from the books: at the end of any business day, whatever happened since."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from storeapp.domain.liability import PREFIXES, Liability, custody_of, liability
from storeapp.domain.money import ZERO, Money
from storeapp.domain.policy import Policy
from storeapp.till.moments import in_zone
from storeapp.till.monthly_gifts import promised_fen
from storeapp.till.ports import Books


def owed_on(books: Books, day: date) -> Liability:
    """What the shop owed its members when that business day ended."""
    policy = books.policy.in_force()
    since, until = _begin(day, policy), _begin(day + timedelta(days=1), policy)
    return liability(
        day.isoformat(),
        {name: books.values.owed(prefix, until=until) for name, prefix in PREFIXES.items()},
        {name: books.values.moved(prefix, since=since, until=until) for name, prefix in PREFIXES.items()},
        fen_each=policy.whole("points.fen_each"),
        custody_percent=policy.whole("stored_value.custody_percent"),
        filing=policy.text("stored_value.filing"),
        promised=Money(promised_fen(books, on=day)),
        in_custody=Money(policy.whole("stored_value.custody_fen")),
    )


def custody_missing(books: Books) -> Money | None:
    """What is missing of what has to lie in custody now; None where the shop keeps no money for its members."""
    policy = books.policy.in_force()
    owed = sum(fen for name in ("principal", "cards") for _, fen in books.ledger.holding(PREFIXES[name]))
    if not (owed or policy.get("stored_value.enabled")):
        return None
    asked = custody_of(owed, policy.whole("stored_value.custody_percent"))
    return max(asked - Money(policy.whole("stored_value.custody_fen")), ZERO)


def _begin(day: date, policy: Policy) -> int:
    """When a business day begins, in seconds since 1970."""
    naive = datetime.combine(day, datetime.min.time()) + timedelta(hours=policy.whole("day.cutoff_hour"))
    return int(in_zone(naive, policy).timestamp())
