"""A counter as a customer finds it: goods, members and a half-filled basket, for tests and for looking at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QCoreApplication, QEvent

from storeapp.domain.coupon import Coupon
from storeapp.domain.customer_value import CustomerValue
from storeapp.domain.layer import Layer
from storeapp.domain.ledger import Txn
from storeapp.domain.life_stage import Standing
from storeapp.domain.member import Member
from storeapp.domain.money import Money
from storeapp.domain.points import earning_legs
from storeapp.domain.product import Product, QuickKey
from storeapp.domain.rfm import Score, Trade
from storeapp.domain.rhythm import Habit
from storeapp.domain.staff import Staff
from storeapp.till.new_shop import new_device
from storeapp.till.ports import Provider
from storeapp.ui.counter import Counter, Setup
from storeapp.ui.desk import Desk
from storeapp.ui.frame.sheets import MenuEntry
from storeapp.ui.frame.state import DrawerState, PrinterState
from storeapp.ui.keys import Keys
from storeapp.ui.look import Look
from storeapp.ui.theme import Theme
from storeapp.ui.work import InlineWork, Work
from storeapp.words import Words, words
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock

WATER = Product("6921168509256", "农夫山泉 饮用天然水 550ml", Money(200), unit="瓶", category="饮料")
MILK = Product(
    "6923644240028", "蒙牛 特仑苏纯牛奶 250ml×12", Money(6990), unit="箱", category="乳品", member_price=Money(5990)
)
CRISPS = Product("6924743915763", "乐事 薯片 原味 75g", Money(750), unit="袋", category="零食")
APPLES = Product("2100123", "红富士苹果（散称）", Money(1280), unit="kg", category="生鲜", weighed=True)
TISSUE = Product("6901236341582", "维达 超韧抽纸 3层 100抽×6", Money(2690), unit="提", category="日用")
SOY = Product("6902265360100", "海天 金标生抽 500ml", Money(990), unit="瓶", category="调味")
COLA = Product("6928804011142", "可口可乐 330ml 罐装", Money(250), unit="罐", category="饮料")
GOODS = (WATER, MILK, CRISPS, APPLES, TISSUE, SOY, COLA)

_TILES = (
    ("B1", "购物袋 大", 50, "袋", False, None),
    ("B2", "购物袋 中", 30, "袋", False, None),
    ("K1", "鲜豆浆", 300, "早点", False, None),
    ("K2", "茶叶蛋", 200, "早点", False, None),
    ("F1", "红富士苹果", 1280, "生鲜", True, None),
    ("F2", "香蕉", 790, "生鲜", True, None),
    ("K3", "肉包", 250, "早点", False, None),
    ("K4", "关东煮 串", 350, "早点", False, None),
    ("C1", "美式咖啡", 990, "咖啡", False, None),
    ("C2", "拿铁", 1590, "咖啡", False, 1390),
    ("D1", "矿泉水", 200, "咖啡", False, None),
    ("D2", "冰块", 500, "咖啡", False, None),
    ("S1", "快递代收", 100, "袋", False, None),
    ("S2", "会员日特惠大礼包 限量", 8800, "袋", False, None),
    ("S3", "打印 A4 黑白", 50, "袋", False, None),
)
TILES = tuple(
    Product(
        code,
        name,
        Money(fen),
        unit="kg" if weighed else "",
        category=category,
        weighed=weighed,
        member_price=None if member is None else Money(member),
    )
    for code, name, fen, category, weighed, member in _TILES
)
ALICE = Member(
    "m-alice",
    "8613800006621",
    "王喆䶮",
    "2026-03-01T10:00:00+08:00",
    tier="金卡会员",
    birthday="10-16",
    note="要小包装，孩子对花生过敏",
)
ALICE_LAYER = Layer(
    "m-alice",
    Trade("m-alice", date(2026, 3, 1), date(2026, 9, 20), 14, 186_000, 42_000),
    Standing("loyal", date(2026, 6, 1)),
    Score(5, 4, 4),
    12,
    CustomerValue(42_000, True, 404_000, 380_000, 0.97),
    Habit("面膜", 30, date(2026, 8, 26)),
    None,
    ("乳品", "面膜", "饮料"),
)
TEN_OFF = Coupon(
    "c-1", "7F3K9Q21", "offer-1", Money(1000), Money(10000), date(2026, 9, 1), date(2026, 9, 30), member_id="m-alice"
)
MENU = (
    MenuEntry("find_member", "会员", "users", "find_member"),
    MenuEntry("settings", "设置", "settings"),
    MenuEntry("sign_out", "退出登录", "logout", "sign_out"),
)
CASHIER = Staff("1007", "陈晓雯", "cashier")


@dataclass
class Around:
    """The things around the till, as a test sets them."""

    printer_state: PrinterState = "ready"
    drawer_state: DrawerState = "silent"
    screen: bool | None = True
    answers: bool = True
    is_clock_off: bool = False

    def printer(self) -> PrinterState:
        return self.printer_state

    def drawer(self) -> DrawerState:
        return self.drawer_state

    def second_screen(self) -> bool | None:
        return self.screen

    def cloud_answers(self) -> bool:
        return self.answers

    def clock_is_off(self) -> bool:
        return self.is_clock_off


@dataclass
class Bell:
    """Counts beeps."""

    rung: int = 0

    def __call__(self) -> None:
        self.rung += 1


@dataclass
class Scene:
    """Everything a test may look at behind the window."""

    shop: MemoryShop
    clock: StillClock
    desk: Desk
    bell: Bell = field(default_factory=Bell)
    around: Around = field(default_factory=Around)


def scene(work: Work | None = None) -> Scene:
    """A shop with goods, tiles, a member with points and a coupon."""
    ids, clock = CountedIds(), StillClock()
    shop = MemoryShop(new_device(ids, store="S01", till="1", is_demo=True), ids=ids)
    with shop.writing() as books:
        books.policy.put("shop.name", "海棠便利 · 南山科技园店", at="2026-01-01T00:00:00+08:00")
        # most tests are about a sale, not about the drawer it ends in
        books.policy.put("shift.required", False, at="2026-01-01T00:00:00+08:00")
        books.products.put([*GOODS, *TILES])
        keys = [QuickKey("常用", place, tile.code) for place, tile in enumerate(TILES)]
        for tab, codes in (("生鲜", "F1 F2"), ("饮料", "C1 C2 D1"), ("熟食", "K1 K2 K3 K4"), ("服务", "S1 S3")):
            keys += [QuickKey(tab, place, code) for place, code in enumerate(codes.split())]
        books.products.put_quick_keys(keys)
        books.members.put(ALICE)
        books.ledger.post(Txn("t-1", "import", "2026-03-01T10:00:00+08:00", earning_legs("m-alice", 2486)))
        books.coupons.put(TEN_OFF)
        books.layers.put([ALICE_LAYER], computed_on=date(2026, 9, 28))
    return Scene(shop, clock, Desk(shop, work or InlineWork(), clock, ids))


def sweep() -> None:
    """Ends the windows that are to be deleted later: a run that keeps them all grows slower with each."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def look_in(language: str | Words = "zh_CN", k: float = 1.0) -> Look:
    return Look(Theme(k), words(language) if isinstance(language, str) else language, Keys())


def open_counter(look: Look, here: Scene, *, provider: Provider | None = None) -> Counter:
    """The counter on this scene; the caller shows its window."""
    return Counter(
        look, Setup(here.desk, CASHIER, here.around, here.bell, {"simulated": provider} if provider else {}, MENU)
    )


def fill(counter: Counter) -> None:
    """The basket of the reference picture, as far as the shop's rules go today."""
    sell = counter.sell
    for code in (WATER.code, WATER.code, MILK.code, CRISPS.code):
        sell.scan(code)
    sell.step(2, 1)
    sell.step(2, 1)
    sell.edit("discount")
    sell.confirm_edit("7.50", "", "short_dated")
    sell.submit(f"1.256*{APPLES.code}")
    for code in (TISSUE.code, SOY.code):
        sell.scan(code)
    sell.submit(f"6*{COLA.code}")
    sell.edit("price")
    sell.confirm_edit("2.25", "", "price_match")
    sell.attach_member(ALICE.member_id)
    sell.select(2)
