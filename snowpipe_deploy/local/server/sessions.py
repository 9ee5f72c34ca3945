"""Who is logged in: a session of the account each, its tokens, and the thread that runs its statements."""

import secrets
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from threading import Lock

from snowpipe_deploy.local.session import LocalSession

TOKEN_SECONDS = 3600
MASTER_SECONDS = 4 * 3600  # without a request for so long a session is over


def _token() -> str:
    return secrets.token_urlsafe(32)


@dataclass(slots=True, eq=False)
class Client:
    """One login. Its statements run one after the other, on one thread: `worker` is their queue."""

    id: int
    session: LocalSession
    worker: ThreadPoolExecutor
    token: str = field(default_factory=_token)
    master: str = field(default_factory=_token)
    seen: float = field(default_factory=time.monotonic)
    issued: float = field(default_factory=time.monotonic)

    @property
    def is_expired(self) -> bool:
        """Has the client to renew its token?"""
        return time.monotonic() - self.issued > TOKEN_SECONDS


class Sessions:
    """The sessions of an open account by their tokens.

    `made` gives a session for each login. Those that are `lent` go on when the client leaves.
    """

    def __init__(self, made: Callable[[], LocalSession], *, lent: bool = False) -> None:
        self._made, self._lent = made, lent
        self._by_token: dict[str, Client] = {}
        self._by_master: dict[str, Client] = {}
        self._numbers = count(1)
        self._lock = Lock()

    def open(self) -> Client:
        self._sweep()
        with self._lock:
            number = next(self._numbers)
            worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"session-{number}")
            client = Client(number, self._made(), worker)
            self._by_token[client.token] = self._by_master[client.master] = client
        return client

    def find(self, token: str) -> Client | None:
        found = self._by_token.get(token)
        if found is not None:
            found.seen = time.monotonic()
        return found

    def renew(self, master: str) -> Client | None:
        """The session of a master token, with a new token."""
        with self._lock:
            client = self._by_master.get(master)
            if client is not None:
                self._by_token.pop(client.token, None)
                client.token, client.seen = _token(), time.monotonic()
                client.issued = client.seen
                self._by_token[client.token] = client
        return client

    def close(self, client: Client) -> None:
        """Ends a session after what it still runs; what it has not committed is rolled back."""
        with self._lock:
            if self._by_master.pop(client.master, None) is None:
                return
            self._by_token.pop(client.token, None)
        if not self._lent:
            client.worker.submit(client.session.close).result()
        client.worker.shutdown()

    def __iter__(self) -> Iterator[Client]:
        return iter(list(self._by_master.values()))

    def _sweep(self) -> None:
        """Ends the sessions of clients that went away without a word."""
        for client in self:
            if time.monotonic() - client.seen > MASTER_SECONDS:
                self.close(client)
