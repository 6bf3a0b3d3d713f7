"""Payments on the wire: a till asks the cloud to ask a wallet's company. The keys of the shop's contract stay there.

A question is known by the device and our trade number: asked again it is answered as before, and the same number with
other content is refused. A payment code travels once, is used at once, and is kept nowhere.
"""

from typing import Annotated, Literal

from pydantic import Field

from storeapp.wire.messages import Message
from storeapp.wire.versions import PATH

TAKE_PATH = f"{PATH}/pay/take"
QUERY_PATH = f"{PATH}/pay/query"
REVERSE_PATH = f"{PATH}/pay/reverse"
REFUND_PATH = f"{PATH}/pay/refund"
REFUND_QUERY_PATH = f"{PATH}/pay/refund-query"

Wallet = Literal["wechat", "alipay"]
TradeNumber = Annotated[str, Field(pattern=r"^[0-9A-Za-z_-]{6,32}$")]
RefundNumber = Annotated[str, Field(pattern=r"^[0-9A-Za-z_-]{6,32}$")]
Fen = Annotated[int, Field(ge=1, le=100_000_000, strict=True)]
Word = Annotated[str, Field(max_length=64)]


class PayTakeAsk(Message):
    wallet: Wallet
    trade_number: TradeNumber
    fen: Fen
    currency: Literal["CNY"] = "CNY"
    code: Annotated[str, Field(pattern=r"^[0-9A-Za-z]{16,66}$", repr=False)]


class PayTradeAsk(Message):
    """A question about a trade, or the wish to undo it."""

    trade_number: TradeNumber


class PayRefundAsk(Message):
    trade_number: TradeNumber
    refund_number: RefundNumber
    fen: Fen
    whole_fen: Fen


class PayRefundQueryAsk(Message):
    trade_number: TradeNumber
    refund_number: RefundNumber


ASKS = (PayTakeAsk, PayTradeAsk, PayRefundAsk, PayRefundQueryAsk)


class PayAnswer(Message):
    """What the company said, as far as the cloud believes it: the trade number and amount it speaks of stand beside."""

    state: Literal["paid", "failed", "waiting", "unknown", "closed", "refunded"]
    trade_number: TradeNumber
    ref: Word = ""
    reason: Word = ""
    fen: Annotated[int, Field(ge=0, strict=True)] | None = None
    currency: Annotated[str, Field(max_length=3)] = "CNY"
    payer: Annotated[str, Field(max_length=128)] = ""
    recall: bool = False
