"""What merging members needs from the books."""

from __future__ import annotations

from typing import Protocol


class Merging(Protocol):
    """Who turned out to be somebody else."""

    def merge(self, gone_id: str, kept_id: str) -> None:
        """One person: the one is gone as if erased, her phones find the other; who was merged into her is moved on."""
        ...

    def stand_in(self, kept_id: str, gone_id: str) -> None:
        """What is known of `gone` goes by `kept` from now on, of whom nothing is known here, or who was gone before.

        Of somebody nothing is known of it is noted who stands for her. Nobody comes back who was erased.
        """
        ...

    def merged(self) -> dict[str, str]:
        """Who is gone, and who stands for her now."""
        ...

    def merged_into(self, member_id: str) -> str | None:
        """Who stands for a member who is gone."""
        ...
