"""What a server is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Settings:
    """Where to listen, and how much one request may take.

    Attributes
    ----------
    host, port : str, int
        The address to listen at; only this machine can reach a loopback address.
    allowed_hosts : tuple of str
        Further names under which the server may be addressed, besides `host` and the loopback ones.
    workers : int
        Processes that check; also how many checks run at once.
    waiting : int
        Requests that may wait for a process; more are answered with 503.
    seconds : float
        The time that one check may take.
    memory : int
        Bytes that a process may allocate beyond what it holds at the start.
    body : int
        Bytes that the body of a request may have.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    allowed_hosts: tuple[str, ...] = ()
    workers: int = 2
    waiting: int = 16
    seconds: float = 5.0
    memory: int = 500_000_000
    body: int = 200_000

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in LOOPBACK

    @property
    def hosts(self) -> frozenset[str]:
        """The names that the `Host` header may hold."""
        return frozenset(name.lower() for name in (self.host, *LOOPBACK, *self.allowed_hosts))
