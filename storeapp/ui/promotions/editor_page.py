"""The page a promotion is written on."""

from __future__ import annotations

from collections.abc import Callable

from storeapp.ui.promotions.editor import EDITOR_KINDS, EditorPresenter
from storeapp.ui.promotions.kinds_page import KindsPage, Told
from storeapp.ui.promotions.saying import KINDS, said
from storeapp.ui.window import Window


class EditorPage(KindsPage):
    """Its kinds are those of promotions."""

    def __init__(self, window: Window, presenter: EditorPresenter, *, beep: Callable[[], None]) -> None:
        t, words = window.look.t, window.look.words
        live = t("It is live now. Saving other rules ends that until it goes live again.")
        told = Told(
            title=t("New promotion") if presenter.is_new else t("Change a promotion"),
            icon="edit",
            kinds_words=t("Kinds of promotions"),
            kinds=tuple((kind, t(KINDS[kind][0]), t(KINDS[kind][1])) for kind in EDITOR_KINDS),
            unnamed=t("New promotion"),
            lines=lambda made: said(made, presenter.goods, words),
            after=live if presenter.was_live else t("Saving makes a draft: nothing is cheaper before it goes live."),
            is_warning=presenter.was_live,
        )
        super().__init__(window, presenter, told, beep=beep)
