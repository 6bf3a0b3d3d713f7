"""The check that nobody serves herself, and the record of who tried."""

from __future__ import annotations

from storeapp.domain.own_member import OwnMember
from storeapp.till.ports import Books


def check_not_own(books: Books, member_id: str | None, *people: str) -> None:
    """Raises OwnMember if the member is one of `people`: by the phone this shop knows of her as staff."""
    for code in books.staff.codes_of(member_id) if member_id else ():
        if code in people:
            raise OwnMember(code, member_id or "")


def note_refused(books: Books, error: OwnMember, *, at: str) -> None:
    """On record, although the deed left nothing behind."""
    books.journal.append("own_member.refused", {"by": error.staff, "member_id": error.member_id}, at=at)
