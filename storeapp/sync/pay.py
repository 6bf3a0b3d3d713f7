"""Payments through the cloud: the till asks, the cloud asks the wallet's company with the shop's keys.

The same signed way as everything else to the cloud. What did not come through is not known, never refused: the question
has a number, and the next one asks what became of it.
"""

from __future__ import annotations

from collections.abc import Callable

from storeapp.domain.money import Money
from storeapp.domain.payment import NOT_SENT, Take
from storeapp.domain.tender import TenderKind
from storeapp.sync.client import CloudClient
from storeapp.sync.identity import Keystore, connect
from storeapp.sync.transport import CloudUnreachable
from storeapp.till.ports import Clock, Shop
from storeapp.wire import pay
from storeapp.wire.pay import PayAnswer, Wallet

# longer than the cloud itself waits for the wallet's company
TIMEOUT_S = 25.0


class RelayProvider:
    """Implements `till.ports.Provider` for one wallet."""

    def __init__(self, wallet: Wallet, connected: Callable[[], CloudClient]) -> None:
        self._wallet, self._connected = wallet, connected

    @property
    def name(self) -> str:
        # patience is counted by the company that is asked in the end
        return self._wallet

    @property
    def kind(self) -> TenderKind:
        return self._wallet

    def take(self, amount: Money, *, code: str, trade_number: str) -> Take:
        ask = pay.PayTakeAsk(wallet=self._wallet, trade_number=trade_number, fen=amount.fen, code=code)
        try:
            return self._ask(lambda client: client.pay(pay.TAKE_PATH, ask), trade_number)
        except CloudUnreachable as error:
            # without a line nothing was asked, and the cashier need not wait to know it
            if error.reason == "unconnected":
                return Take("failed", reason=NOT_SENT, trade_number=trade_number)
            raise

    def query(self, trade_number: str) -> Take:
        ask = pay.PayTradeAsk(trade_number=trade_number)
        return self._ask(lambda client: client.pay(pay.QUERY_PATH, ask), trade_number)

    def reverse(self, trade_number: str) -> Take:
        ask = pay.PayTradeAsk(trade_number=trade_number)
        return self._ask(lambda client: client.pay(pay.REVERSE_PATH, ask), trade_number)

    def refund(self, trade_number: str, *, refund_number: str, amount: Money, whole: Money) -> Take:
        ask = pay.PayRefundAsk(
            trade_number=trade_number, refund_number=refund_number, fen=amount.fen, whole_fen=whole.fen
        )
        return self._ask(lambda client: client.pay(pay.REFUND_PATH, ask), trade_number)

    def query_refund(self, trade_number: str, refund_number: str) -> Take:
        ask = pay.PayRefundQueryAsk(trade_number=trade_number, refund_number=refund_number)
        return self._ask(lambda client: client.pay(pay.REFUND_QUERY_PATH, ask), trade_number)

    def _ask(self, deed: Callable[[CloudClient], PayAnswer], trade_number: str) -> Take:
        client = self._connected()
        try:
            return _understood(deed(client), trade_number)
        finally:
            client.close()


def relayed(shop: Shop, keystore: Keystore, *, clock: Clock, wallet: Wallet) -> RelayProvider:
    """The wallet through the cloud this shop has joined; asked from any thread, over a line of its own."""
    return RelayProvider(wallet, lambda: connect(shop, keystore, clock=clock, timeout_s=TIMEOUT_S))


def _understood(said: PayAnswer, trade_number: str) -> Take:
    amount = None if said.fen is None else Money(said.fen)
    if said.trade_number != trade_number:
        return Take("unknown", reason="answer_differs")
    return Take(
        said.state,
        ref=said.ref,
        reason=said.reason,
        amount=amount,
        currency=said.currency,
        trade_number=said.trade_number,
        payer=said.payer,
        recall=said.recall,
    )
