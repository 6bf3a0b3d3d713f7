"""Referrals: found by code, newcomer, referrer and sale; what was given is counted by month, what was bought by day."""

from __future__ import annotations

from dataclasses import replace

from storeapp.domain.ledger import Leg, Txn
from storeapp.domain.referral import Bought, Given, Referral, code_of, tails_of
from storeapp.domain.staff import Staff
from storeapp.till.ports import Shop
from tests.fakes.things import ALICE, BOB, TEA, a_line, a_sale, book

NAMED = Referral(BOB.member_id, ALICE.member_id, "2026-09-28T10:00:00+08:00", "2026-09-28", "1007", "code")
HERS = Given(BOB.member_id, "referrer", ALICE.member_id, "coupon", 500, "t1", "2026-09-30", "c1")


def test_a_member_is_found_by_the_code_that_follows_from_her_id_until_she_is_forgotten(shop: Shop) -> None:
    with shop.writing() as books:
        books.members.put(ALICE)
        books.members.put(BOB)

    with shop.writing() as books:
        assert books.referrals.ending(tails_of(code_of(ALICE.member_id))) == (ALICE.member_id,)
        assert books.referrals.ending(()) == ()
        books.members.erase(ALICE.member_id)
        assert books.referrals.ending(tails_of(code_of(ALICE.member_id))) == ()


def test_a_referral_is_found_from_every_side_and_settled(shop: Shop) -> None:
    done = replace(NAMED, state="rewarded", sale_id="s1", settled_at="2026-09-30T03:00:00+08:00")
    with shop.writing() as books:
        books.referrals.add(NAMED)
        assert (books.referrals.named(), books.referrals.by_sale("")) == ((NAMED,), None)
        books.referrals.settle(done)
        books.referrals.give(HERS)

    with shop.reading() as books:
        assert books.referrals.of(BOB.member_id) == books.referrals.by_sale("s1") == done
        assert books.referrals.of(ALICE.member_id) is None
        assert books.referrals.of_referrer(ALICE.member_id) == books.referrals.latest(limit=5) == (done,)
        assert books.referrals.named() == ()
        assert books.referrals.given(BOB.member_id) == (HERS,)
        assert (books.referrals.by_coupon("c1"), books.referrals.by_coupon("")) == (HERS, None)


def test_a_month_counts_what_she_got_in_it_and_kept(shop: Shop) -> None:
    done = replace(NAMED, state="rewarded", sale_id="s1")
    with shop.writing() as books:
        books.referrals.add(done)
        books.referrals.give(HERS)
        books.referrals.give(replace(HERS, side="newcomer", member_id=BOB.member_id, txn_id="t2", coupon_id=""))

    with shop.writing() as books:
        counts = [books.referrals.thanked(ALICE.member_id, month=month) for month in ("2026-08", "2026-09", "2026-10")]
        assert counts == [0, 1, 0]
        assert books.referrals.thanked(BOB.member_id, month="2026-09") == 0
        books.referrals.settle(replace(done, state="reversed"))
        assert books.referrals.thanked(ALICE.member_id, month="2026-09") == 0


def test_what_she_bought_is_told_since_a_day_and_not_while_she_owes_it(shop: Shop) -> None:
    first, second = (a_sale(n, day=f"2026-09-{26 + n}", lines=[a_line(1, TEA)], member=BOB) for n in (1, 2))
    second = replace(second, tenders=(replace(second.tenders[0], kind="on_account"),))
    with shop.writing() as books:
        books.members.put(BOB)
        for sale in (first, second):
            book(books, sale)

    with shop.writing() as books:
        both = (Bought(first.sale_id, "2026-09-27", 350), Bought(second.sale_id, "2026-09-28", 350))
        assert books.referrals.bought(BOB.member_id, since="2026-09-28") == both[1:]
        legs = (Leg(f"owed:{BOB.member_id}", "fen", 350), Leg("owed.lent", "fen", -350))
        books.ledger.post(Txn("o1", "sale", first.at, legs))
        assert books.referrals.bought(BOB.member_id, since="2026-09-01") == both[:1]


def test_staff_are_found_as_the_members_they_are(shop: Shop) -> None:
    with shop.writing() as books:
        books.staff.put(Staff("1007", "小李", "cashier"))
        books.staff.link("1007", ALICE.member_id)
        assert books.staff.codes_of(ALICE.member_id) == ("1007",)
        books.staff.link("1007", "")
        assert (books.staff.codes_of(ALICE.member_id), books.staff.codes_of("")) == ((), ())


def test_what_other_tills_say_is_known_beside_what_is_written_here(shop: Shop) -> None:
    at, day = "2026-09-28T11:00:00+08:00", "2026-09-28"
    own = Referral(BOB.member_id, ALICE.member_id, at, day, "1007", "code")
    told = replace(own, newcomer_id="0192f0a0-0000-7000-8000-000000000c01")
    with shop.writing() as books:
        for member in (ALICE, BOB):
            books.members.put(member)
        books.referrals.add(own)
        for state in ("named", "rewarded"):
            books.referrals.tell(replace(told, state=state))
        for left in (900, 300):
            books.referrals.bought_elsewhere(BOB.member_id, Bought("s-9", day, left))
        assert books.referrals.fallen() == ()
        books.referrals.settle(replace(own, state="rewarded", sale_id="s-9", settled_at=at))

    with shop.reading() as books:
        assert books.referrals.told(told.newcomer_id) == replace(told, state="rewarded")
        assert books.referrals.told(BOB.member_id) is None
        assert books.referrals.of(told.newcomer_id) is None
        assert [each.newcomer_id for each in books.referrals.told_of_referrer(ALICE.member_id)] == [told.newcomer_id]
        assert books.referrals.bought(BOB.member_id, since=day) == (Bought("s-9", day, 300),)
        assert books.referrals.bought(BOB.member_id, since="2026-09-29") == ()
        assert [(found.newcomer_id, left) for found, left in books.referrals.fallen()] == [(BOB.member_id, 300)]
