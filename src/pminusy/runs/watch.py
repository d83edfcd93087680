"""What a fit tells whoever waits for it."""

from typing import Any, Protocol

from pminusy.runs.parts import Parts


class Watcher(Protocol):
    """Told about a fit while it runs, from the thread that it runs in."""

    def stage(self, name: str) -> None:
        """Another stage begins: "reading", "encoding", "fitting", "scoring" or "writing"."""

    def read(self, parts: Parts) -> None:
        """The data are read and split; nothing is trained yet."""

    def iteration(self, record: Any) -> None:
        """The solver finished an iteration; `record` is the entry of its history."""


class Unwatched:
    """A watcher that nobody looks at."""

    def stage(self, name: str) -> None:
        """Ignore it."""

    def read(self, parts: Parts) -> None:
        """Ignore it."""

    def iteration(self, record: Any) -> None:
        """Ignore it."""


UNWATCHED = Unwatched()
