"""Enrolling: one code, one device; a lost answer can be asked for again, and nobody else gets it."""

import math

import pytest

from storeapp.cloud.admin import tenants
from storeapp.cloud.opening import open_cloud
from storeapp.cloud.tables.journals import alarm
from storeapp.wire import codec
from tests.cloud.tills import FakeTill


def test_a_till_joins_and_learns_its_name_and_key(shop):
    till = shop.till("1")

    assert till.answer["tenant_id"] == shop.tenant
    assert (till.answer["store_code"], till.answer["till_code"]) == ("S01", "1")
    assert till.answer["epoch"] == 1
    assert till.answer["public_url"] == "http://testserver"
    assert len(codec.unb64(till.answer["capture_key"])) == 32


def test_a_lost_answer_is_given_again(shop):
    till = FakeTill(shop.client, shop.clock)
    code = shop.invite()

    first = till.enrol(code).json()
    till.event("receipt.reprinted", {})
    till.push()
    again = till.enrol(code).json()

    assert again == first
    assert till.hello().json()["device"]["last_seq"] == 1


def test_a_used_code_is_worth_nothing_to_another_device(shop):
    code = shop.invite()
    first = FakeTill(shop.client, shop.clock)
    first.enrol(code)

    stranger = FakeTill(shop.client, shop.clock)
    same_id = FakeTill(shop.client, shop.clock, device_id=first.device_id)

    assert stranger.enrol(code).status_code == 403
    assert same_id.enrol(code).status_code == 403


def test_a_code_is_good_for_a_quarter_of_an_hour(shop):
    code = shop.invite()
    shop.clock.advance(minutes=16)

    refused = FakeTill(shop.client, shop.clock).enrol(code)

    assert (refused.status_code, refused.json()["refused"]) == (403, "bad_invite")


def test_a_code_is_read_as_people_type_it(shop):
    code = shop.invite()

    assert FakeTill(shop.client, shop.clock).enrol(f" {code[:5].lower()}-{code[5:].lower()} ").status_code == 200


def test_a_guessed_code_is_refused_and_guessing_is_slowed(shop):
    guesses = [FakeTill(shop.client, shop.clock).enrol(f"{n:010d}").status_code for n in range(40)]

    assert set(guesses[:30]) == {403}
    assert set(guesses[30:]) == {429}


def test_a_restored_till_goes_on_in_a_new_epoch(shop):
    till = shop.till()
    till.sale()
    till.push()

    again = FakeTill(shop.client, shop.clock, device_id=till.device_id)
    answer = again.enrol(shop.invite()).json()

    assert answer["epoch"] == 2
    # the key of the disk that was lost opens nothing any more
    assert till.hello().status_code == 401
    again.epoch = 2
    assert again.hello().json()["verdict"] == "ok"


def test_a_device_of_one_shop_can_not_be_taken_over_by_another(shop):
    till = shop.till()
    other = shop.other_tenant()
    code = shop.invite(tenant=other)

    taken = FakeTill(shop.client, shop.clock, device_id=till.device_id).enrol(code)
    same_key = FakeTill(shop.client, shop.clock, key=till.key).enrol(code)

    assert (taken.status_code, same_key.status_code) == (403, 403)
    assert till.hello().json()["verdict"] == "ok"


def test_a_second_machine_takes_the_till_over_with_a_key_of_its_own(shop):
    first = shop.till("1")
    printed = first.token()

    second = FakeTill(shop.client, shop.clock)
    code = shop.invite("1")
    answer = second.enrol(code).json()
    again = second.enrol(code).json()

    assert again == answer
    assert (answer["till_number"], answer["capture_epoch"]) == (first.answer["till_number"], 1)
    assert second.token() != printed
    assert shop.cloud.tills.proven(printed)[1].tenant_id == shop.tenant
    assert (first.hello().json()["verdict"], second.hello().json()["verdict"]) == ("revoked", "ok")
    assert [(row["kind"], row["device_id"]) for row in shop.rows(alarm)] == [("till_taken_over", first.device_id)]


def test_another_process_believes_the_new_machine_too(shop, place, clock):
    shop.till("1")
    elsewhere = open_cloud(place, clock=clock)
    elsewhere.tills._read_at = -math.inf

    token = shop.till("1").token()

    assert elsewhere.tills.proven(token)[1].tenant_id == shop.tenant
    elsewhere.database.close()


def test_a_till_that_wore_out_its_keys_gets_no_new_machine(shop):
    for _ in range(16):
        shop.till("1")

    with pytest.raises(tenants.TillWornOut):
        shop.invite("1")


def test_two_tills_have_different_numbers_and_keys(shop):
    one, two = shop.till("1"), shop.till("2")

    assert one.answer["till_number"] != two.answer["till_number"]
    assert one.answer["capture_key"] != two.answer["capture_key"]
