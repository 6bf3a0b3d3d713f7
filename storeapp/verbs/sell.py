"""sell and refund: JSON lines in, one result line each, in order, each durable before its line is printed."""

from __future__ import annotations

import argparse
import json
import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from storeapp import app
from storeapp.errors import Refused
from storeapp.till.named_files import opened
from storeapp.till.refund_script import refund_one
from storeapp.till.script import price_one, sell_one
from storeapp.verbs.output import DONE, REFUSED, Output
from storeapp.verbs.table import common
from storeapp.verbs.wallets import providers_of
from storeapp.wire.codec import loads

Deed = Callable[[app.Till, Mapping[str, Any]], dict[str, Any]]


@dataclass(eq=False)
class BadJson(Refused):
    """Line `line` of the input is not one JSON object that says each key once."""

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
    returns = subparsers.add_parser("refund", help="takes goods back from JSON lines")
    returns.add_argument(
        "file", nargs="?", metavar="FILE", help="JSON lines, one return each; standard input if left out"
    )
    returns.add_argument("--print", dest="prints", action="store_true", help="owes each refund its slip")
    common(returns)
    returns.set_defaults(run=_refund)


def _sell(chosen: argparse.Namespace, output: Output) -> int:
    def deed(till: app.Till, request: Mapping[str, Any]) -> dict[str, Any]:
        if chosen.dry_run:
            return price_one(till.shop, request, clock=till.clock, ids=till.ids)
        return sell_one(
            till.shop,
            request,
            clock=till.clock,
            ids=till.ids,
            prints=chosen.prints,
            # asked for only where somebody pays by code: the clients are heavy
            providers=providers_of(till) if _pays_by_code(request) else None,
        )

    return _each(chosen, output, deed)


def _pays_by_code(request: Mapping[str, Any]) -> bool:
    tenders = request.get("tenders")
    return isinstance(tenders, list) and any(isinstance(row, Mapping) and "code" in row for row in tenders)


def _refund(chosen: argparse.Namespace, output: Output) -> int:
    def deed(till: app.Till, request: Mapping[str, Any]) -> dict[str, Any]:
        return refund_one(
            till.shop,
            request,
            clock=till.clock,
            ids=till.ids,
            prints=chosen.prints,
            providers=providers_of(till),
        )

    return _each(chosen, output, deed)


def _each(chosen: argparse.Namespace, output: Output, deed: Deed) -> int:
    code = DONE
    with ExitStack() as stack:
        source = stack.enter_context(opened(chosen.file)) if chosen.file is not None else sys.stdin.buffer
        till = stack.enter_context(app.open_till(chosen.shop))
        for number, line in enumerate(source, start=1):
            if not line.strip():
                continue
            answer = _answer(till, number, line, deed)
            output.document(answer)
            if "refused" in answer:
                code = REFUSED
    return code


def _answer(till: app.Till, number: int, line: bytes, deed: Deed) -> dict[str, Any]:
    request: Mapping[str, Any] = {}
    try:
        request = json_object(number, line)
        return deed(till, request)
    except Refused as refused:
        return {"id": request.get("id"), "refused": refused.word, **refused.facts()}


def json_object(number: int, line: bytes) -> Mapping[str, Any]:
    """The object on line `number`; raises BadJson."""
    try:
        request = loads(line.removeprefix(BOM_UTF8))
        if b"\\u" in line:
            # half of a surrogate pair is JSON but no text: no book could hold it
            json.dumps(request, ensure_ascii=False).encode()
    except ValueError:
        raise BadJson(number) from None
    if not isinstance(request, dict):
        raise BadJson(number)
    return request
