"""The shop that is measured: a real encrypted file with as many goods and members as asked for."""

from __future__ import annotations

import contextlib
import gc
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from storeapp.database.books import OpenBooks
from storeapp.database.keystore import DATABASE_KEY, Keystore, best_keystore, key_of
from storeapp.database.shop import ShopDatabase
from storeapp.database.work import Sql, Work
from storeapp.domain.member import Consent, Member
from storeapp.domain.money import Money
from storeapp.domain.product import Product
from storeapp.till.catalogue import put_products
from storeapp.till.clock import RandomIds, SystemClock
from storeapp.till.members import enter
from storeapp.till.new_shop import new_device

BATCH = 2_000
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红玲飞鑫波斌宇浩凯健俊帆雪荣爱梅琳"
BRANDS = (
    "农夫山泉",
    "蒙牛",
    "乐事",
    "海天",
    "维达",
    "统一",
    "康师傅",
    "旺旺",
    "金龙鱼",
    "立白",
    "蓝月亮",
    "伊利",
    "三只松鼠",
    "良品铺子",
)
THINGS = (
    "饮用天然水",
    "纯牛奶",
    "薯片原味",
    "金标生抽",
    "超韧抽纸",
    "绿茶",
    "红烧牛肉面",
    "雪饼",
    "调和油",
    "洗洁精",
    "洗衣液",
    "酸奶",
    "坚果礼盒",
    "猪肉脯",
)
SIZES = ("250ml", "500ml", "1L", "75g", "120g", "250ml×12", "5kg", "3层100抽×6", "散称", "家庭装")

Write = tuple[str, list[Any]]


@dataclass
class Recorder:
    """What was written, transaction by transaction, for the floor to write again."""

    transactions: list[list[Write]] = field(default_factory=list)
    is_on: bool = False


class RecordingWork(Work):
    """Notes every statement that writes."""

    def __init__(self, work: Work, writes: list[Write]) -> None:
        super().__init__(work._connection)
        self._writes = writes

    def run(self, sql: Sql, **values: Any) -> None:
        self._writes.append((sql.text, [sql.row(values)]))
        super().run(sql, **values)

    def one(self, sql: Sql, **values: Any) -> Any:
        # a statement may write and answer what it wrote
        if not sql.text.startswith("SELECT"):
            self._writes.append((sql.text, [sql.row(values)]))
        return super().one(sql, **values)

    def many(self, sql: Sql, rows: Any) -> None:
        self._writes.append((sql.text, [sql.row(row) for row in rows]))
        super().many(sql, rows)


class MeasuredShop(ShopDatabase):
    """A shop whose transactions can be recorded."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self.recorder = Recorder()
        super().__init__(*given, **named)

    def _books(self, work: Work) -> OpenBooks:
        if not self.recorder.is_on:
            return super()._books(work)
        writes: list[Write] = []
        self.recorder.transactions.append(writes)
        return super()._books(RecordingWork(work, writes))


@dataclass(frozen=True, slots=True)
class Measured:
    """A shop to measure, what is in it, and its database key."""

    folder: Path
    shop: MeasuredShop
    clock: SystemClock
    ids: RandomIds
    keystore: Keystore
    codes: tuple[str, ...]
    phones: tuple[str, ...]
    member_ids: tuple[str, ...]

    @property
    def key(self) -> bytes:
        return key_of(self.keystore, DATABASE_KEY)


@contextmanager
def measured_shop(folder: Path, *, products: int, members: int, is_demo: bool = False) -> Iterator[Measured]:
    """A shop with that many goods and members; always the same ones."""
    clock, ids, keystore, chance = SystemClock(), RandomIds(), best_keystore(folder), random.Random(7)
    device = new_device(ids, store="S01", till="1", is_demo=is_demo)
    made = MeasuredShop.create(folder, device=device, clock=clock, ids=ids, keystore=keystore)
    assert isinstance(made, MeasuredShop)
    with contextlib.closing(made):
        goods = [_product(number, chance) for number in range(products)]
        for start in range(0, products, BATCH):
            put_products(made, goods[start : start + BATCH], clock=clock)
        people = [_member(number, ids, clock, chance) for number in range(members)]
        for start in range(0, members, BATCH):
            with made.writing() as books:
                for member in people[start : start + BATCH]:
                    said = Consent("membership", "2026-11", True, "import", member.joined_at)
                    enter(books, member, (said,), cashier="1007")
        made.checkpoint()
        codes, phones = tuple(product.code for product in goods), tuple(member.phone for member in people)
        measured = Measured(folder, made, clock, ids, keystore, codes, phones, tuple(one.member_id for one in people))
        del goods, people
        with _all_stays():
            yield measured


@contextmanager
def kept_shop(folder: Path, *, products: int, members: int) -> Iterator[Measured]:
    """The shop `measured_shop` left in `folder`, with the goods and members it was asked for then."""
    clock, ids, keystore = SystemClock(), RandomIds(), best_keystore(folder)
    found = MeasuredShop.open(folder, clock=clock, ids=ids, keystore=keystore)
    assert isinstance(found, MeasuredShop)
    with contextlib.closing(found):
        phones = tuple(map(_phone, range(members)))
        with found.reading() as books:
            people = [member.member_id for member in map(books.members.by_phone, phones) if member is not None]
        codes = tuple(map(_code, range(products)))
        with _all_stays():
            yield Measured(folder, found, clock, ids, keystore, codes, phones, tuple(people))


@contextmanager
def _all_stays() -> Iterator[None]:
    """The collector leaves alone what is there by now, as in an open till."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _product(number: int, chance: random.Random) -> Product:
    name = f"{chance.choice(BRANDS)} {chance.choice(THINGS)} {chance.choice(SIZES)} {number}"
    price = Money(chance.randint(50, 20_000))
    return Product(_code(number), name, price, unit="件", category=THINGS[number % len(THINGS)])


def _member(number: int, ids: RandomIds, clock: SystemClock, chance: random.Random) -> Member:
    name = chance.choice(SURNAMES) + "".join(chance.choice(GIVEN) for _ in range(chance.randint(1, 2)))
    return Member(ids.new(), _phone(number), name, clock.now().isoformat())


def _code(number: int) -> str:
    return f"{6900000000000 + number}"


def _phone(number: int) -> str:
    return f"86138{number:08d}"
