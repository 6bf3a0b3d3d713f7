"""Importing: what a sheet would change is told first, and a sheet with faults changes nothing."""

import pytest

from storeapp.domain.capture import STANDALONE_VERSION, CaptureKey
from storeapp.domain.ledger import Leg, bonus_account, points_account, principal_account
from storeapp.till import member_import, product_import
from storeapp.till.members_sheet import read_members
from storeapp.till.products_sheet import read_products
from storeapp.till.records import Device
from storeapp.till.sheet_files import rows_of
from storeapp.till.sheets import BadRows
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock

CLOCK = StillClock()


@pytest.fixture
def ids() -> CountedIds:
    return CountedIds()


@pytest.fixture
def shop(ids: CountedIds) -> MemoryShop:
    key = CaptureKey(STANDALONE_VERSION, 0, 7, b"k" * 32)
    return MemoryShop(Device(ids.new(), 1, "S01", "1", ids.new(), (key,)), ids=ids)


def plan_products(shop: MemoryShop, text: str) -> product_import.Plan:
    with shop.reading() as books:
        return product_import.plan(books, read_products(rows_of(text.encode())))


def import_products(shop: MemoryShop, text: str, *, skip_bad: bool = False) -> int:
    return product_import.carry_out(shop, plan_products(shop, text), clock=CLOCK, skip_bad=skip_bad)


def plan_members(shop: MemoryShop, text: str) -> member_import.MemberPlan:
    with shop.reading() as books:
        return member_import.plan(books, read_members(rows_of(text.encode()), now=CLOCK.now()))


def test_a_sheet_becomes_the_catalogue_and_the_journal_tells(shop: MemoryShop):
    written = import_products(shop, "code,name,price,barcodes\n001,茶,3.50,6901234567892\n002,水,1,\n")

    with shop.reading() as books:
        tea = books.products.by_code("6901234567892")
        events = books.journal.after(0)
    assert written == 2
    assert tea is not None
    assert (tea.code, tea.price.fen) == ("001", 350)
    assert [event.type for event in events] == ["catalogue.changed"]


def test_a_fault_changes_nothing_unless_bad_rows_are_skipped(shop: MemoryShop):
    text = "code,name,price\n1,茶,3\n2,水,-1\n"

    with pytest.raises(BadRows) as refused:
        import_products(shop, text)
    with shop.reading() as books:
        assert books.products.count() == 0
    assert refused.value.count == 1

    assert import_products(shop, text, skip_bad=True) == 1
    with shop.reading() as books:
        assert books.products.by_code("1") is not None


def test_the_same_sheet_again_is_no_change(shop: MemoryShop):
    text = "code,name,price,barcodes,weighed\n1,茶,3,111;222,是\n"
    import_products(shop, text)

    planned = plan_products(shop, text)

    assert (planned.new, planned.changed, planned.same) == ((), (), 1)
    assert import_products(shop, text) == 0


def test_the_plan_tells_what_each_product_was_and_will_be(shop: MemoryShop):
    import_products(shop, "code,name,price\n1,茶,3\n2,水,1\n")

    planned = plan_products(shop, "code,name,price\n1,茶,3.50\n2,水,1\n3,酒,9\n")

    assert [product.code for product in planned.new] == ["3"]
    assert [(change.product.code, change.fields) for change in planned.changed] == [("1", (("price_fen", 300, 350),))]
    assert planned.same == 1


def test_a_price_list_keeps_what_it_does_not_speak_of(shop: MemoryShop):
    import_products(shop, "code,name,price,category,barcodes,member_price,stock,weighed\n1,茶,3,饮料,111,2.5,7,是\n")

    import_products(shop, "code,name,price\n1,茶,4\n")

    with shop.reading() as books:
        tea = books.products.by_code("111")
    assert tea is not None
    assert (tea.price.fen, tea.category, tea.stock_milli, tea.weighed) == (400, "饮料", 7000, True)
    assert tea.member_price is not None
    assert tea.member_price.fen == 250


def test_a_barcode_of_another_product_is_refused_unless_the_sheet_takes_it_away_there(shop: MemoryShop):
    import_products(shop, "code,name,price,barcodes\n1,茶,3,111\n")

    fault = plan_products(shop, "code,name,price,barcodes\n2,水,1,111\n").faults[0]
    moved = plan_products(shop, "code,name,price,barcodes\n2,水,1,111\n1,茶,3,\n")

    assert (fault.row, fault.column, fault.reason, fault.other) == (2, "barcodes", "barcode_taken", "1")
    assert moved.faults == ()
    assert product_import.carry_out(shop, moved, clock=CLOCK) == 2
    with shop.reading() as books:
        water = books.products.by_code("111")
    assert water is not None
    assert water.code == "2"


def test_a_kept_barcode_is_not_lost_to_another_row(shop: MemoryShop):
    import_products(shop, "code,name,price,barcodes\n1,茶,3,111\n")

    planned = plan_products(shop, "code,name,price\n1,茶,4\n111,水,1\n")

    assert [(fault.row, fault.reason) for fault in planned.faults] == [(3, "duplicate")]


