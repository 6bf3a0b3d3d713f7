"""The command as a process of its own, and what it is given: shops and baskets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TEA, CUP = "6901234567892", "6920000000017"
PRODUCTS = f"条码,品名,售价,单位,会员价,称重\n{TEA},茶,3.50,瓶,3.00,\n{CUP},杯子,19.90,个,,\n00123,大米,12.80,kg,,是\n"
MEMBERS = "手机,姓名,积分,储值,赠金\n13800000001,王芳,100,50.00,5.00\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def error(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.err.splitlines()[-1])
        return told


Command = Callable[..., Answer]


def storeapp(*arguments: str | Path, stdin: str = "", timeout_s: int = 120, **environment: str) -> Answer:
    """The command as a process of its own."""
    ended = subprocess.run(
        [sys.executable, "-m", "storeapp.cli", *map(str, arguments)],
        input=stdin.encode(),
        capture_output=True,
        env=os.environ | {"PYTHONPATH": os.getcwd()} | environment,
        timeout=timeout_s,
        check=False,
    )
    return Answer(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def jsonl(path: Path, *baskets: Any) -> Path:
    """A file of baskets; a text stands as it is."""
    lines = [basket if isinstance(basket, str) else json.dumps(basket, ensure_ascii=False) for basket in baskets]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def basket(id_: str, *lines: dict[str, Any], fen: int = 100_00, **more: Any) -> dict[str, Any]:
    """A basket paid in cash."""
    return {"id": id_, "lines": list(lines), "tenders": [{"kind": "cash", "fen": fen}], **more}


@contextmanager
def selling(shop: Path, code: str) -> Iterator[tuple[subprocess.Popen[bytes], dict[str, Any]]]:
    """A process that has sold a basket of `code`, with what it said of it, and waits for the next one."""
    process = subprocess.Popen(
        [sys.executable, "-m", "storeapp.cli", "sell", "--shop", str(shop)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.getcwd()},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process.stdin, process.stdout:
        process.stdin.write(json.dumps(basket("b1", {"code": code})).encode() + b"\n")
        process.stdin.flush()
        yield process, json.loads(process.stdout.readline())
    process.wait()
