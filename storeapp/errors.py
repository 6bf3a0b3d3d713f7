"""The three ways a deed can end badly, because a screen can do three things about it.

`Refused`: a rule said no; tell the cashier, nothing changed. `Unavailable`: the world is not there; offer a
retry, the sale is safe. `Broken`: ours; it is logged with an id. Each carries data; words live in `ui/notices`.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any, ClassVar


class StoreappError(Exception):
    """Root of every error storeapp raises on purpose. `word` is its machine-readable name."""

    word: ClassVar[str] = "error"

    def facts(self) -> dict[str, Any]:
        """The error's data, ready for JSON."""
        names: list[str] = [field.name for field in fields(self)] if is_dataclass(self) else []
        return {name: getattr(self, name) for name in names}

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value!r}" for name, value in self.facts().items())
        return f"{self.word}: {facts}" if facts else self.word


class Refused(StoreappError):
    """A rule of the shop says no. Nothing was changed."""

    word = "refused"


class Unavailable(StoreappError):
    """Something outside is not there: network, printer, disk, another process."""

    word = "unavailable"


class Broken(StoreappError):
    """Our fault: a promise of the code does not hold."""

    word = "broken"
