"""The keys of the pretended companies and of the shop they know, made anew at every start."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from storeapp.payments.alipay import AlipayKeys
from storeapp.payments.shouqianba import TerminalKeys
from storeapp.payments.wechat import WechatKeys


@dataclass(frozen=True, slots=True)
class Pair:
    """A private key and its public half, as PEM."""

    private: str
    public: str


def pair() -> Pair:
    """A fresh one."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return Pair(private.decode(), public.decode())


@cache
def _pairs() -> tuple[Pair, ...]:
    """Five pairs a process: making them takes a second."""
    return tuple(pair() for _ in range(5))


@dataclass
class FakeKeys:
    """Everybody's keys. `stranger` signs what nobody should believe."""

    mchid: str = "1900000001"
    appid: str = "wx0000000000000001"
    app_id: str = "2026000000000001"
    seller_id: str = "2088000000000001"
    shop: Pair = field(default_factory=lambda: _pairs()[0])
    wechat: Pair = field(default_factory=lambda: _pairs()[1])
    alipay_app: Pair = field(default_factory=lambda: _pairs()[2])
    alipay: Pair = field(default_factory=lambda: _pairs()[3])
    stranger: Pair = field(default_factory=lambda: _pairs()[4])
    vendor_sn: str = "91800000"
    vendor_key: str = "vendor-key-of-the-fake"
    terminal: TerminalKeys = field(default_factory=lambda: TerminalKeys("100000000001", "terminal-key-0"))

    def for_wechat(self) -> WechatKeys:
        """What the shop would be given by WeChat Pay."""
        return WechatKeys(
            self.mchid, self.appid, "SHOP01", self.shop.private, "PUB_KEY_ID_0000000000000001", self.wechat.public
        )

    def for_alipay(self) -> AlipayKeys:
        """What the shop would be given by Alipay."""
        return AlipayKeys(self.app_id, self.alipay_app.private, self.alipay.public, self.seller_id)
