"""Messages: what has the right shape is read, what has not is refused, and what is unknown is ignored."""

import json

import pytest
from pydantic import ValidationError

from storeapp.wire import messages

DEVICE = "0f8fad5b-d9cb-469f-a165-70867728950e"
ZERO = "00" * 32
NOW = "2026-09-28T11:53:26+08:00"
EVENT = {"seq": 1, "id": DEVICE, "t": "sale", "v": 1, "at": NOW, "body_b64": "e30", "h": ZERO}


def push(**changes):
    return {"dev": DEVICE, "epoch": 1, "from": 1, "prev": ZERO, "ev": [EVENT]} | changes


def test_a_push_reads_from_as_a_key():
    ask = messages.PushAsk.model_validate_json(json.dumps(push(novelty=1)))

    assert ask.from_ == 1
    assert json.loads(messages.dump(ask)) == push()


@pytest.mark.parametrize(
    "changes",
    [
        {"dev": "' OR 1=1"},
        {"dev": DEVICE.upper()},
        {"epoch": 0},
        {"from": 0},
        {"from": 2**70},
        {"from": True},
        {"from": "1"},
        {"prev": "zz" * 32},
        {"ev": []},
        {"ev": [EVENT] * 101},
        {"ev": [EVENT | {"t": "Sale\n"}]},
        {"ev": [EVENT | {"v": 2**16}]},
        {"ev": [EVENT | {"h": ZERO[:-2]}]},
        {"ev": {}},
    ],
)
def test_a_push_of_another_shape_is_refused(changes):
    with pytest.raises(ValidationError):
        messages.PushAsk.model_validate_json(json.dumps(push(**changes)))


def test_a_key_that_says_nothing_is_left_out_but_a_rows_null_stays():
    conflict = messages.PushConflict(fork_at=7)
    row = messages.FeedRow(seq=1, t="product", v=1, body={"member_price_fen": None})
    answer = messages.PullAnswer(feed_epoch=1, from_=1, to=1, head=1, rows=[row], sum=ZERO)

    assert json.loads(messages.dump(conflict)) == {"fork_at": 7}
    assert json.loads(messages.dump(answer))["rows"][0]["body"] == {"member_price_fen": None}


@pytest.mark.parametrize("name", ["members", "members:../../x", "MEMBERS", "a" * 61, "members:" + DEVICE + "x"])
def test_only_plain_feed_names_pass(name):
    hello = {"dev": DEVICE, "epoch": 1, "last_seq": 0, "last_hash": ZERO, "acked_seq": 0, "now": NOW, "db_uuid": DEVICE}

    def ask():
        return messages.HelloAsk.model_validate_json(json.dumps(hello | {"feeds": {name: [1, 0]}}))

    if name == "members":
        assert ask().feeds == {name: (1, 0)}
    else:
        with pytest.raises(ValidationError):
            ask()
