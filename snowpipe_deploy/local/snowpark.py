"""The Snowpark session that a procedure in Python is given: Snowpark's own, whose statements run in the session that called it."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from secrets import token_urlsafe
from typing import Any

from snowpipe_deploy.local.connection import connected
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.runner import Answer
from snowpipe_deploy.local.server.service import Service
from snowpipe_deploy.local.session import LocalSession


def run(caller: LocalSession, procedure: Callable[[Any], object]) -> object:
    """What a procedure gives for its Snowpark session; the rows of a DataFrame come as an Answer."""
    if caller.shared.lock._is_owned():  # type: ignore[attr-defined]  # its statements would wait for it for ever
        raise unsupported("a procedure in Python within another statement")
    with _session(caller) as session:
        result = procedure(session)
        return _rows(caller, result) if hasattr(result, "queries") and hasattr(result, "collect") else result


def _rows(caller: LocalSession, frame: Any) -> Answer:
    if frame.queries["post_actions"]:
        raise unsupported("a DataFrame that has something done after it was read, as the result of a procedure")
    try:
        frame.collect()
    except Exception as error:
        raise sql_error("python", str(error)) from error
    return Answer(caller.results[caller.last_query_id])


@contextlib.contextmanager
def _session(caller: LocalSession) -> Iterator[Any]:
    from snowflake.snowpark import Session

    password = token_urlsafe(18)
    service = Service(caller, {caller.user: password})
    thread = threading.Thread(target=service.run, name="procedure", daemon=True)
    thread.start()
    try:
        connection = connected(service, caller.user, password)
        session = Session.builder.configs({"connection": connection}).create()
        try:
            yield session
        finally:
            session.close()
    finally:
        service.stop()
        thread.join()
        service.close()
