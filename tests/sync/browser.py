"""A real browser without a window, driven by keys over its own pipe: no library is needed for it."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import time
from pathlib import Path
from typing import Any

from tests.waiting import PATIENCE_S

_KEYS = {"Tab": 9, "Enter": 13, "Space": 32, "ArrowRight": 39}
_TEXT = {"Enter": "\r", "Space": " "}


class Browser:
    """One page of Chromium. `press` and `type` reach whatever has the focus."""

    def __init__(self, program: Path, home: Path) -> None:
        (its_in, self._out), (self._in, its_out) = os.pipe(), os.pipe()
        # the browser reads from 3 and writes to 4
        command = f'exec "$0" "$@" 3<&{its_in} 4>&{its_out}'
        options = ("--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--lang=zh-CN")
        self._process = subprocess.Popen(
            ["bash", "-c", command, str(program), *options, f"--user-data-dir={home}", "about:blank"],
            pass_fds=(its_in, its_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(its_in)
        os.close(its_out)
        self._numbers, self._read, self._session = itertools.count(1), b"", ""
        targets = self._ask("Target.getTargets")["targetInfos"]
        page = next(target["targetId"] for target in targets if target["type"] == "page")
        self._session = self._ask("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]

    def open(self, url: str) -> None:
        self._ask("Page.navigate", url=url)
        self.until("document.readyState === 'complete' && location.href !== 'about:blank'")

    def asked(self, script: str) -> Any:
        """What this says in the page."""
        return self._ask("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    def until(self, script: str) -> None:
        ends_at = time.monotonic() + PATIENCE_S
        while not self.asked(script):
            assert time.monotonic() < ends_at, script
            time.sleep(0.05)

    def press(self, key: str) -> None:
        said = {"key": " " if key == "Space" else key, "code": key, "windowsVirtualKeyCode": _KEYS[key]}
        text = _TEXT.get(key)
        down = {"type": "keyDown", "text": text} if text else {"type": "rawKeyDown"}
        self._ask("Input.dispatchKeyEvent", **down, **said)
        self._ask("Input.dispatchKeyEvent", type="keyUp", **said)

    def type(self, text: str) -> None:
        self._ask("Input.insertText", text=text)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE_S)
        os.close(self._in)
        os.close(self._out)

    def _ask(self, method: str, **params: object) -> dict[str, Any]:
        number = next(self._numbers)
        message: dict[str, object] = {"id": number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._read:
            more = os.read(self._in, 65536)
            assert more, "the browser is gone"
            self._read += more
        one, _, self._read = self._read.partition(b"\0")
        answer: dict[str, Any] = json.loads(one)
        return answer
