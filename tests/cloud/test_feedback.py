"""The one question on a receipt's page: asked after a purchase, answered once, told to the tills."""

import pytest

from storeapp.cloud.tables.feeds import feed_row
from storeapp.cloud.tables.sales import feedback
from tests.cloud.test_pages import EN, ZH, forged, open_page, sold

ASKED = "今天的购物还满意吗？"


@pytest.fixture
def till(shop):
    till = shop.till()
    till.choose(feedback_question=ASKED, shop_name="王记杂货")
    return till


def answer(shop, token, mark="4", words="", headers=EN):
    return shop.client.post(f"/{token}/feedback", data={"mark": mark, "words": words}, headers=headers)


def told(till):
    return [row["body"] for row in till.feed(till.members_feed) if row["t"] == "feedback"]


def test_it_is_asked_after_a_purchase_and_thanked_for_once(shop, till):
    token = sold(till)
    page = open_page(shop, token, ZH).text
    assert ASKED in page
    assert page.count('type="radio"') == 5

    done = answer(shop, token, "4", " 面包很好 ")

    assert (done.status_code, done.headers["location"]) == (303, f"/{token}")
    after = open_page(shop, token, ZH).text
    assert "谢谢" in after
    assert 'type="radio"' not in after


def test_the_first_answer_counts_and_reaches_the_tills_once(shop, till):
    token = sold(till)
    answer(shop, token, "2", "排队太久")
    answer(shop, token, "5", "很好")

    [row] = shop.rows(feedback)
    assert (row["token"], row["mark"]) == (token, 2)
    assert set(row) == {"tenant_id", "token", "answer_id", "store_id", "till_id", "mark", "at"}
    [body] = told(till)
    assert (body["mark"], body["words"], body["receipt_token"], body["member_id"]) == (2, "排队太久", token, None)
    assert body["receipt"] == "S01-1-20260928-0001"


def test_a_members_words_are_sealed_with_her_key_and_go_with_her(shop, till):
    member_id = till.join("13800000001")
    token = sold(till, member_id=member_id)
    answer(shop, token, "1", "面包有点干")
    assert told(till)[0]["member_id"] == member_id
    [row] = shop.rows(feed_row, type="feedback")
    assert row["body"] is None
    assert "面包有点干".encode() not in row["sealed"]

    till.event("member.erased", {"member_id": member_id, "at": "2026-09-28T12:00:00+08:00"})
    till.push()

    assert told(till) == []
    assert shop.rows(feedback)[0]["mark"] == 1


@pytest.mark.parametrize(
    ("mark", "words", "fault"),
    [("", "", "Choose one"), ("6", "", "Choose one"), ("x", "", "Choose one"), ("3", "字" * 101, "at most 100")],
)
def test_what_is_no_answer_is_said_at_its_field(shop, till, mark, words, fault):
    token = sold(till)

    refused = answer(shop, token, mark, words)

    assert refused.status_code == 422
    assert fault in refused.text
    assert shop.rows(feedback) == []


def test_nothing_is_asked_before_the_sale_is_known_or_where_nothing_is_wanted(shop, till):
    till.push()
    waiting = till.token()
    assert ASKED not in open_page(shop, waiting).text
    assert answer(shop, waiting).status_code == 409

    token = sold(till)
    till.choose(at="2026-09-28T12:00:00+08:00", feedback_question="")
    till.push()

    assert ASKED not in open_page(shop, token).text
    assert answer(shop, token).status_code == 409
    assert shop.rows(feedback) == []


def test_words_are_shown_as_they_are_and_never_run(shop, till):
    till.choose(at="2026-09-28T12:00:00+08:00", feedback_question="<b>满意</b>吗？")
    token = sold(till)

    assert "&lt;b&gt;满意" in open_page(shop, token).text
    answer(shop, token, "3", "<script>alert(1)</script>")
    assert told(till)[0]["words"] == "<script>alert(1)</script>"


def test_answering_is_slowed_and_a_forged_receipt_is_no_receipt(shop, till):
    token = sold(till)
    assert answer(shop, next(forged(token))).status_code == 404

    statuses = [answer(shop, token).status_code for _ in range(21)]

    assert statuses == [303] * 20 + [429]
