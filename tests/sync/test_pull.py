"""Pulling: what other tills and the owner did arrives once, whole, and in the end alike on both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from storeapp.cloud import feeds
from storeapp.cloud.tables.feeds import feed
from storeapp.domain.ledger import bonus_account, points_account, principal_account
from storeapp.domain.money import Money
from storeapp.domain.product import unit_of
from storeapp.sync import pull, rows
from storeapp.sync.rows import settled
from storeapp.sync.transport import CloudSpeaksGarbage, CloudUnreachable
from storeapp.till import price_lists
from storeapp.till.catalogue import put_products
from storeapp.till.members import SignUp, erase, set_consent, sign_up
from storeapp.till.policies import set_policy
from storeapp.till.ports import Books
from storeapp.till.promotions import end, go_live, put_promotions
from storeapp.till.records import Cursor
from storeapp.till.top_ups import TopUpOrder, top_up
from storeapp.till.value_refunds import PayBackOrder, pay_back
from storeapp.wire.messages import FeedRow
from tests.domain.goods import BAG, CUP, TEA
from tests.fakes.fault_proxy import FaultProxy
from tests.sync.world import Tenant, Till, new_till, path_of

TOKEN = "0G048Q3F2GG4KGM5GJWSPPDZJN"
COUPON = {
    "coupon_id": "0f8fad5b-d9cb-469f-a165-70867728950e",
    "code": "7F3K9Q21",
    "offer_id": "offer-1",
    "amount_fen": 500,
    "min_spend_fen": 0,
    "valid_from": "2026-01-01",
    "valid_until": "2099-12-31",
    "member_id": None,
    "state": "issued",
    "receipt_token": TOKEN,
    "txn_id": "11111111-1111-4111-8111-111111111111",
}


@pytest.fixture
def other(line: FaultProxy, tenant: Tenant) -> Till:
    """A second till of the same store."""
    made = new_till()
    made.join(line.url, tenant.invite("2"))
    return made


def tell(tenant: Tenant, *rows: tuple[str, str, Mapping[str, Any]]) -> None:
    """Rows for the feeds, as the cloud's own programs would add them."""
    told = [feeds.Row(name, type_, body) for name, type_, body in rows]
    tenant.write(lambda connection: feeds.append(connection, tenant.tenant_id, told))


def tell_members(tenant: Tenant, *rows: tuple[str, Mapping[str, Any]]) -> None:
    tell(tenant, *((feeds.members_of(tenant.store_id), type_, body) for type_, body in rows))


def books_of(till: Till) -> Any:
    """Everything the till knows but what concerns the wire."""
    known = dict(vars(till.shop._state))
    return {name: value for name, value in known.items() if name not in ("cursors", "acked", "device")}


def begin_anew(tenant: Tenant) -> None:
    """What the cloud does when it rewrites its feeds."""
    this = feed.c.tenant_id == tenant.tenant_id
    tenant.write(lambda c: c.execute(sa.update(feed).where(this).values(feed_epoch=feed.c.feed_epoch + 1)) and None)


def test_goods_of_one_till_reach_the_other(joined: Till, other: Till) -> None:
    put_products(joined.shop, [TEA, CUP, BAG], clock=joined.clock)
    joined.sync()
    other.sync()
    with other.shop.reading() as books:
        assert list(books.products.every()) == sorted([TEA, CUP, BAG], key=lambda product: product.code)

    dearer = replace(TEA, price=Money(400), member_price=None)
    put_products(joined.shop, [dearer], clock=joined.clock)
    joined.sync()
    other.sync()

    with other.shop.reading() as books:
        assert books.products.by_code(TEA.code) == dearer


def test_goods_that_left_leave_the_other_till_too(joined: Till, tenant: Tenant) -> None:
    put_products(joined.shop, [TEA, CUP], clock=joined.clock)
    joined.sync()
    tell(tenant, (feeds.CATALOG, "product.gone", {"code": TEA.code}))

    joined.sync()

    with joined.shop.reading() as books:
        assert [product.code for product in books.products.every()] == [CUP.code]


