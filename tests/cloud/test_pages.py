"""The pages: what a shopper's phone is shown, and what it never is."""

import re

import pytest
import sqlalchemy as sa

from storeapp.cloud.tables.members import consent, member
from storeapp.cloud.tables.offers import claim, coupon
from storeapp.cloud.tables.sales import receipt, receipt_open
from storeapp.domain.referral import code_of, spoken
from tests.cloud.tills import coupon_use, sale_body

ZH = {"accept-language": "zh-CN,zh;q=0.9,en;q=0.5"}
EN = {"accept-language": "en-GB,en;q=0.9"}


@pytest.fixture
def till(shop):
    till = shop.till()
    till.make_offer()
    return till


@pytest.fixture
def statements(shop):
    """The statements sent from here on."""
    heard = []

    def listen(_connection, _cursor, statement, *_):
        heard.append(statement)

    sa.event.listen(shop.cloud.database.engine, "before_cursor_execute", listen)
    yield heard
    sa.event.remove(shop.cloud.database.engine, "before_cursor_execute", listen)


def open_page(shop, token, headers=EN):
    return shop.client.get(f"/{token}", headers=headers)


def tap(shop, token, page="a1b2c3"):
    """Taps on "claim" and follows to the page of the scan."""
    answer = shop.client.post(f"/{token}/claim", data={"page": page}, headers=EN)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].rsplit("/", 1)[-1]


def result(shop, scan, headers=EN):
    return shop.client.get(f"/c/{scan}", headers=headers)


def join(shop, token, scan, phone="13800000001", **boxes):
    said = {"phone": phone, "scan": scan, "membership": "yes"} | boxes
    return shop.client.post(f"/{token}/join", data=said, headers=EN)


def sold(till, **more):
    body = till.sale(**more)
    assert till.push().status_code == 200
    return body["token"]


def test_a_known_receipt_shows_store_time_and_total_and_hides_its_number(shop, till):
    token = sold(till, fen=8213)

    page = open_page(shop, token)

    assert page.status_code == 200
    assert "王记杂货" in page.text
    assert "¥82.13" in page.text
    assert "2026-09-28 11:53" in page.text
    assert "S01-1-20260928-0001" not in page.text
    assert "S01-1-…01" in page.text
    assert "绿茶" not in page.text


def test_the_page_speaks_chinese_unless_asked_for_english(shop, till):
    token = sold(till)

    assert 'lang="zh-CN"' in open_page(shop, token, {}).text
    assert 'lang="zh-CN"' in open_page(shop, token, ZH).text
    assert 'lang="zh-CN"' in open_page(shop, token, {"accept-language": "fr,de"}).text
    assert 'lang="en"' in open_page(shop, token, EN).text
    assert "小票" in open_page(shop, token, ZH).text


def test_nothing_is_loaded_run_or_kept(shop, till):
    answer = open_page(shop, sold(till))

    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "<script" not in answer.text
    assert not re.search(r'(?:src|href)="(?!data:)', answer.text)
    assert "style=" not in answer.text


def test_a_genuine_receipt_that_has_not_arrived_is_on_its_way(shop, till):
    till.push()
    token = till.token()

    waiting = open_page(shop, token)
    till.sale(8213, token=token)
    till.push()

    assert waiting.status_code == 200
    assert "on its way" in waiting.text
    assert 'http-equiv="refresh"' in waiting.text
    assert "¥82.13" in open_page(shop, token).text


def test_a_receipt_that_does_not_arrive_for_days_says_so(shop, till):
    token = till.token()
    shop.clock.advance(days=5)

    page = open_page(shop, token)

    assert "has not arrived" in page.text
    assert 'http-equiv="refresh"' not in page.text


def test_a_sale_taken_back_offers_nothing(shop, till):
    token = sold(till)
    void = sa.update(receipt).where(receipt.c.tenant_id == shop.tenant, receipt.c.token == token).values(state="void")
    shop.cloud.database.write(shop.tenant, lambda connection: connection.execute(void) and None)

    page = open_page(shop, token)

    assert "taken back" in page.text
    assert "<form" not in page.text
    assert shop.client.post(f"/{token}/claim").status_code == 409


def forged(token):
    """Every token that differs in one character."""
    digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    for place in range(10, 26):
        for digit in digits[:4]:
            if token[place] != digit:
                yield token[:place] + digit + token[place + 1 :]


def test_a_forged_token_dies_before_the_database(shop, till, statements):
    token = sold(till)
    shop.cloud.gates.bad_tokens.most = 10**6
    shop.cloud.tills.refresh()
    statements.clear()

    answers = {(answer.status_code, answer.text) for answer in (open_page(shop, fake) for fake in forged(token))}

    assert statements == []
    assert {status for status, _ in answers} == {404}
    assert len(answers) == 1


