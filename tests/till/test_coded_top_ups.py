"""Stored value paid in by a payment code: charged once, booked once, and given back where it cannot be booked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storeapp.domain.approval import NeedsApproval
from storeapp.domain.money import Money
from storeapp.domain.payment import NoPaymentCode, Take
from storeapp.domain.sale import RequestReused
from storeapp.domain.top_up import BadTopUp, StoredValueOff, ValueCapped
from storeapp.errors import Refused
from storeapp.till import coded_top_ups, paying
from storeapp.till.coded_top_ups import finish, top_up_by_code
from storeapp.till.merging import Merge, merge
from storeapp.till.payment_proof import PaymentNotProven
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.script_pay import PaymentNotTaken, Till
from storeapp.till.settling_worker import SettlingWorker
from storeapp.till.staff import put_staff
from storeapp.till.top_ups import TopUpOrder, held, top_up
from tests.fakes.scripted_provider import UNKNOWN, ScriptedProvider
from tests.fakes.still import CountedIds, StillClock, StillPace
from tests.fakes.things import ALICE

HER = ALICE.member_id
PAID, CLOSED = Take("paid", ref="W1"), Take("closed")
CODE, OTHER = "130000000000000001", "130000000000000002"
ORDER = TopUpOrder(HER, Money(20_000), "wechat", "script", request_id="t1", request_hash="h", prints=False)


class PowerCut(BaseException):
    """The till is dead between two statements."""


@pytest.fixture
def wallet() -> ScriptedProvider:
    return ScriptedProvider([PAID], refunds=[Take("refunded")])


@pytest.fixture
def counter(bare: Shop, clock: StillClock) -> Shop:
    with bare.writing() as books:
        books.members.put(ALICE)
    set_policies(bare, {"stored_value.enabled": True, "stored_value.rules": "200+50"}, clock=clock)
    return bare


@pytest.fixture
def till(counter: Shop, wallet: ScriptedProvider, clock: StillClock, ids: CountedIds) -> Till:
    return Till(counter, {"wechat": wallet}, clock, ids, StillPace(clock))


def has(shop: Shop) -> int:
    with shop.reading() as books:
        return held(books, HER)[0].fen


def test_a_code_is_charged_and_the_top_up_counts_it(till: Till, wallet: ScriptedProvider) -> None:
    done = top_up_by_code(till, ORDER, CODE)

    with till.shop.reading() as books:
        paid = books.attempts.by_trade(done.doc.ref)
        moved = [(each.tender, each.fen) for each in books.drawer.of_shift(None)]
    assert paid is not None
    assert (done.doc.tender, done.doc.principal_fen, done.doc.bonus_fen) == ("wechat", 20_000, 5_000)
    assert paid.used_by == f"topup:{HER}:{done.doc.doc_id}"
    assert moved == [("wechat", 20_000)]


def test_the_same_request_again_charges_nobody(till: Till, wallet: ScriptedProvider) -> None:
    first, again = top_up_by_code(till, ORDER, CODE), top_up_by_code(till, ORDER, OTHER)

    assert (again.doc.number, again.was_repeated) == (first.doc.number, True)
    assert wallet.deeds() == ["take"]
    with pytest.raises(RequestReused):
        top_up_by_code(till, replace(ORDER, request_hash="other"), OTHER)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"amount": Money(0)}, BadTopUp),
        ({"amount": Money(-20_000)}, BadTopUp),
        ({"amount": Money(500_000)}, ValueCapped),
        ({"amount": Money(10**15)}, ValueCapped),
    ],
)
def test_what_cannot_be_topped_up_charges_nobody(
    till: Till, wallet: ScriptedProvider, change: dict[str, Money], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        top_up_by_code(till, replace(ORDER, **change), CODE)  # type: ignore[arg-type]  # by name

    assert (wallet.deeds(), has(till.shop)) == ([], 0)


def test_no_code_and_no_right_charge_nobody(till: Till, wallet: ScriptedProvider, clock: StillClock) -> None:
    put_staff(till.shop, "7", name="王", role="cashier", pin="135790", clock=clock)
    put_staff(till.shop, "1", name="李", role="owner", pin="246801", clock=clock)
    set_policies(till.shop, {"rights.cashier": "-top_up"}, clock=clock)

    with pytest.raises(NoPaymentCode):
        top_up_by_code(till, ORDER, "6901234567892")
    with pytest.raises(NeedsApproval):
        top_up_by_code(till, replace(ORDER, cashier="7"), CODE)

    assert wallet.deeds() == []


@pytest.mark.parametrize(
    ("takes", "queries", "reverses", "state"),
    [
        ([Take("failed", reason="not_enough_money")], [UNKNOWN], [UNKNOWN], "failed"),
        ([UNKNOWN], [UNKNOWN, CLOSED], [CLOSED], "failed"),
        ([UNKNOWN], [UNKNOWN], [UNKNOWN], "suspense"),
    ],
)
def test_what_the_wallet_does_not_pay_is_no_top_up(
    till: Till, wallet: ScriptedProvider, takes: list[Take], queries: list[Take], reverses: list[Take], state: str
) -> None:
    wallet.takes, wallet.queries, wallet.reverses = takes, queries, reverses

    with pytest.raises(PaymentNotTaken) as refused:
        top_up_by_code(till, ORDER, CODE)

    assert (refused.value.state, has(till.shop)) == (state, 0)


def test_a_wallet_that_answers_late_pays_all_the_same(till: Till, wallet: ScriptedProvider) -> None:
    wallet.takes, wallet.queries = [UNKNOWN], [UNKNOWN, UNKNOWN, PAID]

    assert top_up_by_code(till, ORDER, CODE).doc.money_fen == 20_000


def test_what_is_refused_after_the_charge_goes_back(till: Till, wallet: ScriptedProvider, clock: StillClock) -> None:
    def switched_off(deed: str) -> None:
        if deed == "take":
            set_policies(till.shop, {"stored_value.enabled": False}, clock=clock)

    wallet.before = switched_off

    with pytest.raises(StoredValueOff):
        top_up_by_code(till, ORDER, CODE)

    assert wallet.deeds() == ["take", "refund"]
    assert has(till.shop) == 0


def cut(monkeypatch: pytest.MonkeyPatch, till: Till) -> None:
    """The wallet has paid, and the till dies before the books know what for."""

    def dead(*_given: object, **_named: object) -> None:
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(coded_top_ups, "top_up", dead)
        with pytest.raises(PowerCut):
            top_up_by_code(till, ORDER, CODE)


def test_a_till_that_died_after_the_charge_books_it_at_its_next_start(
    till: Till, wallet: ScriptedProvider, clock: StillClock, ids: CountedIds, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut(monkeypatch, till)
    assert has(till.shop) == 0

    [done] = finish(till.shop, clock=clock, ids=ids)

    assert (done.doc.money_fen, done.doc.tender, has(till.shop)) == (20_000, "wechat", 20_000)
    assert finish(till.shop, clock=clock, ids=ids) == ()
    # whoever asks again, not knowing, gets the same
    again = top_up_by_code(till, ORDER, OTHER)
    assert (again.doc.number, again.was_repeated) == (done.doc.number, True)
    assert wallet.deeds() == ["take"]


def test_a_till_that_died_while_asking_asks_again_and_books_it(
    till: Till, wallet: ScriptedProvider, clock: StillClock
) -> None:
    def dead(deed: str) -> None:
        if deed == "take":
            raise PowerCut

    wallet.before, wallet.queries = dead, [replace(PAID, amount=Money(20_000))]
    with pytest.raises(PowerCut):
        top_up_by_code(till, ORDER, CODE)
    wallet.before = lambda deed: None
    worker = SettlingWorker(till.shop, till.providers, clock=clock)
    worker._pace = StillPace(clock)  # type: ignore[assignment]  # it waits by its own pace alone

    worker._round(is_first=True)

    assert has(till.shop) == 20_000
    assert paying.left_open(till.shop) == ()


def test_what_cannot_be_booked_then_stays_on_the_list(
    till: Till, clock: StillClock, ids: CountedIds, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut(monkeypatch, till)
    set_policies(till.shop, {"stored_value.enabled": False}, clock=clock)

    assert finish(till.shop, clock=clock, ids=ids) == ()

    with till.shop.reading() as books:
        assert [one.fen for one in books.attempts.unused()] == [20_000]


def test_one_payment_is_one_top_up(till: Till, clock: StillClock, ids: CountedIds) -> None:
    done = top_up_by_code(till, ORDER, CODE)
    stolen = TopUpOrder(HER, Money(20_000), "wechat", "script", ref=done.doc.ref, doc_id=ids.new())

    with pytest.raises(PaymentNotProven):
        top_up(till.shop, stolen, clock=clock, ids=ids)


def test_what_was_paid_before_a_merge_is_hers_who_stays(
    till: Till, clock: StillClock, ids: CountedIds, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut(monkeypatch, till)
    stays = replace(ALICE, member_id="m-stays", phone="8613800000077")
    with till.shop.writing() as books:
        books.members.put(stays)
    merge(till.shop, Merge("m-stays", HER, "同一人", "script"), clock=clock, ids=ids)

    [done] = finish(till.shop, clock=clock, ids=ids)

    with till.shop.reading() as books:
        hers = held(books, "m-stays")
        # the same asking again, not knowing of either, is answered by it
        paid = books.attempts.by_trade(done.doc.ref)
    again = top_up_by_code(till, ORDER, OTHER)
    assert (done.doc.member_id, [sum_.fen for sum_ in hers]) == ("m-stays", [20_000, 5_000])
    assert paid is not None
    assert paid.used_by.startswith("topup:")
    assert (again.doc.number, has(till.shop)) == (done.doc.number, 0)


def test_a_code_charged_for_her_old_name_tops_up_who_stays(
    till: Till, wallet: ScriptedProvider, clock: StillClock, ids: CountedIds
) -> None:
    def merged(deed: str) -> None:
        if deed == "take":
            with till.shop.writing() as books:
                books.members.put(replace(ALICE, member_id="m-stays", phone="8613800000077"))
            merge(till.shop, Merge("m-stays", HER, "同一人", "script"), clock=clock, ids=ids)

    wallet.before = merged

    done = top_up_by_code(till, ORDER, CODE)

    assert (done.doc.member_id, done.doc.principal_after, wallet.deeds()) == ("m-stays", 20_000, ["take"])
