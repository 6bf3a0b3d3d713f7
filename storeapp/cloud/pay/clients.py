"""Clients: the wallets' companies over HTTP, one client for each set of keys, kept while the cloud runs."""

import hashlib
import json
import threading
from collections.abc import Callable, Mapping

from storeapp.cloud.clock import Clock
from storeapp.cloud.companies import Company, Makers
from storeapp.payments import alipay, wechat
from storeapp.payments.alipay import Alipay, AlipayKeys
from storeapp.payments.wechat import WechatKeys, WechatPay

_CLIENTS_KEPT = 500
Make = Callable[[Mapping[str, str]], Company]


def makers(clock: Clock) -> Makers:
    """The makers of real clients."""
    return {"wechat": _kept(lambda keys: _wechat(keys, clock)), "alipay": _kept(lambda keys: _alipay(keys, clock))}


def _wechat(keys: Mapping[str, str], clock: Clock) -> WechatPay:
    names = ("mchid", "appid", "serial", "private_key", "platform_serial", "platform_key")
    own = WechatKeys(**{name: keys[name] for name in names})
    return WechatPay(own, now=clock, base_url=keys.get("gateway", wechat.BASE_URL))


def _alipay(keys: Mapping[str, str], clock: Clock) -> Alipay:
    own = AlipayKeys(keys["app_id"], keys["private_key"], keys["platform_key"], keys.get("seller_id", ""))
    return Alipay(own, now=clock, base_url=keys.get("gateway", alipay.BASE_URL))


def _kept(make: Make) -> Make:
    """Reading a key and opening a line take longer than a question: both are done once."""
    clients: dict[bytes, Company] = {}
    lock = threading.Lock()

    def made(keys: Mapping[str, str]) -> Company:
        name = hashlib.sha256(json.dumps(dict(keys), sort_keys=True).encode()).digest()
        with lock:
            if name not in clients:
                if len(clients) >= _CLIENTS_KEPT:
                    clients.pop(next(iter(clients)))
                clients[name] = make(keys)
            return clients[name]

    return made
