"""The owner's choices of what the leak radar calls too much, one for each of its thresholds."""

from __future__ import annotations

from dataclasses import fields

from storeapp.domain.leak_parts import Thresholds
from storeapp.domain.policy_rule import Rule, whole

RULES: dict[str, Rule] = {
    f"leaks.{threshold.name}": Rule(threshold.default, "a whole number from 1 to 1000", whole(1, 1000))
    for threshold in fields(Thresholds)
}
