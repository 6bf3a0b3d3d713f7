"""sell: baskets from JSON lines, one result line each, in order, each durable before its line is printed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from storeapp import app
from storeapp.errors import Refused
from storeapp.till.script import price_one, sell_one
from storeapp.verbs.files import opened
from storeapp.verbs.output import DONE, REFUSED, Output
from storeapp.verbs.table import common
from storeapp.verbs.wallets import providers_of


@dataclass(eq=False)
class BadJson(Refused):
    """Line `line` of the input is not one JSON object."""

    line: int
    word = "bad_json"


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("sell", help="rings up baskets from JSON lines")
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="JSON lines, one basket each; standard input if left out"
    )
    parser.add_argument("--dry-run", action="store_true", help="prices the baskets and sells nothing")
    parser.add_argument(
        "--print", dest="prints", action="store_true", help="owes each sale its paper, as the counter does"
    )
    common(parser)
    parser.set_defaults(run=_sell)


def _sell(chosen: argparse.Namespace, output: Output) -> int:
    code = DONE
    with ExitStack() as stack:
        source = stack.enter_context(opened(chosen.file)) if chosen.file else sys.stdin.buffer
        till = stack.enter_context(app.open_till(chosen.shop))
        for number, line in enumerate(source, start=1):
            if not line.strip():
                continue
            answer = _answer(till, number, line, chosen)
            output.document(answer)
            if "refused" in answer:
                code = REFUSED
    return code


def _answer(till: app.Till, number: int, line: bytes, chosen: argparse.Namespace) -> dict[str, Any]:
    request: Mapping[str, Any] = {}
    try:
        request = json_object(number, line)
        if chosen.dry_run:
            return price_one(till.shop, request, clock=till.clock, ids=till.ids)
        return sell_one(
            till.shop,
            request,
            clock=till.clock,
            ids=till.ids,
            prints=chosen.prints,
            # asked for only where somebody pays by code: the clients are heavy
            providers=providers_of(till) if b'"code"' in line and b'"tenders"' in line else None,
        )
    except Refused as refused:
        return {"id": request.get("id"), "refused": refused.word, **refused.facts()}


def json_object(number: int, line: bytes) -> Mapping[str, Any]:
    """The object on line `number`; raises BadJson."""
    try:
        request = json.loads(line)
        if b"\\u" in line:
            # half of a surrogate pair is JSON but no text: no book could hold it
            json.dumps(request, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise BadJson(number) from None
    if not isinstance(request, dict):
        raise BadJson(number)
    return request
