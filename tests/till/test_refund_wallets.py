"""What was paid by code goes back through the wallet's company, once, whatever happens to the line or the till."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from storeapp.database.keystore import FileKeystore
from storeapp.database.shop import ShopDatabase
from storeapp.domain.approval import NeedsApproval
from storeapp.domain.basket import Basket, Line
from storeapp.domain.journal import body_of
from storeapp.domain.ledger import tender_account
from storeapp.domain.money import Money
from storeapp.domain.payment import Take
from storeapp.domain.refund import Asked
from storeapp.domain.sale import Sale
from storeapp.domain.tender import TenderKind
from storeapp.payments.alipay import Alipay
from storeapp.payments.fake.app import FakeProviders
from storeapp.payments.fake.scripts import NAMES
from storeapp.payments.fake.serve import serving
from storeapp.payments.wechat import WechatPay
from storeapp.till import approvals, paying_back, settling, shifts
from storeapp.till.checkout import Order
from storeapp.till.exchanges import exchange
from storeapp.till.owed_cash import give_in_cash
from storeapp.till.paying_back import NothingToGiveBack
from storeapp.till.ports import Provider, Shop
from storeapp.till.records import Attempt
from storeapp.till.refunds import RefundByWallet, Refunded, RefundOrder, Wallets, preview, refund
from storeapp.till.script import sell_one
from storeapp.till.settling import Say
from storeapp.till.unclear import listed
from tests.fakes.fault_proxy import Fault, FaultProxy
from tests.fakes.pace import CompaniesPace
from tests.fakes.scripted_provider import ScriptedProvider
from tests.fakes.staff import hired
from tests.fakes.still import CountedIds, StillClock, StillPace
from tests.fakes.things import ALICE, COLA, CUP, TEA, a_device


class Killed(BaseException):
    """The till is gone from here on."""


@dataclass
class Place:
    """A till, and both companies behind a line that does what `plan` says."""

    shop: ShopDatabase
    clock: StillClock
    ids: CountedIds
    fake: FakeProviders
    line: FaultProxy
    providers: dict[TenderKind, Provider]
    codes: int = 0
    again: Callable[[], ShopDatabase] = field(default=lambda: pytest.fail("never reopened"))

    @property
    def wallets(self) -> Wallets:
        return Wallets(self.providers, CompaniesPace(self.fake))

    def sold(self, wechat: int = 3000, alipay: int = 1000, script: str = "ok") -> Sale:
        """A cup and two colas, 54.90 in all; what the wallets do not pay is paid in cash."""
        ending = NAMES.index(script)
        tenders: list[dict[str, Any]] = []
        for kind, fen, first in (("wechat", wechat, "13"), ("alipay", alipay, "28")):
            self.codes += 1
            if fen:
                tenders.append({"kind": kind, "fen": fen, "code": f"{first}{self.codes:014d}{ending:02d}"})
        tenders.append({"kind": "cash", "fen": 5490 - wechat - alipay})
        asked = {
            "id": f"b{self.codes}", "tenders": [row for row in tenders if row["fen"]],
            "lines": [{"code": CUP.code}, {"code": COLA.code, "qty": "2"}],
        }  # fmt: skip
        pace = CompaniesPace(self.fake)
        told = sell_one(self.shop, asked, clock=self.clock, ids=self.ids, providers=self.providers, pace=pace)
        with self.shop.reading() as books:
            sale = books.sales.by_receipt(told["receipt"])
        assert sale is not None
        return sale

    def back(self, sale: Sale, *lines: Asked, **more: Any) -> Refunded:
        order = RefundOrder(sale.receipt, "script", "坏了", lines, **more)
        return refund(self.shop, order, clock=self.clock, ids=self.ids, wallets=self.wallets)

    def held(self, sale: Sale) -> dict[str, int]:
        """What the companies still hold for the sale."""
        return {tender.kind: self.fake.orders.net_fen(tender.ref) for tender in sale.tenders if tender.ref}

    def restart(self) -> None:
        """The till comes up again and goes on with what it finds."""
        self.shop.close()
        self.shop = self.again()
        pace = CompaniesPace(self.fake)
        paying_back.resume_refunds(self.shop, self.providers, clock=self.clock, pace=pace)


@pytest.fixture
def place(tmp_path: Path, clock: StillClock, ids: CountedIds) -> Iterator[Place]:
    keys, fake = FileKeystore(tmp_path / "keys"), FakeProviders()
    shop = ShopDatabase.create(tmp_path, device=a_device(), clock=clock, ids=ids, keystore=keys)
    with shop.writing() as books:
        books.products.put([TEA, COLA, CUP])
        books.members.put(ALICE)
    with serving(fake) as url:
        address = urlsplit(url)
        assert address.hostname
        assert address.port
        with closing(FaultProxy((address.hostname, address.port))) as line:
            providers: dict[TenderKind, Provider] = {
                "wechat": WechatPay(fake.keys.for_wechat(), now=fake.clock.now, base_url=line.url),
                "alipay": Alipay(fake.keys.for_alipay(), now=fake.clock.now, base_url=line.url),
            }
            made = Place(shop, clock, ids, fake, line, providers)
            made.again = lambda: ShopDatabase.open(tmp_path, clock=clock, ids=ids, keystore=keys)
            yield made
    assert made.shop.check() == ()
    made.shop.close()


def test_a_split_sale_goes_back_in_proportion_through_both_companies(place: Place) -> None:
    sale = place.sold()

    part = place.back(sale, Asked(2, 1000))
    between = place.held(sale)
    rest = place.back(sale)

    assert {tender.kind: tender.amount.fen for tender in part.refund.tenders} == {
        "wechat": 137, "alipay": 45, "cash": 68,
    }  # fmt: skip
    assert between == {"wechat": 3000 - 137, "alipay": 1000 - 45}
    assert {one.state for one in (*part.sent, *rest.sent)} == {"refunded"}
    assert place.held(sale) == {"wechat": 0, "alipay": 0}
    with place.shop.reading() as books:
        for kind in ("wechat", "alipay", "cash"):
            assert books.ledger.balance(tender_account(kind, "1"), "fen") == 0


def test_two_payments_of_one_wallet_are_each_given_back_as_far_as_they_go(place: Place) -> None:
    asked = {
        "id": "two", "lines": [{"code": COLA.code, "qty": "4"}],
        "tenders": [
            {"kind": "wechat", "fen": 300, "code": "130000000000007100"},
            {"kind": "wechat", "fen": 700, "code": "130000000000007200"},
        ],
    }  # fmt: skip
    pace = CompaniesPace(place.fake)
    told = sell_one(place.shop, asked, clock=place.clock, ids=place.ids, providers=place.providers, pace=pace)
    with place.shop.reading() as books:
        sale = books.sales.by_receipt(told["receipt"])
    assert sale is not None

    for _ in range(3):
        place.back(sale, Asked(1, 1000))
    between = sorted(place.fake.orders.net_fen(tender.ref) for tender in sale.tenders)
    last = place.back(sale)

    assert between == [75, 175]
    assert {tender.ref for tender in last.refund.tenders} == {tender.ref for tender in sale.tenders}
    assert [place.fake.orders.net_fen(tender.ref) for tender in sale.tenders] == [0, 0]


@pytest.mark.parametrize("fault", ["response_lost", "request_lost", "garbage", "duplicated", "server_error"])
def test_an_answer_that_is_lost_gives_back_once(place: Place, fault: Fault) -> None:
    sale = place.sold(alipay=0)
    spoilt: list[bytes] = []

    def plan(request: bytes) -> Fault:
        if b"/refund/domestic/refunds" in request.split(b"\r\n", 1)[0] and not spoilt:
            spoilt.append(request)
            return fault
        return "none"

    place.line.plan = plan
    done = place.back(sale)

    assert len(spoilt) == 1
    assert [one.state for one in done.sent] == ["refunded"]
    assert [entry.fen for entry in place.fake.orders.book if entry.kind == "refund"] == [3000]


@pytest.mark.parametrize("arrives", [False, True])
def test_a_till_killed_after_the_refund_gives_back_once_when_it_comes_up(place: Place, arrives: bool) -> None:
    sale = place.sold(alipay=0)
    wechat = place.providers["wechat"]

    class Dying(ScriptedProvider):
        def refund(self, trade_number: str, *, refund_number: str, amount: Money, whole: Money) -> Take:
            if arrives:
                wechat.refund(trade_number, refund_number=refund_number, amount=amount, whole=whole)
            raise Killed

    place.providers["wechat"] = Dying(name=wechat.name)
    with pytest.raises(Killed):
        place.back(sale, request_id="r1", request_hash="a")
    place.providers["wechat"] = wechat
    place.restart()
    again = place.back(sale, request_id="r1", request_hash="a")

    assert again.was_repeated
    assert [one.state for one in again.sent] == ["refunded"]
    assert [entry.fen for entry in place.fake.orders.book if entry.kind == "refund"] == [3000]
    assert place.held(sale) == {"wechat": 0}


def test_a_refund_nobody_confirms_is_on_the_list_until_somebody_does(place: Place) -> None:
    sale = place.sold(alipay=0)
    place.line.plan = lambda request: "request_lost" if b"/refund" in request.split(b"\r\n", 1)[0] else "none"

    done = place.back(sale)
    place.clock.go_on(minutes=5)
    with place.shop.reading() as books:
        waiting = [item.case for item in listed(books, place.clock.now())]
    place.line.plan = lambda _request: "none"
    place.restart()

    assert [one.state for one in done.sent] == ["refund_unknown"]
    assert waiting == ["refund"]
    assert place.held(sale) == {"wechat": 0}


def test_without_the_company_nothing_changes_and_cash_wants_its_right(place: Place) -> None:
    sale = place.sold(alipay=0)
    order = RefundOrder(sale.receipt, "script", "坏了")

    with pytest.raises(RefundByWallet):
        preview(place.shop, order, clock=place.clock)
    with pytest.raises(RefundByWallet):
        refund(place.shop, order, clock=place.clock, ids=place.ids)
    in_cash = refund(place.shop, replace(order, in_cash=True), clock=place.clock, ids=place.ids)

    assert [(tender.kind, tender.amount.fen) for tender in in_cash.refund.tenders] == [("cash", 5490)]
    assert place.held(sale) == {"wechat": 3000}


def test_of_an_exchange_only_the_difference_goes_back_through_the_company(place: Place) -> None:
    sale = place.sold(wechat=5490, alipay=0)
    take = Order(Basket((Line(TEA),)), (), "script", from_counter=False)

    done = exchange(
        place.shop, RefundOrder(sale.receipt, "script", "换货"), take, clock=place.clock, ids=place.ids,
        wallets=place.wallets,
    )  # fmt: skip
    later = place.back(done.sale)

    assert [(one.state, one.fen) for one in done.sent] == [("refunded", 5490 - 350)]
    assert [(tender.kind, tender.ref, tender.amount.fen) for tender in later.refund.tenders] == [
        ("wechat", sale.tenders[0].ref, 350)
    ]
    assert place.held(sale) == {"wechat": 0}


@pytest.mark.parametrize("kept", ["shop", "file_shop"])
def test_what_a_company_refuses_is_owed_until_it_is_asked_again(
    request: pytest.FixtureRequest, kept: str, clock: StillClock, ids: CountedIds
) -> None:
    shop: Shop = request.getfixturevalue(kept)
    company = ScriptedProvider([Take("paid", ref="W1")], refunds=[Take("failed", reason="no_money"), Take("refunded")])
    wallets, pace = Wallets({"wechat": company}, StillPace(clock)), StillPace(clock)
    sale = _sold_by(shop, company, clock, ids)

    done = refund(shop, RefundOrder(sale.receipt, "script", "x"), clock=clock, ids=ids, wallets=wallets)
    clock.go_on(minutes=5)
    with shop.reading() as books:
        [owed] = listed(books, clock.now())
    number = sale.tenders[0].ref
    again = settling.give_back(shop, company, number, Say("script", reason="x"), clock=clock, ids=ids, pace=pace)

    assert [one.state for one in done.sent] == ["failed"]
    assert (owed.case, owed.amount, owed.deeds) == ("owed", Money(290), ("give_back", "in_cash"))
    assert (again.state, again.fen, again.sale_id) == ("refunded", 290, done.refund.refund_id)
    with shop.reading() as books:
        assert listed(books, clock.now()) == ()


@dataclass
class Refused:
    """A shop whose company refused to give a refund's money back."""

    shop: Shop
    company: ScriptedProvider
    clock: StillClock
    ids: CountedIds
    sale: Sale
    done: Refunded

    @property
    def number(self) -> str:
        return self.sale.tenders[0].ref

    def in_cash(self, by: str = "1003", approval_id: str | None = None) -> Attempt:
        say = Say(by, approval_id=approval_id, reason="x")
        return give_in_cash(self.shop, self.number, say, clock=self.clock, ids=self.ids)

    def holds(self) -> dict[str, int]:
        with self.shop.reading() as books:
            return {kind: books.ledger.balance(tender_account(kind, "1"), "fen") for kind in ("wechat", "cash")}


