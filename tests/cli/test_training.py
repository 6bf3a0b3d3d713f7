"""Training: a second shop beside the real one, of which not one byte changes, whatever is practised."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from storeapp import app
from storeapp.contracts import Contracts, Terminal
from storeapp.database.connection import FILE
from storeapp.devices.report_forms import head_of
from storeapp.till.staff import put_staff
from storeapp.till.training_shop import NotATrainingShop, training_device
from tests.cli.command import CUP, MEMBERS, TEA, Command, basket, jsonl

PHONE = MEMBERS.splitlines()[1].split(",")[0]


def prints(shop: Path) -> dict[str, str]:
    """Every file of the real shop but its logs and lock, by its hash."""
    files = [file for file in shop.rglob("*") if file.is_file() and "training" not in file.parts]
    return {
        str(file.relative_to(shop)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
        if "logs" not in file.parts and file.suffix != ".log" and file.name != "shop.lock"
    }


def practise(run: Command, shop: Path, tmp_path: Path) -> list[int]:
    """Everything a verb can do, in training."""
    asked = basket("b1", {"code": TEA, "qty": "2"}, {"code": CUP, "price_fen": 1, "why": "regular"}, fen=3000)
    verbs: list[list[str | Path]] = [
        ["sell", jsonl(tmp_path / "b", asked)],
        ["policy", "set", "shop.name", "练习店"],
        ["policy", "set", "rights.cashier", "+refund"],
        ["member", "add", "13811112222", "--name", "练习", "--agree"],
        ["report", "day"],
        ["check"],
    ]
    return [run(*verb, "--training", "--shop", shop).code for verb in verbs]


def test_not_one_byte_of_the_real_shop_changes(run: Command, shop: Path, tmp_path: Path) -> None:
    run("status", "--training", "--shop", shop)
    before = prints(shop)

    codes = practise(run, shop, tmp_path)

    assert codes[0] == codes[1] == codes[2] == codes[5] == 0
    assert prints(shop) == before
    told = run("status", "--training", "--shop", shop, "--json").json
    assert told["training"] is True
    assert run("status", "--shop", shop, "--json").json["training"] is False


@pytest.mark.parametrize("mutant", ["the same folder", "the folder by another name"])
def test_a_training_that_got_hold_of_the_real_folder_stops_before_it_writes(
    run: Command, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mutant: str
) -> None:
    before = prints(shop)
    wrong = shop if mutant == "the same folder" else tmp_path / "training"
    if wrong is not shop:
        wrong.symlink_to(shop, target_is_directory=True)
    monkeypatch.setattr(app, "training_folder", lambda folder: wrong)

    codes = practise(run, shop, tmp_path)

    assert 0 not in codes
    assert prints(shop) == before


def test_a_real_shop_that_lies_where_training_should_is_not_practised_on(run: Command, shop: Path) -> None:
    run("init", "--shop", shop / "training", "--name", "真店")

    with pytest.raises(NotATrainingShop):
        app.ready_training(str(shop))


def test_goods_rules_and_people_come_along_and_secrets_do_not(run: Command, shop: Path) -> None:
    with app.open_till(str(shop)) as real:
        owner = put_staff(real.shop, "1001", name="林", role="owner", pin="100100", badge="STAFF-1", clock=real.clock)
    run("policy", "set", "shop.name", "海棠", "--shop", shop)

    with app.open_till(str(app.ready_training(str(shop)))) as till, till.shop.reading() as books:
        assert books.products.by_code(CUP) is not None
        assert books.policy.in_force().text("shop.name") == "海棠"
        practising = books.staff.by_code("1001")
        assert practising is not None
        assert (practising.name, practising.role, practising.badge) == ("林", "owner", "STAFF-1")
        assert practising.pin_hash != owner.pin_hash
        assert books.members.by_phone(f"86{PHONE}") is None or PHONE.startswith("1380000")
        assert books.members.count() > 3
        assert till.settings.printer.address == "paper:"


def test_what_changed_in_the_real_shop_is_there_the_next_time(run: Command, shop: Path) -> None:
    app.ready_training(str(shop))
    with app.open_till(str(shop)) as real:
        put_staff(real.shop, "1001", name="林", role="owner", pin="100100", clock=real.clock)
        put_staff(real.shop, "1007", name="陈", role="cashier", pin="1007", clock=real.clock)
        with real.shop.writing() as books:
            books.products.remove([TEA])

    with app.open_till(str(app.ready_training(str(shop)))) as till, till.shop.reading() as books:
        assert books.products.by_code(TEA) is None
        assert [person.code for person in books.staff.every()] == ["1001", "1007"]


def test_a_practice_sale_is_marked_and_can_be_claimed_by_nobody(run: Command, shop: Path, tmp_path: Path) -> None:
    for key, value in (("offer.enabled", "on"), ("offer.headline", "扫码领券"), ("qr.host", "s.example.cn")):
        run("policy", "set", key, value, "--shop", shop)

    done = run("sell", jsonl(tmp_path / "b", basket("b1", {"code": CUP}, fen=3000)), "--training", "--shop", shop).json
    paper = run("receipt", done["receipt"], "--training", "--shop", shop).out

    assert (done["url"], done["redeem_code"]) == (None, None)
    assert done["receipt"].split("-")[1].endswith("T")
    assert paper.count("培训 · 非正式小票") >= 2
    assert "s.example.cn" not in paper
    with app.open_till(str(shop / "training")) as till, till.shop.reading() as books:
        sale = books.sales.by_receipt(done["receipt"])
        assert sale is not None
        assert sale.training
        assert sale.offer_id is None
    # at the real till nobody knows it
    assert run("receipt", done["receipt"], "--shop", shop).code == 1


def test_a_training_till_joins_no_cloud(run: Command, shop: Path) -> None:
    told = run("join", "http://127.0.0.1:9", "CODE123456", "--training", "--shop", shop, "--json")

    assert told.code == 1
    assert "training_stays_here" in told.err
    assert run("sync", "--once", "--training", "--shop", shop).code == 1
    with app.open_till(str(shop / "training")) as till, till.shop.reading() as books:
        device = books.device
    with pytest.raises(ValueError, match="no cloud"):
        type(device)(**{**{name: getattr(device, name) for name in device.__slots__}, "cloud_url": "http://x"})


def test_while_the_real_shop_is_open_training_stays_as_it_was_last(run: Command, shop: Path) -> None:
    assert run("status", "--training", "--shop", shop).code == 0

    with app.open_till(str(shop)):
        told = run("status", "--training", "--shop", shop, "--json")

    assert (told.code, told.json["training"]) == (0, True)


def test_its_till_has_a_name_of_its_own_however_long_the_real_ones_is(shop: Path) -> None:
    with app.open_till(str(shop)) as real, real.shop.reading() as books:
        device = books.device
        made = training_device(device, ids=real.ids)

    assert made.device_id != device.device_id
    assert made.keys != device.keys
    assert (made.store, made.till) == (device.store, f"{device.till}T")
    assert (shop / FILE).is_file()


def test_no_real_company_is_asked_whatever_keys_lie_about(run: Command, shop: Path) -> None:
    for verb in ((), ("--training",)):
        run("policy", "set", "pay.wechat", "shouqianba", "--shop", shop, *verb)
    ways = []
    for folder in (shop, app.ready_training(str(shop))):
        with app.open_till(str(folder)) as till:
            contracts = Contracts(till)
            contracts._keep(Terminal("100000000001", "a-key"))
            ways.append(list(contracts))

    assert ways == [["wechat"], []]


def test_no_file_leaves_the_shop_to_practise_on_without_its_mark(run: Command, shop: Path, tmp_path: Path) -> None:
    slip = tmp_path / "x.bin"
    run("shift", "open", "--float", "20000", "--training", "--shop", shop)

    told = run("shift", "show", "--escpos", slip, "--training", "--shop", shop, "--json")

    assert told.code == 0
    # above and below
    assert slip.read_bytes().count("培训".encode("gbk")) >= 2
    with app.open_till(str(shop / "training")) as till, till.shop.reading() as books:
        assert "培训" in head_of(books).shop
    with app.open_till(str(shop)) as till, till.shop.reading() as books:
        assert "培训" not in head_of(books).shop
