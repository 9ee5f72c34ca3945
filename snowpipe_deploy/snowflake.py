"""Sessions on the official Snowflake connector: one login, many cursors."""

import os
import warnings
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import snowflake.connector
from snowflake.connector import errors as driver

from snowpipe_deploy.environment import Environment
from snowpipe_deploy.errors import DeployError, UsageError
from snowpipe_deploy.pin import refuse_other_account
from snowpipe_deploy.session import Result, SqlError

# keys that SNOWFLAKE_<KEY> fills in where the connection's entry leaves them out, as Snowflake CLI does (reference G.1)
_GENERIC = (
    "account", "user", "password", "host", "port", "protocol", "authenticator", "workload_identity_provider",
    "private_key_file", "private_key_path", "private_key_raw", "database", "schema", "role", "warehouse", "token",
    "token_file_path", "oauth_client_id", "oauth_client_secret", "oauth_authorization_url", "oauth_token_request_url",
    "oauth_redirect_uri", "oauth_scope", "session_token", "master_token",
)  # fmt: skip
_AT_ONCE = 16  # statements of `together`; more would only queue
_SESSION = {
    "TIMEZONE": "UTC", "TIMESTAMP_TYPE_MAPPING": "TIMESTAMP_NTZ", "AUTOCOMMIT": True, "QUOTED_IDENTIFIERS_IGNORE_CASE": False,
    "MULTI_STATEMENT_COUNT": 1,
}  # fmt: skip


def parameters(
    environment: Environment, entries: Mapping[str, Mapping[str, Any]], variables: Mapping[str, str]
) -> dict[str, Any]:
    """What the connector is called with: our file over SNOWFLAKE_CONNECTIONS_<NAME>_<KEY> over the entry over SNOWFLAKE_<KEY>."""
    c = environment.connection
    name = c.name or variables.get("SNOWFLAKE_DEFAULT_CONNECTION_NAME", "default")
    if c.name and name not in entries:
        known = ", ".join(sorted(entries)) or "none"
        raise UsageError(f"no connection {name!r} in connections.toml or config.toml", hint=f"known: {known}")
    found: dict[str, Any] = dict(entries.get(name, {}))
    prefix = f"SNOWFLAKE_CONNECTIONS_{name.upper()}_"
    found |= {key[len(prefix) :].lower(): value for key, value in variables.items() if key.startswith(prefix)}
    for key in _GENERIC:
        if key not in found and (value := variables.get(f"SNOWFLAKE_{key.upper()}")):
            found[key] = value
    own = (("role", c.role), ("warehouse", c.warehouse), ("secondary_roles", c.secondary_roles.upper()))
    found |= {key: value for key, value in own if value}
    found["session_parameters"] = {**_SESSION, **({"QUERY_TAG": c.query_tag} if c.query_tag else {})}
    found["application"] = "snowdeploy"
    found.pop("database", None)  # the scope's database may not exist yet
    found.pop("schema", None)
    return found


class SnowflakeAccount:
    """One login; every session is a cursor on it."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._connections = [_connect(environment)]

    def session(self) -> "SnowflakeSession":
        return SnowflakeSession(self._connections[0])

    def login(self) -> "SnowflakeSession":
        self._connections.append(_connect(self._environment))
        return SnowflakeSession(self._connections[-1])

    def close(self) -> None:
        for connection in self._connections:
            connection.close()


def _connect(environment: Environment) -> Any:
    """A login with the environment's role, warehouse and account; raises DeployError with the connector's reason."""
    from snowflake.connector.config_manager import CONFIG_MANAGER

    try:
        entries = CONFIG_MANAGER["connections"]
        wanted = parameters(environment, entries, os.environ)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of the connector, about its own next version
            connection = snowflake.connector.connect(**wanted)
    except driver.Error as error:
        raise DeployError(
            f"cannot connect to Snowflake: {error.msg}", hint="check the connection's entry in connections.toml"
        ) from error
    connection.telemetry_enabled = False  # no requests beside ours, and none to wait for at the end
    session = SnowflakeSession(connection)
    try:
        refuse_other_account(session, environment.connection.account or "")
    except BaseException:
        connection.close()
        raise
    session.close()
    return connection


class SnowflakeSession:
    """See `snowpipe_deploy.session.Session`."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._cursor = connection.cursor()

    def execute(self, sql: str, tag: str = "") -> Result:
        try:
            options = {"_statement_params": {"QUERY_TAG": tag}} if tag else {}
            self._cursor.execute(sql, **options)
            columns = tuple(column[0] for column in self._cursor.description or ())
            rows = tuple(tuple(row) for row in self._cursor.fetchall())
        except driver.ProgrammingError as error:
            raise SqlError(
                error.errno or 0, error.sqlstate or "", error.raw_msg or str(error.msg), query_id=error.sfqid or ""
            ) from error
        except driver.Error as error:
            # the reply is lost: what became of the statement is not known
            raise SqlError(
                error.errno or 0,
                error.sqlstate or "08000",
                str(error.msg),
                query_id=error.sfqid or "",
                may_have_run=True,
            ) from error
        return Result(columns, rows, self._cursor.sfqid or "", self._cursor.rowcount)

    def together(self, statements: Sequence[str]) -> list[Result | SqlError]:
        """One cursor a statement: the connector lets threads share a connection."""

        def answer(sql: str) -> Result | SqlError:
            session = SnowflakeSession(self._connection)
            try:
                return session.execute(sql)
            except SqlError as error:
                return error
            finally:
                session.close()

        with ThreadPoolExecutor(max_workers=max(1, min(_AT_ONCE, len(statements)))) as pool:
            return list(pool.map(answer, statements))

    def cancel(self) -> None:
        if self._cursor.sfqid:
            self._cursor.abort_query(self._cursor.sfqid)

    def close(self) -> None:
        self._cursor.close()
