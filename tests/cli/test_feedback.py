"""feedback list: what customers answered, without a screen."""

from pathlib import Path

from storeapp import app
from storeapp.domain.feedback import Feedback
from tests.cli.command import Command


def test_the_answers_are_listed_the_latest_first(run: Command, shop: Path):
    run("policy", "set", "feedback.question", "满意吗？", "--shop", shop)
    assert "Nobody has answered" in run("feedback", "list", "--shop", shop).out
    with app.open_till(str(shop)) as till, till.shop.writing() as books:
        books.feedback.put(Feedback("a", 5, "很好", "2026-09-28T03:00:00+00:00", "S01-1-1"))
        books.feedback.put(Feedback("b", 2, "排队太久", "2026-09-28T04:00:00+00:00", "S01-1-2"))

    told = run("feedback", "list", "--shop", shop, "--json").json
    low = run("feedback", "list", "--low", "--shop", shop, "--json").json

    assert (told["question"], told["answers"], told["low"], told["average_tenths"]) == ("满意吗？", 2, 1, 35)
    assert [row["words"] for row in told["feedback"]] == ["排队太久", "很好"]
    assert [row["receipt"] for row in low["feedback"]] == ["S01-1-2"]
    assert "3.5 of 5" in run("feedback", "list", "--shop", shop).out
