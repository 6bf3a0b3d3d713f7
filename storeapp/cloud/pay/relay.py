"""The relay: a till's question is kept, asked of the wallet's company with the shop's own keys, and answered.

Kept before it is asked, so a cloud that dies in between finds it again: the same question then is not asked twice, and
what nobody knows is asked with a query. The till follows the attempt to its end; the cloud never decides for it.
"""

import hashlib
import hmac
import logging
from collections.abc import Callable

from storeapp.cloud.ingest.auth import Caller
from storeapp.cloud.pay import attempts
from storeapp.cloud.pay.attempts import Kept, Refund, Trade, UnknownTrade
from storeapp.cloud.pay.vault import company_of
from storeapp.cloud.services import Cloud
from storeapp.domain.money import Money
from storeapp.domain.payment import Take, believed
from storeapp.errors import StoreappError, Unavailable
from storeapp.wire.codec import canonical
from storeapp.wire.pay import PayAnswer, PayRefundAsk, PayRefundQueryAsk, PayTakeAsk, PayTradeAsk

LOG = logging.getLogger(__name__)


def take(cloud: Cloud, caller: Caller, ask: PayTakeAsk) -> PayAnswer:
    """Asks for money once, however often this question comes. Raises NumberReused or NoPayKeys."""
    company = company_of(cloud, caller.tenant_id, ask.wallet)
    trade = Trade(caller, ask.trade_number)
    wanted = Kept(ask.wallet, ask.fen, _hash(cloud, caller.tenant_id, ask), "sent")
    before = attempts.begin(cloud.database, trade, wanted, now=cloud.clock())
    if before is not None:
        return _answer(before.take(ask.trade_number), ask.trade_number)
    # committed: whatever happens from here on, the question is known
    heard = _asked(lambda: company.take(Money(ask.fen), code=ask.code, trade_number=ask.trade_number))
    return _heard(cloud, trade, heard, fen=ask.fen)


def query(cloud: Cloud, caller: Caller, ask: PayTradeAsk) -> PayAnswer:
    """What became of a trade of this very till; of one that never arrived nothing is known."""
    trade = Trade(caller, ask.trade_number)
    kept = attempts.found(cloud.database, trade)
    if kept is None:
        return _answer(Take("unknown", reason="no_such_trade"), ask.trade_number)
    if kept.state in ("failed", "closed", "refunded"):
        return _answer(kept.take(ask.trade_number), ask.trade_number)
    company = company_of(cloud, caller.tenant_id, kept.provider)
    return _heard(cloud, trade, _asked(lambda: company.query(ask.trade_number)), fen=kept.fen)


def reverse(cloud: Cloud, caller: Caller, ask: PayTradeAsk) -> PayAnswer:
    """Undoes a trade whatever became of it. One that never arrived is shut: should it arrive yet, nobody is asked."""
    trade = Trade(caller, ask.trade_number)
    kept = attempts.found(cloud.database, trade)
    if kept is None:
        kept = attempts.begin(cloud.database, trade, Kept("", 0, b"", "closed"), now=cloud.clock())
        if kept is None:
            return _answer(Take("closed", reason="never_arrived"), ask.trade_number)
    if kept.state in ("failed", "closed", "refunded"):
        return _answer(kept.take(ask.trade_number), ask.trade_number)
    company = company_of(cloud, caller.tenant_id, kept.provider)
    heard = _asked(lambda: company.reverse(ask.trade_number))
    # a customer may pay in the very moment: that it is shut is only believed when a query says so
    doubt = Take("unknown", ref=heard.ref, reason="reversing")
    attempts.hear(cloud.database, trade, doubt, now=cloud.clock(), undoes=True)
    return _answer(believed(heard, amount=Money(kept.fen), trade_number=ask.trade_number), ask.trade_number)


def refund(cloud: Cloud, caller: Caller, ask: PayRefundAsk) -> PayAnswer:
    """Gives money back once, however often this question comes; any till of the shop may. Raises UnknownTrade."""
    kept = attempts.of_shop(cloud.database, caller.tenant_id, ask.trade_number)
    if kept is None or kept.fen != ask.whole_fen or ask.fen > ask.whole_fen:
        raise UnknownTrade(ask.trade_number)
    company = company_of(cloud, caller.tenant_id, kept.provider)
    wanted = Refund(ask.trade_number, ask.refund_number, kept.provider, ask.fen, ask.whole_fen)
    before = attempts.begin_refund(cloud.database, caller, wanted, now=cloud.clock())
    # a refund nobody confirmed is sent again: the company knows it by its number
    if before is not None and before.state in ("refunded", "waiting"):
        return _answer(before.take(), ask.trade_number)
    heard = _asked(
        lambda: company.refund(
            ask.trade_number, refund_number=ask.refund_number, amount=Money(ask.fen), whole=Money(ask.whole_fen)
        )
    )
    return _heard_refund(cloud, caller, wanted, heard)


def refund_query(cloud: Cloud, caller: Caller, ask: PayRefundQueryAsk) -> PayAnswer:
    """What became of a refund; of one that never arrived nothing is known."""
    kept = attempts.refund_of(cloud.database, caller.tenant_id, ask.trade_number, ask.refund_number)
    if kept is None:
        return _answer(Take("unknown", reason="no_such_refund"), ask.trade_number)
    if kept.state == "refunded":
        return _answer(kept.take(), ask.trade_number)
    company = company_of(cloud, caller.tenant_id, kept.provider)
    heard = _asked(lambda: company.query_refund(ask.trade_number, ask.refund_number))
    return _heard_refund(cloud, caller, kept, heard)


def _heard(cloud: Cloud, trade: Trade, heard: Take, *, fen: int) -> PayAnswer:
    heard = believed(heard, amount=Money(fen), trade_number=trade.number)
    if heard.reason == "answer_differs":
        LOG.error("an answer about another payment than %s", trade.number)
    kept = attempts.hear(cloud.database, trade, heard, now=cloud.clock())
    said = kept.take(trade.number) if kept.state in ("paid", "failed", "closed", "refunded") else heard
    return _answer(said, trade.number, recall=heard.recall)


def _heard_refund(cloud: Cloud, caller: Caller, wanted: Refund, heard: Take) -> PayAnswer:
    heard = believed(heard, amount=Money(wanted.fen), trade_number=wanted.trade_number)
    kept = attempts.hear_refund(cloud.database, caller.tenant_id, wanted, heard, now=cloud.clock())
    said = heard if kept.state != "refunded" else kept.take()
    return _answer(said, wanted.trade_number)


def _asked(ask: Callable[[], Take]) -> Take:
    """The company's answer; one that is not there leaves the result unknown, and the log says why without the code."""
    try:
        return ask()
    except Unavailable as error:
        return Take("unknown", reason=error.word)
    except StoreappError as error:
        LOG.error("the wallet's company could not be asked: %s", error.word)
        return Take("unknown", reason=error.word)


def _answer(said: Take, trade_number: str, *, recall: bool = False) -> PayAnswer:
    return PayAnswer(
        state=said.state,
        trade_number=trade_number,
        ref=said.ref[:64],
        reason=said.reason[:64],
        fen=None if said.amount is None else said.amount.fen,
        currency=said.currency,
        payer=said.payer[:128],
        recall=recall or said.recall,
    )


def _hash(cloud: Cloud, tenant_id: str, ask: PayTakeAsk) -> bytes:
    """Tells one question from another without keeping the code."""
    said = canonical({"wallet": ask.wallet, "fen": ask.fen, "currency": ask.currency, "code": ask.code})
    return hmac.new(cloud.keys.pay_ask_key(tenant_id), said, hashlib.sha256).digest()
