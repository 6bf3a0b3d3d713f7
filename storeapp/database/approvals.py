"""Approvals' table: each is added once and spent once."""

from __future__ import annotations

from collections.abc import Iterator

from storeapp.database.statements.approvals import ADD, BY_ID, EVERY, USE
from storeapp.database.work import Work
from storeapp.domain.approval import Approval


class ApprovalTable:
    """Implements `till.ports.Approvals`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, approval: Approval) -> None:
        self._work.run(ADD, **{name: getattr(approval, name) for name in Approval.__slots__})

    def by_id(self, approval_id: str) -> Approval | None:
        row = self._work.one(BY_ID, approval_id=approval_id)
        return None if row is None else Approval(*row)

    def use(self, approval_id: str, *, at: str) -> bool:
        found = self.by_id(approval_id)
        if found is None or found.used_at:
            return False
        # one transaction writes at a time: nobody comes between the look and the deed, and a trigger watches both
        self._work.run(USE, id=approval_id, used=at)
        return True

    def every(self) -> Iterator[Approval]:
        return (Approval(*row) for row in self._work.each(EVERY))
