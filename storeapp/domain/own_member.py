"""Nobody who works here serves herself: what is done for a member is done by another hand than her own."""

from __future__ import annotations

from dataclasses import dataclass

from storeapp.errors import Refused


@dataclass(eq=False)
class OwnMember(Refused):
    """This member is `staff` herself: a colleague serves her."""

    staff: str
    member_id: str
    word = "own_member"
