"""Logging in and out, new tokens, signs of life."""

import hmac
from collections.abc import Mapping
from typing import Any

from snowpipe_deploy.local.server.messages import Reply, Request, answer, failure
from snowpipe_deploy.local.server.sessions import MASTER_SECONDS, TOKEN_SECONDS, Client, Sessions
from snowpipe_deploy.local.session import LocalSession
from snowpipe_deploy.names import fold, literal, quote
from snowpipe_deploy.session import SqlError

ACCOUNT = "LOCAL"  # what CURRENT_ACCOUNT() says
_VERSION = "9.30.0"  # clients ask for features by it
# what clients are told of parameters that are theirs to obey
_PARAMETERS: Mapping[str, object] = {
    "AUTOCOMMIT": True,
    "TIMEZONE": "UTC",
    "PYTHON_CONNECTOR_QUERY_RESULT_FORMAT": "JSON",
    "CLIENT_RESULT_CHUNK_SIZE": 160,
    "CLIENT_PREFETCH_THREADS": 4,
    "CLIENT_RESULT_PREFETCH_THREADS": 1,
    "CLIENT_RESULT_PREFETCH_SLOTS": 2,
    "CLIENT_MEMORY_LIMIT": 1536,
    "CLIENT_SESSION_KEEP_ALIVE": False,
    "CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY": 3600,
    "CLIENT_STAGE_ARRAY_BINDING_THRESHOLD": 0,  # array binds come with the request, not as a file on a stage
    "CLIENT_TELEMETRY_ENABLED": False,
    "CLIENT_TELEMETRY_SESSIONLESS_ENABLED": False,
    "CLIENT_OUT_OF_BAND_TELEMETRY_ENABLED": False,
    "CLIENT_DISABLE_INCIDENTS": True,
    "CLIENT_STORE_TEMPORARY_CREDENTIAL": False,
    "CLIENT_CONSENT_CACHE_ID_TOKEN": False,
    "CLIENT_TIMESTAMP_TYPE_MAPPING": "TIMESTAMP_LTZ",
    "TIMESTAMP_TYPE_MAPPING": "TIMESTAMP_NTZ",
    "DATE_OUTPUT_FORMAT": "YYYY-MM-DD",
    "TIME_OUTPUT_FORMAT": "HH24:MI:SS",
    "TIMESTAMP_OUTPUT_FORMAT": "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM",
    "TIMESTAMP_NTZ_OUTPUT_FORMAT": "YYYY-MM-DD HH24:MI:SS.FF3",
    "TIMESTAMP_LTZ_OUTPUT_FORMAT": "",
    "TIMESTAMP_TZ_OUTPUT_FORMAT": "",
    "BINARY_OUTPUT_FORMAT": "HEX",
    "PYTHON_SNOWPARK_USE_SCOPED_TEMP_OBJECTS": False,  # TEMPORARY ones will do
    "QUERY_CONTEXT_CACHE_SIZE": 5,
    "SERVICE_NAME": "",
}