@pytest.fixture(params=["shop", "file_shop"])
def refused(request: pytest.FixtureRequest, clock: StillClock, ids: CountedIds) -> Refused:
    shop: Shop = request.getfixturevalue(request.param)
    company = ScriptedProvider([Take("paid", ref="W1")], refunds=[Take("failed", reason="no_money"), Take("refunded")])
    sale = _sold_by(shop, company, clock, ids)
    hired(shop, "1003", "1007", clock=clock)
    wallets = Wallets({"wechat": company}, StillPace(clock))
    done = refund(shop, RefundOrder(sale.receipt, "script", "x"), clock=clock, ids=ids, wallets=wallets)
    clock.go_on(minutes=5)
    return Refused(shop, company, clock, ids, sale, done)


def test_what_a_company_refuses_is_given_in_cash_once(refused: Refused) -> None:
    assert refused.holds() == {"wechat": 0, "cash": 0}

    given = refused.in_cash()

    assert (given.state, given.approver) == ("failed", "1003")
    assert refused.holds() == {"wechat": 290, "cash": -290}
    with refused.shop.reading() as books:
        assert listed(books, refused.clock.now()) == ()
        moved = {one.tender: one.fen for one in books.drawer.of_shift(None) if one.doc == "payment"}
        [entry] = [e for e in books.journal.after(0, limit=100) if e.type == "ledger.posted"]
        jobs = books.prints.queued(limit=100)
    assert moved == {"wechat": 290, "cash": -290}
    told = body_of(entry)
    assert (told["kind"], told["trade"], told["fen"], told["approver"]) == (
        "refund_in_cash", refused.number, 290, "1003",
    )  # fmt: skip
    assert "drawer" in [job.kind for job in jobs]
    with pytest.raises(NothingToGiveBack):
        refused.in_cash()
    assert refused.holds() == {"wechat": 290, "cash": -290}
    if isinstance(refused.shop, ShopDatabase):
        assert refused.shop.check() == ()


