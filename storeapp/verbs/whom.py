"""Whom a verb is about: a phone number, or a member's own id."""

from __future__ import annotations

from storeapp.domain.member import UnknownMember
from storeapp.domain.merge import MemberMerged
from storeapp.till import members
from storeapp.till.ports import Books


def member_id_of(books: Books, who: str) -> str:
    """The member of this phone or id; raises BadPhone, UnknownMember or MemberMerged."""
    if len(who) == 36 and who.count("-") == 4:
        if books.members.by_id(who) is None:
            raise UnknownMember if (kept := books.members.merged_into(who)) is None else MemberMerged(kept)
        return who
    return members.by_phone(books, who).member_id