def test_bad_unknown_cut_and_foreign_tokens_get_the_same_answer(shop, till):
    token = sold(till)
    texts = {
        open_page(shop, text).text
        for text in ("0" * 26, token[:-1], token[:-1] + "U", "X" * 26, "favicon.ico", "2" + "0" * 25, "Z" * 26)
    }

    assert len(texts) == 1


def test_a_token_is_read_as_people_type_it(shop, till):
    token = sold(till)

    assert open_page(shop, token.lower().replace("1", "l").replace("0", "o")).status_code == 200


def test_guessing_tokens_is_slowed_after_ten_a_minute(shop, till):
    token = sold(till)
    fakes = list(forged(token))[:12]

    statuses = [open_page(shop, fake).status_code for fake in fakes]

    assert statuses == [404] * 10 + [429] * 2


def test_opening_is_counted_and_names_nobody(shop, till):
    token = sold(till)
    for _ in range(3):
        open_page(shop, token)

    row = shop.rows(receipt_open)[0]
    assert (row["token"], row["opens"]) == (token, 3)
    assert set(row) == {"tenant_id", "token", "store_id", "till_id", "first_at", "opens"}


def test_the_offer_stands_on_the_page_only_while_it_is_on(shop, till):
    token = sold(till)
    before = open_page(shop, token).text
    till.choose(at="2026-09-28T12:00:00+08:00", offer_enabled=False)
    till.push()

    assert "下次来减 ¥10" in before
    assert "满 ¥30 可用" in before
    assert "下次来减" not in open_page(shop, token).text
    assert shop.client.post(f"/{token}/claim").status_code == 409


def test_a_claim_becomes_one_coupon_from_the_next_day_on(shop, till):
    token = sold(till)

    scan = tap(shop, token)
    page = result(shop, scan)

    row = shop.rows(coupon)[0]
    assert (row["state"], row["amount_fen"], row["min_spend_fen"]) == ("issued", 1000, 3000)
    assert (row["valid_from"], row["valid_until"]) == ("2026-09-29", "2026-10-28")
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{8}", row["code"])
    assert f"{row['code'][:4]} {row['code'][4:]}" in page.text
    assert shop.balance(f"coupon:{row['coupon_id']}") == 1


def test_a_coupon_that_has_ended_says_so(shop, till):
    scan = tap(shop, sold(till))
    shop.clock.advance(days=30, hours=11)
    last_day = result(shop, scan).text
    shop.clock.advance(hours=3)

    assert "screenshot" in last_day
    assert "good until 2026-10-28" in result(shop, scan).text


def test_two_taps_on_one_page_are_one_claim(shop, till):
    token = sold(till)

    assert tap(shop, token, "same") == tap(shop, token, "same")
    assert len(shop.rows(claim)) == len(shop.rows(coupon)) == 1


def test_a_receipt_has_one_coupon_however_many_phones_claim(shop, till):
    token = sold(till)
    first, second = tap(shop, token, "one"), tap(shop, token, "two")

    assert len(shop.rows(coupon)) == 1
    assert "screenshot" in result(shop, first).text
    assert "one coupon a receipt" in result(shop, second).text


def test_a_receipt_is_claimed_by_three_phones_an_hour(shop, till):
    token = sold(till)
    for page in ("one", "two", "three"):
        tap(shop, token, page)

    assert shop.client.post(f"/{token}/claim", data={"page": "four"}).status_code == 429
    shop.clock.advance(hours=2)
    tap(shop, token, "four")


def test_what_was_agreed_to_is_on_record_with_its_words(shop, till):
    scan = tap(shop, sold(till))

    row = shop.rows(consent)[0]
    assert (row["subject_id"], row["purpose"], row["given"], row["channel"]) == (scan, "claim", True, "page")
    assert len(row["text_hash"]) == 32


def test_a_claim_before_the_sale_waits_for_it(shop, till):
    till.push()
    token = till.token()
    scan = tap(shop, token)
    parked = result(shop, scan).text
    till.sale(token=token)
    till.push()

    assert "on its way" in parked
    assert "screenshot" in result(shop, scan).text
    assert len(shop.rows(coupon)) == 1


def test_a_claim_waits_three_days_and_no_longer(shop, till):
    till.push()
    token = till.token()
    scan = tap(shop, token)
    shop.clock.advance(hours=73)
    till.sale(token=token)
    till.push()

    assert shop.rows(coupon) == []
    assert "did not arrive in time" in result(shop, scan).text


def test_of_two_waiting_claims_the_first_gets_the_coupon(shop, till):
    till.push()
    token = till.token()
    first = tap(shop, token, "one")
    shop.clock.advance(minutes=1)
    second = tap(shop, token, "two")
    till.sale(token=token)
    till.push()

    assert {row["scan_id"]: row["state"] for row in shop.rows(claim)} == {first: "done", second: "taken"}


