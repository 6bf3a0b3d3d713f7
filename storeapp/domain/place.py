"""Places: the codes of stores and tills, which part the numbers of their receipts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from storeapp.errors import Refused

_CODE = re.compile(r"[A-Za-z0-9]{1,8}")


@dataclass(eq=False)
class BadCode(Refused):
    """A store or till code is 1 to 8 letters or digits: `code` is not."""

    code: str
    word = "bad_code"


def checked_place(code: str) -> str:
    """`code` if a store or till may be called so; raises BadCode."""
    if not _CODE.fullmatch(code):
        raise BadCode(code[:20])
    return code
