"""What the staff list needs from the books."""

from __future__ import annotations

from typing import Protocol

from storeapp.domain.staff import Staff


class StaffBook(Protocol):
    """Who may stand at this till."""

    def by_code(self, code: str) -> Staff | None: ...
    def by_badge(self, badge: str) -> Staff | None:
        """Whose badge reads so; nobody's for ""."""
        ...

    def every(self) -> tuple[Staff, ...]: ...
    def put(self, staff: Staff) -> None: ...
    def link(self, code: str, member_id: str) -> None:
        """This person is that member too; "" takes it back."""
        ...

    def codes_of(self, member_id: str) -> tuple[str, ...]:
        """The codes of the staff who are this member: linked to her, or with her phone as their own."""
        ...

    def put_phone(self, code: str, phone: str) -> None:
        """This person's own phone (`normal_phone`), kept as an index nobody can read back; "" forgets it."""
        ...

    def has_phone(self, code: str) -> bool: ...
