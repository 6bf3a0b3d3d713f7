"""Whom a verb is about: a phone number, or a member's own id."""

from __future__ import annotations

from storeapp.app import Till
from storeapp.domain.staff import SCRIPT
from storeapp.till import member_file, members
from storeapp.till.names import known_as
from storeapp.till.ports import Books


def member_id_of(books: Books, who: str) -> str:
    """The member of this phone or id; raises BadPhone, UnknownMember or MemberMerged."""
    if len(who) == 36 and who.count("-") == 4:
        return known_as(books, who).member_id
    return members.by_phone(books, who).member_id


def looked(till: Till, member_id: str) -> None:
    """Whoever reads of her without a screen is on record too."""
    member_file.look(till.shop, member_id, by=SCRIPT, clock=till.clock)
