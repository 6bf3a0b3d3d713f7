"""Simplex search: the least value of a smooth function of a few numbers, without its derivatives.

Nelder and Mead, "A simplex method for function minimization", The Computer Journal 7 (1965), with their own factors.
The same start always walks the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Point = tuple[float, ...]
_REFLECT, _EXPAND, _CONTRACT, _SHRINK = 1.0, 2.0, 0.5, 0.5


def least(
    value: Callable[[Point], float],
    start: Sequence[float],
    *,
    step: float = 0.5,
    precise: float = 1e-9,
    most: int = 2000,
) -> Point:
    """Where `value` is least near `start`; ends when the corners' values differ by `precise` of their size."""
    corners = [(value(point), point) for point in _first(tuple(start), step)]
    for _round in range(most):
        corners.sort()
        best, worst = corners[0][0], corners[-1][0]
        if worst - best <= precise * (abs(worst) + abs(best)):
            break
        corners = _moved(value, corners)
    return min(corners)[1]


def _first(start: Point, step: float) -> list[Point]:
    return [start] + [
        tuple(coordinate + (step if n == axis else 0.0) for n, coordinate in enumerate(start))
        for axis in range(len(start))
    ]


def _moved(value: Callable[[Point], float], corners: list[tuple[float, Point]]) -> list[tuple[float, Point]]:
    """The corners after one move; they come sorted, the best first."""
    *others, (worst, corner) = corners
    size = len(others)
    centre = tuple(sum(point[n] for _, point in others) / size for n in range(len(corner)))

    def beyond(factor: float) -> tuple[float, Point]:
        point = tuple(middle + factor * (middle - old) for middle, old in zip(centre, corner, strict=True))
        return value(point), point

    reflected = beyond(_REFLECT)
    if reflected[0] < others[0][0]:
        return [*others, min(reflected, beyond(_EXPAND))]
    if reflected[0] < others[-1][0]:
        return [*others, reflected]
    closer = beyond(_CONTRACT if reflected[0] < worst else -_CONTRACT)
    if closer[0] < min(reflected[0], worst):
        return [*others, closer]
    best = others[0][1]
    shrunk = [tuple(b + _SHRINK * (p - b) for b, p in zip(best, point, strict=True)) for _, point in corners[1:]]
    return [others[0], *((value(point), point) for point in shrunk)]
