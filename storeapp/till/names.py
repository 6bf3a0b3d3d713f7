"""Names of one member: who stands for her today, and every id she ever had. A merge gives her another one's, too."""

from __future__ import annotations

from typing import overload

from storeapp.domain.member import Member, UnknownMember
from storeapp.domain.merge import MemberMerged
from storeapp.till.ports import Books


@overload
def current(books: Books, member_id: str) -> str: ...
@overload
def current(books: Books, member_id: str | None) -> str | None: ...
def current(books: Books, member_id: str | None) -> str | None:
    """Who stands for this member today: herself, or whom she was merged into."""
    return member_id if member_id is None else books.members.merged_into(member_id) or member_id


def member_now(books: Books, member_id: str | None) -> Member | None:
    """The member who stands for her today; None where she had herself erased since."""
    return None if member_id is None else books.members.by_id(current(books, member_id))


def known_as(books: Books, member_id: str) -> Member:
    """The member of this very id; raises MemberMerged where she goes by another, or UnknownMember."""
    member = books.members.by_id(member_id)
    if member is None:
        kept = books.members.merged_into(member_id)
        raise UnknownMember if kept is None else MemberMerged(kept)
    return member


def names_of(books: Books, member_id: str) -> tuple[str, ...]:
    """Every name she ever had: her own, and those of whoever was merged into her."""
    return (member_id, *(gone for gone, kept in books.members.merged().items() if kept == member_id))