def test_a_barcode_that_moves_to_another_product_rings_up_that_one(joined: Till, tenant: Tenant) -> None:
    old, new = "6900000000013", {"code": "0002", "name": "新袋", "price_fen": 50, "barcodes": ["6900000000013"]}
    put_products(joined.shop, [BAG], clock=joined.clock)
    joined.sync()
    tell(tenant, (feeds.CATALOG, "product", new))
    joined.sync()
    with joined.shop.reading() as books:
        assert books.products.owners([old]) == {old: "0002"}
        assert books.products.by_code(BAG.code) == replace(BAG, barcodes=())

    # its code is a product's own, so a barcode may not take it
    tell(tenant, (feeds.CATALOG, "product", {"code": "0003", "name": "冒牌", "price_fen": 1, "barcodes": ["0002"]}))
    joined.sync()

    with joined.shop.reading() as books:
        assert books.products.owners(["0002"]) == {"0002": "0002"}
        assert books.products.by_code("0003") is not None


def test_two_products_with_one_barcode_do_not_stop_the_feed(joined: Till, tenant: Tenant) -> None:
    rows = [{"code": code, "name": code, "price_fen": 1, "barcodes": ["69", code]} for code in ("A1", "B2")]

    tell(tenant, *((feeds.CATALOG, "product", row) for row in rows))
    joined.sync()

    with joined.shop.reading() as books:
        assert books.products.owners(["69", "A1", "B2"]) == {"69": "B2", "A1": "A1", "B2": "B2"}


def test_brands_and_larger_units_reach_every_till(joined: Till, other: Till) -> None:
    tea = replace(TEA, brand="康师傅", cost=Money(200))
    case = unit_of(tea, "箱", 15, Money(4500), barcodes=("6921168509999",))
    put_products(joined.shop, [tea, case], clock=joined.clock)
    joined.sync()
    other.sync()

    with other.shop.reading() as books:
        assert books.products.by_code(TEA.code) == tea
        assert books.products.by_code("6921168509999") == case
    put_products(joined.shop, [replace(tea, name="茶")], clock=joined.clock)
    joined.sync()
    other.sync()
    with other.shop.reading() as books:
        told = books.products.by_code("6921168509999")
        assert told is not None
        assert (told.name, told.base, told.pack) == ("茶（箱×15）", TEA.code, 15)


def test_the_owners_choice_reaches_every_till(joined: Till, other: Till) -> None:
    set_policy(joined.shop, "receipt.footer", "谢谢光临", clock=joined.clock)
    joined.sync()
    other.sync()

    with other.shop.reading() as books:
        assert books.policy.in_force().text("receipt.footer") == "谢谢光临"


def test_a_promotion_reaches_every_till_and_an_older_word_does_not_undo_it(joined: Till, other: Till) -> None:
    put_promotions(
        joined.shop,
        ({"id": "half", "name": "第二件半价", "kind": "nth_percent", "count": 2, "percent_off": 50},),
        clock=joined.clock,
        by="1001",
    )
    go_live(joined.shop, ("half",), clock=joined.clock, by="1001", unreplayed=True)
    joined.sync()
    other.sync()
    end(other.shop, ("half",), clock=other.clock, by="1001")
    other.sync()

    joined.sync()

    with joined.shop.reading() as ours, other.shop.reading() as theirs:
        assert ours.promotions.every() == theirs.promotions.every()
        assert [(word.number, word.state) for word in ours.promotions.history("half")] == [
            (1, "draft"),
            (1, "live"),
            (1, "ended"),
        ]


