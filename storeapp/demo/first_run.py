"""The first run: the wizard that makes a shop, from its language to its last Enter."""

from __future__ import annotations

from pathlib import Path

from storeapp import app
from storeapp.demo.faults import DemoBroke
from storeapp.demo.hands import Camera, Hands
from storeapp.demo.stage import Show, Stage, file_keys
from storeapp.machine import print_test_page
from storeapp.ui.tasks import Tasks
from storeapp.ui.theme import Theme, scale_for
from storeapp.ui.wizard.first_run import FirstRun, NewShop
from storeapp.ui.wizard.presenter import WizardPresenter
from storeapp.ui.wizard.screen import WizardWindow
from storeapp.words import words

PIN = "246810"


def play(stage: Stage, camera: Camera, folder: Path) -> None:
    """Fills the wizard in, step by step; the shop it makes lies in `folder`."""
    show, tasks = stage.show, Tasks(stage.app)
    made: list[NewShop] = []

    def make(new: NewShop) -> None:
        file_keys(folder)
        app.make_shop(str(folder), name=new.name, store=new.store, till=new.till, is_demo=False)
        made.append(new)

    said = words(show.language)
    first = FirstRun(words, make, lambda printer: print_test_page(printer, said), show.language)
    presenter = WizardPresenter(first, tasks)
    window = WizardWindow(Theme(scale_for(show.width)), first, presenter, stage.app.beep)
    window.resize(show.width, show.height)
    window.show()
    window.activateWindow()
    hands = Hands(stage.app, lambda: window)
    hands.until(window.isActiveWindow, "the wizard")
    for step, typed in _answers(show):
        hands.until(lambda: presenter.state.step == step, f"the wizard's step {step}")  # noqa: B023  # done at once
        for place, text in enumerate(typed):
            if place:
                hands.key("Return")
            hands.clear()
            hands.type(text)
        if step == "printer":
            hands.key("Ctrl+T")
            hands.until(lambda: presenter.state.tried is not None, "the test page")
        camera.take(f"first-run-{step}", window)
        hands.key("Return")
    hands.until(lambda: made, "the wizard makes no shop")
    if not (folder / "shop.db").is_file():
        raise DemoBroke("the wizard's shop is not there")
    window.hide()
    window.deleteLater()
    tasks.close()


def _answers(show: Show) -> tuple[tuple[str, tuple[str, ...]], ...]:
    name, owner = ("海棠便利", "林海棠") if show.language == "zh_CN" else ("Corner Shop", "Robin")
    return (
        ("language", ()),
        ("shop", (name, "S01", "1")),
        ("owner", (owner, PIN, PIN)),
        ("printer", ()),
        ("ready", ()),
    )
