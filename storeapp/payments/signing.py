"""Signing what is sent to a payment company and checking what comes back: RSA with SHA-256, PKCS #1 v1.5."""

from __future__ import annotations

import base64
import binascii
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa


@lru_cache(maxsize=16)
def private_key(pem: str) -> rsa.RSAPrivateKey:
    """The private key in `pem`; ValueError for anything else."""
    key = serialization.load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError("no RSA key")
    return key


@lru_cache(maxsize=16)
def public_key(pem: str) -> rsa.RSAPublicKey:
    """The public key in `pem`; ValueError for anything else."""
    key = serialization.load_pem_public_key(pem.encode())
    if not isinstance(key, rsa.RSAPublicKey):
        raise ValueError("no RSA key")
    return key


def sign(message: bytes, pem: str) -> str:
    """The signature of `message`, in base64."""
    return base64.b64encode(private_key(pem).sign(message, padding.PKCS1v15(), hashes.SHA256())).decode()


def is_signed(message: bytes, signature: str, pem: str) -> bool:
    """Whether the owner of the public key in `pem` signed exactly this."""
    try:
        public_key(pem).verify(base64.b64decode(signature, validate=True), message, padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True