def test_a_price_list_reaches_every_till_and_an_older_word_does_not_undo_it(joined: Till, other: Till) -> None:
    put_products(joined.shop, [TEA], clock=joined.clock)
    said = {"id": "vip", "name": "会员日", "prices": {TEA.code: 300}, "whom": "members"}
    price_lists.put_price_lists(joined.shop, (said,), clock=joined.clock)
    price_lists.go_live(joined.shop, ("vip",), clock=joined.clock)
    joined.sync()
    other.sync()
    with other.shop.reading() as books:
        assert [each.prices for each in books.price_lists.in_force()] == [{TEA.code: Money(300)}]
    price_lists.end(other.shop, ("vip",), clock=other.clock)
    other.sync()

    joined.sync()

    with joined.shop.reading() as ours, other.shop.reading() as theirs:
        assert ours.price_lists.every() == theirs.price_lists.every()
        assert ours.price_lists.in_force() == ()
        assert [word.state for word in ours.price_lists.history("vip")] == ["draft", "live", "ended"]


def test_a_choice_made_later_is_not_undone_by_an_earlier_one(joined: Till, other: Till, line: FaultProxy) -> None:
    set_policy(other.shop, "receipt.footer", "早", clock=other.clock)
    other.sync()
    set_policy(joined.shop, "receipt.footer", "晚", clock=joined.clock)
    # the later one has not been told yet when the earlier one comes
    line.plan = lambda request: "server_error" if path_of(request) == "/v1/sync/push" else "none"
    with pytest.raises(CloudUnreachable):
        joined.sync()
    line.plan = lambda _request: "none"
    with joined.shop.reading() as books:
        assert books.feeds.cursor("policy") is not None
        assert books.policy.in_force().text("receipt.footer") == "晚"

    joined.sync()
    other.sync()

    with other.shop.reading() as books:
        assert books.policy.in_force().text("receipt.footer") == "晚"


@pytest.mark.parametrize(
    ("key", "value"),
    [("points.per_yuan", -5), ("points.per_yuan", "many"), ("of.tomorrow", 1), ("day.cutoff_hour", 25)],
)
def test_a_choice_this_till_cannot_keep_is_left_out(key: str, value: Any, joined: Till, tenant: Tenant) -> None:
    at = "2026-11-01T00:00:00+08:00"
    tell(
        tenant,
        ("policy", "policy", {"key": key, "value": value, "at": at}),
        ("policy", "policy", {"key": "receipt.footer", "value": "见", "at": at}),
    )

    joined.sync()

    with joined.shop.reading() as books:
        assert books.policy.in_force().values == {"receipt.footer": "见"}


def test_a_member_is_known_at_the_next_till_with_her_points_and_consents(joined: Till, other: Till) -> None:
    alice = sign_up(joined.shop, SignUp("13800000001", "王芳"), cashier="1007", clock=joined.clock, ids=joined.ids)
    joined.sell(cups=1, member_id=alice.member_id)
    set_consent(joined.shop, alice.member_id, purpose="marketing", given=True, clock=joined.clock)
    joined.sync()
    other.sync()

    with other.shop.reading() as books, joined.shop.reading() as hers:
        assert books.members.by_phone("8613800000001") == alice
        assert books.members.consents(alice.member_id) == hers.members.consents(alice.member_id)
        points = books.ledger.balance(points_account(alice.member_id), "pts")
        assert points == hers.ledger.balance(points_account(alice.member_id), "pts") > 0
        assert books.ledger.lots(alice.member_id) == hers.ledger.lots(alice.member_id)


def everything_once(till: Till) -> None:
    """A day with a bit of everything."""
    put_products(till.shop, [TEA, CUP], clock=till.clock)
    set_policy(till.shop, "points.per_yuan", 2, clock=till.clock)
    alice = sign_up(till.shop, SignUp("13800000001", "王芳"), cashier="1007", clock=till.clock, ids=till.ids)
    till.sell(cups=1, member_id=alice.member_id)


def test_our_own_deeds_come_back_and_change_nothing(joined: Till) -> None:
    everything_once(joined)
    before = books_of(joined)

    done = joined.sync()

    assert done.pulled >= 5
    assert books_of(joined) == before


