"""A request as a route gets it, and what it may reply."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from snowpipe_deploy.session import SqlError


@dataclass(frozen=True, slots=True)
class Request:
    """`path` has no query string; `token` is that of the Authorization header, `host` what the client called us."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    token: str
    host: str

    def json(self) -> dict[str, Any]:
        """The body as an object; empty where it is none."""
        try:
            found = json.loads(self.body or b"{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Reply:
    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: _JSON)


_JSON: Mapping[str, str] = {"Content-Type": "application/json"}


def answer(data: object, code: str | None = None, message: str | None = None) -> Reply:
    """What worked; `code` says more of it (333333: in progress)."""
    return _reply({"data": data, "code": code, "message": message, "success": True})


def failure(code: str, message: str, data: Mapping[str, object] | None = None) -> Reply:
    """What did not; clients read the status from the body, HTTP's is 200."""
    return _reply({"data": data, "code": code, "message": message, "success": False})


def failed_statement(error: SqlError, query_id: str) -> Reply:
    code = f"{error.errno:06d}"
    data = {"internalError": False, "unredactedFromSecureObject": False, "errorCode": code, "age": 0,
            "sqlState": error.sqlstate, "queryId": error.query_id or query_id, "line": -1, "pos": -1,
            "type": "COMPILATION"}  # fmt: skip
    return failure(code, error.text, data)


def _reply(content: Mapping[str, object]) -> Reply:
    return Reply(json.dumps(content, ensure_ascii=False).encode())
