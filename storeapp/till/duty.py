"""Who is on the till today, as the journal tells it: signing in begins, signing out by a key ends."""

from __future__ import annotations

from dataclasses import dataclass

from storeapp.domain.journal import body_of
from storeapp.till.ports import Shop

_LOOKED_BACK = 2000


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody's day at this till: when it began (ISO 8601), and when it ended, "" while it has not."""

    code: str
    since: str
    until: str = ""


def on_duty(shop: Shop, *, day: str) -> dict[str, Duty]:
    """Everybody who signed in on that calendar day (ISO date), by code, as far as the latest entries tell.

    A till that locked itself, or a quick switch, ends nobody's day. Reads a few thousand entries: not on the
    window's thread.
    """
    found: dict[str, Duty] = {}
    with shop.reading() as books:
        head, _hash = books.journal.head()
        entries = books.journal.after(max(0, head - _LOOKED_BACK), limit=_LOOKED_BACK)
    for entry in entries:
        if entry.at[:10] != day or not entry.type.startswith("staff.signed_"):
            continue
        said = body_of(entry)
        code = str(said["staff"])
        if entry.type == "staff.signed_in":
            found[code] = Duty(code, found[code].since if code in found else entry.at)
        elif said.get("why") == "asked" and code in found:
            found[code] = Duty(code, found[code].since, entry.at)
    return found