def test_reading_a_feed_again_from_its_beginning_changes_nothing(joined: Till, other: Till, tenant: Tenant) -> None:
    everything_once(joined)
    joined.sync()
    other.sync()
    tell_members(tenant, ("coupon", COUPON), ("opened", {"receipt_token": TOKEN, "at": "2026-11-01T00:00:00+08:00"}))
    other.sync()
    before = books_of(other)

    begin_anew(tenant)
    done = other.sync()

    assert done.pulled >= 7
    assert books_of(other) == before
    assert other.sync().pulled == 0


def test_who_is_forgotten_at_one_till_is_forgotten_at_all(joined: Till, other: Till) -> None:
    everything_once(joined)
    bob = sign_up(joined.shop, SignUp("13800000002", "李强"), cashier="1007", clock=joined.clock, ids=joined.ids)
    joined.sync()
    other.sync()
    with other.shop.reading() as books:
        alice = books.members.by_phone("8613800000001")
    assert alice is not None

    erase(joined.shop, alice.member_id, clock=joined.clock)
    joined.sync()
    other.sync()

    with other.shop.reading() as books:
        assert books.members.by_phone("8613800000001") is None
        assert books.members.by_id(bob.member_id) == bob
        # the books keep what she earned under her opaque id
        assert books.ledger.balance(points_account(alice.member_id), "pts") == 70


def test_what_she_paid_in_at_one_till_is_known_at_the_other(joined: Till, other: Till) -> None:
    set_policy(joined.shop, "stored_value.enabled", True, clock=joined.clock)
    set_policy(joined.shop, "stored_value.rules", "200+50", clock=joined.clock)
    set_policy(joined.shop, "account.joined_most_fen", 500_000, clock=joined.clock)
    alice = sign_up(joined.shop, SignUp("13800000001", "王芳"), cashier="1007", clock=joined.clock, ids=joined.ids)
    top_up(joined.shop, TopUpOrder(alice.member_id, Money(20_000), "cash", "1007"), clock=joined.clock, ids=joined.ids)
    joined.sync()
    other.sync()

    order = PayBackOrder(alice.member_id, "customer", "搬家", "cash", "script")
    back = pay_back(other.shop, order, clock=other.clock, ids=other.ids).doc
    other.sync()
    joined.sync()

    assert (back.money_fen, back.principal_fen, back.bonus_fen) == (20_000, 20_000, 5_000)
    for till in (joined, other):
        with till.shop.reading() as books:
            assert books.ledger.balance(principal_account(alice.member_id), "fen") == 0
            assert books.ledger.balance(bonus_account(alice.member_id), "fen") == 0


def test_what_the_cloud_says_of_a_member_is_older_than_what_we_did_and_have_not_told(
    joined: Till, line: FaultProxy, tenant: Tenant
) -> None:
    alice = sign_up(joined.shop, SignUp("13800000001", "王芳"), cashier="1007", clock=joined.clock, ids=joined.ids)
    joined.sync()
    erase(joined.shop, alice.member_id, clock=joined.clock)
    body = {
        "member_id": alice.member_id,
        "phone": "13800000001",
        "name": "王芳",
        "joined_at": alice.joined_at,
        "tier": "",
    }
    tell_members(tenant, ("member", body))
    line.plan = lambda request: "server_error" if path_of(request) == "/v1/sync/push" else "none"

    with pytest.raises(CloudUnreachable):
        joined.sync()

    with joined.shop.reading() as books:
        assert books.members.by_id(alice.member_id) is None


def test_what_only_this_till_knows_of_a_member_stays(joined: Till, tenant: Tenant) -> None:
    alice = sign_up(joined.shop, SignUp("13800000001", "王芳"), cashier="1007", clock=joined.clock, ids=joined.ids)
    joined.sync()
    with joined.shop.writing() as books:
        books.members.put(replace(alice, birthday="05-06", note="左撇子"))
    body = {"member_id": alice.member_id, "phone": "13800000001", "name": "王方", "joined_at": alice.joined_at}
    tell_members(tenant, ("member", body | {"tier": "gold"}))

    joined.sync()

    with joined.shop.reading() as books:
        assert books.members.by_id(alice.member_id) == replace(
            alice, name="王方", tier="gold", birthday="05-06", note="左撇子"
        )


