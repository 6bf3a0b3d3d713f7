"""A form whose fields depend on a kind, and which says at once what is typed would mean."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, Generic, TypeVar

from storeapp.domain.staff import Right, Staff
from storeapp.ui.settings.form import FormPresenter, Spec

Made = TypeVar("Made")


class KindsForm(FormPresenter, Generic[Made]):
    """`known` is what is changed, None for a new one; `typed` is what the form shows at first."""

    right: Right = "promotions"

    def __init__(self, staff: Staff, known: Made | None, kind: str, typed: dict[str, str]) -> None:
        self.known, self.kind, self._typed = known, kind, typed
        super().__init__(staff, self.specs_of(kind))

    @property
    def is_new(self) -> bool:
        return self.known is None

    @abstractmethod
    def specs_of(self, kind: str) -> tuple[Spec, ...]:
        """The fields of that kind."""

    def choose_kind(self, kind: str) -> None:
        """Another form; what both have in common stays typed."""
        self._typed = dict(self.state.values) or self._typed
        self.kind, self.specs = kind, self.specs_of(kind)

    def preview(self) -> tuple[Made | None, dict[str, str]]:
        """What is typed, or the fields that are missing or will not do, each with what is in its way."""
        _data, made, faults = self._made()
        return made, faults

    def parsed(self) -> tuple[dict[str, Any], frozenset[str]]:
        data, _made, faults = self._made()
        return data, frozenset(faults)

    @abstractmethod
    def _made(self) -> tuple[dict[str, Any], Made | None, dict[str, str]]:
        """What is typed as data, as what it makes, and the fields at fault."""

    def _read(self) -> dict[str, str]:
        return self._typed
