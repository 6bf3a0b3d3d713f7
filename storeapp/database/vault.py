"""The vault: members' particulars, each sealed under a key of her own. Destroying that key forgets her for good.

Her key is wrapped by the shop's; her phone is found by a keyed index, which says nothing to who lacks the key.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from storeapp.domain.search import FRAGMENT_LEAST

NONCE_BYTES = 12
KEY_BYTES = 32
KNOWN_AT_ONCE = 512
DIGITS_TOKEN_BYTES = 6
PREFIXES = range(FRAGMENT_LEAST, 8)
SUFFIXES = range(FRAGMENT_LEAST, 6)
"""Longer ones are narrowed down by these and then read: few numbers share seven digits."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What goes into the file: the particulars, and the key they are under, wrapped."""

    particulars: bytes
    wrapped_key: bytes


class Vault:
    """Seals and opens with the shop's `master` key (32 bytes)."""

    def __init__(self, master: bytes) -> None:
        self._master = master
        # who stands at the counter is asked for at every line; a changed row is another key, so nothing gets stale
        self.open = lru_cache(maxsize=KNOWN_AT_ONCE)(self._open)

    @cached_property
    def _aes(self) -> Any:
        # 20 ms that a till without members never pays
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM

    @cached_property
    def _wrapper(self) -> Any:
        return self._aes(self._derived(b"wrap"))

    @cached_property
    def _index_key(self) -> bytes:
        return self._derived(b"index")

    def _derived(self, purpose: bytes) -> bytes:
        return hmac.new(self._master, b"storeapp/members/" + purpose, hashlib.sha256).digest()

    def seal(self, member_id: str, particulars: dict[str, str], *, wrapped_key: bytes | None = None) -> Sealed:
        """Seals under her key, a new one unless `wrapped_key` is hers already."""
        name = member_id.encode()
        if wrapped_key is None:
            key, nonce = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(NONCE_BYTES)
            wrapped_key = nonce + self._wrapper.encrypt(nonce, key, name)
        else:
            key = self._unwrapped(name, wrapped_key)
        nonce = secrets.token_bytes(NONCE_BYTES)
        plain = json.dumps(particulars, ensure_ascii=False).encode()
        return Sealed(nonce + self._aes(key).encrypt(nonce, plain, name), wrapped_key)

    def forget(self) -> None:
        """Nothing that was opened stays in memory."""
        self.open.cache_clear()

    def _open(self, member_id: str, sealed: Sealed) -> Mapping[str, str]:
        """What `seal` was given."""
        name = member_id.encode()
        key = self._unwrapped(name, sealed.wrapped_key)
        nonce, hidden = sealed.particulars[:NONCE_BYTES], sealed.particulars[NONCE_BYTES:]
        particulars: dict[str, str] = json.loads(self._aes(key).decrypt(nonce, hidden, name))
        return particulars

    def _unwrapped(self, name: bytes, wrapped_key: bytes) -> bytes:
        key: bytes = self._wrapper.decrypt(wrapped_key[:NONCE_BYTES], wrapped_key[NONCE_BYTES:], name)
        return key

    def phone_index(self, phone: str) -> bytes:
        """What stands for `phone` in the index."""
        return hmac.digest(self._index_key, phone.encode(), "sha256")

    def digits_token(self, kind: str, digits: str) -> str:
        """What stands for the `prefix` or `suffix` `digits` of a phone among the search words."""
        token = hmac.digest(self._index_key, f"{kind}{digits}".encode(), "sha256")[:DIGITS_TOKEN_BYTES]
        # no folded word holds a control character, so tokens and words never meet
        return f"\x01{token.hex()}"

    def tokens_of(self, number: str) -> list[str]:
        """All tokens a national number is found by."""
        prefixes = [self.digits_token("prefix", number[:n]) for n in PREFIXES if n <= len(number)]
        return prefixes + [self.digits_token("suffix", number[-n:]) for n in SUFFIXES if n <= len(number)]

    def tokens_for(self, digits: str) -> tuple[str, str]:
        """The tokens by which numbers ending or beginning with `digits` are narrowed down."""
        suffix, prefix = digits[-min(len(digits), SUFFIXES[-1]) :], digits[: PREFIXES[-1]]
        return self.digits_token("suffix", suffix), self.digits_token("prefix", prefix)