def test_a_phone_two_tills_signed_up_is_one_member_at_both_with_all_her_points(joined: Till, other: Till) -> None:
    first = sign_up(joined.shop, SignUp("13800000001", "王芳"), cashier="1007", clock=joined.clock, ids=joined.ids)
    second = sign_up(other.shop, SignUp("13800000001", "王"), cashier="1007", clock=other.clock, ids=other.ids)
    earned = joined.sell(member_id=first.member_id).sale.points_earned
    earned += other.sell(member_id=second.member_id).sale.points_earned

    for till in (joined, other, joined):
        till.sync()

    for till in (joined, other):
        with till.shop.reading() as books:
            # whoever joined first stays, and neither till's sale is lost
            found = books.members.by_phone("8613800000001")
            assert found is not None
            assert (found.member_id, found.name) == (first.member_id, "王芳")
            assert books.members.merged() == {second.member_id: first.member_id}
            assert books.ledger.balance(points_account(first.member_id), "pts") == earned > 0
            assert books.ledger.balance(points_account(second.member_id), "pts") == 0


def test_a_coupon_comes_down_and_one_redeemed_here_stays_so_until_the_cloud_has_heard(
    joined: Till, tenant: Tenant
) -> None:
    tell_members(tenant, ("coupon", COUPON))
    joined.sync()
    joined.sell(coupons=("7F3K9Q21",))
    tell_members(tenant, ("coupon", COUPON))

    with closing(joined.client()) as client:
        pull.pull(joined.shop, client)

    with joined.shop.reading() as books:
        coupon = books.coupons.by_code("7F3K9Q21")
        assert coupon is not None
        assert coupon.state == "redeemed"


def test_the_first_look_at_a_page_is_noted(joined: Till, tenant: Tenant) -> None:
    at, later = "2026-11-01T00:00:00+08:00", "2026-11-02T00:00:00+08:00"
    tell_members(
        tenant,
        ("opened", {"receipt_token": TOKEN, "at": at}),
        ("opened", {"receipt_token": TOKEN, "at": later}),
    )

    joined.sync()

    with joined.shop.reading() as books:
        assert books.feeds.opened() == {TOKEN: at}


def test_rows_of_a_newer_cloud_are_passed_over(joined: Till, tenant: Tenant) -> None:
    tell_members(tenant, ("hologram", {"x": 1}), ("opened", {"receipt_token": TOKEN, "at": "2026-11-01T00:00:00Z"}))

    assert joined.sync().pulled == 2

    with joined.shop.reading() as books:
        assert TOKEN in books.feeds.opened()


Falsify = Callable[[Any], Any]
BROKEN: dict[str, Falsify] = {
    "gap": lambda said: said | {"rows": said["rows"][1:]},
    "swapped": lambda said: said | {"rows": said["rows"][::-1]},
    "cut": lambda said: said | {"rows": said["rows"][:-1]},
    "sum": lambda said: said | {"sum": "00" * 32},
    "price": lambda said: said | {"rows": [_priced(row, 1) for row in said["rows"]]},
    "shape": lambda said: said | {"rows": "many"},
    "head": lambda said: said | {"head": said["head"] + 1, "to": said["to"] + 1},
    "other": lambda said: {"hello": "world"},
    "list": lambda said: [said],
}


def _priced(row: dict[str, Any], fen: int) -> dict[str, Any]:
    return row | {"body": row["body"] | {"price_fen": fen}} if row["t"] == "product" else row


@pytest.mark.parametrize("how", BROKEN)
def test_of_a_page_that_is_not_right_nothing_is_used(how: str, joined: Till, other: Till, line: FaultProxy) -> None:
    put_products(other.shop, [TEA, CUP, BAG], clock=other.clock)
    other.sync()
    before = books_of(joined)
    is_catalog = b"feed=catalog"
    line.falsify = lambda request, said: BROKEN[how](said) if is_catalog in request.partition(b"\r\n")[0] else said

    with pytest.raises(CloudSpeaksGarbage):
        joined.sync()

    assert books_of(joined) | {"entries": ()} == before | {"entries": ()}
    with joined.shop.reading() as books:
        assert books.feeds.cursor("catalog") is None
    line.falsify = None
    joined.sync()
    with joined.shop.reading() as books:
        assert books.products.count() == 3


