"""What the law says of money taken beforehand, where it says a number."""

from __future__ import annotations

NAMED_MOST_FEN = 500_000
"""What a named prepaid card may hold (rule on single-purpose prepaid cards of 2012, article 18)."""
RETURN_DAYS = 7
"""So long a member may have back what she paid in, without a reason (法释〔2025〕4号, article 14)."""
