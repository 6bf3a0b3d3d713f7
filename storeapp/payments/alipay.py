"""Alipay, payment code: pay, query, cancel, refund, query the refund. RSA2 over the raw text of the answer.

A cancel or refund that sounds fine proves nothing by itself: a cancel of an unknown trade succeeds, and a refund
answers the sum of all refunds. So both are confirmed by a query.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import httpx2

from storeapp.domain.money import Money, from_yuan, yuan
from storeapp.domain.payment import CURRENCY, Take, TakeState
from storeapp.domain.tender import TenderKind
from storeapp.errors import Refused, Unavailable
from storeapp.payments.line import CONNECT_S, READ_S, Line, silence
from storeapp.payments.signing import is_signed, sign

BASE_URL = "https://openapi.alipay.com"
GATEWAY = "/gateway.do"
# the gateway reads the time as Beijing's, wherever the machine stands
BEIJING = ZoneInfo("Asia/Shanghai")

_STATES: dict[str, TakeState] = {
    "WAIT_BUYER_PAY": "waiting",
    "TRADE_SUCCESS": "paid",
    "TRADE_FINISHED": "paid",
    "TRADE_CLOSED": "closed",
}
_NO = {
    "ACQ.PAYMENT_AUTH_CODE_INVALID": "code_wrong",
    "ACQ.PAYMENT_AUTH_CODE_EXPIRED": "code_expired",
    "ACQ.PAYMENT_AUTH_CODE_USED": "code_used",
    "ACQ.BUYER_BALANCE_NOT_ENOUGH": "not_enough_money",
    "ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH": "not_enough_money",
    "ACQ.TRADE_HAS_CLOSE": "closed",
    "isv.invalid-signature": "keys_rejected",
    "isv.invalid-app-id": "keys_rejected",
}
# errors under which the trade may be paid all the same
_UNCLEAR = ("ACQ.SYSTEM_ERROR", "ACQ.TRADE_HAS_SUCCESS", "ACQ.CONTEXT_INCONSISTENT", "ACQ.TRADE_STATUS_ERROR")


@dataclass(frozen=True, slots=True)
class AlipayKeys:
    """An app's particulars. Keys are PEM. `seller_id` is checked where it is known and answered."""

    app_id: str
    private_key: str
    platform_key: str
    seller_id: str = ""


