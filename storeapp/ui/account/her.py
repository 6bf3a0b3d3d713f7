"""Whom a sheet is about: her name and phone, masked as a screen may show them."""

from __future__ import annotations

from dataclasses import dataclass

from storeapp.domain.member import UnknownMember, masked_name, masked_phone
from storeapp.till.ports import Books


@dataclass(frozen=True, slots=True)
class Her:
    """`member_id` is hers; `name` may be empty."""

    member_id: str
    name: str
    phone: str

    @property
    def said(self) -> str:
        return " · ".join(filter(None, (self.name, self.phone)))


def her(books: Books, member_id: str) -> Her:
    """Raises UnknownMember."""
    member = books.members.by_id(member_id)
    if member is None:
        raise UnknownMember
    return Her(member_id, masked_name(member.name), masked_phone(member.phone))
