"""The sheet of whom she brought: who brought her, how each of hers stands, and what she got for it; to read alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

from storeapp.domain.member import masked_name, masked_phone
from storeapp.domain.referral import Referral
from storeapp.till.names import member_now
from storeapp.till.ports import Books
from storeapp.till.referrals import brought_by
from storeapp.ui import referral_words
from storeapp.ui.account.deed_sheet import her_box
from storeapp.ui.account.her import her
from storeapp.ui.desk import Desk
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.widgets.sheet import Sheet
from storeapp.ui.window import Window


class BroughtSheet(Sheet):
    """Raises UnknownMember. It shows the books as they are when it opens."""

    def __init__(self, window: Window, desk: Desk, member_id: str) -> None:
        look = window.look
        super().__init__(look, look.t("Whom she brought"), "users")
        with desk.shop.reading() as books:
            who, own = her(books, member_id), brought_by(books, member_id)
            hers = (*books.referrals.of_referrer(member_id), *books.referrals.told_of_referrer(member_id))
            rows = [self._row(books, each) for each in sorted(hers, key=lambda one: one.named_at, reverse=True)]
            own_code = referral_words.code(member_id)
            code = look.t("code {code}").format(code=own_code) if own_code else ""
            by = "" if own is None else look.t("brought by {who}").format(who=self._named(books, own.referrer_id))
        self.body.addWidget(her_box(look, who, " · ".join(filter(None, (code, by)))))
        self._rows = RowList(look, look.t("Whom she brought"))
        self._rows.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._rows.show_rows(rows)
        none = label(look.t("Nobody was brought yet."), "secondary", "faint")
        none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(none)
        self.body.addWidget(self._rows, 1)
        self.body.addStretch(0)
        # only now: shown before it has its place, it would be a window of its own, and take the keys
        none.setVisible(not rows)
        self._rows.setVisible(bool(rows))

    def first_focus(self) -> QWidget | None:
        return self._rows

    def _row(self, books: Books, each: Referral) -> Row:
        words = self.look.words
        got = [one for one in books.referrals.given(each.newcomer_id) if one.side == "referrer"]
        return Row(
            each.newcomer_id,
            self._named(books, each.newcomer_id),
            referral_words.state(each, words),
            referral_words.got(got[0], words) if got else "",
            each.named_on,
            icon="user",
        )

    def _named(self, books: Books, member_id: str) -> str:
        known = member_now(books, member_id)
        if known is None:
            return self.look.t("somebody forgotten")
        return " · ".join(filter(None, (masked_name(known.name), masked_phone(known.phone))))
