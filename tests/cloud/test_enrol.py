"""Enrolling: one code, one device; a lost answer can be asked for again, and nobody else gets it."""

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


def test_two_tills_have_different_numbers_and_keys(shop):
    one, two = shop.till("1"), shop.till("2")

    assert one.answer["till_number"] != two.answer["till_number"]
    assert one.answer["capture_key"] != two.answer["capture_key"]
