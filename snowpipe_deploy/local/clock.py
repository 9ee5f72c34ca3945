"""The account's clock: it advances only while the account is open, and a statement can move it."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """`base` is the account's time when it was opened (or moved); the rest is time that passed since then."""

    def __init__(self, base: datetime, *, frozen: bool = False) -> None:
        self._base = base
        self._since = time.monotonic()
        self.frozen = frozen

    def now(self) -> datetime:
        passed = 0.0 if self.frozen else time.monotonic() - self._since
        return self._base + timedelta(seconds=passed)

    def freeze(self, *, frozen: bool = True) -> None:
        """Stops the clock where it stands, or lets it go on from there."""
        self.move(self.now())
        self.frozen = frozen

    def move(self, to: datetime) -> None:
        """Sets the account's time; it goes on from there unless it is frozen."""
        self._base = to.astimezone(UTC)
        self._since = time.monotonic()
