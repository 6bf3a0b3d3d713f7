"""The shopper: scans the code on her receipt with a phone, taps the button, perhaps joins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx2

from storeapp.demo.faults import DemoBroke

_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
_CODE = re.compile(r'<p class="code">([0-9A-Z]{4}) ([0-9A-Z]{4})</p>')
_TIMEOUT_S = 20.0


@dataclass(frozen=True, slots=True)
class Page:
    """What the phone shows."""

    html: str

    @property
    def coupon(self) -> str:
        """The eight characters, "" where there are none yet."""
        found = _CODE.search(self.html)
        return "".join(found.groups()) if found else ""


class Phone:
    """A browser that speaks Chinese and remembers what it has `seen`.

    `url` is where the shop's address leads in this demo.
    """

    def __init__(self, url: str, language: str = "zh-CN") -> None:
        self.seen: list[Page] = []
        self._http = httpx2.Client(
            base_url=url,
            timeout=_TIMEOUT_S,
            follow_redirects=True,
            trust_env=False,  # no proxy has business with what stays on this machine
            headers={"Accept-Language": language},
        )

    def close(self) -> None:
        self._http.close()

    def scan(self, qr: str) -> Page:
        """The page behind a receipt's code."""
        return self._page(self._http.get(urlsplit(qr).path))

    def claim(self, qr: str, page: Page) -> Page:
        """The tap on its button."""
        return self._page(self._http.post(f"{urlsplit(qr).path}/claim", data=dict(_HIDDEN.findall(page.html))))

    def join(self, qr: str, page: Page, phone: str) -> Page:
        """She becomes a member, with her own number."""
        said = dict(_HIDDEN.findall(page.html)) | {"phone": phone, "membership": "yes", "marketing": "yes"}
        return self._page(self._http.post(f"{urlsplit(qr).path}/join", data=said))

    def _page(self, response: httpx2.Response) -> Page:
        if response.status_code != 200:
            raise DemoBroke(f"the phone's page: HTTP {response.status_code}")
        page = Page(response.text)
        self.seen.append(page)
        return page
