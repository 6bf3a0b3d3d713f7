"""The shoppers' addresses: a receipt, its claim, and what became of it.

A token that is no receipt of ours is answered without asking the database, and in the same words as any other.
"""

import base64
import binascii
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from storeapp.cloud.channels.channel import Lead, Link, Picture, QrText
from storeapp.cloud.channels.choose import channels, choose
from storeapp.cloud.claims import answering, claiming, receipts, scan_ids
from storeapp.cloud.claims.answering import NotAsked
from storeapp.cloud.claims.claiming import Agreement, Joining, NoOffer, TooManyScans, UnknownScan
from storeapp.cloud.claims.receipts import Scanned
from storeapp.cloud.claims.scan_ids import BadScan
from storeapp.cloud.http.sync import address_of
from storeapp.cloud.pages import notice, qr, state
from storeapp.cloud.pages.answers import Pages
from storeapp.cloud.pages.state import ScanPage
from storeapp.cloud.pages.wording import words_for
from storeapp.cloud.services import Cloud
from storeapp.domain.capture import TOKEN_DIGITS, BadToken
from storeapp.domain.feedback import BadFeedback
from storeapp.domain.member import BadPhone, ConsentMissing
from storeapp.words import Words

PNG = b"\x89PNG\r\n\x1a\n"


def make_router(cloud: Cloud) -> APIRouter:
    """The pages on one cloud."""
    router = APIRouter(tags=["shoppers"], default_response_class=Response)
    shown = _Shown(cloud, Pages())

    @router.get("/c/{scan_id}")
    def claimed(request: Request, scan_id: str) -> Response:
        """What a claim became: the coupon, and the way to the shop on WeChat."""
        return shown.scan(request, scan_id)

    @router.get("/{token}")
    def receipt(request: Request, token: str) -> Response:
        """The page behind a receipt's QR code."""
        return shown.receipt(request, token)

    @router.post("/{token}/claim")
    def claim(request: Request, token: str, page: Annotated[str, Form(max_length=64)] = "") -> Response:
        """Claims the offer; `page` is the opened page's own random word, so that a second tap is the same claim."""
        return shown.claim(request, token, page)

    @router.post("/{token}/feedback")
    def feedback(
        request: Request,
        token: str,
        mark: Annotated[str, Form(max_length=10)] = "",
        words: Annotated[str, Form(max_length=1000)] = "",
    ) -> Response:
        """Answers the shop's one question about this purchase; the first answer counts."""
        return shown.answer(request, token, mark, words)

    @router.post("/{token}/join")
    def join(
        request: Request,
        token: str,
        phone: Annotated[str, Form(max_length=40)] = "",
        membership: Annotated[str, Form(max_length=10)] = "",
        marketing: Annotated[str, Form(max_length=10)] = "",
        scan: Annotated[str, Form(max_length=40)] = "",
    ) -> Response:
        """Joins the shop's members by phone number; the boxes count only when they were ticked."""
        said = Joining(phone, agrees_membership=bool(membership), agrees_marketing=bool(marketing))
        return shown.join(request, token, scan, said)

    return router


