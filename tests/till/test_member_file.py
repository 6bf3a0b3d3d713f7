"""A member's file: her note is hers alone, and whoever looks or writes is on record."""

from __future__ import annotations

import json

import pytest

from storeapp.domain.basket import BadNote
from storeapp.domain.birthday import BadBirthday
from storeapp.domain.member import UnknownMember
from storeapp.domain.segment import BadTag
from storeapp.errors import Refused
from storeapp.till import member_file
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import StillClock
from tests.fakes.things import ALICE, a_sale, book


@pytest.fixture
def known(shop: MemoryShop) -> MemoryShop:
    with shop.writing() as books:
        books.members.put(ALICE)
    return shop


def describe(shop: MemoryShop, clock: StillClock, note: str = "", birthday: str = "", *tags: str) -> None:
    member_file.describe(shop, ALICE.member_id, note=note, birthday=birthday, tags=tags, by="1007", clock=clock)


def events(shop: MemoryShop) -> list[tuple[str, dict[str, object]]]:
    with shop.reading() as books:
        entries = [entry for entry in books.journal.after(0) if entry.type.startswith("member.")]
        return [(entry.type, json.loads(entry.body)) for entry in entries]


def test_what_is_noted_of_her_stands_in_her_file_and_never_in_the_journal(known: MemoryShop, clock: StillClock) -> None:
    describe(known, clock, " 对花生过敏 ", "5月1日", "老街坊", "团长")

    with known.reading() as books:
        member = books.members.by_id(ALICE.member_id)
        assert member is not None
        assert (member.note, member.birthday) == ("对花生过敏", "05-01")
        assert books.layers.tags_of(ALICE.member_id) == ("团长", "老街坊")
        journal = "".join(entry.body.decode() for entry in books.journal.after(0))
        assert not any(word in journal for word in ("花生", "05-01", "老街坊"))
    assert events(known) == [
        ("member.noted", {"member_id": ALICE.member_id, "fields": ["note", "birthday", "tags"], "by": "1007"})
    ]


def test_the_same_words_again_are_no_change(known: MemoryShop, clock: StillClock) -> None:
    describe(known, clock, "a", "05-01", "b")
    before = events(known)

    describe(known, clock, "a", "5-1", "b")

    assert events(known) == before


def test_a_tag_is_taken_away_as_it_was_given(known: MemoryShop, clock: StillClock) -> None:
    describe(known, clock, "", "", "b")

    describe(known, clock)

    with known.reading() as books:
        assert books.layers.tags_of(ALICE.member_id) == ()
        told = [(row.kind, row.detail, row.by) for row in books.timeline.of(ALICE.member_id)]
    # which tag it was is a word about her, and stands only where it goes with her
    assert told == [("changed", "tags", "1007")] * 2


@pytest.mark.parametrize(
    ("note", "birthday", "tag", "why"),
    [
        ("x" * 101, "", "", BadNote),
        ("a\nb", "", "", BadNote),
        ("", "13-1", "", BadBirthday),
        ("", "", "x" * 21, BadTag),
        ("", "", "a,b", BadTag),
    ],
)
def test_what_cannot_be_kept_changes_nothing(
    known: MemoryShop, clock: StillClock, note: str, birthday: str, tag: str, why: type[Refused]
) -> None:
    with pytest.raises(why):
        describe(known, clock, note, birthday, tag)

    assert events(known) == []


def test_who_opens_her_file_is_on_record(known: MemoryShop, clock: StillClock) -> None:
    member_file.look(known, ALICE.member_id, by="1007", clock=clock)

    with known.reading() as books:
        assert books.timeline.looks("2026-09-28") == {"1007": 1}
    assert events(known) == [("member.looked", {"member_id": ALICE.member_id, "by": "1007", "what": "page"})]
    with pytest.raises(UnknownMember):
        member_file.look(known, "nobody", by="1007", clock=clock)


def test_a_page_says_whether_older_things_follow(known: MemoryShop) -> None:
    with known.writing() as books:
        for number in range(1, member_file.PAGE + 2):
            book(books, a_sale(number, member=ALICE))

    with known.reading() as books:
        first = member_file.timeline(books, ALICE.member_id)
        last = member_file.timeline(books, ALICE.member_id, page=1)

    assert (len(first.rows), first.has_more) == (member_file.PAGE, True)
    assert (len(last.rows), last.page, last.has_more) == (1, 1, False)
