"""Her page: what may be done for one member, each opened by its key and put away again."""

from __future__ import annotations

from storeapp.demo.album import Album
from storeapp.demo.stage import Stage

SHEETS = (
    ("Alt+P", "CorrectSheet", "member-correct"),
    ("Alt+N", "BroughtSheet", "member-brought"),
)
OTHER_PHONE = "138"
"""Begins the number of everybody she may be as well."""


def play(stage: Stage, album: Album) -> None:
    """From her page, and back to it."""
    for key, kind, name in SHEETS:
        stage.hands.key(key)
        stage.expect(kind, name)
        stage.hands.settle()
        album.counter(name)
        stage.hands.key("Esc")
        stage.expect("FilePage", "her page again")
    _merged(stage, album)


def _merged(stage: Stage, album: Album) -> None:
    """Somebody she may be, too, is looked for and left alone."""
    stage.hands.key("Alt+J")
    stage.expect("MergePage", "two members")
    stage.hands.type(OTHER_PHONE)
    stage.hands.settle()
    album.counter("member-merge")
    stage.hands.key("Esc")
    stage.expect("FilePage", "her page again")
