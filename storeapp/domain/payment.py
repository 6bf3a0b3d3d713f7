"""Payments by code: which wallet a code belongs to, what a provider may answer, and when an answer is believed.

Not knowing is an answer, never an error. Only an answer that names our trade number, our amount and our currency
can be `paid`; anything else is not knowing.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Literal

from storeapp.domain.money import Money
from storeapp.domain.tender import TenderKind
from storeapp.errors import Refused

TakeState = Literal["paid", "failed", "waiting", "unknown", "closed", "refunded"]
"""closed: the trade is shut and holds no money; refunded: a refund went through."""

CURRENCY = "CNY"
CODE_LIFE_S = 60
"""A payment code is good for about a minute; a request with an older one can take nothing any more."""

NOT_SENT = "not_sent"
"""The reason of a take that failed before anything left this machine: its code is still good."""

_WECHAT = re.compile(r"1[0-5][0-9]{16}")
_ALIPAY = re.compile(r"(?:2[5-9]|30)[0-9]{14,22}|fp[0-9A-Za-z]{8,64}")
_UNIONPAY = re.compile(r"62[0-9]{17}")


@dataclass(eq=False)
class NoPaymentCode(Refused):
    """What was scanned is no payment code of a wallet this shop takes."""

    word = "no_payment_code"


@dataclass(eq=False)
class CodeUsed(Refused):
    """This payment code was tried before: a code is good once, the customer shows a fresh one."""

    word = "payment_code_used"


@dataclass(frozen=True, slots=True)
class Take:
    """A provider's answer so far.

    `ref` is the provider's own number, `reason` a closed word, `payer` a hint who paid (opaque). `recall` means
    that what was asked has to be asked again. An answer names the amount, currency and trade number it speaks of.
    """

    state: TakeState
    ref: str = ""
    reason: str = ""
    amount: Money | None = None
    currency: str = CURRENCY
    trade_number: str = ""
    payer: str = ""
    recall: bool = False


def route(code: str) -> TenderKind | None:
    """The wallet behind a scanned payment code, by its length and first digits; None for anything else.

    62 also begins bank card numbers, so this is asked only where a payment code is expected.
    """
    if _WECHAT.fullmatch(code):
        return "wechat"
    if _ALIPAY.fullmatch(code):
        return "alipay"
    if _UNIONPAY.fullmatch(code):
        return "unionpay"
    return None


def code_hash(code: str, *, salt: str) -> str:
    """What is kept of a payment code: enough to see the same one again, too little to pay with."""
    return hashlib.sha256(f"{salt}|{code}".encode()).hexdigest()[:24]


def trade_number(attempt_id: str) -> str:
    """Our number of an attempt at every provider: the 32 characters of its own id, so never used twice."""
    return attempt_id.replace("-", "")[-32:]


def refund_number(attempt_id: str) -> str:
    """Our number of a refund: 20 characters, the most one provider takes."""
    return hashlib.sha256(attempt_id.encode()).hexdigest()[:20]


def believed(take: Take, *, amount: Money, trade_number: str) -> Take:
    """`take` as far as it can be believed for what was asked.

    Money said to be taken under another number, in another amount or currency is not knowing: `answer_differs`.
    """
    says_money = take.state in ("paid", "refunded")
    is_other_trade = take.trade_number not in ("", trade_number)
    differs = says_money and (take.amount != amount or take.currency != CURRENCY or take.trade_number != trade_number)
    if differs or is_other_trade:
        return replace(take, state="unknown", reason="answer_differs")
    return take
