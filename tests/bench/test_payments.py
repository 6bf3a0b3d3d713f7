"""Payments under pulled plugs: the three zeros hold, and each of five ways to cheat them is found out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from storeapp.bench.payment_audit import Audit
from storeapp.bench.payment_kills import kill_and_kill_again
from storeapp.bench.payments import play
from storeapp.bench.shop import MeasuredShop, measured_shop
from storeapp.domain import attempt
from storeapp.payments.wechat import WechatPay
from storeapp.till import paying

COUNT, SEED = 250, 7


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[MeasuredShop]:
    with measured_shop(tmp_path, products=1, members=0) as measured:
        yield measured.shop


def crimes(audit: Audit) -> int:
    return len(audit.charged_without_sale) + len(audit.sold_without_money) + len(audit.doubled)


def test_no_money_is_lost_doubled_or_missing_whenever_the_plug_is_pulled(shop: MeasuredShop) -> None:
    played = play(shop, COUNT, seed=SEED)

    assert crimes(played.audit) == 0
    assert played.audit.listed == []
    assert played.kills > COUNT / 4
    assert played.audit.sales > COUNT / 8
    assert played.listed > 0


def test_a_till_killed_again_and_again_over_real_http_loses_nothing(tmp_path: Path) -> None:
    played = kill_and_kill_again(tmp_path, 12, seed=SEED)

    assert crimes(played.audit) == 0
    assert played.audit.listed == []
    assert played.audit.attempts > 0


def send_before_noting(patch: pytest.MonkeyPatch) -> None:
    """The attempt is written down only once the company has answered."""
    noted = paying._noted

    def late(books, provider, asked, *, clock, ids):
        return noted(_Forgetful(books), provider, asked, clock=clock, ids=ids)  # type: ignore[arg-type]  # books that forget the attempts

    class _Forgetful:
        def __init__(self, books):
            self._books = books
            self.device = books.device
            self.attempts = self

        def of_document(self, sale_id):
            return self._books.attempts.of_document(sale_id)

        def by_code(self, code):
            return self._books.attempts.by_code(code)

        def put(self, attempt):
            """Not yet."""

    patch.setattr(paying, "_noted", late)


def one_number_for_every_code(patch: pytest.MonkeyPatch) -> None:
    """A second code of the same sale goes out under the first one's trade number."""
    patch.setattr(paying, "trade_number", lambda attempt_id: f"{attempt_id[:8]:0<32}")


def believe_the_unsigned(patch: pytest.MonkeyPatch) -> None:
    """Whoever answers is believed."""
    patch.setattr(WechatPay, "_is_theirs", lambda self, reply: True)
    patch.setattr("storeapp.payments.alipay.is_signed", lambda raw, signature, pem: True)


def ignore_the_amount(patch: pytest.MonkeyPatch) -> None:
    """Paid is paid, whatever the amount and the currency."""
    patch.setattr(paying, "believed", lambda take, *, amount, trade_number: take)


def never_reverse(patch: pytest.MonkeyPatch) -> None:
    """What is unclear at the deadline is called a failure."""
    patch.setattr(paying, "after", _failing(attempt.after))


def _failing(after: Callable[..., str]) -> Callable[..., str]:
    return lambda state, event: "failed" if event == "deadline" else after(state, event)


@pytest.mark.parametrize("cheat", [send_before_noting, never_reverse, believe_the_unsigned, ignore_the_amount])
def test_a_cheat_is_found_out_by_the_audit(
    shop: MeasuredShop, monkeypatch: pytest.MonkeyPatch, cheat: Callable[[pytest.MonkeyPatch], None]
) -> None:
    cheat(monkeypatch)

    assert crimes(play(shop, COUNT, seed=SEED).audit) > 0


def test_the_file_itself_refuses_a_trade_number_used_before(
    shop: MeasuredShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_number_for_every_code(monkeypatch)

    with pytest.raises(IntegrityError, match="UNIQUE"):
        play(shop, COUNT, seed=SEED)
