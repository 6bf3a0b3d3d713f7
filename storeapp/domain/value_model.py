"""The value model: how often a member will buy again, and what a purchase of hers is worth.

How often: BG/NBD of Fader, Hardie and Lee, "Counting Your Customers the Easy Way: An Alternative to the Pareto/NBD
Model", Marketing Science 24 (2005). What it is worth: the gamma-gamma model of Fader and Hardie, "The Gamma-Gamma Model
of Monetary Value" (2013). Both are checked against the figures published for CDNOW. Times are in weeks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import exp, inf, lgamma, log, pow
from typing import NamedTuple, TypeVar

from storeapp.domain.simplex import least
from storeapp.errors import Refused

T = TypeVar("T")
MEMBERS_MODELLED = 4_000
"""More members than these do not move the parameters; of a larger shop every n-th is looked at."""
_LEAST_MEMBERS = 30
_SERIES_TERMS = 20_000


@dataclass(eq=False)
class TooFewMembers(Refused):
    """The model wants at least `least` members who could have bought again; there are `count`."""

    count: int
    least: int
    word = "too_few_members"


class History(NamedTuple):
    """A member's purchases: `repeats` after the first, the last of them `recency` weeks after it, seen for `age` weeks.

    Days with several receipts count once.
    """

    repeats: int
    recency: float
    age: float


class Spending(NamedTuple):
    """What her `repeats` purchases came to on average, in yuan."""

    repeats: int
    mean: float


@dataclass(frozen=True, slots=True)
class Frequency:
    """BG/NBD's parameters: purchases come gamma(`r`, `alpha`) often; after each, beta(`a`, `b`) stay away for good."""

    r: float
    alpha: float
    a: float
    b: float

    def is_alive(self, history: History) -> float:
        """The chance that she has not stayed away for good."""
        if history.repeats == 0:
            return 1.0
        return 1.0 / (1.0 + self._gone_odds(history))

    def expected(self, history: History, weeks: float) -> float:
        """How many more purchases she will make in the coming `weeks`."""
        r, alpha, a, b = self.r, self.alpha, self.a, self.b
        x, age = history.repeats, history.age
        # at a = 1 the formula divides by zero, and its limit is as near as nobody can tell
        a = a if abs(a - 1.0) > 1e-6 else 1.0 + 1e-6
        z = weeks / (alpha + age + weeks)
        stays = pow((alpha + age) / (alpha + age + weeks), r + x) * _hypergeometric(r + x, b + x, a + b + x - 1, z)
        bought = (a + b + x - 1) / (a - 1) * (1.0 - stays)
        return bought / (1.0 + (self._gone_odds(history) if x else 0.0))

    def _gone_odds(self, history: History) -> float:
        x = history.repeats
        waited = (self.alpha + history.age) / (self.alpha + history.recency)
        return self.a / (self.b + x - 1) * pow(waited, self.r + x)


@dataclass(frozen=True, slots=True)
class Worth:
    """The gamma-gamma model's parameters; amounts in yuan."""

    p: float
    q: float
    gamma: float

    def expected(self, spending: Spending | None) -> float:
        """What a purchase of hers is worth on average; of a member who never repeated, what the shop's members do."""
        x, mean = spending if spending is not None else (0, 0.0)
        return self.p * (self.gamma + x * mean) / (self.p * x + self.q - 1)


def fit_frequency(histories: Iterable[History], *, pause: Callable[[], None] = lambda: None) -> Frequency:
    """The parameters under which these histories are likeliest; raises TooFewMembers. `pause` parts two steps."""
    counted = Counter(_sample(tuple(histories), _LEAST_MEMBERS))

    def unlikely(point: tuple[float, ...]) -> float:
        pause()
        return _guarded(lambda: -frequency_likelihood(Frequency(*map(exp, point)), counted))

    return Frequency(*map(exp, least(unlikely, (0.0, 0.0, 0.0, 0.0))))


def fit_worth(spendings: Iterable[Spending], *, pause: Callable[[], None] = lambda: None) -> Worth:
    """The parameters under which the averages of those who repeated are likeliest; raises TooFewMembers."""
    counted = Counter(_sample(tuple(s for s in spendings if s.repeats > 0 and s.mean > 0), _LEAST_MEMBERS))

    def unlikely(point: tuple[float, ...]) -> float:
        pause()
        return _guarded(lambda: -worth_likelihood(Worth(*map(exp, point)), counted))

    return Worth(*map(exp, least(unlikely, (1.0, 1.0, 2.0))))


def frequency_likelihood(model: Frequency, counted: Counter[History]) -> float:
    """The logarithm of the likelihood of these histories, each with how many members share it."""
    r, alpha, a, b = model.r, model.alpha, model.a, model.b
    # a member's part that her times have no say in depends on the number of her repeats alone
    by_repeats: dict[int, float] = {}
    total = 0.0
    for (x, recency, age), members in counted.items():
        known = by_repeats.get(x)
        if known is None:
            rate = lgamma(r + x) - lgamma(r) + r * log(alpha)
            stay = lgamma(a + b) + lgamma(b + x) - lgamma(b) - lgamma(a + b + x)
            known = by_repeats[x] = rate + stay
        here = -(r + x) * log(alpha + age)
        if x:
            gone = log(a) - log(b + x - 1) - (r + x) * log(alpha + recency)
            top = max(here, gone)
            here = top + log(exp(here - top) + exp(gone - top))
        total += members * (known + here)
    return total


def worth_likelihood(model: Worth, counted: Counter[Spending]) -> float:
    """The logarithm of the likelihood of these averages, each with how many members share it."""
    p, q, gamma = model.p, model.q, model.gamma
    # a member's part that her average has no say in depends on the number of her repeats alone
    by_repeats: dict[int, tuple[float, float]] = {}
    total = 0.0
    for (x, mean), members in counted.items():
        px = p * x
        known = by_repeats.get(x)
        if known is None:
            shape = lgamma(px + q) - lgamma(px) - lgamma(q) + q * log(gamma)
            known = by_repeats[x] = (shape, px * log(x))
        total += members * (known[0] + (px - 1) * log(mean) + known[1] - (px + q) * log(gamma + mean * x))
    return total


def _sample(told: tuple[T, ...], least_many: int) -> tuple[T, ...]:
    if len(told) < least_many:
        raise TooFewMembers(len(told), least_many)
    return told[:: -(-len(told) // MEMBERS_MODELLED)]


def _guarded(unlikely: Callable[[], float]) -> float:
    """A point so far out that a number overflows is as unlikely as can be."""
    try:
        return unlikely()
    except (OverflowError, ValueError, ZeroDivisionError):
        return inf


def _hypergeometric(a: float, b: float, c: float, z: float) -> float:
    """Gauss's series 2F1(a, b; c; z) for 0 <= z < 1."""
    term = total = 1.0
    for n in range(_SERIES_TERMS):
        term *= (a + n) * (b + n) / (c + n) * z / (n + 1)
        total += term
        if abs(term) <= 1e-12 * abs(total):
            break
    return total
