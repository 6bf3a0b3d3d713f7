"""The check lays referrals beside the journal, and what was given beside its legs; one mutant for each claim."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storeapp.database.shop import ShopDatabase
from storeapp.domain.basket import Basket, Line
from storeapp.domain.ledger import Leg, Txn, points_account
from storeapp.domain.money import Money
from storeapp.domain.tender import Tender
from storeapp.till import members, referrals
from storeapp.till.checkout import Order, checkout
from storeapp.till.members import SignUp
from storeapp.till.policies import set_policies
from tests.database.conftest import Opener, Raw
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, COUPON, TEA

ON = {"referral.enabled": True, "referral.wait_days": 0, "referral.referrer": "coupon 2 for 30"}


@pytest.mark.parametrize(
    ("mutant", "word"),
    [
        ("UPDATE referral SET referrer_id = newcomer_id", "referral_self"),
        ("UPDATE referral SET state = 'named'", "referral_row"),
        ("DELETE FROM referral", "referral_row"),
        ("UPDATE referral SET state = 'reversed'", "referral_given"),
        ("UPDATE referral_given SET amount = amount + 1", "referral_given"),
        ("UPDATE referral_given SET member_id = 'other' WHERE side = 'referrer'", "referral_given"),
        # somebody above the referrer had a share: the second level
        ("UPDATE referral_given SET side = 'newcomer', newcomer_id = 'x' WHERE side = 'referrer'", "referral_given"),
        ("DELETE FROM referral_given WHERE side = 'newcomer'", "referral_given"),
        ("DELETE FROM referral_given WHERE side = 'referrer'", "referral_given"),
    ],
)
def test_what_somebody_did_to_a_referral_is_found(
    shop: ShopDatabase, reopen: Opener, raw: Raw, mutant: str, word: str
) -> None:
    clock, ids = StillClock(), CountedIds(500)
    with shop.writing() as books:
        books.products.put([TEA])
        books.members.put(ALICE)
    set_policies(shop, ON, clock=clock)
    she = members.sign_up(shop, SignUp("13900000021", referred_by="13800000001"), cashier="1007", clock=clock, ids=ids)
    basket = Basket((Line(TEA),), member_id=she.member_id)
    checkout(shop, Order(basket, (Tender("cash", Money(300)),), "1007", prints=False), clock=clock, ids=ids)
    referrals.reward_due(shop, clock=clock)
    assert shop.check() == ()
    shop.close()

    raw(mutant)

    assert word in {finding.word for finding in reopen().check()}


def test_what_other_tills_gave_is_theirs_to_account_for(shop: ShopDatabase) -> None:
    legs = (Leg("referral", "pts", -100), Leg(points_account(ALICE.member_id), "pts", 100))
    with shop.writing() as books:
        books.members.put(ALICE)
        books.ledger.post(Txn("0192f0a0-0000-7000-8000-00000000feed", "referral", ALICE.joined_at, legs))
        books.coupons.put(replace(COUPON, offer_id="referral", member_id=ALICE.member_id))

    assert shop.check() == ()
