"""environments/NAME.toml to frozen values; pydantic stays in here."""

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from snowpipe_deploy.errors import UsageError
from snowpipe_deploy.location import Location
from snowpipe_deploy.schedule import duration

FOLDER = "environments"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _ProjectTable(_Strict):
    name: str


class _ConnectionTable(_Strict):
    type: Literal["local", "snowflake"]
    name: str | None = None
    account: str | None = None
    role: str | None = None
    warehouse: str | None = None
    secondary_roles: str = "none"
    query_tag: str | None = None


class _ScopeTable(_Strict):
    database: str
    record_schema: str = "SNOWDEPLOY"


class _PolicyTable(_Strict):
    allow: list[str] = Field(default_factory=list)
    in_flight: Literal["wait", "cancel", "proceed"] = "wait"
    in_flight_timeout: str = "10m"
    lease: str = "60s"
    missed_run: Literal["run", "skip"] = "run"
    tasks: Literal["started", "suspended"] = "started"
    disposable: bool = False


class EnvironmentFile(_Strict):
    """The shape of environments/NAME.toml, base.toml merged under it; published as a JSON schema for editors."""

    project: _ProjectTable
    connection: _ConnectionTable
    scope: _ScopeTable
    policy: _PolicyTable = Field(default_factory=_PolicyTable)
    values: dict[str, Any] = Field(default_factory=dict)
    secrets: dict[str, str] = Field(default_factory=dict)
    logins: dict[str, str] = Field(default_factory=dict)
    validate_: dict[str, Literal["off", "info", "warning", "error"]] = Field(default_factory=dict, alias="validate")


@dataclass(frozen=True, slots=True)
class Connection:
    type: str
    name: str | None
    account: str | None
    role: str | None
    warehouse: str | None
    secondary_roles: str
    query_tag: str | None


@dataclass(frozen=True, slots=True)
class Policy:
    allow: tuple[str, ...] = ()
    in_flight: str = "wait"
    in_flight_timeout: int = 600  # seconds
    lease: int = 60  # seconds without a renewal after which a deployment may be taken over
    missed_run: str = "run"
    tasks: str = "started"
    disposable: bool = False


@dataclass(frozen=True, slots=True)
class Environment:
    """Where to deploy, and the values that templates may use. `sources` says where each value came from."""

    name: str
    project: str
    connection: Connection
    database: str
    record_schema: str
    policy: Policy
    values: Mapping[str, Any]
    secrets: Mapping[str, str]
    rules: Mapping[str, str]
    path: str
    sources: Mapping[str, str] = field(default_factory=dict)
    logins: Mapping[str, str] = field(default_factory=dict)  # user → environment variable with the password


def find_root(start: Path) -> Path:
    """The folder at or above `start` that holds environments/."""
    for folder in (start, *start.parents):
        if (folder / FOLDER).is_dir():
            return folder
    raise UsageError(
        f"no project here: no folder at or above {start} holds {FOLDER}/",
        hint="go to the project's folder or pass --project DIR",
    )


def load_environment(
    root: Path, name: str, *, sets: Mapping[str, str] | None = None, database: str | None = None
) -> Environment:
    """Reads base.toml and NAME.toml; `sets` (and SNOWDEPLOY_SET_KEY) override values, the command line last."""
    path = root / FOLDER / f"{name}.toml"
    if not path.is_file() or name == "base":
        known = sorted(p.stem for p in (root / FOLDER).glob("*.toml") if p.stem != "base")
        close = difflib.get_close_matches(name, known, 1)
        hint = f"did you mean {close[0]}?" if close else f"known: {', '.join(known) or 'none'}"
        raise UsageError(f"no environment {name!r}: {FOLDER}/{name}.toml does not exist", hint=hint)
    base_path = root / FOLDER / "base.toml"
    base = _read(base_path, root) if base_path.is_file() else {}
    own = _read(path, root)
    merged, sources = _merge(base, own, f"{FOLDER}/base.toml", f"{FOLDER}/{name}.toml")
    if database:
        merged.setdefault("scope", {})["database"] = database
        sources["scope.database"] = "--database"
    given = {k[len("SNOWDEPLOY_SET_") :].lower(): v for k, v in os.environ.items() if k.startswith("SNOWDEPLOY_SET_")}
    for key, value in {**given, **(sets or {})}.items():
        merged.setdefault("values", {})[key] = _typed(value)
        sources[f"values.{key}"] = "--set" if key in (sets or {}) else f"SNOWDEPLOY_SET_{key.upper()}"
    try:
        checked = EnvironmentFile.model_validate(merged)
    except ValidationError as error:
        raise _explained(error, root, name) from error
    return _environment(checked, name, path, root, sources)