def test_the_coupon_reaches_the_tills_of_the_store(shop, till):
    tap(shop, sold(till))

    rows = till.feed(till.members_feed)

    assert [row["t"] for row in rows] == ["coupon", "ledger"]
    assert rows[0]["body"]["state"] == "issued"
    assert rows[0]["body"]["txn_id"] == rows[1]["body"]["txn_id"]


def test_the_link_carries_the_scan_and_keeps_what_it_had(shop, till):
    till.choose(
        at="2026-09-28T12:00:00+08:00", offer_link="https://work.weixin.qq.com/ca/abc?x=1&customer_channel=old#top"
    )
    token = sold(till)

    scan = tap(shop, token)

    assert f'href="https://work.weixin.qq.com/ca/abc?x=1&amp;customer_channel={scan}#top"' in result(shop, scan).text
    assert len(scan) <= 64


def test_without_a_link_the_shops_own_code_is_shown(shop, till):
    till.choose(at="2026-09-28T12:00:00+08:00", offer_contact_qr="https://u.wechat.com/kExample")
    page = result(shop, tap(shop, sold(till))).text

    assert page.count("<svg") == 2
    assert "customer_channel" not in page


@pytest.mark.parametrize(("image", "is_shown"), [("iVBORw0KGgo=", True), ("PHN2Zz4=", False), ("%%%", False)])
def test_only_a_png_is_shown_as_the_shops_code(shop, till, image, is_shown):
    till.choose(at="2026-09-28T12:00:00+08:00", offer_contact_image=image)

    assert ('src="data:image/png;base64,' in result(shop, tap(shop, sold(till))).text) is is_shown


def test_the_coupon_needs_no_contact_and_no_number(shop, till):
    scan = tap(shop, sold(till))

    assert "screenshot" in result(shop, scan).text
    assert shop.rows(member) == []


def test_the_boxes_start_empty(shop, till):
    page = result(shop, tap(shop, sold(till))).text

    assert page.count('type="checkbox"') == 2
    assert re.search(r"<input[^>]*\schecked", page) is None


def test_joining_by_phone_makes_a_member_and_her_coupon(shop, till):
    token = sold(till)
    scan = tap(shop, token)

    answer = join(shop, token, scan, "+86 138-0000-0001")

    assert answer.headers["location"] == f"/c/{scan}"
    one = shop.rows(member)[0]
    assert b"13800000001" not in one["phone_ct"]
    assert shop.rows(coupon)[0]["member_id"] == one["member_id"]
    rows = till.feed(till.members_feed)
    told = next(row["body"] for row in rows if row["t"] == "member")
    assert (told["member_id"], told["phone"]) == (one["member_id"], "13800000001")
    assert [row["body"]["purpose"] for row in rows if row["t"] == "consent"] == ["membership"]
    assert [row["body"]["member_id"] for row in rows if row["t"] == "coupon"] == [None, one["member_id"]]
    assert "You are a member" in result(shop, scan).text


@pytest.mark.parametrize("is_on", [True, False])
def test_her_own_code_stands_on_her_page_where_the_owner_gives_for_it(shop, till, is_on):
    till.choose(referral_enabled=is_on)
    token = sold(till)
    scan = tap(shop, token)
    assert "Your own code" not in result(shop, scan).text
    join(shop, token, scan)

    told = result(shop, scan).text

    code = spoken(code_of(shop.rows(member)[0]["member_id"]))
    assert (code in told, "Your own code" in told) == (is_on, is_on)


def test_an_agreed_newsletter_is_its_own_consent(shop, till):
    token = sold(till)
    join(shop, token, tap(shop, token), marketing="yes")

    purposes = {row["purpose"] for row in shop.rows(consent) if row["subject_id"] == shop.rows(member)[0]["member_id"]}
    assert purposes == {"membership", "marketing"}


@pytest.mark.parametrize(
    ("said", "fault"),
    [({"phone": "12345"}, "eleven digits"), ({"phone": ""}, "eleven digits"), ({"membership": ""}, "without agreeing")],
)
def test_joining_without_a_number_or_a_yes_keeps_nothing(shop, till, said, fault):
    token = sold(till)
    scan = tap(shop, token)

    answer = join(shop, token, scan, **said)

    assert answer.status_code == 422
    assert fault in answer.text
    assert shop.rows(member) == []


def test_a_person_has_one_coupon_of_an_offer(shop, till):
    first, second = sold(till), sold(till)
    one, two = tap(shop, first, "one"), tap(shop, second, "two")
    join(shop, first, one)

    join(shop, second, two)

    states = {row["receipt_token"]: row["state"] for row in shop.rows(coupon)}
    assert states == {first: "issued", second: "void"}
    assert len(shop.rows(member)) == 1
    assert "one coupon a person" in result(shop, two).text
    void = next(row for row in shop.rows(coupon) if row["state"] == "void")
    assert shop.balance(f"coupon:{void['coupon_id']}") == 0


