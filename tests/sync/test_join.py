"""Joining: one key, one answer, and nothing changed until it is certain."""

from __future__ import annotations

import pytest

from storeapp.domain.capture import CLOUD_VERSION, STANDALONE_VERSION, check
from storeapp.domain.journal import verify
from storeapp.sync.client import InviteRefused
from storeapp.sync.identity import DeviceKeyMissing, NotJoined
from storeapp.sync.join import AlreadyJoined, OtherTenant
from storeapp.sync.push import JournalForked
from storeapp.sync.transport import BadUrl, CloudSpeaksGarbage, CloudUnreachable
from tests.fakes.fault_proxy import Fault, FaultProxy
from tests.sync.world import Server, Tenant, Till, body_of, free_port, new_till


def test_a_joined_till_has_the_codes_of_its_invite_and_a_key_of_the_cloud(
    line: FaultProxy, tenant: Tenant, till: Till
) -> None:
    till.join(line.url, tenant.invite("7"))

    with till.shop.reading() as books:
        device = books.device
        assert (device.store, device.till) == ("S01", "7")
        assert (device.tenant_id, device.store_id) == (tenant.tenant_id, tenant.store_id)
        assert device.cloud_url == line.url
        assert [key.version for key in device.keys] == [STANDALONE_VERSION, CLOUD_VERSION]
        assert [entry.type for entry in books.journal.after(0)] == ["device.joined"]


def test_the_cloud_believes_the_tokens_a_joined_till_mints(joined: Till, tenant: Tenant) -> None:
    sale = joined.sell().sale

    with joined.shop.reading() as books:
        assert check(sale.token, books.device.capture_key).seq == 1
    assert tenant.cloud.tills.proven(sale.token)[1].tenant_id == tenant.tenant_id


@pytest.mark.parametrize("fault", ["response_lost", "truncated", "garbage", "server_error", "redirected", "reset"])
def test_a_lost_answer_to_the_invite_may_be_asked_for_again(
    fault: Fault, line: FaultProxy, tenant: Tenant, till: Till
) -> None:
    line.plan = lambda _request: fault
    code = tenant.invite()
    with pytest.raises((CloudUnreachable, CloudSpeaksGarbage)):
        till.join(line.url, code)
    with till.shop.reading() as books:
        assert not books.device.is_joined
        assert books.journal.head()[0] == 0

    line.plan = lambda _request: "none"
    till.join(line.url, code)

    with till.shop.reading() as books:
        assert books.device.tenant_id == tenant.tenant_id


def test_asking_again_shows_the_same_key(line: FaultProxy, tenant: Tenant, till: Till) -> None:
    shown: list[str] = []

    def plan(request: bytes) -> Fault:
        shown.append(body_of(request)["public_key"])
        return "response_lost" if len(shown) == 1 else "none"

    line.plan = plan
    code = tenant.invite()
    with pytest.raises(CloudUnreachable):
        till.join(line.url, code)
    till.join(line.url, code)

    assert len(set(shown)) == 1


def test_mutant_a_new_key_for_every_try_locks_the_till_out(line: FaultProxy, tenant: Tenant, till: Till) -> None:
    line.plan = lambda _request: "response_lost"
    code = tenant.invite()
    with pytest.raises(CloudUnreachable):
        till.join(line.url, code)

    till.keystore.kept.clear()
    line.plan = lambda _request: "none"

    with pytest.raises(InviteRefused):
        till.join(line.url, code)


def test_a_second_machine_of_a_till_prints_nothing_the_first_has_printed(
    joined: Till, line: FaultProxy, tenant: Tenant
) -> None:
    first = [joined.sell().sale for _ in range(3)]
    joined.sync()
    second = new_till()

    second.join(line.url, tenant.invite("1"))
    later = [second.sell().sale for _ in range(3)]
    first += [joined.sell().sale for _ in range(3)]
    second.sync()

    everything = [*first, *later]
    assert len({sale.receipt for sale in everything}) == len({sale.token for sale in everything}) == 9
    assert {tenant.cloud.tills.proven(sale.token)[1].tenant_id for sale in everything} == {tenant.tenant_id}