@pytest.mark.parametrize(
    ("type_", "body"),
    [
        ("ledger", {"txn_id": "x", "kind": "sale", "at": "2026-11-01T00:00:00Z"}),
        (
            "ledger",
            {
                "txn_id": "x",
                "kind": "sale",
                "at": "2026-11-01T00:00:00Z",
                "legs": [{"account": "pts:a", "unit": "pts", "amount": 5}],
            },
        ),
        ("coupon", COUPON | {"amount_fen": 1.5}),
        ("coupon", COUPON | {"state": "eaten"}),
        ("member", {"phone": "13800000001"}),
    ],
)
def test_a_row_that_breaks_its_promise_holds_up_its_feed_alone(
    type_: str, body: dict[str, Any], joined: Till, tenant: Tenant
) -> None:
    tell_members(tenant, ("opened", {"receipt_token": TOKEN, "at": "2026-11-01T00:00:00Z"}), (type_, body))
    joined.sell()

    with pytest.raises(CloudSpeaksGarbage):
        joined.sync()

    assert joined.acked() == joined.head()
    with joined.shop.reading() as books:
        assert books.feeds.opened() == {}


def test_a_sale_that_cost_nothing_has_no_legs_and_holds_nothing_up(joined: Till, tenant: Tenant) -> None:
    tell_members(tenant, ("ledger", {"txn_id": "x", "kind": "sale", "at": "2026-11-01T00:00:00Z", "legs": []}))

    joined.sync()

    with joined.shop.reading() as books:
        assert books.ledger.txn("x") is not None


def test_a_member_with_an_impossible_phone_is_left_out(joined: Till, tenant: Tenant) -> None:
    tell_members(tenant, ("member", {"member_id": "m", "phone": "12", "name": "?", "joined_at": "", "tier": ""}))

    assert joined.sync().pulled == 1

    with joined.shop.reading() as books:
        assert books.members.count() == 0


def test_a_cloud_that_forgot_rows_is_read_again_from_the_beginning(joined: Till, other: Till, line: FaultProxy) -> None:
    put_products(other.shop, [TEA], clock=other.clock)
    other.sync()
    joined.sync()
    with joined.shop.writing() as books:
        held = books.feeds.cursor("catalog")
        assert held is not None
        books.feeds.move(replace(held, sum="11" * 32))

    joined.sync()

    with joined.shop.reading() as books:
        assert books.feeds.cursor("catalog") == held


class Struck(Exception):
    """The power went."""


def strike_at(till: Till, commit: int) -> None:
    """The power goes just before that writing block commits."""
    count = 0
    shop = till.shop
    calm = shop.writing

    @contextmanager
    def writing() -> Iterator[Books]:
        nonlocal count
        with calm() as books:
            yield books
            count += 1
            if count == commit:
                raise Struck

    shop.writing = writing


def calm_again(till: Till) -> None:
    del till.shop.writing


def many_goods(till: Till) -> None:
    goods = [replace(TEA, code=f"T{n:03}", price=Money(100 + n)) for n in range(250)]
    put_products(till.shop, goods, clock=till.clock)


def pull_through_power_cuts(till: Till) -> int:
    """Pulls with the power going at the first, second, third... commit; how often it went."""
    for commit in range(1, 50):
        strike_at(till, commit)
        client = till.client()
        try:
            pull.pull(till.shop, client)
        except Struck:
            continue
        finally:
            client.close()
            calm_again(till)
        return commit - 1
    raise AssertionError("never came through")