def test_given_in_cash_by_a_clock_that_was_set_back_it_is_in_a_supplement(refused: Refused) -> None:
    shop, clock, ids = refused.shop, refused.clock, refused.ids
    shifts.open_shift(shop, by="1003", float_amount=Money(0), clock=clock, ids=ids)
    clock.go_on(hours=2)
    shifts.close_shift(shop, {}, by="1003", clock=clock, ids=ids)
    clock.go_on(hours=-1)

    refused.in_cash()

    late = shifts.report_of(shop, 1)
    assert (late.supplement, late.settled_fen) == (1, 0)
    assert {row.tender: row.expected_fen for row in late.tenders} == {"cash": -290, "wechat": 290}
    if isinstance(shop, ShopDatabase):
        assert shop.check() == ()


def test_given_in_cash_the_company_is_never_asked_again(refused: Refused) -> None:
    refused.in_cash()
    asked = len(refused.company.asked)

    with pytest.raises(NothingToGiveBack):
        settling.give_back(
            refused.shop, refused.company, refused.number, Say("1003"), clock=refused.clock, ids=refused.ids,
            pace=StillPace(refused.clock),
        )  # fmt: skip
    paying_back.resume_refunds(
        refused.shop, {"wechat": refused.company}, clock=refused.clock, pace=StillPace(refused.clock)
    )

    assert len(refused.company.asked) == asked


