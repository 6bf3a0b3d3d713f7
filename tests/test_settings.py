"""This machine's settings: a file people may edit, and what is said when they edit it wrongly."""

from pathlib import Path

import pytest

from storeapp import settings
from storeapp.settings import BadSettings, PrinterSettings, Settings


def test_a_shop_without_a_file_has_the_usual_settings(tmp_path: Path):
    assert settings.load(tmp_path) == Settings()


def test_what_is_saved_is_loaded_again(tmp_path: Path):
    ours = Settings(
        language="zh_CN",
        printer=PrinterSettings("tcp:192.168.1.8:9100", profile="generic-58", paper_mm=58),
        scanner_port=r'C:\ports\"COM3"',
        second_screen=False,
        size="large",
        keys={"park": "Ctrl+K"},
    )

    settings.save(tmp_path, ours)

    assert settings.load(tmp_path) == ours
    assert [file.name for file in tmp_path.iterdir()] == ["settings.toml"]


def test_what_the_file_does_not_say_stays_as_it_comes(tmp_path: Path):
    (tmp_path / "settings.toml").write_text('[printer]\naddress = "file:/dev/usb/lp0"\n')

    assert settings.load(tmp_path) == Settings(printer=PrinterSettings("file:/dev/usb/lp0"))


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('language = "fr"', "language"),
        ("language = 7", "language"),
        ("second_screen = 1", "second_screen"),
        ('colour = "red"', "colour"),
        ("[printer]\npaper_mm = 70", "printer.paper_mm"),
        ('[printer]\npaper_mm = "80"', "printer.paper_mm"),
        ("[printer]\nspeed = 7", "speed"),
        ("printer = 7", "printer"),
        ("keys = 7", "keys"),
        ("[keys]\npark = 7", "keys"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, where: str):
    (tmp_path / "settings.toml").write_text(text)

    with pytest.raises(BadSettings) as refused:
        settings.load(tmp_path)

    assert refused.value.where == where


@pytest.mark.parametrize("data", [b"language = ", b"\xff\xfe\x00garbage"])
def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, data: bytes):
    (tmp_path / "settings.toml").write_bytes(data)

    with pytest.raises(BadSettings):
        settings.load(tmp_path)


def test_a_machine_may_say_where_its_shop_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert settings.default_folder() == tmp_path / "data" / "storeapp"

    (tmp_path / "config" / "storeapp").mkdir(parents=True)
    machine = tmp_path / "config" / "storeapp" / "machine.toml"
    machine.write_text(f'shop_folder = "{tmp_path / "shop"}"\n', encoding="utf-8")

    assert settings.default_folder() == tmp_path / "shop"
