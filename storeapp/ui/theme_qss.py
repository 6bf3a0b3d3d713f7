"""The style sheet, made from the theme's tokens.

Sizes stand only here: a `min-height` in a style sheet beats a size set in code. A widget picks its style by
the properties `kind` (frames, buttons, fields), `type` and `tone` (labels).
"""

from __future__ import annotations

from dataclasses import fields

from storeapp.ui.theme import Theme, Type

TONES = ("text", "muted", "faint", "brand", "amber", "red", "mint", "white", "ink_muted")
_BOLD = frozenset({"amount", "kpi", "title", "primary", "total"})


def style_sheet(theme: Theme) -> str:
    """The whole sheet, set once on the application."""
    return "\n".join(
        [_base(theme), _labels(theme), _frames(theme), _buttons(theme), _fields(theme), _scroll_bars(theme)]
    )


def _base(theme: Theme) -> str:
    c, px = theme.colours, theme.px
    return f"""
    QWidget {{ color: {c.text}; font-size: {px(theme.type.body)}px; }}
    QMainWindow, QWidget[kind="ground"] {{ background: {c.ground}; }}
    QToolTip {{ color: {c.white}; background: {c.ink}; border: none; padding: {px(6)}px; }}
    QAbstractScrollArea {{ background: transparent; border: none; }}
    QScrollArea > QWidget > QWidget {{ background: transparent; }}
    """


def _labels(theme: Theme) -> str:
    rules = ["QLabel { background: transparent; }"]
    for size in fields(Type):
        weight = 700 if size.name in _BOLD else 400
        rules.append(
            f'QLabel[type="{size.name}"] {{ font-size: {theme.px(getattr(theme.type, size.name))}px; '
            f"font-weight: {weight}; }}"
        )
    rules.append('QLabel[strong="true"] { font-weight: 700; }')
    rules.extend(f'QLabel[tone="{tone}"] {{ color: {theme.colour(tone)}; }}' for tone in TONES)
    return "\n".join(rules)


def _frames(theme: Theme) -> str:
    c, px = theme.colours, theme.px
    return f"""
    QFrame[kind="card"] {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {px(12)}px; }}
    QFrame[kind="bar"] {{ background: {c.surface}; border: none; border-bottom: 1px solid {c.line}; }}
    QFrame[kind="status"] {{ background: {c.surface}; border: none; border-top: 1px solid {c.line}; }}
    QFrame[kind="sunken"] {{ background: {c.sunken}; border: none; border-radius: {px(8)}px; }}
    QFrame[kind="head"] {{ background: {c.sunken}; border: none; border-bottom: 1px solid {c.line}; }}
    QFrame[kind="ink"] {{ background: {c.ink}; border: none; border-radius: {px(14)}px; }}
    QFrame[kind="tinted"] {{ background: {c.tint}; border: 1px solid {c.brand_edge}; border-radius: {px(10)}px; }}
    QFrame[kind="warning"] {{ background: {c.amber_tint}; border: none; border-radius: {px(10)}px; }}
    QFrame[kind="fault"] {{ background: {c.red_tint}; border: 1px solid {c.red_edge}; border-radius: {px(10)}px; }}
    QFrame[kind="drop"] {{ background: {c.surface}; border: 2px solid {c.brand}; border-radius: {px(12)}px; }}
    QFrame[kind="rule"] {{ background: {c.line}; border: none; min-height: 1px; max-height: 1px; }}
    QLabel[kind="tag"] {{ font-size: {px(theme.type.tag)}px; border-radius: {px(6)}px; padding: {px(2)}px {px(7)}px; }}
    QLabel[kind="tag"][tone="brand"] {{ background: {c.tint}; }}
    QLabel[kind="tag"][tone="amber"] {{ background: {c.amber_tint}; }}
    QLabel[kind="tag"][tone="red"] {{ background: {c.red_tint}; }}
    QLabel[kind="tag"][tone="muted"] {{ background: {c.sunken}; }}
    QLabel[kind="cap"] {{ font-size: {px(theme.type.tag)}px; color: {c.muted}; background: {c.sunken};
        border: 1px solid {c.edge}; border-radius: {px(5)}px; padding: {px(1)}px {px(6)}px; }}
    """


