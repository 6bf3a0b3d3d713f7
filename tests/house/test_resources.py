"""The fonts and icons: unchanged from where they came, complete, and under a licence that lies beside them."""

import ast
import hashlib
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

from storeapp import resources

FONTS = resources.path("fonts")
ICONS = sorted(resources.path("icons").glob("*.svg"))
# the letters a receipt in China may need: everyday goods, the rarest names, the signs of money and measure
NEEDED = "收银小票会员积分退换货喆堃镕䶮㛃𬭎𫍽𬱖龘¥¥，。：；！？（）【】×÷℃㎏—…·A1%"
# the places in the window's code that take an icon by name, and which argument it is
TAKES_AN_ICON = {"icon": 0, "pixmap": 0, "Status": 0, "IconButton": 1}


@pytest.fixture(scope="module")
def faces() -> dict[str, TTFontFile]:
    return {path.stem: TTFontFile(str(path)) for path in sorted(FONTS.glob("*.ttf"))}


def test_the_fonts_are_the_ones_the_source_note_names() -> None:
    named = dict(re.findall(r"^\| (\S+\.ttf) \| \S+ \| ([0-9a-f]{64}) \|$", (FONTS / "SOURCE.md").read_text(), re.M))

    here = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FONTS.glob("*.ttf")}

    assert here == named
    assert set(here) == {"NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"}


def test_both_weights_hold_the_same_characters(faces: dict[str, TTFontFile]) -> None:
    regular, bold = (set(faces[f"NotoSansSC-{weight}"].charToGlyph) for weight in ("Regular", "Bold"))

    assert regular ^ bold == set()
    assert len(regular) == 30_890


def test_the_fonts_hold_every_character_of_gb2312_and_the_rare_names(faces: dict[str, TTFontFile]) -> None:
    rows = (bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    hanzi = {character for pair in rows if (character := pair.decode("gb2312", "ignore"))}

    for face in faces.values():
        lost = {character for character in hanzi | set(NEEDED) if not face.charToGlyph.get(ord(character))}
        assert lost == set()
    assert len(hanzi) == 6763


def test_the_fonts_draw_with_outlines_a_pdf_can_take(faces: dict[str, TTFontFile]) -> None:
    assert all("glyf" in face.table for face in faces.values())


def test_every_icon_is_an_outline_in_the_colour_of_the_theme() -> None:
    drawn = {icon.stem: ElementTree.parse(icon).getroot() for icon in ICONS}

    looks = {name: (root.get("viewBox"), root.get("stroke"), root.get("fill")) for name, root in drawn.items()}

    assert set(looks.values()) == {("0 0 24 24", "currentColor", "none")}


@pytest.mark.parametrize(("folder", "word"), [("fonts/OFL.txt", "SIL Open Font License"), ("icons/LICENSE", "MIT")])
def test_the_licence_lies_beside_them(folder: str, word: str) -> None:
    assert word in resources.path(*folder.split("/")).read_text(encoding="utf-8")


def _icons_named(source: str) -> set[str]:
    named = set()
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call):
            callee = getattr(call.func, "attr", getattr(call.func, "id", ""))
            place = TAKES_AN_ICON.get(callee, len(call.args))
            named |= {str(icon.value) for icon in call.args[place : place + 1] if isinstance(icon, ast.Constant)}
    return named


def test_every_icon_the_window_names_is_there() -> None:
    window = Path(resources.__file__).parent / "ui"
    named = set().union(*(_icons_named(file.read_text(encoding="utf-8")) for file in window.rglob("*.py")))

    assert named - {icon.stem for icon in ICONS} == set()
    assert len(named) > 10


def test_an_icon_is_noticed_wherever_one_is_named() -> None:
    source = 'look.icons.icon("a"); pixmap("b", "red"); IconButton(look, "c"); Status("d", "x"); t("e")'

    assert _icons_named(source) == {"a", "b", "c", "d"}
