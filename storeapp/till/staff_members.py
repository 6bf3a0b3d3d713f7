"""Staff who are members of the shop too: known by the owner's word, so that nobody serves or thanks herself unseen."""

from __future__ import annotations

from storeapp.domain.member import UnknownMember
from storeapp.domain.staff import UnknownStaff
from storeapp.till.ports import Books, Clock, Shop
from storeapp.till.promotions import check_may


def link(shop: Shop, code: str, member_id: str, *, clock: Clock, by: str = "") -> None:
    """`code` is this member; "" takes that back. Raises UnknownStaff, UnknownMember or NotAllowed."""
    at = clock.now().isoformat()
    with shop.writing() as books:
        check_may(books, "staff", by=by)
        if books.staff.by_code(code) is None:
            raise UnknownStaff(code[:20])
        if member_id and books.members.by_id(member_id) is None:
            raise UnknownMember
        books.staff.link(code, member_id)
        books.journal.append("staff.member", {"staff": code, "member_id": member_id, "by": by}, at=at)


def works_as(books: Books, member_id: str) -> str:
    """The staff code of a member who works here; "" for everybody else."""
    for code in books.staff.codes_of(member_id):
        person = books.staff.by_code(code)
        if person is not None and person.is_active:
            return code
    return ""