class _Shown:
    """The pages, each from its request."""

    def __init__(self, cloud: Cloud, pages: Pages) -> None:
        self._cloud = cloud
        self._pages = pages

    def _words(self, request: Request) -> Words:
        return words_for(request.headers.get("accept-language", ""))

    def _none(self, request: Request) -> Response:
        return self._pages.answer("message.html", self._words(request), status=404, kind="none")

    def _wait(self, request: Request) -> Response:
        response = self._pages.answer("message.html", self._words(request), status=429, kind="wait")
        response.headers["Retry-After"] = "60"
        return response

    def _scanned(self, request: Request, token: str) -> Scanned | Response:
        """The receipt, or the answer to give instead."""
        if len(token) != TOKEN_DIGITS:
            return self._none(request)
        address, gate = address_of(request), self._cloud.gates.bad_tokens
        if gate.is_used_up(address):
            return self._wait(request)
        try:
            return receipts.scanned(self._cloud, token)
        except BadToken:
            gate.count(address)
            return self._none(request)

    def _notice(self, words: Words, shop: str, contact: str) -> notice.Notice:
        return notice.notice(words, shop=shop, contact=contact)

    def receipt(self, request: Request, token: str) -> Response:
        scan = self._scanned(request, token)
        if isinstance(scan, Response):
            return scan
        return self._answer_receipt(request, scan)

    def _answer_receipt(self, request: Request, scan: Scanned, *, status: int = 200, fault: str = "") -> Response:
        words, page = self._words(request), state.open_receipt(self._cloud, scan)
        return self._pages.answer(
            "receipt.html",
            words,
            status=status,
            page=page,
            fault=fault,
            token=scan.token,
            page_word=scan_ids.page_word(),
            notice=self._notice(words, page.shop, page.contact),
        )

    def claim(self, request: Request, token: str, page_word: str) -> Response:
        scan = self._scanned(request, token)
        if isinstance(scan, Response):
            return scan
        address = address_of(request)
        if self._cloud.gates.claims.is_used_up(address):
            return self._wait(request)
        self._cloud.gates.claims.count(address)
        words = self._words(request)
        nonce = page_word if page_word.isascii() and page_word.isalnum() else ""
        scan_id = scan_ids.make(self._cloud.keys, scan.till_number, token=scan.token, nonce=nonce)
        names = state.names(self._cloud, scan)
        agreed = self._notice(words, names.shop, names.contact)
        try:
            claiming.claim_receipt(
                self._cloud, scan, scan_id, Agreement(notice.VERSION, agreed.text_hash()), channel="page"
            )
        except NoOffer:
            return self._pages.answer("message.html", words, status=409, kind="no_offer")
        except TooManyScans:
            return self._wait(request)
        return self._pages.go_to(f"/c/{scan_id}")

    def answer(self, request: Request, token: str, mark: str, said: str) -> Response:
        scan = self._scanned(request, token)
        if isinstance(scan, Response):
            return scan
        address = address_of(request)
        if self._cloud.gates.answers.is_used_up(address):
            return self._wait(request)
        self._cloud.gates.answers.count(address)
        try:
            answering.answer(self._cloud, scan, int(mark) if mark in ("1", "2", "3", "4", "5") else 0, said.strip())
        except BadFeedback as error:
            return self._answer_receipt(request, scan, status=422, fault=error.what)
        except NotAsked:
            return self._answer_receipt(request, scan, status=409)
        return self._pages.go_to(f"/{scan.token}")

    def _scan_page(self, scan_id: str) -> ScanPage | None:
        try:
            number = scan_ids.till_number(self._cloud.keys, scan_id)
        except BadScan:
            return None
        entry = self._cloud.tills.by_number(number)
        if entry is None:
            return None
        return state.scan_page(self._cloud, entry.tenant_id, scan_ids.normal(scan_id))

    def scan(self, request: Request, scan_id: str) -> Response:
        address, gate = address_of(request), self._cloud.gates.bad_tokens
        if gate.is_used_up(address):
            return self._wait(request)
        page = self._scan_page(scan_id)
        if page is None:
            gate.count(address)
            return self._none(request)
        return self._answer_scan(request, page)

    def _answer_scan(self, request: Request, page: ScanPage, *, status: int = 200, fault: str = "") -> Response:
        words = self._words(request)
        _ = words.t
        chosen = choose(page.policy, page.scan_id, channels())
        return self._pages.answer(
            "claim.html",
            words,
            status=status,
            page=page,
            fault=fault,
            lead=_lead(chosen[1] if chosen else None, _("The shop's contact on WeChat")),
            coupon_qr=qr.svg(page.code, page.code) if page.coupon_state == "issued" else "",
            notice=self._notice(words, page.shop, page.contact),
        )

    def join(self, request: Request, token: str, scan_id: str, said: Joining) -> Response:
        scan = self._scanned(request, token)
        if isinstance(scan, Response):
            return scan
        address = address_of(request)
        if self._cloud.gates.joins.is_used_up(address):
            return self._wait(request)
        self._cloud.gates.joins.count(address)
        page = self._scan_page(scan_id)
        if page is None or page.token != scan.token:
            return self._none(request)
        words = self._words(request)
        agreed = self._notice(words, page.shop, page.contact)
        try:
            claiming.join(self._cloud, scan, page.scan_id, said, Agreement(notice.VERSION, agreed.text_hash()))
        except BadPhone:
            return self._answer_scan(request, page, status=422, fault="phone")
        except ConsentMissing:
            return self._answer_scan(request, page, status=422, fault="consent")
        except UnknownScan:
            return self._none(request)
        return self._pages.go_to(f"/c/{page.scan_id}")


def _lead(lead: Lead | None, label: str) -> dict[str, object] | None:
    """Where to lead the shopper, as the template shows it; a picture that is no PNG is not shown."""
    match lead:
        case Link(url) if url.startswith(("https://", "http://")):
            return {"kind": "link", "url": url}
        case QrText(text):
            return {"kind": "qr", "svg": qr.svg(text, label)}
        case Picture(encoded) if _is_png(encoded):
            return {"kind": "picture", "png": "".join(encoded.split()), "label": label}
        case _:
            return None


def _is_png(encoded: str) -> bool:
    try:
        return base64.b64decode("".join(encoded.split()), validate=True).startswith(PNG)
    except binascii.Error:
        return False
