"""The customer's window: large, calm, and on a screen of its own."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QLabel, QStackedWidget, QVBoxLayout, QWidget

from storeapp.domain.money import Money
from storeapp.ui import wording
from storeapp.ui.customer.going_back import GoingBack
from storeapp.ui.customer.goods_card import GoodsCard
from storeapp.ui.customer.paying import PaymentCard
from storeapp.ui.customer.presenter import CustomerPresenter
from storeapp.ui.customer.qr_code import QrCode
from storeapp.ui.customer.state import CustomerState, Phase, ShownLine, ShownOffer, ShownWish
from storeapp.ui.look import Look
from storeapp.ui.theme_qss import style_sheet
from storeapp.ui.widgets import card
from storeapp.ui.widgets.amount import BigAmount
from storeapp.ui.widgets.labels import RIGHT, Elided, Picture, label
from storeapp.ui.widgets.rows import Row

_THANKS_MS = 40_000
_RIGHT_PX = 430
_CENTRE = Qt.AlignmentFlag.AlignCenter


class OfferCard(QFrame):
    """The offer in the owner's words, with the code to scan when there is one."""

    def __init__(self, look: Look, qr_px: int = 0) -> None:
        super().__init__()
        self._look, self._has_qr = look, qr_px > 0
        self.setProperty("kind", "tinted")
        self._headline = label("", "title", "brand", wrap=True)
        self._small = label("", "body", "muted", wrap=True)
        self._code = label("", "total", "text")
        self._how = label("", "body", "text", wrap=True)
        self._qr = QrCode(look, look.t("Code to scan"), qr_px or 10)
        layout = card.column(look, self, margin=(22, 18, 22, 18), gap=10)
        parts: tuple[QLabel, ...] = (self._headline, self._small, self._how, self._code)
        for part in parts:
            part.setAlignment(_CENTRE)
        layout.addWidget(self._headline)
        layout.addWidget(self._small)
        layout.addWidget(self._qr, 0, _CENTRE)
        layout.addWidget(self._how)
        layout.addWidget(self._code)

    def show_offer(self, offer: ShownOffer | None) -> None:
        _ = self._look.t
        self.setVisible(offer is not None)
        if offer is None:
            return
        self._headline.setText(offer.headline)
        self._small.setText(offer.small_print)
        self._small.setVisible(bool(offer.small_print))
        self._qr.show_text(offer.qr if self._has_qr else "")
        if not (offer.qr and self._has_qr):
            how = _("The code is on your receipt")
        else:
            # where the eight characters are the coupon, the code to scan only leads to the shop
            how = _("Scan to find us on WeChat") if offer.code else _("Scan with WeChat")
        self._how.setText(how)
        self._code.setText(_("Show this code next time: {code}").format(code=offer.code))
        self._code.setVisible(bool(offer.code) and self._has_qr)


class WishCard(QFrame):
    """What a promotion would still give her, in one line nobody has to answer."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "card")
        self._said = label("", "name", wrap=True)
        row = card.row(look, self, margin=(18, 14, 18, 14), gap=14)
        row.addWidget(Picture(look, "gift", "brand", 34))
        row.addWidget(self._said, 1)

    def show_wish(self, wish: ShownWish | None) -> None:
        self.setVisible(wish is not None)
        if wish is not None:
            self._said.setText(self._sentence(wish))

    def _sentence(self, wish: ShownWish) -> str:
        _ = self._look.t
        if wish.gift:
            said = _("A gift for you: {name} × {count}")
            return said.format(name=wish.gift, count=wish.count)
        if wish.missing.fen:
            said = _("{amount} more brings you {promotion}")
            return said.format(amount=wording.money(wish.missing), promotion=wish.promotion)
        said = self._look.words.n(
            "{count} more brings you {promotion}", "{count} more bring you {promotion}", wish.count
        )
        return said.format(count=wish.count, promotion=wish.promotion)


class Idle(QWidget):
    """Nobody is at the counter."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._shop = label("", "amount")
        self._offer = OfferCard(look)
        self._offer.setMinimumWidth(look.px(480))
        layout = card.column(look, self, margin=40, gap=18)
        layout.addStretch(1)
        layout.addWidget(Picture(look, "building-store", "brand", 64), 0, _CENTRE)
        layout.addWidget(self._shop, 0, _CENTRE)
        layout.addWidget(label(look.t("Welcome"), "title", "muted"), 0, _CENTRE)
        layout.addSpacing(look.px(12))
        layout.addWidget(self._offer, 0, _CENTRE)
        layout.addStretch(1)

    def show_state(self, state: CustomerState) -> None:
        self._shop.setText(state.shop)
        self._offer.show_offer(state.offer)


