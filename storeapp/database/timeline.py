"""The timeline: her purchases, coupons and consents, and what was noted of her, in one order."""

from __future__ import annotations

from storeapp.database.statements.timeline import LOOKS, NOTE, OF, SEEN_BY
from storeapp.database.work import Work
from storeapp.domain.timeline import Happened, Noted


class TimelineTable:
    """Implements `till.ports.Timeline`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of(self, member_id: str, *, skip: int = 0, most: int = 50, looks: bool = False) -> tuple[Happened, ...]:
        rows = self._work.all(OF, member_id=member_id, skip=skip, most=most, looks=int(looks))
        return tuple(Happened(kind, at_s, ref, fen, detail, by) for kind, at_s, ref, fen, detail, by in rows)

    def note(self, member_id: str, kind: Noted, *, by: str, at: str, detail: str = "") -> None:
        self._work.run(NOTE, id=None, member_id=member_id, kind=kind, at=at, actor=by, detail=detail)

    def seen_by(self, who: str, *, since: str) -> frozenset[str]:
        return frozenset(member_id for (member_id,) in self._work.all(SEEN_BY, who=who, since=since))

    def looks(self, day: str) -> dict[str, int]:
        # in a moment the date is followed by "T"
        return dict(self._work.all(LOOKS, day=day, day_after=day + "U"))
