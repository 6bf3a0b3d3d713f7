"""The owner's choices about what may be seen of members, and for how long they are kept."""

from __future__ import annotations

from storeapp.domain.policy_rule import Rule, whole

RULES: dict[str, Rule] = {
    "members.looks_an_hour": Rule(30, "members from 1 to 10000", whole(1, 10_000)),
    "members.looks_a_day": Rule(100, "members from 1 to 10000", whole(1, 10_000)),
    "members.retention_months": Rule(0, "months from 0 to 240; 0 keeps them for ever", whole(0, 240)),
}
