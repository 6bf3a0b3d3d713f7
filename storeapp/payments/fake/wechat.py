"""WeChat Pay v3 as it answers: checks the shop's signature, signs its own words."""

from __future__ import annotations

import json
import re
from typing import Any

from storeapp.payments.fake.answer import Answer, Request
from storeapp.payments.fake.keys import FakeKeys
from storeapp.payments.fake.orders import Order, Orders
from storeapp.payments.fake.scripts import Fault
from storeapp.payments.signing import is_signed, sign
from storeapp.payments.wechat import PAY, REFUND

COMPANY = "wechat"
_NO = {
    "code_expired": "AUTH_CODE_EXPIRE",
    "code_used": "AUTH_CODE_INVALID",
    "code_wrong": "AUTH_CODE_ERROR",
    "not_enough_money": "NOTENOUGH",
}
_TRADE = re.compile(r"/v3/pay/transactions/out-trade-no/([0-9A-Za-z_*-]{6,32})(/reverse)?")
_REFUND = re.compile(re.escape(REFUND) + r"/([0-9A-Za-z_*-]{1,64})")
_SAID = re.compile(r'(\w+)="([^"]*)"')


class FakeWechat:
    """One merchant's account."""

    def __init__(self, orders: Orders, keys: FakeKeys) -> None:
        self._orders, self._keys = orders, keys

    def answer(self, request: Request) -> Answer:
        if not self._is_the_shop(request):
            return self._say(401, {"code": "SIGN_ERROR", "message": "签名错误"})
        body = json.loads(request.body) if request.body else {}
        if request.method == "POST" and request.path == PAY:
            return self._pay(body)
        if request.method == "POST" and request.path == REFUND:
            return self._refund(body)
        if found := _TRADE.fullmatch(request.path):
            return self._reverse(found[1]) if found[2] else self._query(found[1])
        if found := _REFUND.fullmatch(request.path):
            return self._query_refund(found[1])
        return self._say(404, {"code": "NOT_FOUND"})

    def _pay(self, body: dict[str, Any]) -> Answer:
        number, fen = str(body["out_trade_no"]), int(body["amount"]["total"])
        if not 6 <= len(number) <= 32 or fen <= 0 or body["mchid"] != self._keys.mchid:
            return self._say(400, {"code": "PARAM_ERROR"})
        word, order = self._orders.pay(COMPANY, number, str(body["payer"]["auth_code"]), fen, "wechat")
        fault = order.script.fault
        if word == "duplicate":
            return self._say(403, {"code": "OUT_TRADE_NO_USED"})
        if word in _NO:
            return self._say(403, {"code": _NO[word]})
        if order.script.hides or fault == "down":
            return self._say(500, {"code": "SYSTEM_ERROR"}, fault)
        if order.script.forges:
            return self._say(200, self._trade(order, "SUCCESS"), fault)
        if order.state == "waiting":
            return self._say(202, {"code": "USERPAYING"}, fault)
        return self._say(200, self._trade(order), fault)

    def _query(self, number: str) -> Answer:
        order = self._orders.find(COMPANY, number)
        if order is None:
            return self._say(404, {"code": "ORDER_NOT_EXIST"})
        if order.script.always and order.script.fault == "down":
            return self._say(500, {"code": "SYSTEM_ERROR"})
        return self._say(200, self._trade(order), order.script.fault if order.script.always else "")

    def _reverse(self, number: str) -> Answer:
        order = self._orders.find(COMPANY, number)
        fault: Fault = order.script.fault if order is not None and order.script.always else ""
        if fault == "down":
            return self._say(500, {"code": "SYSTEM_ERROR"})
        word = self._orders.reverse(COMPANY, number)
        if word == "unknown_trade":
            return self._say(404, {"code": "ORDER_NOT_EXIST"})
        said = {"out_trade_no": number, "mchid": self._keys.mchid, "recall": "Y" if word == "recall" else "N"}
        return self._say(200, said, fault)

    def _refund(self, body: dict[str, Any]) -> Answer:
        number, refund_number = str(body["out_trade_no"]), str(body["out_refund_no"])
        fen = int(body["amount"]["refund"])
        word = self._orders.refund(COMPANY, number, refund_number, fen)
        if word == "unknown_trade":
            return self._say(404, {"code": "RESOURCE_NOT_EXISTS"})
        if word == "too_much":
            return self._say(400, {"code": "INVALID_REQUEST"})
        if word == "hidden":
            return self._say(500, {"code": "SYSTEM_ERROR"})
        return self._say(200, _refunded(number, refund_number, fen))

    def _query_refund(self, refund_number: str) -> Answer:
        found = self._orders.find_refund(COMPANY, refund_number)
        if found is None:
            return (
                self._say(500, {"code": "SYSTEM_ERROR"})
                if self._is_hidden(refund_number)
                else self._say(404, {"code": "RESOURCE_NOT_EXISTS"})
            )
        order, fen = found
        return self._say(200, _refunded(order.number, refund_number, fen))

    def _is_hidden(self, refund_number: str) -> bool:
        return any(entry.refund_number == refund_number for entry in self._orders.book)

    def _trade(self, order: Order, forged: str = "") -> dict[str, Any]:
        state = forged or {"paid": "SUCCESS", "closed": "REVOKED", "waiting": "USERPAYING"}[order.state]
        said: dict[str, Any] = {
            "appid": self._keys.appid,
            "mchid": self._keys.mchid,
            "out_trade_no": order.number,
            "trade_state": state,
            "trade_type": "MICROPAY",
        }
        if state == "SUCCESS":
            said |= {
                "transaction_id": f"4200{order.number[-20:]}",
                "payer": {"openid": f"o{order.number[:8]}"},
                "amount": {"total": order.fen + order.script.amount_off, "currency": order.script.currency},
            }
        return said

    def _is_the_shop(self, request: Request) -> bool:
        said = dict(_SAID.findall(request.headers.get("authorization", "")))
        target = f"{request.path}?{request.query}" if request.query else request.path
        head = f"{request.method}\n{target}\n{said.get('timestamp')}\n{said.get('nonce_str')}\n".encode()
        is_theirs = is_signed(head + request.body + b"\n", said.get("signature", ""), self._keys.shop.public)
        return said.get("mchid") == self._keys.mchid and is_theirs

    def _say(self, status: int, said: dict[str, Any], fault: Fault = "") -> Answer:
        raw = json.dumps(said, ensure_ascii=False).encode()
        stamp, nonce = str(int(self._orders.now().timestamp())), f"n{len(self._orders.book)}"
        signer = self._keys.stranger if fault == "wrong_key" else self._keys.wechat
        headers = {"content-type": "application/json; charset=utf-8"}
        if fault != "unsigned":
            headers |= {
                "wechatpay-timestamp": stamp,
                "wechatpay-nonce": nonce,
                "wechatpay-serial": self._keys.for_wechat().platform_serial,
                "wechatpay-signature": sign(f"{stamp}\n{nonce}\n".encode() + raw + b"\n", signer.private),
            }
        return Answer(raw, status, headers, fault)


def _refunded(number: str, refund_number: str, fen: int) -> dict[str, Any]:
    return {
        "refund_id": f"5030{refund_number}",
        "out_refund_no": refund_number,
        "out_trade_no": number,
        "status": "SUCCESS",
        "amount": {"refund": fen, "total": fen, "currency": "CNY"},
    }
