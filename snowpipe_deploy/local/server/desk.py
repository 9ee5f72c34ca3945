"""The requests of a client that is logged in: run, wait, stop, look up; and the files of large results."""

import re
import uuid
from collections.abc import Mapping
from typing import Any

from snowpipe_deploy.local.engine import Rows
from snowpipe_deploy.local.server import binding, encoding
from snowpipe_deploy.local.server.files import Files
from snowpipe_deploy.local.server.messages import Reply, Request, answer, failed_statement, failure
from snowpipe_deploy.local.server.queries import Queries, Query
from snowpipe_deploy.local.server.sessions import Client
from snowpipe_deploy.local.server.work import Done, Order, statement_type
from snowpipe_deploy.session import SqlError
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.types import MAX_VARCHAR, DataType

_IN_PROGRESS, _IN_PROGRESS_ASYNC = "333333", "333334"
_PATIENCE = (
    40.0  # seconds that a request waits for its statement; clients give up after 60, and ask again where told to
)
_UNKNOWN = failure("000709", "Statement not found", {"sqlState": "02000", "errorCode": "000709"})


_CANCEL = re.compile(r"(?:SELECT|CALL) SYSTEM\$CANCEL_(QUERY|ALL_QUERIES) \( ('[^']*'|\d+) \)", re.IGNORECASE)


class Desk:
    """Serves the sessions of one account."""

    def __init__(self, queries: Queries, files: Files, patience: float = _PATIENCE) -> None:
        self._queries = queries
        self._files = files
        self._patience = patience

    def run(self, client: Client, request: Request) -> Reply:
        sent = request.json()
        text = str(sent.get("sqlText") or "")
        order = _order(client, text, sent)
        if _first(text) in {"PUT", "GET"} and not order.describe_only:
            return self._transfer(client, binding.in_place(text, order.sent), request.host)
        if found := _CANCEL.fullmatch(" ".join(token.text for token in code(text[:1000]) if token.text != ";")):
            return self._cancelled(client, found[1].upper(), found[2].strip("'"), request.host)
        query = self._queries.start(client, order, request.query.get("requestId", ""))
        if sent.get("asyncExec"):
            return _in_progress(query, _IN_PROGRESS_ASYNC)
        return self._result(query, request.host)

    def _transfer(self, client: Client, text: str, host: str) -> Reply:
        try:
            return answer(client.worker.submit(self._files.transfer, client, text, host).result())
        except SqlError as error:
            return failed_statement(error, client.session.query_id)

    def result(self, _: Client, request: Request, query_id: str) -> Reply:
        query = self._queries.find(query_id)
        return _UNKNOWN if query is None else self._result(query, request.host)

    def _result(self, query: Query, host: str) -> Reply:
        """What came of it, or, once patience ends, that it still runs."""
        try:
            done = query.future.result(timeout=self._patience)
        except TimeoutError:
            return _in_progress(query, _IN_PROGRESS)
        except SqlError as error:
            return failed_statement(error, query.id)
        return answer(_content(query.client, done, host))

    def chunk(self, query_id: str, number: str) -> Reply:
        """The file of a chunk. Its address holds the query id, which nobody can guess; clients send no token with it."""
        query = self._queries.find(query_id)
        if query is None or not query.future.done() or query.future.exception() is not None:
            return Reply(status=404)
        rows = query.future.result().rows
        _, parts = encoding.split(rows)
        if int(number) >= len(parts):
            return Reply(status=404)
        body = encoding.chunk(rows, parts[int(number)])
        return Reply(body, headers={"Content-Type": "application/json", "Content-Encoding": "gzip"})

    def abort(self, _: Client, request: Request) -> Reply:
        """Stops the statement of the request that is named in the body."""
        query = self._queries.of_request(str(request.json().get("requestId", "")))
        return self._cancel(query)

    def abort_query(self, _: Client, __: Request, query_id: str) -> Reply:
        return self._cancel(self._queries.find(query_id))

    def _cancelled(self, client: Client, function: str, number: str, host: str) -> Reply:
        """SYSTEM$CANCEL_QUERY and SYSTEM$CANCEL_ALL_QUERIES: these run beside what they cancel, and not behind it."""
        if function == "QUERY":
            wanted = [query for query in self._queries.running() if query.id == number]
            said = f"query [{number}] terminated." if wanted else "Identified SQL statement is not currently executing."
        else:
            wanted = [query for query in self._queries.running() if str(query.client.id) == number]
            said = f"cancelled {len(wanted)} queries"
        for query in wanted:
            self._queries.cancel(query)
        column = f"SYSTEM$CANCEL_{function}({number})"
        rows = Rows((column,), (DataType("VARCHAR", (MAX_VARCHAR,)),), ((said,),))
        return answer(_content(client, Done(str(uuid.uuid4()), rows, statement_type("SELECT")), host))

    def _cancel(self, query: Query | None) -> Reply:
        if query is None or query.future.done():
            return failure("000605", "Identified SQL statement is not currently executing.")
        self._queries.cancel(query)
        return answer(None)

    def monitor(self, _: Client, __: Request, query_id: str) -> Reply:
        query = self._queries.find(query_id)
        return answer({"queries": [] if query is None else [_told(query)]})