def test_power_cuts_while_reading_lose_no_row(joined: Till, other: Till) -> None:
    many_goods(other)
    other.sync()

    assert pull_through_power_cuts(joined) >= 2

    with joined.shop.reading() as ours, other.shop.reading() as theirs:
        assert list(ours.products.every()) == list(theirs.products.every())


def test_mutant_a_cursor_saved_apart_from_its_rows_loses_some(
    joined: Till, other: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cursor_first(shop: Any, reading: Any, _standing: Any, *, now: Any) -> bool:
        with shop.writing() as books:
            books.feeds.move(reading.end)
        with shop.writing() as books:
            rows.apply(books, reading.rows, pull._own_work(shop), now=now)
        return True

    monkeypatch.setattr(pull, "_write", cursor_first)
    many_goods(other)
    other.sync()

    pull_through_power_cuts(joined)

    with joined.shop.reading() as ours:
        assert ours.products.count() < 250, "the test above tells the mutant from the real thing"


def test_an_old_price_is_never_in_force_while_the_history_is_read(
    joined: Till, line: FaultProxy, tenant: Tenant
) -> None:
    for fen in (300, 400, 500):
        put_products(joined.shop, [replace(TEA, price=Money(fen), member_price=None)], clock=joined.clock)
    many_goods(joined)
    seen: set[int] = set()
    calm = joined.shop.writing

    @contextmanager
    def watched() -> Iterator[Books]:
        with calm() as books:
            yield books
            tea = books.products.by_code(TEA.code)
            seen.add(0 if tea is None else tea.price.fen)

    joined.shop.writing = watched
    joined.sync()
    begin_anew(tenant)
    joined.sync()

    assert seen == {500}


def test_rows_say_at_once_what_the_last_one_says() -> None:
    def row(seq: int, type_: str, **body: Any) -> FeedRow:
        return FeedRow(seq=seq, t=type_, v=1, body=body)

    rows = [
        row(1, "product", code="a", price_fen=1),
        row(2, "ledger", txn_id="x"),
        row(3, "product", code="b", price_fen=9),
        row(4, "product.gone", code="a"),
        row(5, "ledger", txn_id="y"),
    ]

    assert settled(rows) == [
        row(1, "product.gone", code="a"),
        row(2, "ledger", txn_id="x"),
        row(3, "product", code="b", price_fen=9),
        row(4, "product.gone", code="a"),
        row(5, "ledger", txn_id="y"),
    ]


def test_a_cursor_somebody_else_moved_is_not_moved_back(joined: Till, other: Till) -> None:
    put_products(other.shop, [TEA], clock=other.clock)
    other.sync()
    client = joined.client()
    reading = pull._read_ahead(client, Cursor("catalog", 0, 0, "00" * 32))
    with joined.shop.writing() as books:
        books.feeds.move(Cursor("catalog", 1, 7, "22" * 32))

    assert not pull._write(joined.shop, reading, None, now=joined.clock.now())

    client.close()
    with joined.shop.reading() as books:
        assert books.products.count() == 0
        assert books.feeds.cursor("catalog") == Cursor("catalog", 1, 7, "22" * 32)


def test_an_answer_of_the_receipts_page_reaches_the_till_and_a_broken_one_stops_nothing(
    joined: Till, tenant: Tenant
) -> None:
    at = "2026-11-01T00:00:00+00:00"
    alice = sign_up(joined.shop, SignUp("13800000001", "王芳"), cashier="1007", clock=joined.clock, ids=joined.ids)
    joined.sync()
    good = {"receipt_token": TOKEN, "mark": 2, "words": "排队太久", "at": at, "member_id": alice.member_id}
    tell_members(
        tenant,
        ("feedback", good | {"receipt_token": "other", "mark": 9}),
        ("feedback", good),
        ("feedback", good | {"receipt_token": "gone", "member_id": "nobody-here"}),
    )

    joined.sync()

    with joined.shop.reading() as books:
        found = {said.token: (said.mark, said.words) for said in books.feedback.latest()}
    assert found == {TOKEN: (2, "排队太久"), "gone": (2, "")}
