"""The printer's settings: where it is, what paper it takes, and what a person saw it print right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from storeapp.domain.staff import Staff
from storeapp.settings import PrinterSettings, Settings
from storeapp.ui.allowed import allowed
from storeapp.ui.desk import Desk
from storeapp.ui.parts import Outside
from storeapp.ui.set_up import Ability, Tried
from storeapp.ui.settings.trying import Trying, TryingPresenter, TryingView

KINDS = ("paper", "tcp", "usb", "file", "serial", "windows", "cups")


@dataclass(frozen=True, slots=True)
class PrinterForm(Trying):
    """`kind` and `rest` are the halves of the address; `tried` is the last test page."""

    kind: str = "paper"
    rest: str = ""
    paper_mm: int = 80
    drawer_pin: int = 2
    able: Ability = field(default_factory=Ability)
    is_changed: bool = False
    tried: Tried | None = None


class PrinterPresenter(TryingPresenter[PrinterForm]):
    """`kept` gets the settings before and after they are kept."""

    def __init__(
        self,
        desk: Desk,
        staff: Staff,
        outside: Outside,
        settings: Settings,
        *,
        keep: Callable[[Settings], None],
        kept: Callable[[Settings, Settings], None],
    ) -> None:
        super().__init__(desk, staff, outside, PrinterForm())
        self.settings, self._keep, self._kept = settings, keep, kept

    def bind(self, view: TryingView[PrinterForm]) -> None:
        """What is done is `saved`."""
        self._view = view
        printer = self.settings.printer
        kind, _, rest = printer.address.partition(":")
        able = self._outside.able(printer.profile)
        self._show(PrinterForm(kind, rest, printer.paper_mm, printer.drawer_pin, able))

    def choose_kind(self, kind: str) -> None:
        self._change(replace(self.state, kind=kind, rest=""))

    def type_rest(self, text: str) -> None:
        self._change(replace(self.state, rest=text.strip()))

    def choose_paper(self, millimetres: str) -> None:
        self._change(replace(self.state, paper_mm=58 if millimetres == "58" else 80))

    def choose_pin(self, pin: str) -> None:
        self._change(replace(self.state, drawer_pin=5 if pin == "5" else 2))

    def saw(self, *, hanzi: bool | None = None, qr: bool | None = None, barcode: bool | None = None) -> None:
        """What was right on the test page."""
        able = self.state.able
        seen = Ability(
            able.hanzi if hanzi is None else hanzi,
            able.qr if qr is None else qr,
            able.barcode if barcode is None else barcode,
        )
        self._change(replace(self.state, able=seen))

    def printer(self) -> PrinterSettings:
        """What the form means."""
        state = self.state
        profile = self._outside.profile(state.paper_mm, state.able)
        rest = "" if state.kind == "paper" else state.rest
        return PrinterSettings(f"{state.kind}:{rest}", profile, state.paper_mm, state.drawer_pin)

    def test(self) -> None:
        """The test page, as the form stands now."""
        if self.state.is_busy:
            return
        printer, outside = self.printer(), self._outside
        self.state = replace(self.state, tried=None)
        self._try(lambda: outside.try_printer(printer), ok=self._tried)

    def save(self) -> None:
        if not allowed(self._staff, "settings", self._view):
            return
        before, after = self.settings, replace(self.settings, printer=self.printer())
        outside, keep = self._outside, self._keep

        def write() -> None:
            keep(after)
            outside.use(after)

        self.settings = after
        self._desk.work.io(write, ok=lambda _none: self._saved(before, after), fail=self._failed)

    def _saved(self, before: Settings, after: Settings) -> None:
        self._show(replace(self.state, is_changed=False))
        self._view.done("saved")
        self._kept(before, after)

    def _tried(self, tried: Tried) -> None:
        self._show(replace(self.state, is_busy=False, tried=tried))

    def _change(self, state: PrinterForm) -> None:
        self._show(replace(state, is_changed=True, tried=None, refused=None))