def test_joining_twice_is_refused(joined: Till, line: FaultProxy, tenant: Tenant) -> None:
    code = tenant.invite("2")

    with pytest.raises(AlreadyJoined) as caught:
        joined.join(line.url, code)
    with pytest.raises(AlreadyJoined):
        joined.join("https://elsewhere.example", code)

    assert caught.value.facts() == {"url": line.url}
    # the invite is not used up by it
    new_till().join(line.url, code)


@pytest.mark.parametrize("code", ["0000000000", "what?", "", "x" * 500, "\udcff\udcfe", "一二"])
def test_a_wrong_invite_is_refused_and_changes_nothing(code: str, line: FaultProxy, till: Till) -> None:
    with pytest.raises(InviteRefused):
        till.join(line.url, code)

    with till.shop.reading() as books:
        assert not books.device.is_joined
        assert len(books.device.keys) == 1


def test_an_invite_is_good_for_one_till(line: FaultProxy, tenant: Tenant) -> None:
    code = tenant.invite("3")
    new_till().join(line.url, code)

    with pytest.raises(InviteRefused):
        new_till().join(line.url, code)


@pytest.mark.parametrize(
    "url", ["", "ftp://shop.example", "http://", "https://u:p@shop.example", "https://shop.example/a/b", "http://[1"]
)
def test_what_is_no_address_is_refused(url: str, till: Till) -> None:
    with pytest.raises(BadUrl):
        till.join(url, "ABCDEFGHJK")


def test_a_cloud_that_is_not_there_is_said_to_be_unreachable(till: Till) -> None:
    with pytest.raises(CloudUnreachable) as caught:
        till.join(f"http://127.0.0.1:{free_port()}", "ABCDEFGHJK")

    assert caught.value.reason == "unconnected"


def test_a_shop_without_a_cloud_has_nothing_to_sync(till: Till) -> None:
    with pytest.raises(NotJoined):
        till.sync()


def test_a_new_invite_after_a_lost_answer_is_as_good(line: FaultProxy, tenant: Tenant, till: Till) -> None:
    """The cloud counts it as another life of the till; what was sold is told there from the beginning."""
    till.sell()
    line.plan = lambda _request: "response_lost"
    with pytest.raises(CloudUnreachable):
        till.join(line.url, tenant.invite())
    line.plan = lambda _request: "none"

    till.join(line.url, tenant.invite())
    till.sell()
    till.sync()

    with till.shop.reading() as books:
        assert books.device.epoch == 2
        assert verify(books.journal.after(0)) == books.journal.head()
    assert tenant.sold() == till.sold()


def test_a_till_restored_from_a_backup_joins_again_and_nothing_is_lost_or_doubled(
    joined: Till, line: FaultProxy, tenant: Tenant
) -> None:
    joined.sell()
    joined.sync()
    backup = joined.shop._state.copied()
    joined.sell(cups=1)
    joined.sync()
    joined.shop._state = backup
    joined.sell(cups=2)
    with pytest.raises(JournalForked):
        joined.sync()

    joined.join(line.url, tenant.invite())
    done = joined.sync()

    assert (done.unsent, done.acked_seq) == (0, joined.head())
    assert tenant.sold() == (3, 700 + 3600 + 6500)
    assert joined.sync().pushed == 0


def test_a_till_whose_key_is_gone_joins_again(joined: Till, line: FaultProxy, tenant: Tenant) -> None:
    joined.sell()
    joined.sync()
    joined.keystore.kept.clear()
    with pytest.raises(DeviceKeyMissing):
        joined.sync()

    joined.join(line.url, tenant.invite())
    joined.sell()
    joined.sync()

    assert tenant.sold() == joined.sold()
    with joined.shop.reading() as books:
        assert len(books.device.keys) == 2, "the cloud's key of this till is still the same one"


def test_joining_again_does_not_lead_into_another_shop(joined: Till, line: FaultProxy, server: Server) -> None:
    joined.keystore.kept.clear()
    with joined.shop.reading() as books:
        before = books.device

    with pytest.raises((OtherTenant, InviteRefused)):
        joined.join(line.url, server.tenant("别家").invite())

    with joined.shop.reading() as books:
        assert books.device == before
