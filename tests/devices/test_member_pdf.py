"""What the shop holds about one person, on paper: whatever happened with her, she gets it."""

from __future__ import annotations

from typing import Any, get_args

import pypdfium2

from storeapp.devices.member_pdf import member_pdf
from storeapp.domain.timeline import Bought, Kind, Noted
from storeapp.words import words
from tests.domain.test_timeline_words import DETAILS

KINDS: tuple[Kind, ...] = (*get_args(Bought), *get_args(Noted))
HERS: dict[str, Any] = {
    "phone": "13800000001",
    "other_phones": [],
    "name": "王芳",
    "birthday": "09-30",
    "tier": "金卡",
    "joined_at": "2026-09-28T10:00:00+08:00",
    "note": "",
    "tags": [],
    "points": 2486,
    "principal_fen": 32_000,
    "bonus_fen": 2_000,
    "owed_fen": 0,
    "consents": [
        {
            "purpose": "membership",
            "given": True,
            "text_version": "2026-11",
            "channel": "counter",
            "device": "S01-1",
            "at": "2026-09-28T10:00:00+08:00",
        }
    ],
    **{part: [] for part in ("sales", "refunds", "cards", "stored_value", "lots", "every_coupon", "tiers")},
    "timeline": [
        {
            "at": "2026-09-28T10:00:00+08:00",
            "kind": kind,
            "ref": f"R-{kind}",
            "fen": 500,
            "detail": detail,
            "by": "1007",
        }
        for kind in KINDS
        for detail in DETAILS[kind]
    ],
}


def test_whatever_happened_with_her_stands_on_her_paper() -> None:
    pdf = member_pdf(HERS, shop="海棠便利", till="1", day="2026-09-29", words=words("zh_CN"))

    document = pypdfium2.PdfDocument(pdf)
    try:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
    for said in ("购卡", "R-group", "充值", "R-feedback", "店员很热情", "柜台"):
        assert said in text