class Alipay:
    """Implements `till.ports.Provider`."""

    name = "alipay"
    kind: TenderKind = "alipay"

    def __init__(
        self,
        keys: AlipayKeys,
        *,
        now: Callable[[], datetime],
        subject: str = "storeapp",
        store_id: str = "S01",
        terminal_id: str = "1",
        base_url: str = BASE_URL,
        connect_s: float = CONNECT_S,
        read_s: float = READ_S,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        self._keys, self._now, self._subject = keys, now, subject
        self._place = {"store_id": store_id[:32], "terminal_id": terminal_id[:32]}
        self._line = Line(base_url, connect_s=connect_s, read_s=read_s, transport=transport)

    def take(self, amount: Money, *, code: str, trade_number: str) -> Take:
        biz = {
            "out_trade_no": trade_number,
            "scene": "security_code" if code.startswith("fp") else "bar_code",
            "auth_code": code,
            "subject": self._subject[:80],
            "total_amount": yuan(amount),
            "timeout_express": "3m",
            **self._place,
        }
        try:
            answer = self._ask("alipay.trade.pay", biz)
        except Unavailable as error:
            return silence(error)
        code_, sub = answer.get("code"), str(answer.get("sub_code") or "")
        if code_ == "10000":
            return self._trade(answer, "TRADE_SUCCESS")
        if code_ == "10003":
            return Take("waiting", reason="password")
        if code_ in ("40001", "40002", "40003", "40004", "40006") and sub not in _UNCLEAR and "SYSTEM" not in sub:
            return Take("failed", reason=_NO.get(sub, "refused_by_provider"))
        return Take("unknown", reason=_word(answer))

    def query(self, trade_number: str) -> Take:
        try:
            answer = self._ask("alipay.trade.query", {"out_trade_no": trade_number})
        except Unavailable as error:
            return Take("unknown", reason=error.word)
        if answer.get("code") == "10000":
            return self._trade(answer, "")
        word = "no_such_trade" if answer.get("sub_code") == "ACQ.TRADE_NOT_EXIST" else _word(answer)
        return Take("unknown", reason=word)

    def reverse(self, trade_number: str) -> Take:
        try:
            answer = self._ask("alipay.trade.cancel", {"out_trade_no": trade_number})
        except Unavailable as error:
            return Take("unknown", reason=error.word, recall=True)
        if answer.get("code") != "10000" or answer.get("retry_flag") != "N":
            return Take("unknown", reason=_word(answer), recall=True)
        return Take("closed", trade_number=str(answer.get("out_trade_no") or ""))

    def refund(self, trade_number: str, *, refund_number: str, amount: Money, whole: Money) -> Take:
        biz = {"out_trade_no": trade_number, "out_request_no": refund_number, "refund_amount": yuan(amount)}
        try:
            answer = self._ask("alipay.trade.refund", biz)
        except Unavailable as error:
            return Take("unknown", reason=error.word)
        if answer.get("code") == "10000":
            return self.query_refund(trade_number, refund_number)
        is_no = answer.get("code") == "40004" and "SYSTEM" not in str(answer.get("sub_code"))
        return Take("failed" if is_no else "unknown", reason=_word(answer))

    def query_refund(self, trade_number: str, refund_number: str) -> Take:
        biz = {"out_trade_no": trade_number, "out_request_no": refund_number}
        try:
            answer = self._ask("alipay.trade.fastpay.refund.query", biz)
        except Unavailable as error:
            return Take("unknown", reason=error.word)
        if answer.get("code") != "10000":
            return Take("unknown", reason=_word(answer))
        if not answer.get("out_request_no") or answer.get("refund_status") not in ("REFUND_SUCCESS", None, ""):
            return Take("unknown", reason="no_such_refund")
        if answer.get("out_request_no") != refund_number:
            return Take("unknown", reason="answer_differs")
        return Take(
            "refunded",
            ref=str(answer.get("trade_no") or ""),
            amount=_money(answer.get("refund_amount")),
            trade_number=str(answer.get("out_trade_no") or ""),
        )

    def close(self) -> None:
        self._line.close()

    # inside

    def _ask(self, method: str, biz: dict[str, str]) -> dict[str, Any]:
        """The signed answer; one that is not theirs or cannot be read has a code of ours that means not knowing."""
        fields = {
            "app_id": self._keys.app_id,
            "method": method,
            "format": "JSON",
            "charset": "utf-8",
            "sign_type": "RSA2",
            "timestamp": self._now().astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S"),
            "version": "1.0",
            "biz_content": json.dumps(biz, ensure_ascii=False, separators=(",", ":")),
        }
        signed = "&".join(f"{key}={value}" for key, value in sorted(fields.items()))
        fields["sign"] = sign(signed.encode(), self._keys.private_key)
        headers = {"Content-Type": "application/x-www-form-urlencoded;charset=utf-8"}
        reply = self._line.ask("POST", GATEWAY, headers=headers, body=urlencode(fields).encode())
        try:
            raw, signature = parted(reply.body.decode("utf-8"), method)
            answer = json.loads(raw)
        except (ValueError, RecursionError):
            return {"code": "garbage"}
        if not is_signed(raw.encode(), signature, self._keys.platform_key):
            return {"code": "signature"}
        return answer if isinstance(answer, dict) else {"code": "garbage"}

    def _trade(self, answer: dict[str, Any], unsaid: str) -> Take:
        """A trade as it is told; `unsaid` is its status where the answer names none."""
        state = _STATES.get(str(answer.get("trade_status") or unsaid), "unknown")
        seller = str(answer.get("seller_id") or "")
        if self._keys.seller_id and seller and seller != self._keys.seller_id:
            return Take("unknown", reason="answer_differs")
        currency = next((str(answer[key]) for key in ("trans_currency", "pay_currency") if answer.get(key)), CURRENCY)
        return Take(
            state,
            ref=str(answer.get("trade_no") or ""),
            reason="password" if state == "waiting" else "",
            amount=_money(answer.get("total_amount")),
            currency=currency,
            trade_number=str(answer.get("out_trade_no") or ""),
            payer=str(answer.get("buyer_open_id") or answer.get("buyer_user_id") or ""),
        )


def parted(text: str, method: str) -> tuple[str, str]:
    """The raw text of the object in an answer, as it was signed, and the signature ("" for none); else ValueError."""
    name = f'"{method.replace(".", "_")}_response"'
    at = text.find(name)
    if at < 0:
        at, name = text.index('"error_response"'), '"error_response"'
    start = text.index("{", at + len(name))
    _object, end = json.JSONDecoder().raw_decode(text, start)
    whole = json.loads(text)
    signature = whole.get("sign") if isinstance(whole, dict) else None
    return text[start:end], signature if isinstance(signature, str) else ""


def _money(said: object) -> Money | None:
    try:
        return from_yuan(said) if isinstance(said, str) else None
    except Refused:
        return None


def _word(answer: dict[str, Any]) -> str:
    return str(answer.get("sub_code") or answer.get("code") or "unclear").lower()[:40]
