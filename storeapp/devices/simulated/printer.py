"""A simulated printer: takes bytes, keeps a paper per job, and can be out of paper, open, offline, mute or dying."""

from __future__ import annotations

import enum
import threading
from pathlib import Path

from storeapp.devices.paper.lexer import Lexer, Token
from storeapp.devices.paper.paper import Paper
from storeapp.devices.paper.records import PrinterState

_CUTS = frozenset({"GS V", "ESC i", "ESC m"})
# what still belongs to the job that was just cut: the question whether it is printed, and a kick without a reset
_EPILOGUE = frozenset({"GS r", "GS ( H", "DLE EOT", "DLE ENQ", "DLE DC4", "ESC p", "ESC B", "NUL", "CR"})


class PrinterScript(enum.Enum):
    """The part the printer plays."""

    HEALTHY = "healthy"
    NEAR_END = "near_end"
    PAPER_OUT = "paper_out"
    """Takes a buffer full of bytes, prints nothing until there is paper, but answers DLE EOT."""
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    """Refuses connections; a job under way is lost."""
    MUTE = "mute"
    """Prints and never answers."""
    DYING = "dying"
    """Goes OFFLINE for good after `dying_after` bytes of the next job."""


_STATES = {
    PrinterScript.NEAR_END: PrinterState(paper="near_end"),
    PrinterScript.PAPER_OUT: PrinterState(paper="out"),
    PrinterScript.COVER_OPEN: PrinterState(cover_open=True),
}


class SimulatedPrinter:
    """What the cabled twins share. A job ends with a cut, with the connection, or with the printer's life.

    Safe to ask from any thread. `buffer_bytes` is what a printer that can not print takes before it stops reading.
    """

    def __init__(
        self,
        font_path: Path,
        *,
        width_dots: int = 576,
        native_qr: bool = True,
        chinese_rom: bool = True,
        script: PrinterScript = PrinterScript.HEALTHY,
        dying_after: int = 200,
        buffer_bytes: int = 65536,
        keep: int | None = None,
    ) -> None:
        self.dying_after = dying_after
        self._font_path = font_path
        self._options = {"native_qr": native_qr, "chinese_rom": chinese_rom}
        self._width_dots = width_dots
        self._buffer_bytes = buffer_bytes
        self._keep = keep
        self._changed = threading.Condition(threading.RLock())
        self._script = script
        self._state = PrinterState()
        self._ended: list[tuple[Paper, bytes]] = []
        self._ended_count = 0
        self._begin_paper()
        self._begin_stream()
        self._act()

    @property
    def script(self) -> PrinterScript:
        return self._script

    @script.setter
    def script(self, script: PrinterScript) -> None:
        with self._changed:
            self._script = script
            self._act()
        self._script_changed()

    @property
    def papers(self) -> list[Paper]:
        """One a job, oldest first; the job under way is the last one, once something has come of it."""
        with self._changed:
            return [paper for paper, _ in self._all()]

    @property
    def jobs(self) -> list[bytes]:
        """The bytes of each of `papers`."""
        with self._changed:
            return [raw for _, raw in self._all()]

    def wait_for_jobs(self, count: int, timeout_s: float = 60.0) -> list[Paper]:
        """The papers, once so many jobs have ended; TimeoutError if they do not."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._ended_count >= count, timeout_s):
                raise TimeoutError(f"{self._ended_count} of {count} jobs ended")
            return self.papers

    def _script_changed(self) -> None:
        """For the twins: the cable has to follow the script."""

    def _all(self) -> list[tuple[Paper, bytes]]:
        under_way = [] if self._paper.is_blank else [(self._paper, bytes(self._raw))]
        return self._ended + under_way

    def _begin_paper(self) -> None:
        self._paper = Paper(self._width_dots, font_path=self._font_path, **self._options)
        self._paper.state = self._state
        self._raw = bytearray()
        self._cut = False

    def _begin_stream(self) -> None:
        self._lexer = Lexer()
        # received and not yet a whole command, so not yet given to the paper
        self._tail = bytearray()
        self._received = 0
        # what papers already ended have answered and nobody has heard yet
        self._unheard = bytearray()

    def _act(self) -> None:
        wanted = _STATES.get(self._script, PrinterState())
        self._state.paper, self._state.cover_open = wanted.paper, wanted.cover_open
        if self._script is PrinterScript.OFFLINE:
            self._end_job(lost=True)

    def _take(self, data: bytes) -> bytes:
        """The next bytes of a job; what is answered to them."""
        with self._changed:
            room = self.dying_after - self._received if self._script is PrinterScript.DYING else len(data)
            self._received += len(data)
            self._tail += data[:room]
            for token in self._lexer.feed(data[:room]):
                self._give(token)
            if room < len(data) or (self._script is PrinterScript.DYING and room == len(data)):
                self._script = PrinterScript.OFFLINE
                self._end_job(lost=True)
                return b""
            return self._answers()

    def _give(self, token: Token) -> None:
        # while a job waits for paper nothing may overtake it, not even as a job of its own
        if self._cut and token.name not in _EPILOGUE and not self._paper.is_waiting:
            self._end_paper()
        raw = bytes(self._tail[: token.size])
        del self._tail[: token.size]
        self._raw += raw
        self._paper.feed(raw)
        self._cut = self._cut or token.name in _CUTS

    def _answers(self) -> bytes:
        answers = bytes(self._unheard) + self._paper.answer()
        self._unheard.clear()
        return b"" if self._script is PrinterScript.MUTE else answers

    def _resume(self) -> bytes:
        """Print what waits, if it can be printed now; the answers that come late."""
        with self._changed:
            self._paper.resume()
            return self._answers()

    @property
    def _is_full(self) -> bool:
        return self._paper.is_waiting and len(self._raw) + len(self._tail) > self._buffer_bytes

    @property
    def _is_between_commands(self) -> bool:
        return not self._tail and not self._paper.is_waiting

    def _end_job(self, *, lost: bool = False) -> None:
        """The connection is over. A job that waits for paper stays in the buffer unless the power went."""
        with self._changed:
            if self._paper.is_waiting and not lost:
                return
            if self._cut and self._tail:
                self._end_paper()
            self._raw += self._tail
            self._paper.feed(bytes(self._tail))
            self._end_paper()
            self._begin_stream()

    def _end_paper(self) -> None:
        paper, raw = self._paper, bytes(self._raw)
        paper.close()
        self._unheard += paper.answer()
        self._begin_paper()
        if paper.is_blank and not paper.faults:
            return
        self._ended.append((paper, raw))
        self._ended_count += 1
        if self._keep is not None:
            del self._ended[: -self._keep]
        self._changed.notify_all()
