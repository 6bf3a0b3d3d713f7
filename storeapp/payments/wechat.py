"""WeChat Pay v3, payment code: pay, query, reverse, refund, query the refund.

Every answer is signed by the platform and none is believed without, not even a no. Paths, fields and states are those
of pay.weixin.qq.com, merchant documents 4012382150, 4012382161 and 4013070356.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx2

from storeapp.domain.money import Money
from storeapp.domain.payment import CURRENCY, Take, TakeState
from storeapp.domain.tender import TenderKind
from storeapp.errors import Unavailable
from storeapp.payments.line import CONNECT_S, READ_S, Line, Reply, silence
from storeapp.payments.signing import is_signed, sign

BASE_URL = "https://api.mch.weixin.qq.com"
PAY = "/v3/pay/transactions/codepay"
TRADE = "/v3/pay/transactions/out-trade-no/{number}"
REFUND = "/v3/refund/domestic/refunds"
CLOCK_OFF_S = 300

_GIVEN_BACK: dict[str, TakeState] = {"SUCCESS": "refunded", "CLOSED": "failed"}
_STATES: dict[str, TakeState] = {
    "SUCCESS": "paid",
    "USERPAYING": "waiting",
    "ACCEPT": "waiting",
    "NOTPAY": "unknown",
    "PAYERROR": "failed",
    "CLOSED": "closed",
    "REVOKED": "closed",
    "REFUND": "closed",
}
# a clear no to a request for money; every other error is not knowing
_NO = {
    "AUTH_CODE_EXPIRE": "code_expired",
    "AUTHCODEEXPIRE": "code_expired",
    "AUTH_CODE_ERROR": "code_wrong",
    "AUTH_CODE_INVALID": "code_wrong",
    "NOTENOUGH": "not_enough_money",
    "NOT_ENOUGH": "not_enough_money",
    "NOTSUPORTCARD": "card_not_taken",
    "BUYER_MISMATCH": "code_wrong",
    "ORDERCLOSED": "closed",
    "ORDER_CLOSED": "closed",
    "ORDERREVERSED": "closed",
    "PARAM_ERROR": "refused_by_provider",
    "NO_AUTH": "refused_by_provider",
    "RULE_LIMIT": "refused_by_provider",
    "ACCOUNT_ERROR": "refused_by_provider",
    "MCH_NOT_EXISTS": "refused_by_provider",
    # signed by them, so it is their word that this request was not let in: nothing was taken
    "SIGN_ERROR": "keys_rejected",
    "SIGNERROR": "keys_rejected",
    "APPID_MCHID_NOT_MATCH": "refused_by_provider",
}
_NOT_THERE = ("ORDER_NOT_EXIST", "ORDERNOTEXIST", "RESOURCE_NOT_EXISTS", "NOT_FOUND")
_REFUND_NO = ("PARAM_ERROR", "INVALID_REQUEST", "NOT_ENOUGH", "NO_AUTH", "RESOURCE_NOT_EXISTS", "MCH_NOT_EXISTS")


@dataclass(frozen=True, slots=True)
class WechatKeys:
    """A merchant's particulars. Keys are PEM; `serial` names the merchant's own, `platform_serial` the platform's."""

    mchid: str
    appid: str
    serial: str
    private_key: str
    platform_serial: str
    platform_key: str


