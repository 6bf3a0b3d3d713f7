"""A member's file: what happened with her, what is noted of her, and who looked.

Her note and birthday stand under her own key and go with it, and so do her tags; the journal only says that they
changed, and by whom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from storeapp.domain.basket import BadNote
from storeapp.domain.birthday import checked_birthday
from storeapp.domain.layer import Layer
from storeapp.domain.member import UnknownMember
from storeapp.domain.one_line import is_one_line
from storeapp.domain.segment import checked_tags
from storeapp.domain.timeline import Happened
from storeapp.till.ports import Books, Clock, Shop

NOTE_MOST = 100
PAGE = 50


@dataclass(frozen=True, slots=True)
class Known:
    """What the nights and the staff know of her; `layer` is None before her first night."""

    layer: Layer | None
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageOfTime:
    """Some of her timeline, the latest first; `has_more` if older things follow."""

    rows: tuple[Happened, ...]
    page: int = 0
    has_more: bool = False


def known(books: Books, member_id: str) -> Known:
    """Stage, rhythm and values of the last night, and her tags."""
    return Known(books.layers.of(member_id), books.layers.tags_of(member_id))


def timeline(books: Books, member_id: str, *, page: int = 0, looks: bool = False) -> PageOfTime:
    """The page of her timeline, 0 the latest; `looks` shows those who opened her file as well."""
    rows = books.timeline.of(member_id, skip=page * PAGE, most=PAGE + 1, looks=looks)
    return PageOfTime(rows[:PAGE], page, len(rows) > PAGE)


def look(shop: Shop, member_id: str, *, by: str, clock: Clock) -> None:
    """Somebody opens her file: that is on record. Raises UnknownMember."""
    at = clock.now().isoformat()
    with shop.writing() as books:
        if books.members.by_id(member_id) is None:
            raise UnknownMember
        books.timeline.note(member_id, "looked", by=by, at=at)
        books.journal.append("member.looked", {"member_id": member_id, "by": by}, at=at)


def describe(
    shop: Shop, member_id: str, *, note: str, birthday: str, tags: Sequence[str], by: str, clock: Clock
) -> None:
    """Her note, birthday and tags by hand as they are to be. Raises UnknownMember, BadNote, BadBirthday or BadTag."""
    said, day, wanted = note.strip(), checked_birthday(birthday), checked_tags(tags)
    if not is_one_line(said, most=NOTE_MOST):
        raise BadNote(NOTE_MOST)
    at = clock.now().isoformat()
    with shop.writing() as books:
        member = books.members.by_id(member_id)
        if member is None:
            raise UnknownMember
        fields = ["note"] * (member.note != said) + ["birthday"] * (member.birthday != day)
        if fields:
            books.members.put(replace(member, note=said, birthday=day))
        if _tag(books, member_id, wanted, by=by, at=at):
            fields.append("tags")
        if fields:
            books.timeline.note(member_id, "changed", by=by, at=at, detail=",".join(fields))
            books.journal.append("member.noted", {"member_id": member_id, "fields": fields, "by": by}, at=at)


def _tag(books: Books, member_id: str, wanted: Sequence[str], *, by: str, at: str) -> bool:
    """Her tags become these; what is written about her stands nowhere it could not be erased."""
    has = books.layers.tags_of(member_id)
    for tag in has:
        if tag not in wanted:
            books.layers.untag(member_id, tag)
    for tag in wanted:
        if tag not in has:
            books.layers.tag([member_id], tag, by=by, at=at)
    return set(has) != set(wanted)
