"""What merging members needs from the books."""

from __future__ import annotations

from typing import Protocol


class Merging(Protocol):
    """Who turned out to be somebody else."""

    def merge(self, gone_id: str, kept_id: str) -> None:
        """One person: the one is gone as if erased, her phones find the other; who was merged into her is moved on."""
        ...

    def merged(self) -> dict[str, str]:
        """Who is gone, and who stands for her now."""
        ...

    def merged_into(self, member_id: str) -> str | None:
        """Who stands for a member who is gone."""
        ...
