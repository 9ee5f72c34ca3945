"""HTTP on loopback: a thread a connection, which clients keep open; finds the route, knows nothing of SQL.

The standard library's server is enough: nobody but the clients of one computer comes here, and a reply to a small
statement takes it a fifth of a millisecond (benchmarks/local.py).
"""

import gzip
import re
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from snowpipe_deploy.errors import UsageError
from snowpipe_deploy.local.server.messages import Reply, Request, failure

HOST = "127.0.0.1"
_TOKEN = re.compile(r'Token="([^"]*)"')
_METHODS = ("GET", "POST", "PUT", "HEAD", "DELETE")


@dataclass(frozen=True, slots=True)
class Route:
    """`call` gets the request and the groups of the path."""

    method: str
    path: re.Pattern[str]
    call: Callable[..., Reply]


def route(method: str, path: str, call: Callable[..., Reply]) -> Route:
    return Route(method, re.compile(path), call)


class Server(ThreadingHTTPServer):
    """Serves the routes; each reply waits `latency` seconds, as if it came from far away."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, port: int, routes: Sequence[Route], latency: float = 0) -> None:
        self.routes, self.latency = routes, latency
        try:
            super().__init__((HOST, port), _Handler)
        except OSError as error:
            raise UsageError(
                f"port {port} cannot be used: {(error.strerror or str(error)).lower()}",
                hint="another server may have it: --port 0 takes one that is free",
            ) from error

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def reply(self, request: Request) -> Reply:
        if self.latency:
            time.sleep(self.latency)
        for one in self.routes:
            found = one.path.fullmatch(request.path) if one.method == request.method else None
            if found:
                return one.call(request, *found.groups())
        return Reply(status=404)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no error; anything else is a bug."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave in one packet
    server: Server

    def _serve(self) -> None:
        request = self._read()
        try:
            reply = self.server.reply(request)
        except Exception as error:  # noqa: BLE001 - a bug; at a status of HTTP clients would ask again and again
            traceback.print_exc()
            reply = failure("000603", f"the local account could not answer this request: {error!r}")
        self._write(reply)

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = _serve  # noqa: N815 - names of the base class

    def _read(self) -> Request:
        address = urlsplit(self.path)
        body = self._body()
        if self.headers.get("Content-Encoding") == "gzip" and self.command == "POST":
            body = gzip.decompress(body)
        found = _TOKEN.search(self.headers.get("Authorization", ""))
        return Request(
            self.command,
            re.sub(r"/{2,}", "/", address.path),  # connector 5 writes /monitoring/queries//<id>
            dict(parse_qsl(address.query)),
            {name.lower(): value for name, value in self.headers.items()},
            body,
            found[1] if found else "",
            self.headers.get("Host", f"{HOST}:{self.server.port}"),
        )

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def _write(self, reply: Reply) -> None:
        self.send_response_only(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Nobody reads a line for each request."""