class Door:
    """Lets those in whose user and password the environment's file names."""

    def __init__(self, sessions: Sessions, passwords: Mapping[str, str]) -> None:
        self._sessions = sessions
        self._passwords = {user.upper(): password for user, password in passwords.items()}

    def login(self, request: Request) -> Reply:
        sent = request.json().get("data") or {}
        user = str(sent.get("LOGIN_NAME") or "").upper()
        if account := _other_account(str(sent.get("ACCOUNT_NAME") or ACCOUNT)):
            return failure("390422", f'this is account {ACCOUNT}, and not {account}: write account = "{ACCOUNT}"')
        if str(sent.get("AUTHENTICATOR") or "SNOWFLAKE").upper() not in {"SNOWFLAKE", "DEFAULT"}:
            return failure("390144", f"the local account knows users by their password, not by {sent['AUTHENTICATOR']}")
        if not self._knows(user, str(sent.get("PASSWORD") or "")):
            return failure("390100", "Incorrect username or password was specified.")
        client = self._sessions.open()
        client.session.user = user
        try:
            told = client.worker.submit(_furnish, client.session, request.query, sent).result()
        except SqlError as error:
            self._sessions.close(client)
            return failure(
                f"{error.errno:06d}", error.text, {"sqlState": error.sqlstate, "errorCode": f"{error.errno:06d}"}
            )
        return answer(_welcome(client, told))

    def _knows(self, user: str, password: str) -> bool:
        wanted = self._passwords.get(user, "")
        return bool(wanted) and hmac.compare_digest(wanted.encode(), password.encode())

    def renew(self, request: Request) -> Reply:
        """A new token for one that is over; the master token stays."""
        client = self._sessions.renew(request.token)
        if client is None:
            return failure("390114", "Authentication token has expired. The user must authenticate again.")
        return answer({"sessionToken": client.token, "validityInSecondsST": TOKEN_SECONDS, "masterToken": client.master,
                       "validityInSecondsMT": MASTER_SECONDS, "sessionId": client.id})  # fmt: skip


def _other_account(name: str) -> str:
    """The name where it is not this account's; a region may stand behind it."""
    return "" if name.upper().partition(".")[0] == ACCOUNT else name


def _furnish(session: LocalSession, query: Mapping[str, str], sent: Mapping[str, Any]) -> dict[str, object]:
    """The role, warehouse, database and parameters that a login asks for; returns what the client is to be told of parameters.

    As in Snowflake a role must be there, while a database, schema or warehouse that is not is left out.
    """
    told = dict(_PARAMETERS)
    for name, value in (sent.get("SESSION_PARAMETERS") or {}).items():
        if name.upper() not in told or not name.upper().startswith("CLIENT_"):
            _set_parameter(session, name.upper(), value)
        told[name.upper()] = value
    if role := query.get("roleName"):
        try:
            session.execute(f"USE ROLE {_identifier(role)}")
        except SqlError as error:
            raise SqlError(
                390189, "08001",
                f"Role '{role}' specified in the connect string does not exist or not authorized. "
                "Contact your local system administrator, or attempt to login with another role, e.g. PUBLIC.",
            ) from error  # fmt: skip
    for word, key in (("WAREHOUSE", "warehouse"), ("DATABASE", "databaseName"), ("SCHEMA", "schemaName")):
        if (name := query.get(key)) and not _use(session, f"USE {word} {_identifier(name)}"):
            break
    return told


def _use(session: LocalSession, sql: str) -> bool:
    try:
        session.execute(sql)
    except SqlError:
        return False
    return True


def _set_parameter(session: LocalSession, name: str, value: object) -> None:
    if name.startswith("CLIENT_"):
        return
    said = (
        str(value).upper() if isinstance(value, bool) else str(value) if isinstance(value, int) else literal(str(value))
    )
    session.execute(f"ALTER SESSION SET {name} = {said}")


def _identifier(name: str) -> str:
    """What a connection's entry calls an object: as in SQL, upper case unless it stands in quotes."""
    return quote(fold(name))


def _welcome(client: Client, told: Mapping[str, object]) -> dict[str, object]:
    session = client.session
    return {
        "masterToken": client.master, "token": client.token, "validityInSeconds": TOKEN_SECONDS,
        "masterValidityInSeconds": MASTER_SECONDS, "displayUserName": session.user, "serverVersion": _VERSION,
        "firstLogin": False, "remMeToken": None, "remMeValidityInSeconds": 0, "healthCheckInterval": 45,
        "newClientForUpgrade": None, "sessionId": client.id, "idToken": None, "idTokenValidityInSeconds": 0,
        "responseData": None, "mfaToken": None, "mfaTokenValidityInSeconds": 0,
        "parameters": [{"name": name, "value": value} for name, value in told.items()],
        "sessionInfo": {"databaseName": session.database, "schemaName": session.schema,
                        "warehouseName": session.warehouse, "roleName": session.role},
    }  # fmt: skip
