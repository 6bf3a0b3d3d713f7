"""What two members have, side by side, and what one of them would have if they were one person; nothing changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from storeapp.domain.member import Consent, Member, agrees
from storeapp.domain.merge import MemberMerged, SameMember, narrower
from storeapp.till import members
from storeapp.till.ports import Books


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, or both as one. `phones` is how many numbers find her."""

    member: Member
    points: int
    waiting: int
    owes_points: int
    principal_fen: int
    bonus_fen: int
    owed_fen: int
    coupons: int
    consents: tuple[Consent, ...]

    @property
    def gets_offers(self) -> bool:
        return agrees(self.consents, "marketing")

    @property
    def phones(self) -> int:
        return 1 + len(self.member.other_phones)


def side(books: Books, member_id: str, *, on: date) -> Side:
    """Raises UnknownMember, or MemberMerged for whoever was merged before."""
    kept = books.members.merged_into(member_id)
    if kept is not None:
        raise MemberMerged(kept)
    file = members.file_of(books, member_id, on=on)
    return Side(
        member=file.card.member,
        points=file.card.points,
        waiting=file.card.waiting,
        owes_points=file.card.owed_points,
        principal_fen=file.card.principal_fen,
        bonus_fen=file.card.bonus_fen,
        owed_fen=file.card.owed_fen,
        coupons=len(books.coupons.of_member(member_id)),
        consents=file.consents,
    )


def together(kept: Side, gone: Side) -> Side:
    """Both as one, under the name of `kept`: what is owed in points is paid from what there is, and a no stays a no.

    Raises SameMember.
    """
    if kept.member.member_id == gone.member.member_id:
        raise SameMember(kept.member.member_id)
    points, owes = kept.points + gone.points, kept.owes_points + gone.owes_points
    paid = max(min(points, owes), 0)
    said = (*kept.consents, *gone.consents)
    last = max((one.at for one in said), key=datetime.fromisoformat, default="")
    one = replace(
        kept.member,
        name=kept.member.name or gone.member.name,
        tier=kept.member.tier or gone.member.tier,
        joined_at=min(kept.member.joined_at, gone.member.joined_at),
        other_phones=(*kept.member.other_phones, gone.member.phone, *gone.member.other_phones),
    )
    return Side(
        member=one,
        points=points - paid,
        waiting=kept.waiting + gone.waiting,
        owes_points=owes - paid,
        principal_fen=kept.principal_fen + gone.principal_fen,
        bonus_fen=kept.bonus_fen + gone.bonus_fen,
        owed_fen=kept.owed_fen + gone.owed_fen,
        coupons=kept.coupons + gone.coupons,
        consents=(*said, *narrower(kept.consents, gone.consents, at=last)),
    )
