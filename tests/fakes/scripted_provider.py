"""A provider that says what it is told to say, and remembers what it was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from storeapp.domain.money import Money
from storeapp.domain.payment import Take
from storeapp.domain.tender import TenderKind

UNKNOWN = Take("unknown", reason="no_answer")


@dataclass
class ScriptedProvider:
    """`takes`, `queries`, `reverses` and `refunds` are answered in turn; the last one for ever.

    An answer that says money gets the amount and number that were asked for, unless it brings its own.
    """

    takes: list[Take] = field(default_factory=lambda: [UNKNOWN])
    queries: list[Take] = field(default_factory=lambda: [UNKNOWN])
    reverses: list[Take] = field(default_factory=lambda: [UNKNOWN])
    refunds: list[Take] = field(default_factory=lambda: [UNKNOWN])
    name: str = "wechat"
    kind: TenderKind = "wechat"
    before: Callable[[str], None] = lambda deed: None
    asked: list[tuple[str, str]] = field(default_factory=list)
    amounts: dict[str, Money] = field(default_factory=dict)

    def take(self, amount: Money, *, code: str, trade_number: str) -> Take:
        self.amounts[trade_number] = amount
        return self._say("take", trade_number, self.takes)

    def query(self, trade_number: str) -> Take:
        return self._say("query", trade_number, self.queries)

    def reverse(self, trade_number: str) -> Take:
        return self._say("reverse", trade_number, self.reverses)

    def refund(self, trade_number: str, *, refund_number: str, amount: Money, whole: Money) -> Take:
        self.amounts[refund_number] = amount
        return self._say("refund", refund_number, self.refunds, trade_number)

    def query_refund(self, trade_number: str, refund_number: str) -> Take:
        return self._say("query_refund", refund_number, self.queries, trade_number)

    def deeds(self) -> list[str]:
        return [deed for deed, _number in self.asked]

    def _say(self, deed: str, number: str, answers: list[Take], trade_number: str = "") -> Take:
        self.before(deed)
        self.asked.append((deed, number))
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if answer.state in ("paid", "refunded") and answer.amount is None:
            answer = replace(answer, amount=self.amounts.get(number))
        return replace(answer, trade_number=answer.trade_number or trade_number or number)
