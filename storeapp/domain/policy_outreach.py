"""The owner's choices about writing to members."""

from __future__ import annotations

from storeapp.domain.policy_rule import Rule, text, whole

RULES: dict[str, Rule] = {
    "outreach.most_a_day": Rule(9, "people from 0 to 50; 0 writes to nobody", whole(0, 50)),
    "outreach.peace_days": Rule(14, "days from 1 to 365", whole(1, 365)),
    "outreach.selling_percent": Rule(20, "percent from 0 to 100", whole(0, 100)),
    "outreach.quiet_from_hour": Rule(21, "a whole hour from 0 to 23", whole(0, 23)),
    "outreach.quiet_until_hour": Rule(9, "a whole hour from 0 to 23", whole(0, 23)),
    "outreach.persona": Rule("", "a text of at most 20 characters: who writes, such as 小棠", text(20)),
}
