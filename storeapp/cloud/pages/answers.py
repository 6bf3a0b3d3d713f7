"""Answers: a page with the headers that keep it private: nothing loaded, nothing run, nothing kept, nothing sent on."""

import base64
import hashlib
from pathlib import Path

import jinja2
from fastapi import Response

from storeapp.cloud.pages import wording
from storeapp.words import Words

_FOLDER = Path(__file__).parent / "templates"


class Pages:
    """The templates and the style, read once."""

    def __init__(self) -> None:
        self._style = (_FOLDER / "style.css").read_text(encoding="utf-8")
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(_FOLDER), autoescape=True, undefined=jinja2.StrictUndefined
        )
        digest = base64.b64encode(hashlib.sha256(self._style.encode("utf-8")).digest()).decode("ascii")
        self._headers = {
            # the one style there is, by its hash; a picture only if it is inside the page
            "Content-Security-Policy": (
                f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; form-action 'self'; "
                "base-uri 'none'; frame-ancestors 'none'"
            ),
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "X-Robots-Tag": "noindex, nofollow",
            "Permissions-Policy": "interest-cohort=()",
            "Vary": "Accept-Language",
        }

    def answer(self, template: str, words: Words, *, status: int = 200, **shown: object) -> Response:
        """A page in the reader's language."""
        html = self._templates.get_template(template).render(
            _=words.t,
            lang="zh-CN" if words.language == "zh_CN" else "en",
            style=self._style,
            yuan=wording.yuan,
            short_yuan=wording.short_yuan,
            moment=wording.moment,
            masked_receipt=wording.masked_receipt,
            **shown,
        )
        return Response(html, status_code=status, media_type="text/html; charset=utf-8", headers=self._headers)

    def go_to(self, path: str) -> Response:
        """On to another page of ours, by GET."""
        return Response(status_code=303, headers=self._headers | {"Location": path})