def _buttons(theme: Theme) -> str:
    c, px = theme.colours, theme.px
    plain = f"border-radius: {px(10)}px; min-height: {px(46)}px; padding: 0 {px(12)}px;"
    return f"""
    QPushButton {{ {plain} background: {c.surface}; border: 1px solid {c.edge}; }}
    QPushButton:hover {{ background: {c.sunken}; border-color: {c.edge_alone}; }}
    QPushButton:pressed, QPushButton:checked {{ background: {c.tint}; border-color: {c.brand}; }}
    QPushButton:focus {{ border: 2px solid {c.brand}; }}
    QPushButton:disabled {{ background: {c.sunken}; border-color: {c.line}; color: {c.edge_alone}; }}
    QPushButton[kind="primary"] {{ background: {c.brand}; border: 1px solid {c.brand}; color: {c.white};
        min-height: {px(54)}px; font-size: {px(theme.type.primary)}px; font-weight: 700; }}
    QPushButton[kind="primary"]:hover {{ background: {c.brand_pressed}; }}
    QPushButton[kind="primary"]:pressed {{ background: {c.ink}; }}
    QPushButton[kind="primary"]:focus {{ border: 2px solid {c.ink}; }}
    QPushButton[kind="primary"]:disabled {{ background: {c.edge}; border-color: {c.edge}; color: {c.white}; }}
    QPushButton[kind="ghost"] {{ background: transparent; border: 1px solid transparent; min-height: {px(44)}px; }}
    QPushButton[kind="ghost"]:hover {{ background: {c.sunken}; }}
    QPushButton[kind="ghost"]:focus {{ border: 2px solid {c.brand}; }}
    QPushButton[kind="tab"] {{ background: transparent; border: 1px solid transparent; min-height: {px(42)}px;
        padding: 0 {px(4)}px; border-radius: {px(8)}px; color: {c.muted}; }}
    QPushButton[kind="tab"]:hover {{ background: {c.sunken}; }}
    QPushButton[kind="tab"]:checked {{ background: {c.ink}; color: {c.white}; font-weight: 700; }}
    QPushButton[kind="tab"]:focus {{ border: 2px solid {c.brand}; }}
    QPushButton[kind="tile"] {{ padding: 0; border: 1px solid {c.line}; min-width: {px(90)}px;
        min-height: {px(62)}px; }}
    QPushButton[kind="tile"]:hover {{ border-color: {c.edge_alone}; }}
    QPushButton[kind="tile"]:focus {{ border: 2px solid {c.brand}; }}
    QPushButton[kind="pad"] {{ font-size: {px(theme.type.primary)}px; min-height: {px(42)}px; padding: 0; }}
    QPushButton[kind="note"] {{ min-height: {px(42)}px; padding: 0; }}
    QPushButton[kind="way"] {{ min-height: {px(46)}px; max-height: {px(46)}px; padding: 0;
        border: 1px solid {c.edge}; }}
    QPushButton[kind="way"]:checked {{ background: {c.ink}; border-color: {c.ink}; }}
    QPushButton[kind="person"] {{ min-height: {px(62)}px; padding: 0; text-align: left; }}
    QPushButton[kind="big"] {{ min-height: {px(54)}px; }}
    QPushButton[kind="ticket"] {{ min-height: {px(52)}px; border: none; padding: 0; }}
    QPushButton[kind="small"] {{ min-height: {px(42)}px; padding: 0 {px(4)}px; }}
    QPushButton[ring="true"] {{ border: 2px solid {c.brand}; }}
    QPushButton[kind="icon"] {{ background: transparent; border: 1px solid transparent; padding: 0;
        min-width: {px(42)}px; max-width: {px(42)}px; min-height: {px(42)}px; max-height: {px(42)}px; }}
    QPushButton[kind="icon"]:hover {{ background: {c.sunken}; }}
    QPushButton[kind="icon"]:focus {{ border: 2px solid {c.brand}; }}
    """


def _fields(theme: Theme) -> str:
    c, px = theme.colours, theme.px
    return f"""
    QLineEdit, QPlainTextEdit {{ background: {c.surface}; border: 1px solid {c.edge_alone}; border-radius: {px(10)}px;
        min-height: {px(44)}px; padding: 0 {px(12)}px; font-size: {px(theme.type.name)}px;
        selection-background-color: {c.brand}; selection-color: {c.white}; placeholder-text-color: {c.faint}; }}
    QLineEdit:focus, QPlainTextEdit:focus {{ border: 2px solid {c.brand}; padding: 0 {px(12) - 1}px;
        min-height: {px(44) - 2}px; }}
    QLineEdit[fault="true"] {{ border: 2px solid {c.red}; padding: 0 {px(12) - 1}px; min-height: {px(44) - 2}px; }}
    QLineEdit[kind="bare"], QLineEdit[kind="bare"]:focus {{ border: none; background: transparent; padding: 0;
        font-size: {px(theme.type.name + 1)}px; }}
    QLineEdit[kind="amount"] {{ font-size: {px(theme.type.kpi)}px; font-weight: 700; min-height: {px(54)}px; }}
    QLineEdit[kind="amount"]:focus, QLineEdit[kind="amount"][fault="true"] {{ min-height: {px(54) - 2}px; }}
    QLineEdit[kind="piece"] {{ min-height: {px(42)}px; }}
    QLineEdit[kind="piece"]:focus {{ min-height: {px(42) - 2}px; }}
    QFrame[kind="scan"] {{ background: {c.surface}; border: 2px solid {c.edge_alone}; border-radius: {px(12)}px; }}
    QFrame[kind="scan"][live="true"] {{ border: 2px solid {c.brand}; }}
    """


def _scroll_bars(theme: Theme) -> str:
    c, px = theme.colours, theme.px
    return f"""
    QScrollBar:vertical {{ background: transparent; width: {px(10)}px; margin: {px(2)}px; }}
    QScrollBar::handle:vertical {{ background: {c.edge}; border-radius: {px(3)}px; min-height: {px(40)}px; }}
    QScrollBar:horizontal {{ height: 0; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QTableView {{ background: {c.surface}; border: none; font-size: {px(theme.type.body)}px; outline: none;
        selection-background-color: {c.tint}; selection-color: {c.text}; }}
    QTableView::item {{ border-bottom: 1px solid {c.line}; padding: 0 {px(8)}px; }}
    QHeaderView {{ background: {c.surface}; border: none; }}
    QHeaderView::section {{ background: {c.surface}; border: none; border-bottom: 1px solid {c.edge};
        padding: 0 {px(8) + 3}px; font-size: {px(theme.type.secondary)}px; color: {c.muted}; }}
    """
