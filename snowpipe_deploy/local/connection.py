"""`connect`: Snowflake's own connector against an account in this process."""

import atexit
import shutil
import tempfile
import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any

from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.local.server.service import Service

if TYPE_CHECKING:
    from snowflake.connector import SnowflakeConnection

_USER = "LOCAL"
# how one gets to an account and proves who one is: here there is one way
_WAYS = ("account", "authenticator", "connection_name", "connections_file_path", "host", "passcode", "password", "port", "private_key",
         "protocol", "region", "token", "user", "workload_identity")  # fmt: skip


@dataclass(slots=True)
class _Served:
    """An open account with its server, for as many connections as there are."""

    account: LocalAccount
    password: str = field(default_factory=lambda: token_urlsafe(18))
    connections: int = 0
    service: Service = field(init=False)
    thread: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self.service = Service(self.account, {_USER: self.password})
        self.thread = threading.Thread(target=self.service.run, name="local account", daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.service.stop()
        self.thread.join()
        self.service.close()
        self.account.close()


_served: dict[Path | str, _Served] = {}
_lock = threading.RLock()


def connect(
    folder: Path | str | None = None, *, now: datetime | None = None, account: str = _USER, **given: Any
) -> "SnowflakeConnection":
    """A connection as `snowflake.connector.connect` gives it, to the account in `folder`.

    Without a folder it is an account of its own for each name `account`, which lasts as long as the process: what one connection made the
    next one finds. One in a folder is closed with its last connection, so that another process can open it. `now` is where the clock
    of a new account begins. `database`, `schema`, `role`, `warehouse`, `session_parameters` and the like are the connector's own; who one is
    and how one gets there (`user`, `password`, `authenticator`, `host` …) is not asked for.
    """
    key: Path | str = Path(folder).resolve() if folder is not None else account
    words = {name: value for name, value in given.items() if not name.startswith(_WAYS)}
    with _lock:
        served = _served.get(key) or _open(key, now)
        served.connections += 1
    try:
        made = connected(served.service, _USER, served.password, **words)
    except BaseException:
        _leave(key)
        raise
    made.close = _closing(key, made.close)  # `with` calls it, too
    return made


def connected(service: Service, user: str, password: str, **words: Any) -> "SnowflakeConnection":
    """The connector's connection to a service of this process."""
    import snowflake.connector

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of the connector, about its own next version
        return snowflake.connector.connect(
            account=_USER, user=user, password=password, host=service.host, port=service.port, protocol="http", **words
        )


def _open(key: Path | str, now: datetime | None) -> _Served:
    folder = key if isinstance(key, Path) else Path(tempfile.mkdtemp(prefix="snowdeploy-"))
    _served[key] = _Served(LocalAccount(folder, now=now))
    return _served[key]


def _closing(key: Path | str, close: Callable[..., None]) -> Callable[..., None]:
    done = threading.Event()

    def closed(*arguments: Any, **words: Any) -> None:
        close(*arguments, **words)
        if not done.is_set():
            done.set()
            _leave(key)

    return closed


def _leave(key: Path | str) -> None:
    """One connection less; the last one to an account in a folder closes it."""
    with _lock:
        served = _served[key]
        served.connections -= 1
        if not served.connections and isinstance(key, Path):
            del _served[key]
            served.close()


@atexit.register
def _close_all() -> None:
    with _lock:
        for key, served in _served.items():
            served.close()
            if not isinstance(key, Path):
                shutil.rmtree(served.account.folder, ignore_errors=True)
        _served.clear()