class WechatPay:
    """Implements `till.ports.Provider`."""

    name = "wechat"
    kind: TenderKind = "wechat"

    def __init__(
        self,
        keys: WechatKeys,
        *,
        now: Callable[[], datetime],
        description: str = "storeapp",
        device_id: str = "1",
        store_id: str = "S01",
        base_url: str = BASE_URL,
        connect_s: float = CONNECT_S,
        read_s: float = READ_S,
        transport: httpx2.BaseTransport | None = None,
        nonce: Callable[[], str] = lambda: secrets.token_hex(16),
    ) -> None:
        self._keys, self._now, self._nonce = keys, now, nonce
        self._description, self._device_id, self._store_id = description, device_id, store_id
        self._line = Line(base_url, connect_s=connect_s, read_s=read_s, transport=transport)

    def take(self, amount: Money, *, code: str, trade_number: str) -> Take:
        body = {
            "appid": self._keys.appid,
            "mchid": self._keys.mchid,
            "description": self._description[:40],
            "out_trade_no": trade_number,
            "payer": {"auth_code": code},
            "amount": {"total": amount.fen, "currency": CURRENCY},
            "scene_info": {"device_id": self._device_id[:32], "store_info": {"id": self._store_id[:32]}},
        }
        try:
            status, answer = self._ask("POST", PAY, body)
        except Unavailable as error:
            return silence(error)
        if status == 200:
            return self._trade(answer)
        return _refused(answer)

    def query(self, trade_number: str) -> Take:
        try:
            status, answer = self._ask("GET", f"{TRADE.format(number=trade_number)}?mchid={self._keys.mchid}")
        except Unavailable as error:
            return Take("unknown", reason=error.word)
        if status == 200:
            return self._trade(answer)
        word = "no_such_trade" if answer.get("code") in _NOT_THERE else _word(answer)
        return Take("unknown", reason=word)

    def reverse(self, trade_number: str) -> Take:
        body = {"appid": self._keys.appid, "mchid": self._keys.mchid}
        try:
            status, answer = self._ask("POST", f"{TRADE.format(number=trade_number)}/reverse", body)
        except Unavailable as error:
            return Take("unknown", reason=error.word, recall=True)
        if status not in (200, 204) or answer.get("recall") == "Y":
            return Take("unknown", reason=_word(answer), recall=True)
        return Take("closed", trade_number=str(answer.get("out_trade_no") or trade_number))

    def refund(self, trade_number: str, *, refund_number: str, amount: Money, whole: Money) -> Take:
        body = {
            "out_trade_no": trade_number,
            "out_refund_no": refund_number,
            "amount": {"refund": amount.fen, "total": whole.fen, "currency": CURRENCY},
        }
        try:
            status, answer = self._ask("POST", REFUND, body)
        except Unavailable as error:
            return Take("unknown", reason=error.word)
        if status == 200:
            return _given_back(answer, refund_number)
        return Take("failed" if answer.get("code") in _REFUND_NO else "unknown", reason=_word(answer))

    def query_refund(self, trade_number: str, refund_number: str) -> Take:
        try:
            status, answer = self._ask("GET", f"{REFUND}/{refund_number}")
        except Unavailable as error:
            return Take("unknown", reason=error.word)
        if status == 200:
            return _given_back(answer, refund_number)
        return Take("unknown", reason="no_such_refund" if answer.get("code") in _NOT_THERE else _word(answer))

    def close(self) -> None:
        self._line.close()

    # inside

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        """The status and the object of a signed answer; an answer nobody signed is one of not knowing (status 0)."""
        raw = b"" if body is None else json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        stamp, nonce, keys = str(int(self._now().timestamp())), self._nonce(), self._keys
        signature = sign(f"{method}\n{path}\n{stamp}\n{nonce}\n".encode() + raw + b"\n", keys.private_key)
        said = (
            f'mchid="{keys.mchid}",nonce_str="{nonce}",signature="{signature}",timestamp="{stamp}",'
            f'serial_no="{keys.serial}"'
        )
        headers = {
            "Authorization": f"WECHATPAY2-SHA256-RSA2048 {said}",
            "Accept": "application/json",
            "Content-Type": "application/json",
            "Wechatpay-Serial": keys.platform_serial,
        }
        reply = self._line.ask(method, path, headers=headers, body=raw)
        if not self._is_theirs(reply):
            return 0, {"code": "SIGNATURE"}
        try:
            answer = json.loads(reply.body) if reply.body else {}
        except (ValueError, RecursionError):
            return 0, {"code": "GARBAGE"}
        return reply.status, answer if isinstance(answer, dict) else {"code": "GARBAGE"}

    def _is_theirs(self, reply: Reply) -> bool:
        stamp, nonce = reply.headers.get("wechatpay-timestamp", ""), reply.headers.get("wechatpay-nonce", "")
        if reply.headers.get("wechatpay-serial") != self._keys.platform_serial or not stamp.isascii():
            return False
        if not stamp.isdigit() or abs(int(stamp[:12]) - self._now().timestamp()) > CLOCK_OFF_S:
            return False
        signed = f"{stamp}\n{nonce}\n".encode() + reply.body + b"\n"
        return is_signed(signed, reply.headers.get("wechatpay-signature", ""), self._keys.platform_key)

    def _trade(self, answer: dict[str, Any]) -> Take:
        state = _STATES.get(str(answer.get("trade_state")), "unknown")
        if state == "paid" and (answer.get("mchid"), answer.get("appid")) != (self._keys.mchid, self._keys.appid):
            return Take("unknown", reason="answer_differs")
        amount, currency = _money(answer.get("amount"), "total")
        payer = answer.get("payer")
        return Take(
            state,
            ref=str(answer.get("transaction_id") or ""),
            reason={"waiting": "password", "failed": "refused_by_provider"}.get(state, ""),
            amount=amount,
            currency=currency,
            trade_number=str(answer.get("out_trade_no") or ""),
            payer=str(payer.get("openid") or "") if isinstance(payer, dict) else "",
        )


def _refused(answer: dict[str, Any]) -> Take:
    code = str(answer.get("code"))
    if code == "USERPAYING":
        return Take("waiting", reason="password")
    if code in _NO:
        return Take("failed", reason=_NO[code])
    return Take("unknown", reason=_word(answer))


def _given_back(answer: dict[str, Any], refund_number: str) -> Take:
    status = answer.get("status")
    if answer.get("out_refund_no") != refund_number:
        return Take("unknown", reason="answer_differs")
    amount, currency = _money(answer.get("amount"), "refund")
    state = _GIVEN_BACK.get(str(status), "unknown")
    return Take(
        state,
        ref=str(answer.get("refund_id") or ""),
        reason="" if state == "refunded" else f"refund_{str(status).lower()[:20]}",
        amount=amount,
        currency=currency,
        trade_number=str(answer.get("out_trade_no") or ""),
    )


def _money(said: object, key: str) -> tuple[Money | None, str]:
    if not isinstance(said, dict):
        return None, ""
    fen = said.get(key)
    if not isinstance(fen, int) or isinstance(fen, bool) or fen < 0:
        return None, ""
    return Money(fen), str(said.get("currency") or "")


def _word(answer: dict[str, Any]) -> str:
    return str(answer.get("code") or "unclear").lower()[:40]
