"""The page a kind of coupon is written on."""

from __future__ import annotations

from collections.abc import Callable

from storeapp.ui.coupons.editor import EDITOR_KINDS, TemplateEditor
from storeapp.ui.coupons.saying import KINDS, said
from storeapp.ui.promotions.kinds_page import KindsPage, Told
from storeapp.ui.window import Window


class TemplatePage(KindsPage):
    """Its kinds are what a coupon may take off."""

    def __init__(self, window: Window, presenter: TemplateEditor, *, beep: Callable[[], None]) -> None:
        t, words = window.look.t, window.look.words
        told = Told(
            title=t("New kind of coupon") if presenter.is_new else t("Change a kind of coupon"),
            icon="ticket",
            kinds_words=t("Kinds of coupons"),
            kinds=tuple((kind, t(KINDS[kind][0]), t(KINDS[kind][1])) for kind in EDITOR_KINDS),
            unnamed=t("New kind of coupon"),
            lines=lambda made: said(made, presenter.goods, words),
            after=t("Coupons that are out stay as they are; those given from now on are like this."),
        )
        super().__init__(window, presenter, told, beep=beep)
