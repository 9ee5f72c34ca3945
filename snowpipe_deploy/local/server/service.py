"""An open account and its server, put together: which request goes where, and how all of it ends."""

import threading
from collections.abc import Callable, Mapping

from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.local.server.desk import Desk
from snowpipe_deploy.local.server.files import Files
from snowpipe_deploy.local.server.http import HOST, Route, Server, route
from snowpipe_deploy.local.server.login import Door
from snowpipe_deploy.local.server.messages import Reply, Request, answer, failure
from snowpipe_deploy.local.server.queries import Queries
from snowpipe_deploy.local.server.sessions import Client, Sessions
from snowpipe_deploy.local.session import LocalSession

_TICK = 1.0  # seconds between looks at what is due, while no client asks for anything


class Service:
    """Serves an open account, or a session of it, until it is closed; the account stays open."""

    def __init__(
        self, of: LocalAccount | LocalSession, passwords: Mapping[str, str], port: int = 0, latency: float = 0
    ) -> None:
        """Of an account each login gets a session; of one session all get that one, and it stays when they leave."""
        if isinstance(of, LocalSession):
            self._sessions = Sessions(lambda: of, lent=True)
        else:
            self._sessions = Sessions(of.session)
        self._shared = of.shared
        self._queries = Queries()
        self._files = Files()
        self._ended = threading.Event()
        door, desk = Door(self._sessions, passwords), Desk(self._queries, self._files)
        self._server = Server(port, self._routes(door, desk), latency)
        self.host, self.port = HOST, self._server.port

    def _routes(self, door: Door, desk: Desk) -> tuple[Route, ...]:
        inside = self._inside
        return (
            route("POST", "/queries/v1/query-request", inside(desk.run)),
            route("POST", "/session/v1/login-request", door.login),
            route("POST", "/session/token-request", door.renew),
            route("POST", "/session/heartbeat", inside(lambda _, __: answer(None))),
            route("POST", "/session", inside(self._leave)),
            route("POST", "/queries/v1/abort-request", inside(desk.abort)),
            route("POST", "/queries/([^/]+)/abort-request", inside(desk.abort_query)),
            route("GET", "/queries/([^/]+)/result", inside(desk.result)),
            route("GET", "/monitoring/queries/([^/]+)", inside(desk.monitor)),
            route("GET", "/results/([^/]+)/([0-9]+)", lambda _, query_id, number: desk.chunk(query_id, number)),
            route("PUT", "/files/([^/]+)", self._files.write),
            route("GET", "/files/([^/]+)", self._files.read),
            route("HEAD", "/files/([^/]+)", self._files.read),
            route("POST", "/telemetry/send(?:/sessionless)?", lambda _: answer("Log Received")),
        )

    def _inside(self, call: Callable[..., Reply]) -> Callable[..., Reply]:
        """The call with the session of the request's token; clients without one are told to log in."""

        def checked(request: Request, *groups: str) -> Reply:
            client = self._sessions.find(request.token)
            if client is None:
                return failure("390104", "Session no longer exists. New login required to access the service.")
            if client.is_expired:
                return failure("390112", "Session token has expired. The client must renew it.")
            return call(client, request, *groups)

        return checked

    def _leave(self, client: Client, request: Request) -> Reply:
        if request.query.get("delete") == "true":
            self._close(client)
        return answer(None)

    def _close(self, client: Client) -> None:
        for query in self._queries.running(client):
            self._queries.cancel(query)
        self._sessions.close(client)

    def run(self) -> None:
        """Serves, until another thread calls `stop` or Ctrl-C comes."""
        watch = threading.Thread(target=self._keep_time, name="clock", daemon=True)
        watch.start()
        self._server.serve_forever(poll_interval=0.1)

    def _keep_time(self) -> None:
        """Schedules fall due although nobody sends a statement."""
        while not self._ended.wait(_TICK):
            self._shared.wake()

    def stop(self) -> None:
        """Ends `run`, from another thread."""
        self._server.shutdown()

    def close(self) -> None:
        """Stops what still runs and ends all sessions: what they have not committed is rolled back."""
        self._ended.set()
        self._server.server_close()
        for client in self._sessions:
            self._close(client)
