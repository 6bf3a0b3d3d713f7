"""Keys: everything secret follows from one root, and each tenant's branch says nothing about another's.

Personal data is sealed with a key of its person, which is itself sealed with the tenant's: destroying that one small
thing erases the person everywhere, backups of the rows included.
"""

import contextlib
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storeapp.domain import capture
from storeapp.errors import Broken, Refused
from storeapp.wire import codec

KEY_BYTES = 32
# which key sealed this: the first byte of everything sealed, so that keys can change one day
KEY_ID = 1
_NONCE_BYTES = 12


@dataclass(eq=False)
class BadSecret(Refused):
    """The root secret is not 32 bytes of base64url, or not the one this database was begun with: `reason`."""

    word = "bad_secret"
    reason: str


@dataclass(eq=False)
class Unsealable(Broken):
    """Something sealed does not open with the key it should open with."""

    word = "unsealable"
    what: str


class Keys:
    """The branches of one root secret."""

    def __init__(self, root: bytes) -> None:
        if len(root) != KEY_BYTES:
            raise BadSecret("length")
        self._root = root

    def __repr__(self) -> str:
        return "Keys(...)"

    def _branch(self, info: bytes) -> bytes:
        return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=info).derive(self._root)

    def _tenant_branch(self, purpose: bytes, tenant_id: str) -> bytes:
        return self._branch(purpose + b"|" + UUID(tenant_id).bytes)

    def proof(self) -> bytes:
        """Tells one root from another without saying anything about it."""
        return self._branch(b"proof")

    def capture_key(self, tenant_id: str, till_number: int, *, epoch: int) -> bytes:
        """K of a till, which checks the tokens on its receipts."""
        master = self._tenant_branch(b"tenant", tenant_id)
        return capture.derive_till_key(master, till_number=till_number, epoch=epoch)

    def invite_hash(self, code: str) -> bytes:
        return hmac.new(self._branch(b"invite"), code.encode("ascii"), hashlib.sha256).digest()

    def scan_bytes(self, token: str, nonce: str) -> bytes:
        """Sixteen bytes nobody can foresee, the same again for the same page of the same receipt."""
        return hmac.new(self._branch(b"scan"), f"{token}|{nonce}".encode("ascii"), hashlib.sha256).digest()[:16]

    def blind_index(self, tenant_id: str, phone: str) -> bytes:
        """Finds a number again without holding it; of no use to who has only the database."""
        return hmac.new(self._tenant_branch(b"blind", tenant_id), phone.encode("ascii"), hashlib.sha256).digest()

    def new_data_key(self, tenant_id: str) -> tuple[bytes, bytes]:
        """A person's own key, and the same sealed for keeping."""
        key = secrets.token_bytes(KEY_BYTES)
        return key, seal(self._tenant_branch(b"pii", tenant_id), key, b"data_key")

    def open_data_key(self, tenant_id: str, sealed: bytes) -> bytes:
        return unseal(self._tenant_branch(b"pii", tenant_id), sealed, b"data_key")

    def pay_key(self, tenant_id: str) -> bytes:
        """Seals the keys of a shop's contracts with the wallets' companies."""
        return self._tenant_branch(b"pay", tenant_id)

    def pay_ask_key(self, tenant_id: str) -> bytes:
        """Tells one question for money from another without keeping its payment code."""
        return self._tenant_branch(b"pay_ask", tenant_id)

    def seal_aside(self, tenant_id: str, event_id: str, data: bytes) -> bytes:
        """Seals personal data that waits beside an event in quarantine."""
        return seal(self._tenant_branch(b"pii", tenant_id), data, event_id.encode("ascii"))

    def unseal_aside(self, tenant_id: str, event_id: str, sealed: bytes) -> bytes:
        return unseal(self._tenant_branch(b"pii", tenant_id), sealed, event_id.encode("ascii"))


def seal(key: bytes, data: bytes, label: bytes) -> bytes:
    """AES-256-GCM: key id, random nonce, ciphertext. `label` must be said again to open it."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return bytes([KEY_ID]) + nonce + AESGCM(key).encrypt(nonce, data, label)


def unseal(key: bytes, sealed: bytes, label: bytes) -> bytes:
    nonce, rest = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    if sealed[:1] != bytes([KEY_ID]):
        raise Unsealable("key id")
    try:
        return AESGCM(key).decrypt(nonce, rest, label)
    except (InvalidTag, ValueError) as error:
        raise Unsealable(label.decode("ascii", "replace")) from error


def root_from_text(text: str) -> bytes:
    """The root secret as an operator hands it over: base64url of 32 bytes."""
    try:
        root = codec.unb64(text.strip().rstrip("="))
    except ValueError as error:
        raise BadSecret("not base64url") from error
    if len(root) != KEY_BYTES:
        raise BadSecret("length")
    return root


def root_from_file(file: Path) -> bytes:
    """The root secret in `file`; the first to ask makes it, readable by its owner alone."""
    if not file.exists():
        draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(codec.b64(secrets.token_bytes(KEY_BYTES)) + "\n")
            out.flush()
            os.fsync(out.fileno())
        # a link never replaces: of two that began at once, the first one's secret stands
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)
        draft.unlink()
    return root_from_text(file.read_text(encoding="ascii", errors="replace"))
