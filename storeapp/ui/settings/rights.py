"""The rights of a role as a form of ticks: what is ticked, that role may do."""

from __future__ import annotations

from typing import Any

from storeapp.domain.staff import EVERY_RIGHT, Right, Role, Staff, as_changes
from storeapp.till.policies import policy_in_force, set_policies
from storeapp.ui.desk import Desk
from storeapp.ui.settings.form import FieldsForm, Spec
from storeapp.ui.wording import RIGHTS_SAID
from storeapp.words import N_

TICKS = tuple(Spec(right, RIGHTS_SAID[right], "yes_no") for right in EVERY_RIGHT)
LIMITS = (
    Spec("rights.discount_percent_cashier", N_("A cashier's discount at most, percent of a line"), "whole"),
    Spec("rights.discount_fen_cashier", N_("and at most for a basket, yuan"), "yuan", rule=N_("not negative")),
    Spec("rights.reprints_cashier", N_("Copies of a receipt without asking"), "whole"),
    Spec("rights.approval_seconds", N_("An approval lasts, seconds"), "whole", rule=N_("seconds from 10 to 3600")),
    Spec("shift.required", N_("A shift is opened before the first sale"), "yes_no"),
    Spec("shift.blind", N_("The drawer is counted before it tells what must be there"), "yes_no"),
    Spec("shift.difference_fen", N_("A drawer may be off without asking by, yuan"), "yuan", rule=N_("not negative")),
    Spec("staff.pin_days", N_("A PIN is changed every (days)"), "whole", rule=N_("days from 0 to 365; 0 never asks")),
)


class RightsForm(FieldsForm):
    """One role; an owner may everything, so there is no form for owners."""

    right: Right = "policy"

    def __init__(self, desk: Desk, staff: Staff, role: Role) -> None:
        super().__init__(staff, TICKS)
        self._desk, self._role = desk, role

    def _read(self) -> dict[str, str]:
        held = policy_in_force(self._desk.shop).rights(self._role)
        return {right: "true" if right in held else "false" for right in EVERY_RIGHT}

    def _value(self, spec: Spec, text: str) -> Any:
        return text == "true"

    def _write(self, values: dict[str, Any]) -> None:
        desk, actor, role = self._desk, self._staff.code, self._role
        ticked: frozenset[Right] = frozenset(right for right in EVERY_RIGHT if values[right])
        changes = {f"rights.{role}": as_changes(role, ticked)}
        desk.work.db(
            lambda: set_policies(desk.shop, changes, clock=desk.clock, actor=actor), ok=self._saved, fail=self._failed
        )
