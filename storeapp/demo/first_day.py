"""The first day: strangers buy, one signs up, receipts go out with a code, and some are scanned."""

from __future__ import annotations

from dataclasses import dataclass

from storeapp.demo import cashier, drawer
from storeapp.demo.album import Album
from storeapp.demo.cast import Cast
from storeapp.demo.faults import DemoBroke
from storeapp.demo.stage import Stage

WATER, TEA, COLA, MILK, YOGHURT = "6900037000131", "6900111000132", "6900259000131", "6900333000132", "6900333000521"
CRISPS, TISSUE, SOY, BATTERIES = "6900666000137", "6900999000132", "6901221000135", "6901147000134"
SOYMILK, EGG, BUN, LATTE, LUNCH, RICEBALL = "101", "102", "103", "118", "116", "112"
APPLES, BANANAS = "2100123", "2100124"
LIN = ("13900000021", "林小满")
# a member of the shop already, who had never scanned a receipt
SHOPPER_PHONE = "13800000001"


@dataclass(frozen=True, slots=True)
class Loop:
    """How far the shoppers came: the coupon of the one who joined, and of one who did not."""

    joined: str
    stranger: str


def play(cast: Cast, album: Album) -> Loop:
    stage = cast.stage
    _open(stage, album)
    _breakfast(stage, album)
    _noon(stage, album)
    _afternoon(stage, album)
    loop = _evening(cast, album)
    stage.at("21:40")
    drawer.close(stage, album, missing_fen=100)
    stage.back()
    stage.synced()
    return loop


def _open(stage: Stage, album: Album) -> None:
    stage.at("07:48")
    stage.expect("SignInPage", "the morning")
    album.counter("sign-in")
    cashier.sign_in(stage, "1007", "1007", meanwhile=lambda: album.counter("shift-open"))
    stage.synced()
    album.counter("sell-empty")
    album.customer("idle")


def _breakfast(stage: Stage, album: Album) -> None:
    for clock, codes, handed in (
        ("07:55", (SOYMILK, EGG, EGG), "10"),
        ("08:06", (LATTE, BUN), ""),
        ("08:14", (SOYMILK, BUN, BUN, EGG), "20"),
        ("08:31", (MILK, RICEBALL), "50"),
    ):
        stage.at(clock)
        cashier.ring(stage, *codes)
        cashier.cash(stage, handed)
    stage.at("08:40")
    cashier.ring(stage, LATTE)
    cashier.by_code(stage, meanwhile=lambda: album.counter("pay-code"))
    stage.at("09:12")
    cashier.ring(stage, YOGHURT, f"1.256*{APPLES}")
    cashier.by_hand(stage, meanwhile=lambda: album.counter("pay-by-hand"))


def _noon(stage: Stage, album: Album) -> None:
    stage.at("11:38")
    cashier.ring(stage, LUNCH, TEA)
    cashier.sign_up(stage, *LIN, meanwhile=lambda: album.counter("sign-up"))
    album.counter("signed-up")
    cashier.by_code(stage)
    for clock, codes in (
        ("11:52", (LUNCH, COLA)),
        ("12:04", ("115", TEA)),
        ("12:09", ("114", LATTE)),
        ("12:27", (LUNCH, "120")),
    ):
        stage.at(clock)
        cashier.ring(stage, *codes)
        cashier.by_code(stage)


def _afternoon(stage: Stage, album: Album) -> None:
    stage.at("15:20")
    cashier.ring(stage, WATER, WATER, CRISPS)
    cashier.by_hand(stage)
    stage.at("16:45")
    cashier.ring(stage, BATTERIES, COLA)
    cashier.cash(stage, "100")
    stage.at("17:10")
    drawer.to_the_safe(stage, album)


def _evening(cast: Cast, album: Album) -> Loop:
    stage = cast.stage
    stage.at("18:22")
    cashier.ring(stage, TISSUE, SOY, f"0.872*{BANANAS}", COLA, COLA)
    cashier.cash(stage, "100", meanwhile=lambda: album.counter("pay-cash"))
    stage.expect("PaperSheet", "the paper after the sale")
    album.counter("paid")
    album.customer("paid")
    joined = scan_and_claim(cast, then_join=True)
    stage.at("18:41")
    cashier.ring(stage, LUNCH, COLA)
    cashier.by_code(stage)
    stage.printed()
    stranger = scan_and_claim(cast, then_join=False)
    stage.at("19:30")
    cashier.ring(stage, WATER, BUN)
    cashier.by_code(stage)
    stage.printed()
    # one more only looks
    stage.synced()
    cast.phone.scan(stage.receipts()[-1])
    return Loop(joined, stranger)


def scan_and_claim(cast: Cast, *, then_join: bool) -> str:
    """The shopper scans the last receipt at home, and the till hears of it; her coupon's code."""
    stage, phone = cast.stage, cast.phone
    qr = stage.receipts()[-1]
    stage.synced()
    claimed = phone.claim(qr, phone.scan(qr))
    if not claimed.coupon:
        raise DemoBroke("the claimed page shows no coupon")
    if then_join:
        phone.join(qr, claimed, SHOPPER_PHONE)

    def is_here() -> bool:
        with stage.till.shop.reading() as books:
            coupon = books.coupons.by_code(claimed.coupon)
        return coupon is not None and (coupon.member_id is not None) == then_join

    stage.synced(is_here)
    return claimed.coupon
