"""The theme: colours, sizes and type, from which every style is made.

All lengths are pixels at scale 1; a widget asks `theme.px(n)` and never writes a bare pixel.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

FAMILIES = ("Noto Sans SC", "Microsoft YaHei UI", "PingFang SC")
TARGET_PX = 44  # the least a finger hits


class Size(Enum):
    """What the user picks: small, medium, large."""

    SMALL = 0.92
    MEDIUM = 1.0
    LARGE = 1.12


@dataclass(frozen=True, slots=True)
class Colours:
    """Contrast was computed: every text colour reaches 5:1 on the ground it is used on."""

    ground: str = "#EEF1F5"
    surface: str = "#FFFFFF"
    sunken: str = "#F6F8FA"
    line: str = "#E1E6ED"
    edge: str = "#C3CCD8"
    edge_alone: str = "#8593A5"  # 3:1, where the border is all there is to see
    text: str = "#101828"
    muted: str = "#465467"
    faint: str = "#5B687A"
    brand: str = "#0B6B57"
    brand_pressed: str = "#08503F"
    brand_edge: str = "#86C5B4"
    tint: str = "#E3F3EE"
    amber: str = "#8F4A06"
    amber_tint: str = "#FDF0D9"
    red: str = "#B42318"
    red_tint: str = "#FDECEA"
    red_edge: str = "#F0B4AE"
    ink: str = "#0E1B2A"
    ink_muted: str = "#A9B8C9"
    mint: str = "#6EE7C0"
    white: str = "#FFFFFF"
    # the edges of quick tiles, one a category, in this order
    categories: tuple[str, ...] = field(
        default=("#8250C4", "#2E9E6B", "#D9822B", "#3B6FD4", "#C2417C", "#0F8CA3", "#8A6D3B", "#5B687A")
    )


@dataclass(frozen=True, slots=True)
class Type:
    """The type scale in pixels."""

    amount: int = 46
    kpi: int = 28
    title: int = 24
    primary: int = 20
    total: int = 18
    name: int = 16
    body: int = 15
    secondary: int = 13
    tag: int = 12


@dataclass(frozen=True, slots=True)
class Theme:
    """One look at one scale."""

    k: float = 1.0
    colours: Colours = Colours()
    type: Type = Type()

    def px(self, length: float) -> int:
        """A length at this scale; what is visible at scale 1 stays visible."""
        if length == 0:
            return 0
        scaled = round(abs(length) * self.k)
        return max(1, scaled) if length > 0 else -max(1, scaled)

    def colour(self, tone: str) -> str:
        """A colour by its name: `theme.colour("red")`."""
        return str(getattr(self.colours, tone))

    def category(self, number: int) -> str:
        """The edge of the category with this number; they repeat."""
        return self.colours.categories[number % len(self.colours.categories)]


def scale_for(width_px: int, size: Size = Size.MEDIUM) -> float:
    """1.0 up to 1366 pixels wide, 1.2 from 1920 on: more rows are worth more than bigger rows."""
    share = (width_px - 1366) / (1920 - 1366)
    fitted = 1.0 + 0.2 * min(1.0, max(0.0, share))
    return round(fitted * size.value, 3)
