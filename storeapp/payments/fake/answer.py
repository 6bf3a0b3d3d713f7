"""What a pretended company sends back, whole or spoilt."""

from __future__ import annotations

from dataclasses import dataclass, field

from storeapp.payments.fake.scripts import Fault


@dataclass
class Answer:
    """`fault` spoils it on the way: lost (nothing at all), short (half of it), garbage."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    fault: Fault = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