def _first(text: str) -> str:
    return next((token.upper for token in code(text[:1000])), "")


def _order(client: Client, text: str, sent: Mapping[str, Any]) -> Order:
    """The parameters of a request hold for it alone, over those of the session."""
    own = {name.upper(): value for name, value in (sent.get("parameters") or {}).items()}
    held = client.session.parameters
    return Order(
        text,
        sent.get("bindings") or {},
        str(own.get("QUERY_TAG", held.get("QUERY_TAG", ""))),
        int(own.get("MULTI_STATEMENT_COUNT", held.get("MULTI_STATEMENT_COUNT", 1))),
        bool(sent.get("describeOnly")),
    )


def _in_progress(query: Query, code: str) -> Reply:
    data = {"queryId": query.id, "getResultUrl": f"/queries/{query.id}/result", "queryAbortsAfterSecs": 300,
            "progressDesc": None}  # fmt: skip
    return answer(data, code, "Query execution in progress.")


def _content(client: Client, done: Done, host: str) -> dict[str, object]:
    """The data of a reply with rows."""
    session, rows = client.session, done.rows
    first, parts = encoding.split(rows)
    found: dict[str, object] = {
        "parameters": [], "rowtype": [encoding.rowtype(*column) for column in zip(rows.columns, rows.types, strict=True)],
        "rowset": encoding.cells(first, rows.types), "total": len(rows.rows), "returned": len(rows.rows),
        "queryId": done.query_id, "databaseProvider": None, "finalDatabaseName": session.database,
        "finalSchemaName": session.schema, "finalWarehouseName": session.warehouse, "finalRoleName": session.role,
        "numberOfBinds": done.binds, "arrayBindSupported": done.type_id & 0xF000 == 0x3000,
        "statementTypeId": done.type_id, "version": 1, "queryResultFormat": "json", "queryContext": {"entries": []},
    }  # fmt: skip
    if parts:
        found["chunks"] = [
            {"url": f"http://{host}/results/{done.query_id}/{i}", "rowCount": len(part), "uncompressedSize": 0,
             "compressedSize": 0} for i, part in enumerate(parts)
        ]  # fmt: skip
        found["chunkHeaders"] = {}
    if done.parts:
        found["resultIds"] = ",".join(part.query_id for part in done.parts)
        found["resultTypes"] = ",".join(str(part.type_id) for part in done.parts)
    return found


def _told(query: Query) -> dict[str, object]:
    """A query as the monitoring of it says."""
    found: dict[str, object] = {"id": query.id, "sqlText": query.text, "status": "SUCCESS",
                                "sessionId": query.client.id, "statementTypeId": statement_type(query.text)}  # fmt: skip
    if not query.future.done():
        found["status"] = "RUNNING" if query.is_running else "QUEUED"
    elif (error := query.future.exception()) is not None:
        code = f"{error.errno:06d}" if isinstance(error, SqlError) else ""
        found |= {"status": "FAILED_WITH_ERROR", "errorCode": code, "errorMessage": str(error)}
    return found
