"""The verbs: a service that says when it is ready and leaves when told to, and answers scripts can read."""

import json
import signal
import socket
import subprocess
import sys
from dataclasses import replace

import httpx2
import pytest
import sqlalchemy as sa

from storeapp.cloud.app import make_app
from tests.cloud.tills import FakeTill
from tests.waiting import PATIENCE_S

COMMAND = [sys.executable, "-m", "storeapp.cli"]


def storeapp(*arguments, code=0):
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture
def data(tmp_path):
    return ("--data", str(tmp_path / "cloud"))


def test_from_an_empty_folder_to_an_invitation(data):
    tenant = json.loads(storeapp("cloud", "tenant", "add", "王记杂货", "--json", *data).stdout)["tenant"]
    store = json.loads(storeapp("cloud", "store", "add", "S01", "总店", "--tenant", tenant, "--json", *data).stdout)
    at = ("--tenant", tenant, *data)
    invite = json.loads(storeapp("cloud", "till", "invite", "--store", "S01", "--till", "1", "--json", *at).stdout)

    assert store["store"] == "S01"
    assert len(invite["code"]) == 10
    assert set(invite) == {"code", "expires_at"}
    assert json.loads(storeapp("cloud", "sales", "--json", *at).stdout) == {"sales": []}
    assert json.loads(storeapp("cloud", "check", "--json", *at).stdout)["ok"] is True
    assert "printed" in storeapp("cloud", "funnel", "--by", "hour", *at).stdout


def test_a_refusal_is_told_to_scripts(data):
    storeapp("cloud", "tenant", "add", "王记杂货", *data)

    done = storeapp("cloud", "sales", "--tenant", "nobody", "--json", *data, code=1)

    assert json.loads(done.stderr)["refused"] == "unknown_tenant"


def test_no_verb_but_the_first_makes_a_cloud(data, tmp_path):
    wanted = ("cloud", "check", "--tenant", "x" * 36, "--json")

    for place in (data, (*data, "--database", f"sqlite:///{tmp_path}/other.db")):
        done = storeapp(*wanted, *place, code=1)
        assert json.loads(done.stderr)["refused"] == "no_cloud"
    assert list(tmp_path.iterdir()) == []


def test_an_empty_database_is_no_cloud_and_stays_empty(data, postgres_database):
    storeapp("cloud", "check", "--tenant", "x" * 36, *data, "--database", postgres_database, code=1)

    engine = sa.create_engine(postgres_database)
    with engine.connect() as connection:
        tables = sa.inspect(connection).get_table_names()
    engine.dispose()
    assert tables == []


def test_wrong_usage_is_told(data):
    storeapp("cloud", "funnel", "--by", "weather", "--tenant", "x", *data, code=2)
    storeapp("serve", "--listen", "nowhere", *data, code=2)
    storeapp("serve", "--public-url", "javascript:alert(1)", *data, code=2)
    for url in ("nonsense", "mysql://root:secret@127.0.0.1/x"):
        assert "secret" not in storeapp("serve", "--database", url, *data, code=2).stderr


def test_the_service_says_when_it_listens_and_stops_cleanly(data):
    running = subprocess.Popen(
        [*COMMAND, "serve", "--listen", "127.0.0.1:0", *data], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert running.stdout is not None
        said = running.stdout.readline()
        url = said.strip().removeprefix("listening on ")
        assert said.startswith("listening on http://127.0.0.1:")
        assert httpx2.get(f"{url}/healthz", timeout=PATIENCE_S).json() == {"status": "ok"}
        assert httpx2.get(f"{url}/{'0' * 26}", timeout=PATIENCE_S).status_code == 404
    finally:
        running.send_signal(signal.SIGTERM)
        out, err = running.communicate(timeout=PATIENCE_S)

    assert running.returncode == 0
    assert (out, err) == ("", "")


def test_an_address_in_use_is_the_worlds_fault(data):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        storeapp("serve", "--listen", f"127.0.0.1:{taken.getsockname()[1]}", *data, code=3)


def test_a_database_that_is_not_there_is_the_worlds_fault(data):
    url = "postgresql+psycopg://nobody@127.0.0.1:9/none"

    storeapp("cloud", "sales", "--tenant", "x" * 36, "--database", url, *data, code=3)


def test_the_address_tills_print_may_be_set(shop):
    from fastapi.testclient import TestClient

    cloud = replace(shop.cloud, public_url="https://s.example.cn")
    with TestClient(make_app(cloud)) as client:
        till = FakeTill(client, shop.clock)
        till.enrol(shop.invite())

    assert till.answer["public_url"] == "https://s.example.cn"


def test_what_the_service_understands_is_described(shop):
    described = shop.client.get("/openapi.json").json()

    assert {"/v1/enrol", "/v1/sync/hello", "/v1/sync/push", "/v1/sync/pull", "/healthz"} <= set(described["paths"])
    text = json.dumps(described)
    for name in ("EnrolAsk", "HelloAsk", "PushAsk", "PushEvent", "PullAnswer"):
        assert name in described["components"]["schemas"]
    named = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert named <= set(described["components"]["schemas"])
