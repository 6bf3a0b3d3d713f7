"""Policy's table: every choice the owner ever made, with its moment. It is only ever added to."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from storeapp.database.statements.policies import ADD, NEWEST, TOLD
from storeapp.database.work import Work
from storeapp.domain.policy import Policy

FOR_EVER_US = 1 << 62


class PolicyCache:
    """The policy in force as last read, with the number of the newest choice it knows.

    Choices are only ever added, so that number names a state; it must be forgotten when a transaction that added
    some is rolled back.
    """

    def __init__(self) -> None:
        self.known: tuple[int, Policy] | None = None


class PolicyTable:
    """Implements `till.ports.PolicyBook`."""

    def __init__(self, work: Work, cache: PolicyCache) -> None:
        self._work = work
        self._cache = cache
        self._is_checked = False

    def in_force(self, *, at: str | None = None) -> Policy:
        if at is not None:
            return self._told(_microseconds(at))
        known = self._cache.known
        # nothing changes within a transaction but by this very object
        if known is None or not self._is_checked:
            newest = self._work.count(NEWEST)
            if known is None or known[0] != newest:
                known = (newest, self._told(FOR_EVER_US))
            self._cache.known = known
            self._is_checked = True
        return known[1]

    def _told(self, until_us: int) -> Policy:
        return Policy({key: json.loads(value) for key, value in self._work.all(TOLD, until=until_us)})

    def put(self, key: str, value: Any, *, at: str) -> None:
        self._is_checked = False
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        self._work.run(ADD, id=None, key=key, value=text, at_us=_microseconds(at))


def _microseconds(at: str) -> int:
    return round(datetime.fromisoformat(at).timestamp() * 1_000_000)