def _read(path: Path, root: Path) -> dict[str, Any]:
    shown = str(path.relative_to(root))
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = Location(shown, int(line[1]) if line else 1)
        raise UsageError(f"not valid TOML: {error}", where=where) from error
    except UnicodeDecodeError as error:
        raise UsageError("not UTF-8 text", where=Location(shown)) from error


def _merge(base: dict[str, Any], own: dict[str, Any], under: str, over: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Table by table, key by key; the environment's own file wins."""
    merged: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for text, tables in ((under, base), (over, own)):
        for table, keys in tables.items():
            if not isinstance(keys, dict):
                merged[table] = keys
                continue
            for key, value in keys.items():
                merged.setdefault(table, {})[key] = value
                sources[f"{table}.{key}"] = text
    return merged, sources


def _typed(text: str) -> Any:
    """A value of the command line, read as TOML would read it; anything else is text."""
    try:
        return tomllib.loads(f"v = {text}")["v"]
    except tomllib.TOMLDecodeError:
        return text


def _explained(error: ValidationError, root: Path, name: str) -> UsageError:
    """The first fault with file, line and the nearest known key."""
    first = error.errors()[0]
    path = [str(part) for part in first["loc"]]
    where = _find(root, name, path)
    dotted = ".".join(path)
    match first["type"]:
        case "missing":
            return UsageError(f"{dotted} is missing", hint=f"add it to {FOLDER}/{name}.toml or base.toml", where=where)
        case "extra_forbidden":
            close = difflib.get_close_matches(path[-1], _known(path[:-1]), 1)
            hint = f"did you mean {close[0]}?" if close else f"known here: {', '.join(_known(path[:-1]))}"
            return UsageError(f"unknown key {dotted}", hint=hint, where=where)
        case _:
            return UsageError(f"{dotted}: {first['msg'][0].lower()}{first['msg'][1:]}", where=where)


def _known(path: list[str]) -> list[str]:
    model: Any = EnvironmentFile
    for part in path:
        field_ = model.model_fields.get(part)
        model = field_.annotation if field_ is not None else None
        if not (isinstance(model, type) and issubclass(model, BaseModel)):
            return []
    return [f.alias or key for key, f in model.model_fields.items()]


def _find(root: Path, name: str, path: list[str]) -> Location:
    """Where a key stands, by its last part: TOML readers do not keep lines."""
    for file in (f"{name}.toml", "base.toml"):
        full = root / FOLDER / file
        if not full.is_file():
            continue
        for number, line in enumerate(full.read_text(encoding="utf-8").splitlines(), 1):
            if path and re.match(rf"\s*(\[+\s*)?{re.escape(path[-1])}\b", line):
                return Location(f"{FOLDER}/{file}", number)
    return Location(f"{FOLDER}/{name}.toml")


def _environment(
    checked: EnvironmentFile, name: str, path: Path, root: Path, sources: Mapping[str, str]
) -> Environment:
    c, p = checked.connection, checked.policy
    for secret, variable in checked.secrets.items():
        if variable not in os.environ:
            raise UsageError(
                f"secret {secret}: the environment variable {variable} is not set",
                hint=f"export {variable}=…", where=_find(root, name, ["secrets", secret]),
            )  # fmt: skip
    return Environment(
        name=name, project=checked.project.name,
        connection=Connection(c.type, c.name, c.account, c.role, c.warehouse, c.secondary_roles, c.query_tag),
        database=checked.scope.database.upper(), record_schema=checked.scope.record_schema.upper(),
        policy=Policy(
            tuple(p.allow), p.in_flight, _seconds("in_flight_timeout", p.in_flight_timeout, root, name),
            _seconds("lease", p.lease, root, name), p.missed_run, p.tasks, p.disposable,
        ),
        values=checked.values, secrets=checked.secrets, rules=checked.validate_,
        path=str(path.relative_to(root)), sources=sources, logins=checked.logins,
    )  # fmt: skip


def _seconds(key: str, text: str, root: Path, name: str) -> int:
    found = duration(text)
    if found is None:
        where = _find(root, name, ["policy", key])
        raise UsageError(f"policy.{key}: {text!r} is no duration", hint='write "90s", "10m" or "1h"', where=where)
    return int(found.total_seconds())
