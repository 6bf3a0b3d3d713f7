"""The member at the counter: who it is, her points, her coupons; or how to find her."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QStackedLayout, QWidget

from storeapp.ui import coupon_words, wording
from storeapp.ui.look import Look
from storeapp.ui.sell.state import CouponView, MemberView, SellState
from storeapp.ui.widgets import card, paint
from storeapp.ui.widgets.buttons import IconButton, KeyButton
from storeapp.ui.widgets.labels import Elided, Picture, label, tag
from storeapp.words import Words


class Avatar(QWidget):
    """The first letter of a name in a circle."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._letter = look, ""
        self.setFixedSize(look.px(46), look.px(46))

    def show_name(self, name: str) -> None:
        self._letter = name[:1].upper()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = self._look
        paint.rounded(painter, self.rect(), self.width() / 2, look.theme.colours.brand)
        paint.text(painter, self.rect(), self._letter, look.font(20, True), look.theme.colours.white, paint.CENTRE)


class CouponButton(QPushButton):
    """A coupon as a torn-off ticket; pressed, it counts or counts no more."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._coupon: CouponView | None = None
        self._more = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("kind", "ticket")

    def show_coupon(self, coupon: CouponView, more: int) -> None:
        """`more` is how many others there are."""
        self._coupon, self._more = coupon, more
        worth = coupon_words.worth(coupon.amount, coupon.terms, self._look.words)
        self.setAccessibleName(f"{worth} {self._title(coupon)}, {self._detail(coupon)}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._coupon is None:
            return
        look, px, c, coupon = self._look, self._look.px, self._look.theme.colours, self._coupon
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = c.brand if coupon.used or self.hasFocus() else c.edge
        painter.setPen(QPen(QColor(edge), px(2) if self.hasFocus() else 1.4))
        painter.setBrush(QColor(c.tint if coupon.used else c.surface))
        tear = px(78)
        painter.drawPath(self._ticket(QRectF(self.rect()).adjusted(1, 1, -1, -1), tear))
        painter.setPen(QPen(QColor(c.brand_edge if coupon.used else c.edge), 1, Qt.PenStyle.DotLine))
        painter.drawLine(tear, px(8), tear, self.height() - px(8))
        worth = QRect(px(4), 0, tear - px(8), self.height())
        told = coupon_words.worth(coupon.amount, coupon.terms, look.words)
        paint.text(painter, worth, told, look.font(20, True), c.brand, paint.CENTRE)
        left, width = tear + px(12), self.width() - tear - px(12 + 44)
        title = QRect(left, px(6), width, px(21))
        paint.text(painter, title, self._title(coupon), look.font(look.theme.type.body), c.text)
        below = QRect(left, px(27), width, px(19))
        paint.text(painter, below, self._detail(coupon), look.font(look.theme.type.secondary), c.muted)
        icon = look.pixmap("circle-check" if coupon.used else "plus", "brand" if coupon.used else "muted", 24)
        painter.drawPixmap(QPointF(self.width() - px(36), (self.height() - px(24)) / 2), icon)

    def _ticket(self, area: QRectF, tear: float) -> QPainterPath:
        radius, bite = self._look.px(10), self._look.px(6)
        whole, bites = QPainterPath(), QPainterPath()
        whole.addRoundedRect(area, radius, radius)
        bites.addEllipse(QPointF(tear, area.top()), bite, bite)
        bites.addEllipse(QPointF(tear, area.bottom()), bite, bite)
        return whole.subtracted(bites)

    def _title(self, coupon: CouponView) -> str:
        return coupon_words.condition(coupon.amount, coupon.min_spend, coupon.terms, self._look.words)

    def _detail(self, coupon: CouponView) -> str:
        _ = self._look.t
        if self._more:
            until = _("until {date} · {count} more").format(date=coupon.until.isoformat(), count=self._more)
        else:
            until = _("until {date}").format(date=coupon.until.isoformat())
        return _("Used · {until}").format(until=until) if coupon.used else until


class Figure(QFrame):
    """A small number with its name above."""

    def __init__(self, look: Look, words: str) -> None:
        super().__init__()
        self.setProperty("kind", "sunken")
        self._number, self._words = Elided("", "name", strong=True), Elided(words, "secondary", "muted")
        layout = card.column(look, self, margin=(10, 5, 8, 5), gap=1)
        layout.addWidget(self._words)
        layout.addWidget(self._number)

    def show_number(self, number: str, words: str = "") -> None:
        """`words` when the name above changes as well."""
        self._number.setText(number)
        if words:
            self._words.setText(words)


def _beside(member: MemberView, words: Words) -> str:
    """What stands beside her number. There is room for one of them: what she will be asked about comes first."""
    if member.owed_points:
        return words.t("owes {points} points").format(points=wording.number(member.owed_points))
    if member.waiting:
        return words.t("{points} wait").format(points=wording.number(member.waiting))
    return words.t("born {day}").format(day=member.birthday) if member.birthday else ""


class MemberCard(QFrame):
    """`acted` brings an action's id, `coupon_pressed` a coupon's code."""

    acted = Signal(str)
    let_go = Signal()
    coupon_pressed = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "card")
        self.setFixedHeight(look.px(188))
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._nobody())
        self._pages.addWidget(self._somebody())
        self._coupon_code = ""

    def show_state(self, state: SellState) -> None:
        self._pages.setCurrentIndex(0 if state.member is None else 1)
        if state.member is not None:
            self._show_member(state.member)
        coupons = state.member.coupons if state.member is not None else state.coupons
        self._coupon.setVisible(bool(coupons) and state.member is not None)
        self._loose.setVisible(bool(coupons) and state.member is None)
        self._hint.setVisible(not (coupons and state.member is None))
        if coupons:
            self._coupon_code = coupons[0].code
            for button in (self._coupon, self._loose):
                button.show_coupon(coupons[0], len(coupons) - 1)

    def _show_member(self, member: MemberView) -> None:
        self._avatar.show_name(member.name or "会")
        self._name.setText(member.name or self._look.t("Member"))
        self._tier.setText(member.tier)
        self._tier.setVisible(bool(member.tier))
        self._stamps.setVisible(member.stamps is not None)
        if member.stamps is not None:
            said = self._look.t("Card {have}/{of}").format(have=member.stamps.have, of=member.stamps.of)
            self._stamps.setText(said)
        self._times.setVisible(bool(member.cards_left))
        self._times.setText(self._look.t("Times {left}").format(left="+".join(map(str, member.cards_left))))
        self._phone.setText(" · ".join(filter(None, (member.phone_masked, _beside(member, self._look.words)))))
        earning, title = f"+{wording.number(member.will_earn)}", self._look.t("Points")
        if member.stored is None:
            self._second.show_number(earning, self._look.t("This sale"))
        else:
            title = f"{title} {earning}" if member.will_earn else title
            self._second.show_number(wording.money(member.stored), self._look.t("Stored value"))
        self._points.show_number(wording.number(member.points), title)
        fitting = sum(coupon.fits for coupon in member.coupons)
        self._coupons.show_number(f"{fitting}/{len(member.coupons)}" if member.coupons else "0")

    def _nobody(self) -> QWidget:
        look, _ = self._look, self._look.t
        page = QWidget()
        layout = card.column(look, page, margin=(14, 12, 14, 12), gap=8)
        head = card.row(look, gap=10)
        head.addWidget(Picture(look, "user", "muted", 24))
        head.addWidget(label(_("No member"), "name", strong=True))
        head.addStretch(1)
        layout.addLayout(head)
        self._hint = label(
            _("Type the phone or its last four digits in the scan field."), "secondary", "faint", wrap=True
        )
        self._loose = CouponButton(look)
        self._loose.clicked.connect(lambda: self.coupon_pressed.emit(self._coupon_code))
        layout.addWidget(self._hint)
        layout.addWidget(self._loose)
        layout.addStretch(1)
        buttons = card.row(look, gap=10)
        for action, words, icon in (("find_member", _("Find"), "search"), ("new_member", _("Sign up"), "user-plus")):
            made = KeyButton(look, words, icon, action=action)
            made.clicked.connect(lambda _checked=False, action=action: self.acted.emit(action))
            buttons.addWidget(made, 1)
        layout.addLayout(buttons)
        return page

    def _somebody(self) -> QWidget:
        look, _ = self._look, self._look.t
        page = QWidget()
        layout = card.column(look, page, margin=(14, 8, 14, 10), gap=6)
        self._avatar = Avatar(look)
        self._name, self._tier = Elided("", "name", strong=True), tag("", "amber")
        self._stamps, self._times = tag("", "brand"), tag("", "brand")
        self._name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._phone = Elided("", "secondary", "muted")
        away = IconButton(look, "x", _("Sell without the member"))
        away.clicked.connect(self.let_go)
        first = card.row(look, gap=8)
        first.addWidget(self._name)
        first.addWidget(self._tier)
        first.addWidget(self._stamps)
        first.addWidget(self._times)
        first.addStretch(1)
        names = card.column(look, gap=1)
        names.addLayout(first)
        names.addWidget(self._phone)
        head = card.row(look, gap=12)
        head.addWidget(self._avatar)
        head.addLayout(names, 1)
        head.addWidget(away)
        layout.addLayout(head)
        self._points, self._second = Figure(look, _("Points")), Figure(look, _("This sale"))
        self._coupons = Figure(look, _("Coupons"))
        figures = card.row(look, gap=8)
        for figure in (self._points, self._second, self._coupons):
            figures.addWidget(figure, 1)
        layout.addLayout(figures)
        self._coupon = CouponButton(look)
        self._coupon.clicked.connect(lambda: self.coupon_pressed.emit(self._coupon_code))
        layout.addWidget(self._coupon)
        layout.addStretch(1)
        return page
