"""Members: found by what people say of themselves, forgotten when they ask for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storeapp.domain.ledger import Leg, Txn, points_account
from storeapp.domain.member import Consent
from storeapp.till.ports import Shop
from tests.fakes.things import ALICE, BOB

SMITH = replace(ALICE, member_id="0192f0a0-0000-7000-8000-0000000005e1", phone="8618600000002", name="Ann Smith")
YES = Consent("membership", "2026-11", True, "counter", "2026-09-01T10:00:00+08:00")


@pytest.fixture
def joined(shop: Shop) -> Shop:
    with shop.writing() as books:
        for member in (ALICE, BOB, SMITH):
            books.members.put(member)
    return shop


def found(shop: Shop, text: str) -> list[str]:
    with shop.reading() as books:
        return [member.name for member in books.members.find(text)]


def test_a_member_is_who_she_was_put_as(joined: Shop) -> None:
    with joined.reading() as books:
        assert books.members.by_id(ALICE.member_id) == ALICE
        assert books.members.by_phone("8613912345678") == BOB
        assert books.members.by_phone("8613912345679") is None
        assert books.members.count() == 3


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("13800000001", ["王芳"]),
        ("138 0000 0001", ["王芳"]),
        ("+8613800000001", ["王芳"]),
        ("0001", ["王芳"]),
        ("001", ["王芳"]),
        ("5678", ["曾国藩"]),
        ("12345678", ["曾国藩"]),
        ("139", ["曾国藩"]),
        ("1391", ["曾国藩"]),
        ("13912345", ["曾国藩"]),
        ("1391234567", ["曾国藩"]),
        ("0002", ["Ann Smith"]),
        ("2345", []),
        ("01", []),
        ("王", ["王芳"]),
        ("芳", ["王芳"]),
        ("国藩", ["曾国藩"]),
        ("zengguofan", ["曾国藩"]),
        ("zeng", ["曾国藩"]),
        ("ceng", ["曾国藩"]),
        ("guof", ["曾国藩"]),
        ("zgf", ["曾国藩"]),
        ("gf", ["曾国藩"]),
        ("wang fang", ["王芳"]),
        ("smith", ["Ann Smith"]),
        ("mit", ["Ann Smith"]),
        ("Smith Ann", ["Ann Smith"]),
        ("", []),
        ("zzz", []),
    ],
)
def test_a_member_is_found_by(joined: Shop, text: str, names: list[str]) -> None:
    assert found(joined, text) == names


def test_a_search_shows_the_phone_masked_and_the_points(joined: Shop) -> None:
    legs = (Leg("exp.points", "pts", -7), Leg(points_account(ALICE.member_id), "pts", 7))
    with joined.writing() as books:
        books.ledger.post(Txn("t1", "adjust", "2026-09-28T12:00:00+08:00", legs))

    with joined.reading() as books:
        [hit] = books.members.find("王芳")

    assert (hit.phone_masked, hit.points) == ("138****0001", 7)


def test_changed_particulars_are_found_and_the_old_ones_are_not(joined: Shop) -> None:
    with joined.writing() as books:
        books.members.put(replace(ALICE, name="李红", phone="8613700000009", tier="gold"))

    assert found(joined, "王") == []
    assert found(joined, "0001") == []
    assert found(joined, "lihong") == ["李红"]
    with joined.reading() as books:
        changed = books.members.by_phone("8613700000009")
        assert changed is not None
        assert changed.tier == "gold"
        assert books.members.count() == 3


def test_an_erased_member_is_gone_and_no_echo_brings_her_back(joined: Shop) -> None:
    with joined.writing() as books:
        books.members.consent(ALICE.member_id, YES)
        books.members.erase(ALICE.member_id)
        books.members.put(ALICE)

    with joined.reading() as books:
        assert books.members.by_id(ALICE.member_id) is None
        assert books.members.by_phone(ALICE.phone) is None
        assert books.members.count() == 2
        # that she had agreed has to be provable
        assert books.members.consents(ALICE.member_id) == (YES,)
    assert found(joined, "王芳") == []
    assert found(joined, "0001") == []


def test_her_phone_is_free_for_another_member_once_she_is_erased(joined: Shop) -> None:
    with joined.writing() as books:
        books.members.erase(ALICE.member_id)
        books.members.put(replace(BOB, member_id="0192f0a0-0000-7000-8000-000000000999", phone=ALICE.phone))

    assert found(joined, "0001") == ["曾国藩"]


def test_a_consent_is_one_more_line_and_never_doubled(joined: Shop) -> None:
    no = replace(YES, given=False, at="2026-09-02T10:00:00+08:00")

    with joined.writing() as books:
        for line in (YES, no, YES):
            books.members.consent(ALICE.member_id, line)

    with joined.reading() as books:
        assert books.members.consents(ALICE.member_id) == (YES, no)


def test_the_days_new_members_are_counted(joined: Shop) -> None:
    with joined.reading() as books:
        assert books.members.joined_on("2026-09-01") == 2
        assert books.members.joined_on("2026-09-28") == 1
        assert books.members.joined_on("2026-09-02") == 0


def test_another_name_stands_in_for_her_and_her_first_one_comes_back(joined: Shop) -> None:
    with joined.writing() as books:
        books.members.merge(BOB.member_id, ALICE.member_id)
        books.members.stand_in(BOB.member_id, ALICE.member_id)

    with joined.reading() as books:
        for phone in (ALICE.phone, BOB.phone):
            who = books.members.by_phone(phone)
            assert who is not None
            assert who.member_id == BOB.member_id
        assert books.members.merged() == {ALICE.member_id: BOB.member_id}
        assert books.members.by_id(ALICE.member_id) is None
        assert books.members.count() == 2
    assert found(joined, "wangfang") == ["王芳"]


def test_nothing_brings_back_who_was_erased_under_another_name(joined: Shop) -> None:
    with joined.writing() as books:
        books.members.merge(BOB.member_id, ALICE.member_id)
        books.members.erase(ALICE.member_id)
        books.members.stand_in(BOB.member_id, ALICE.member_id)
        books.members.put(BOB)
        books.members.put(ALICE)

    with joined.reading() as books:
        assert books.members.count() == 1
        assert books.members.by_phone(BOB.phone) is None


def test_who_stands_for_somebody_unknown_is_noted(joined: Shop) -> None:
    stranger = "0192f0a0-0000-7000-8000-000000000777"
    with joined.writing() as books:
        books.members.stand_in(ALICE.member_id, stranger)
        books.members.put(replace(BOB, member_id=stranger, phone="8613700000077"))

    with joined.reading() as books:
        assert books.members.merged_into(stranger) == ALICE.member_id
        assert books.members.by_id(stranger) is None
        assert books.members.by_id(ALICE.member_id) == ALICE