def test_asked_again_and_given_back_there_is_nothing_for_the_drawer(refused: Refused) -> None:
    settling.give_back(
        refused.shop, refused.company, refused.number, Say("1003"), clock=refused.clock, ids=refused.ids,
        pace=StillPace(refused.clock),
    )  # fmt: skip

    with pytest.raises(NothingToGiveBack):
        refused.in_cash()
    assert refused.holds() == {"wechat": 0, "cash": 0}


def test_cash_for_it_wants_its_own_right_for_this_very_payment(refused: Refused) -> None:
    with pytest.raises(NeedsApproval):
        refused.in_cash("1007")
    other = granted(refused, settling.action(refused.number, 291, "in_cash"))
    with pytest.raises(NeedsApproval):
        refused.in_cash("1007", other)
    assert refused.holds() == {"wechat": 0, "cash": 0}

    right = granted(refused, settling.action(refused.number, 290, "in_cash"))
    assert refused.in_cash("1007", right).approver == "1003"


def granted(refused: Refused, payload: dict[str, Any]) -> str:
    return approvals.grant(
        refused.shop, "refund_other_tender", payload, asked_by="1007", approver="1003", pin="100300", reason="x",
        clock=refused.clock, ids=refused.ids,
    ).approval_id  # fmt: skip


def _sold_by(shop: Shop, company: ScriptedProvider, clock: StillClock, ids: CountedIds) -> Sale:
    with shop.writing() as books:
        books.products.put([replace(TEA, price=Money(290))])
    asked = {
        "id": "b1", "lines": [{"code": TEA.code}],
        "tenders": [{"kind": "wechat", "fen": 290, "code": "130000000000000001"}],
    }  # fmt: skip
    told = sell_one(shop, asked, clock=clock, ids=ids, providers={"wechat": company}, pace=StillPace(clock))
    with shop.reading() as books:
        sale = books.sales.by_receipt(told["receipt"])
    assert sale is not None
    return sale