class Selling(QWidget):
    """Her basket as it grows."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._count = label("", "name", "muted")
        self._basket = GoodsCard(look, look.t("Your basket"), self._count)
        right = QWidget()
        right.setFixedWidth(look.px(_RIGHT_PX))
        column = card.column(look, right, gap=14)
        column.addWidget(self._member_card())
        self._payment = PaymentCard(look)
        column.addWidget(self._payment)
        column.addStretch(1)
        self._wish = WishCard(look)
        column.addWidget(self._wish)
        self._offer = OfferCard(look)
        column.addWidget(self._offer)
        column.addWidget(self._total())
        layout = card.row(look, self, margin=20, gap=16)
        layout.addWidget(self._basket, 1)
        layout.addWidget(right)

    def show_state(self, state: CustomerState) -> None:
        _, look = self._look.t, self._look
        self._count.setText(look.words.n("{count} piece", "{count} pieces", state.pieces).format(count=state.pieces))
        self._basket.show_growing(state.shop, [self._row(place, line) for place, line in enumerate(state.lines)])
        self._goods.setText(wording.money(state.goods))
        self._off.setText(wording.money(-state.discount))
        self._off_row.setVisible(bool(state.discount.fen))
        self._rounding.setText(wording.money(state.rounding))
        self._rounding_row.setVisible(bool(state.rounding.fen))
        self._brought.setText(wording.money(-state.brought))
        self._brought_row.setVisible(bool(state.brought.fen))
        payment = state.payment
        due = state.due if payment is None else payment.left
        to_pay = self._look.words.p("customer", "To pay") if payment is None or not payment.given else _("Still to pay")
        self._due_words.setText(_("You get back") if state.gets.fen else to_pay)
        self._due.show_amount(wording.money(state.gets if state.gets.fen else due), "white")
        self._payment.show_payment(payment)
        member = state.member
        self._member.setVisible(member is not None)
        if member is not None:
            self._name.setText(" ".join(part for part in (member.name, member.phone) if part))
            points = _("{points} points, this sale brings {more}")
            self._points.setText(
                points.format(points=wording.number(member.points), more=wording.number(member.will_earn))
            )
        # while she pays or exchanges nothing else asks for her attention
        is_calm = payment is None and not state.brought.fen
        self._wish.show_wish(state.wish if is_calm else None)
        self._offer.show_offer(state.offer if is_calm else None)

    def _row(self, place: int, line: ShownLine) -> Row:
        cuts = "  ".join(f"{self._cut(cut.name)} {wording.MINUS}{wording.bare(cut.amount)}" for cut in line.saved)
        return Row(str(place), line.name, f"× {line.quantity}", wording.bare(line.total), tag=cuts)

    def _cut(self, name: str) -> str:
        """A promotion bears its own name, a price of hers the name of its kind."""
        _ = self._look.t
        known = {
            "member_price": _("Member price"),
            "tier_price": _("Tier price"),
            "price_list": _("Price list"),
            "group_price": _("Group price"),
            "promotion": _("Promotion"),
        }
        return known.get(name, name)

    def _member_card(self) -> QWidget:
        look = self._look
        self._member = card.frame("card")
        row = card.row(look, self._member, margin=(18, 14, 18, 14), gap=14)
        row.addWidget(Picture(look, "star", "brand", 34))
        lines = card.column(look, gap=2)
        self._name, self._points = Elided("", "total"), label("", "body", "muted", wrap=True)
        lines.addWidget(self._name)
        lines.addWidget(self._points)
        row.addLayout(lines, 1)
        return self._member

    def _total(self) -> QFrame:
        look, _ = self._look, self._look.t
        made = card.frame("ink")
        lines = card.column(look, made, margin=(24, 20, 24, 16), gap=8)
        self._goods, self._off = label("", "name", "white"), label("", "name", "mint")
        self._off_row, self._rounding_row, self._brought_row = QWidget(), QWidget(), QWidget()
        self._rounding, self._brought = label("", "name", "mint"), label("", "name", "mint")
        for host in (self._off_row, self._rounding_row, self._brought_row):
            host.hide()  # room that is never taken makes no window larger
        for words, amount, host in (
            (_("Goods"), self._goods, QWidget()),
            (_("You save"), self._off, self._off_row),
            (_("Rounding"), self._rounding, self._rounding_row),
            (_("Goods brought back"), self._brought, self._brought_row),
        ):
            row = card.row(look, host)
            row.addWidget(label(words, "name", "ink_muted"))
            row.addWidget(amount, 1, RIGHT)
            lines.addWidget(host)
        self._due = BigAmount(look, "white", 60)
        self._due_words = label(look.words.p("customer", "To pay"), "name", "white")
        lines.addWidget(self._due_words)
        lines.addWidget(self._due)
        return made


class Thanks(QWidget):
    """She has paid."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._offer = OfferCard(look, 270)
        self._offer.setMinimumWidth(look.px(440))
        layout = card.row(look, self, margin=40, gap=40)
        layout.addStretch(1)
        layout.addLayout(self._left())
        layout.addSpacing(look.px(20))
        layout.addWidget(self._offer, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(1)

    def show_state(self, state: CustomerState) -> None:
        _ = self._look.t
        self._shop.setText(state.shop)
        self._paid.setText(_("Paid {amount}").format(amount=wording.money(state.due)))
        self._parts.setText(
            "   ".join(
                f"{wording.tender(kind, self._look.words)} {wording.money(amount)}" for kind, amount in state.tenders
            )
        )
        self._parts.setVisible(len(state.tenders) > 1)
        has_change = state.change != Money(0)
        self._change_words.setVisible(has_change)
        self._change.setVisible(has_change)
        self._change.setText(wording.money(state.change))
        self._points.setText("   ".join(self._account(state)))
        self._points.setVisible(bool(self._points.text()))
        self._offer.show_offer(state.offer)

    def _account(self, state: CustomerState) -> Iterator[str]:
        """What the sale did to her account."""
        _ = self._look.t
        if state.points_spent:
            yield f"{wording.MINUS}{wording.points(state.points_spent, self._look.words)}"
        if state.points_earned:
            yield f"+{wording.points(state.points_earned, self._look.words)}"
        if state.value_left is not None:
            yield _("{amount} of stored value left").format(amount=wording.money(state.value_left))

    def _left(self) -> QVBoxLayout:
        look, _ = self._look, self._look.t
        made = card.column(look, gap=12)
        self._shop, self._paid = label("", "name", "muted"), label("", "title")
        self._change_words = label(_("Change for you"), "name", "muted")
        self._change, self._points = label("", "amount", "brand"), label("", "total", "amber")
        made.addStretch(1)
        made.addWidget(Picture(look, "circle-check", "brand", 72))
        made.addWidget(label(_("Thank you"), "amount"))
        self._parts = label("", "name", "muted", wrap=True)
        for part in (self._paid, self._parts, self._change_words, self._change, self._points):
            made.addWidget(part)
        made.addSpacing(look.px(8))
        made.addWidget(self._shop)
        made.addStretch(1)
        return made


class CustomerWindow(QWidget):
    """Draws one CustomerState; it takes neither keys nor clicks."""

    def __init__(self, look: Look, presenter: CustomerPresenter) -> None:
        super().__init__()
        self.setProperty("kind", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setWindowTitle(look.t("Customer screen"))
        # its screen has a scale of its own
        self.setStyleSheet(style_sheet(look.theme))
        self._pages = QStackedWidget()
        self._idle, self._selling, self._thanks, self._back = Idle(look), Selling(look), Thanks(look), GoingBack(look)
        for page in (self._idle, self._selling, self._thanks, self._back):
            self._pages.addWidget(page)
        card.column(look, self).addWidget(self._pages)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_THANKS_MS)
        self._rest.timeout.connect(presenter.rest)
        presenter.bind(self)

    def show_state(self, state: CustomerState) -> None:
        pages: dict[Phase, Idle | Selling | Thanks | GoingBack]
        pages = {"idle": self._idle, "basket": self._selling, "paid": self._thanks, "back": self._back}
        page = pages[state.phase]
        page.show_state(state)
        self._pages.setCurrentWidget(page)
        if state.phase == "paid" or (state.back is not None and state.back.given):
            self._rest.start()
        else:
            self._rest.stop()
