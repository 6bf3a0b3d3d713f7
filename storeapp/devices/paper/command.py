"""A command: what one token does to the press."""

from __future__ import annotations

from collections.abc import Callable

from storeapp.devices.paper.lexer import Token
from storeapp.devices.paper.press import Press

Command = Callable[[Press, Token], None]
Commands = dict[str, Command]
"""By the name the lexer gives."""
