"""Documents of the owner in a file: JSON, each key said once."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from storeapp.domain.owner_word import OwnerWord
from storeapp.errors import Refused
from storeapp.till.named_files import FileUnusable, opened
from storeapp.ui import wording
from storeapp.verbs.output import Output
from storeapp.verbs.table import common

Run = Callable[[argparse.Namespace, Output], int]
FILE_MAX_BYTES = 8 * 1024 * 1024
_SHAPE = "JSON: one object, a list of objects, or one object a line"


class _SaidTwice(ValueError):
    """A key stands twice in one object."""


def documents_in(name: str, bad: Callable[[str, str], Refused]) -> tuple[Mapping[str, Any], ...]:
    """The documents written in a file; raises `bad` of a field and what it must be, NoSuchFile or FileUnusable."""
    with opened(name) as file:
        data = file.read(FILE_MAX_BYTES + 1)
    if len(data) > FILE_MAX_BYTES:
        raise FileUnusable(name, "too large")
    try:
        rows = _rows(data.decode("utf-8-sig"))
    except _SaidTwice as error:
        raise bad(str(error)[:40], "said once") from None
    except (ValueError, RecursionError):
        raise bad("file", _SHAPE) from None
    if not rows or not all(isinstance(row, dict) for row in rows):
        raise bad("file", _SHAPE)
    return tuple(rows)


def by_whom(parser: argparse.ArgumentParser) -> None:
    """`--as CODE`, and what every verb takes."""
    parser.add_argument("--as", dest="by", default="", metavar="CODE", help="the staff code of whoever decides")
    common(parser)


def listed(deeds: Any, said: str, run: Run) -> None:
    """`list`."""
    every = deeds.add_parser("list", help=said)
    common(every)
    every.set_defaults(run=run)


def shown(deeds: Any, said: str, run: Run) -> None:
    """`show ID`."""
    show = deeds.add_parser("show", help=said)
    show.add_argument("id")
    common(show)
    show.set_defaults(run=run)


def put_from_file(deeds: Any, said: str, run: Run) -> None:
    """`put FILE`; `said` is told before what such a file holds."""
    put = deeds.add_parser("put", help=f"{said} in FILE: one JSON object, a list of them, or JSON lines")
    put.add_argument("file", metavar="FILE")
    by_whom(put)
    put.set_defaults(run=run)


def of_some(deeds: Any, name: str, said: str, run: Run) -> argparse.ArgumentParser:
    """`NAME ID...`."""
    deed: argparse.ArgumentParser = deeds.add_parser(name, help=said)
    deed.add_argument("ids", metavar="ID", nargs="+")
    by_whom(deed)
    deed.set_defaults(run=run)
    return deed


def tell_history(now: OwnerWord, history: Sequence[OwnerWord], output: Output, *, key: str, one: str) -> None:
    """A document as it is now and every word about it; a script has its text under `one`."""
    if output.as_json:
        output.document(told(now) | {one: dict(now.data), "history": [told(word) for word in history]})
        return
    output.say(json.dumps(now.data, ensure_ascii=False, indent=2))
    tell(history, output, key=key)


def told(word: OwnerWord) -> dict[str, Any]:
    """One word about a document, without its text."""
    return {
        "id": word.subject,
        "name": word.name,
        "version": word.number,
        "state": word.state,
        "changed_at": word.changed_at,
        "by": word.by,
    }


def tell(words: Sequence[OwnerWord], output: Output, *, key: str) -> None:
    """These words as a table, or as JSON under `key`."""
    if output.as_json:
        output.document({key: [told(word) for word in words]})
        return
    if not words:
        output.say(output.t("There is nothing yet."))
        return
    header = (
        output.t("id"),
        output.t("its name"),
        output.t("version"),
        output.t("state"),
        output.t("in this state since"),
        output.t("by"),
    )
    rows = [
        (
            word.subject,
            word.name,
            str(word.number),
            wording.promotion_state(word.state, output.words),
            word.changed_at[:16].replace("T", " "),
            word.by,
        )
        for word in words
    ]
    output.table(header, rows, right=(2,))


def _rows(text: str) -> list[Any]:
    try:
        whole = _loads(text)
    except _SaidTwice:
        raise
    except ValueError:
        return [_loads(line) for line in text.splitlines() if line.strip()]
    return whole if isinstance(whole, list) else [whole]


def _loads(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _SaidTwice(key)
        found[key] = value
    return found
