"""The door: a channel says where to lead somebody who wants to stay in touch, or that it can not now."""

from dataclasses import dataclass
from typing import Protocol

from storeapp.domain.policy import Policy


@dataclass(frozen=True, slots=True)
class Link:
    """An address to open with a tap."""

    url: str


@dataclass(frozen=True, slots=True)
class QrText:
    """Words to show as a QR code, to be pressed for long."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG to show as it is, as base64."""

    png_base64: str


Lead = Link | QrText | Picture


class Channel(Protocol):
    """One way to the shop on WeChat."""

    name: str

    def lead(self, policy: Policy, scan_id: str) -> Lead | None:
        """Where to lead the person behind a scan; None when the owner has not set this channel up."""
        ...
