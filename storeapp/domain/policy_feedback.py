"""The owner's choices about the question on the receipt's page."""

from __future__ import annotations

from storeapp.domain.policy_rule import Rule, text

RULES: dict[str, Rule] = {
    "feedback.question": Rule("", "one question of at most 60 characters; empty asks nothing", text(60)),
}
