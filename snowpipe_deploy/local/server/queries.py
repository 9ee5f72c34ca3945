"""Statements under way and done: by their query id, and by the id of the request that a client may send again."""

import traceback
import uuid
from collections import OrderedDict
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock

from snowpipe_deploy.local.errors import sql_error
from snowpipe_deploy.local.server import work
from snowpipe_deploy.local.server.sessions import Client
from snowpipe_deploy.local.server.work import Done, Order
from snowpipe_deploy.session import SqlError

_KEPT = 200  # that are done; the rows of an older one are gone
_AGAIN = 0.05  # seconds after which a statement that was told to stop, and goes on, is told again


@dataclass(slots=True)
class Query:
    """One statement of a client; `future` gives what came of it, or raises SqlError."""

    id: str
    client: Client
    text: str
    future: "Future[Done]" = field(default_factory=Future)
    is_running: bool = False
    is_cancelled: bool = False


class Queries:
    """All that were sent, the newest last."""

    def __init__(self) -> None:
        self._by_id: OrderedDict[str, Query] = OrderedDict()
        self._by_request: OrderedDict[str, Query] = OrderedDict()
        self._lock = Lock()

    def start(self, client: Client, order: Order, request_id: str) -> Query:
        """Lines the order up in its session; the same request sent again is the same query."""
        with self._lock:
            known = self._by_request.get(request_id) if request_id else None
            if known is not None:
                return known
            query = Query(str(uuid.uuid4()), client, order.text)
            self._by_id[query.id] = query
            if request_id:
                self._by_request[request_id] = query
            self._forget()
        client.worker.submit(self._run, query, order)
        return query

    def find(self, query_id: str) -> Query | None:
        return self._by_id.get(query_id)

    def of_request(self, request_id: str) -> Query | None:
        return self._by_request.get(request_id)

    def running(self, client: Client | None = None) -> list[Query]:
        """Those that are not done, of one session or of all."""
        with self._lock:
            return [q for q in self._by_id.values() if not q.future.done() and client in {None, q.client}]

    def cancel(self, query: Query) -> None:
        """Stops a query, whether it waits or runs; returns when it has stopped."""
        query.is_cancelled = True
        session = query.client.session
        while not query.future.done():
            with self._lock:
                if query.is_running:
                    session.stop = sql_error("cancelled")  # for a script: nothing of its own catches it
                    session.cancel()
            with suppress(TimeoutError):
                query.future.exception(timeout=_AGAIN)

    def _run(self, query: Query, order: Order) -> None:
        with self._lock:
            query.is_running = not query.is_cancelled
        found = self._outcome(query, order)
        with self._lock:
            query.is_running, query.client.session.stop = False, None
        if isinstance(found, Done):
            self._keep(query, found)
            query.future.set_result(found)
        else:
            query.future.set_exception(found)

    def _outcome(self, query: Query, order: Order) -> Done | SqlError:
        try:
            if query.is_cancelled:
                raise sql_error("cancelled")
            return work.run(query.client.session, order, query.id)
        except SqlError as error:
            error.query_id = query.id
            return error
        except KeyboardInterrupt:  # how the engine says that it was interrupted
            return sql_error("cancelled")
        except Exception as error:  # noqa: BLE001 - a bug of ours: the client is told of it, and whoever runs the server
            traceback.print_exc()
            return sql_error("internal", repr(error))

    def _keep(self, query: Query, done: Done) -> None:
        """The statements of a text that has several can be asked for one by one."""
        with self._lock:
            for part in done.parts:
                one = Query(part.query_id, query.client, query.text)
                one.future.set_result(part)
                self._by_id[part.query_id] = one

    def _forget(self) -> None:
        for held in (self._by_id, self._by_request):
            done = [key for key, query in held.items() if query.future.done()] if len(held) > 2 * _KEPT else []
            for key in done[:-_KEPT]:
                del held[key]
