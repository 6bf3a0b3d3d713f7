"""Time as the pretended companies count it."""

from __future__ import annotations

from dataclasses import dataclass

from storeapp.payments.fake.app import FakeProviders


@dataclass
class CompaniesPace:
    """To wait is to let the clock of the pretended companies go on."""

    fake: FakeProviders
    passed: float = 0.0

    def wait(self, seconds: float) -> None:
        self.passed += seconds
        self.fake.clock.go_on(seconds)

    def elapsed(self) -> float:
        return self.passed