MEMBERS = """手机,姓名,积分,储值,赠金,同意,标签,备注,入会日期,生日,等级
13800000001,王芳,"1,280",500.00,50.5,是,老客,坐轮椅,2024-05-01,3月8日,金卡
13800000002,,0,,,,,,,,
13800000003,李雷,20,0.01,0,否,,,,,
"""


def test_members_enter_with_their_balances_and_the_sums_are_proven(shop: MemoryShop, ids: CountedIds):
    proof = member_import.carry_out(shop, plan_members(shop, MEMBERS), clock=CLOCK, ids=ids)

    with shop.reading() as books:
        alice = books.members.by_phone("8613800000001")
        assert alice is not None
        balance = books.ledger.balance
        assert balance(points_account(alice.member_id), "pts") == 1280
        assert balance(principal_account(alice.member_id), "fen") == 50_000
        assert balance(bonus_account(alice.member_id), "fen") == 5_050
        assert balance(member_import.OPENING, "fen") == -55_051
        consents = {consent.purpose: consent.given for consent in books.members.consents(alice.member_id)}
        events = [entry.type for entry in books.journal.after(0)]
        tags = books.layers.tags_of(alice.member_id)
    assert (alice.tier, alice.birthday, alice.note, tags) == ("金卡", "03-08", "坐轮椅", ("老客",))
    assert alice.joined_at == "2024-05-01T00:00:00+08:00"
    assert consents == {"membership": True, "marketing": True}
    assert events == ["member.joined", "ledger.posted", "member.joined", "member.joined", "ledger.posted"]
    assert proof == member_import.Proof(3, proof.file, proof.file)
    assert proof.file == member_import.Sums(1300, 50_001, 5_050)


@pytest.mark.parametrize(
    ("total", "faults"),
    [
        ("合计,,1300,500.01,50.5", []),
        (' 总计：,,"1,300",,', []),
        ("Total,3 members,1300,,50.50", []),
        ("合计,,1301,500.01,50.5", [("积分", "1301", "1300")]),
        ("合计,,1300,500.02,50", [("储值", "500.02", "500.01"), ("赠金", "50", "50.50")]),
        (",合计,1299,500.01,50.5", [("积分", "1299", "1300")]),
    ],
)
def test_a_sheet_whose_own_sum_differs_is_refused(
    shop: MemoryShop, ids: CountedIds, total: str, faults: list[tuple[str, str, str]]
):
    planned = plan_members(shop, f"{MEMBERS}{total},,,,,,\n")

    assert [(fault.column, fault.value, fault.other) for fault in planned.faults] == faults
    assert {fault.reason for fault in planned.faults} <= {"sum_differs"}
    assert len(planned.new) == 3
    if faults:
        with pytest.raises(BadRows):
            member_import.carry_out(shop, planned, clock=CLOCK, ids=ids)
        with shop.reading() as books:
            assert books.members.count() == 0


def test_a_sum_is_not_compared_where_a_row_cannot_be_read(shop: MemoryShop):
    planned = plan_members(shop, "手机,积分\n13800000001,5\n13800000002,五\n合计,10\n")

    assert [fault.reason for fault in planned.faults] == ["not_a_number"]


def test_who_stands_twice_counts_in_the_sheets_sum_as_the_sheet_counts_her(shop: MemoryShop):
    planned = plan_members(shop, "手机,积分\n13800000001,5\n13800000001,5\n合计,10\n")

    assert [fault.reason for fault in planned.faults] == ["duplicate"]


def test_a_member_known_already_is_a_fault_so_that_nothing_is_booked_twice(shop: MemoryShop, ids: CountedIds):
    member_import.carry_out(shop, plan_members(shop, MEMBERS), clock=CLOCK, ids=ids)

    again = plan_members(shop, MEMBERS)

    assert [fault.reason for fault in again.faults] == ["member_exists"] * 3
    with pytest.raises(BadRows):
        member_import.carry_out(shop, again, clock=CLOCK, ids=ids)
    assert member_import.carry_out(shop, again, clock=CLOCK, ids=ids, skip_bad=True).members == 0


def test_a_balance_that_goes_missing_stops_the_import(
    shop: MemoryShop, ids: CountedIds, monkeypatch: pytest.MonkeyPatch
):
    # a mutant that loses the bonus on its way into the book
    def forgetful(member_id: str, row: object) -> tuple[Leg, ...]:
        return (Leg(points_account(member_id), "pts", 1), Leg(member_import.OPENING, "pts", -1))

    monkeypatch.setattr(member_import, "_opening_legs", forgetful)

    with pytest.raises(member_import.BalancesDiffer):
        member_import.carry_out(shop, plan_members(shop, MEMBERS), clock=CLOCK, ids=ids)

    with shop.reading() as books:
        assert books.members.count() == 0
