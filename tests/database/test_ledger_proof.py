"""The nightly proof on the real file: it finds what was tampered with, rests while it reads, and can be stopped."""

from __future__ import annotations

import pytest

from storeapp.database.shop import ShopDatabase
from storeapp.domain.ledger import Leg, Txn, points_account
from storeapp.domain.ledger_proof import LedgerProof
from storeapp.till import proving
from storeapp.till.records import Cursor
from storeapp.till.replaying import Progress, ReplayStopped
from tests.database.conftest import Opener, Raw
from tests.fakes.still import StillClock
from tests.fakes.things import ALICE, a_sale, book


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def traded(shop: ShopDatabase) -> ShopDatabase:
    with shop.writing() as books:
        books.members.put(ALICE)
        for number in (1, 2, 3):
            book(books, a_sale(number, member=ALICE))
    return shop


def test_a_ledger_in_order_is_proven_leg_by_leg(traded: ShopDatabase, clock: StillClock) -> None:
    assert proving.is_due(traded, clock=clock)

    proof = proving.prove(traded, clock=clock)

    with traded.reading() as books:
        assert books.proofs.last() == proof == LedgerProof(clock.now().isoformat(), books.proofs.legs())
    assert proof.legs > 6
    assert not proving.is_due(traded, clock=clock)
    clock.go_on(days=1)
    assert proving.is_due(traded, clock=clock)


@pytest.mark.parametrize(
    ("deed", "word"),
    [
        ("UPDATE account SET balance = balance + 1 WHERE name = 'rev.sales'", "balance"),
        ("UPDATE ledger_leg SET amount = amount + 1 WHERE n = 1 AND txn = 2", "unbalanced"),
        ("DELETE FROM ledger_leg WHERE txn = 2", "balance"),
        ("UPDATE lot SET remaining = remaining - 1 WHERE remaining > 0", "lots"),
        ("UPDATE account SET balance = -1 WHERE name LIKE 'pts:%'", "member_account"),
    ],
)
def test_it_finds_by_itself_what_was_tampered_with(
    traded: ShopDatabase, raw: Raw, reopen: Opener, clock: StillClock, deed: str, word: str
) -> None:
    traded.close()
    raw(deed)
    shop = reopen()

    proof = proving.prove(shop, clock=clock)

    assert proof.faults == len(proof.first) >= 1
    assert word in {fault.partition(":")[0] for fault in proof.first}
    assert set(proof.first) <= set(map(str, shop.check()))


def test_what_was_mended_is_proven_again(traded: ShopDatabase, raw: Raw, reopen: Opener, clock: StillClock) -> None:
    traded.close()
    raw("UPDATE account SET balance = balance + 1 WHERE name = 'rev.sales'")
    shop = reopen()
    assert proving.prove(shop, clock=clock).faults == 1
    shop.close()
    raw("UPDATE account SET balance = balance - 1 WHERE name = 'rev.sales'")

    assert proving.prove(reopen(), clock=clock).faults == 0


def test_it_rests_in_the_middle_of_one_long_statement_and_stops_there(traded: ShopDatabase, clock: StillClock) -> None:
    class Impatient(Progress):
        looks = 0

        def check(self) -> None:
            self.looks += 1
            if self.looks == 5:
                self.stop()
            super().check()

    with traded.writing() as books:
        for number in range(4, 400):
            book(books, a_sale(number))
    patient, impatient = Progress(), Impatient()

    with pytest.raises(ReplayStopped):
        proving.prove(traded, clock=clock, watched=impatient)

    with traded.reading() as books:
        assert books.proofs.last() is None
    assert impatient.looks == 5
    assert proving.prove(traded, clock=clock, watched=patient).faults == 0


def test_what_two_tills_spent_of_one_account_is_the_clouds_to_tell(traded: ShopDatabase, clock: StillClock) -> None:
    hers = points_account(ALICE.member_id)
    with traded.writing() as books:
        too_much = books.ledger.balance(hers, "pts") + 50
        legs = (Leg(hers, "pts", -too_much), Leg("points.adjusted", "pts", too_much))
        books.ledger.post(Txn("0192f0a0-0000-7000-8000-00000000feed", "adjust", clock.now().isoformat(), legs))
    assert [fault.partition(":")[0] for fault in proving.prove(traded, clock=clock).first] == ["member_account"]

    with traded.writing() as books:
        books.feeds.move(Cursor("members:s", 1, 7, ""))

    assert proving.prove(traded, clock=clock).faults == 0
    assert traded.check() == ()