def test_a_member_of_the_counter_is_found_by_her_number(shop, till):
    member_id = till.join("13800000001")
    token = sold(till)

    join(shop, token, tap(shop, token), "13800000001")

    assert [row["member_id"] for row in shop.rows(member)] == [member_id]
    assert shop.rows(coupon)[0]["member_id"] == member_id


@pytest.mark.parametrize("counter", [True, False])
def test_a_tick_on_a_page_never_undoes_a_no_at_the_counter(shop, till, counter):
    """Whoever typed the number has not proven that it is theirs."""
    member_id = till.join("13800000001", marketing=counter)
    token = sold(till)
    join(shop, token, tap(shop, token), "13800000001", marketing="yes")

    said = [row["given"] for row in shop.rows(consent, subject_id=member_id, purpose="marketing")]
    assert said == ([True, True] if counter else [False])


def test_joining_while_the_receipt_is_on_its_way_gives_the_member_her_coupon(shop, till):
    till.push()
    token = till.token()
    scan = tap(shop, token)
    join(shop, token, scan)
    till.sale(token=token)
    till.push()

    assert shop.rows(coupon)[0]["member_id"] == shop.rows(member)[0]["member_id"]


def test_a_coupon_is_redeemed_once_and_the_second_sale_stands_at_a_loss(shop, till):
    other = shop.till("2")
    tap(shop, sold(till))
    row = next(row["body"] for row in till.feed(till.members_feed) if row["t"] == "coupon")
    use = [coupon_use(row)]
    till.sale(5000, coupons=use)
    other.sale(6000, coupons=use)

    first, second = till.push(), other.push()

    assert [flag["code"] for flag in first.json()["flags"]] == []
    assert [flag["code"] for flag in second.json()["flags"]] == ["coupon_twice"]
    assert shop.rows(coupon)[0]["state"] == "redeemed"
    assert shop.balance(f"coupon:{row['coupon_id']}") == 0
    assert shop.balance("coupon.redeemed") == 2
    assert shop.balance("loss.offline") == -1
    assert [row["body"]["state"] for row in other.feed(other.members_feed) if row["t"] == "coupon"] == [
        "issued",
        "redeemed",
    ]
    assert "was redeemed" in result(shop, shop.rows(claim)[0]["scan_id"]).text


def test_a_scan_nobody_made_is_no_page(shop, till):
    scan = tap(shop, sold(till))
    changed = ("0" if scan[-1] != "0" else "1").join([scan[:-1], ""])

    assert result(shop, changed).status_code == 404
    assert result(shop, "0" * 26).status_code == 404
    assert result(shop, "x").status_code == 404
    assert result(shop, scan.lower()).status_code == 200


def test_joining_with_the_scan_of_another_receipt_is_refused(shop, till):
    first, second = sold(till), sold(till)
    scan = tap(shop, first)

    assert join(shop, second, scan).status_code == 404
    assert shop.rows(member) == []


def test_a_receipt_from_before_the_cloud_opens_once_its_sale_was_told(shop, till):
    from datetime import date

    from storeapp.domain import capture

    key = capture.CaptureKey(2, 0, 4711, bytes(range(32)))
    token = capture.mint(key, seq=1, day=date(2026, 9, 28))
    before = open_page(shop, token)
    till.event("sale", sale_body(8213, token=token))
    till.push()

    assert before.status_code == 404
    assert "¥82.13" in open_page(shop, token).text
    assert "screenshot" in result(shop, tap(shop, token)).text


def test_a_receipt_of_one_shop_is_no_receipt_of_another(shop, till):
    stranger = shop.till("1", tenant=shop.other_tenant())
    stranger.sale(100)
    stranger.push()
    token = stranger.entries[0].body.decode().split('"token":"')[1][:26]

    page = open_page(shop, token)

    assert "王记杂货" not in page.text
    assert "另一家" in page.text


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"><img src=x>'])
def test_what_the_owner_typed_is_shown_as_words(shop, till, name):
    till.choose(at="2026-09-28T12:00:00+08:00", shop_name=name, offer_headline=name)
    page = open_page(shop, sold(till)).text

    assert "<script" not in page
    assert "<img" not in page


def test_no_address_and_no_log_holds_a_number(shop, till, caplog):
    caplog.set_level("DEBUG")
    token = sold(till)
    answer = join(shop, token, tap(shop, token), "13912345678")

    assert "139" not in answer.headers["location"]
    assert "13912345678" not in caplog.text


def test_a_form_of_any_length_is_not_read(shop, till):
    token = sold(till)

    assert shop.client.post(f"/{token}/claim", content=b"page=" + b"a" * 300_000).status_code == 413
