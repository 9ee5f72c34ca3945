"""Functions and procedures in Python: handlers of a routine's text, and values on their way there and back (reference E.8)."""

import importlib.util
import json
import linecache
import re
import traceback
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.session import SqlError
from snowpipe_deploy.sqltext.clauses.procedure import Argument, arguments
from snowpipe_deploy.types import DataType, parse_type

_SEMI_STRUCTURED = frozenset({"VARIANT", "OBJECT", "ARRAY"})
# what a value of a type is in Python; others are handed over as they come from the engine
_CLASSES: dict[str, type] = {
    "VARCHAR": str, "BOOLEAN": bool, "DATE": date, "TIME": time, "TIMESTAMP_NTZ": datetime, "TIMESTAMP_LTZ": datetime, "BINARY": bytes,
}  # fmt: skip
_CONTAINERS = {"OBJECT": dict, "ARRAY": list}
_PACKAGE = re.compile(r"'([A-Za-z0-9_.-]+)")
_MODULES = {"snowflake-snowpark-python": "snowflake.snowpark", "scikit-learn": "sklearn", "pyyaml": "yaml"}


def require(entry: Entry) -> None:
    """Refuses what cannot run here: other languages, files of stages, packages that this Python has not."""
    p = entry.properties
    if p["language"] != "PYTHON":
        raise unsupported(f"calling a {entry.kind.lower()} in {p['language']}")
    if p.get("imports"):
        raise unsupported(f"IMPORTS of {entry.kind.lower()} {entry.name}")
    if "TIMESTAMP_TZ" in str(p["returns"]) or any(
        given.type.base == "TIMESTAMP_TZ" for given in arguments(p["arguments"])
    ):
        raise unsupported(f"TIMESTAMP_TZ in {entry.kind.lower()} {entry.name}")
    for package in _PACKAGE.findall(str(p.get("packages", ""))):
        module = _MODULES.get(package.lower(), package.lower().replace("-", "_"))
        if not _is_installed(module):
            raise unsupported(f"package {package}, which is not installed in this Python")
    if re.search(r"\b_snowflake\b", str(p["body"])):
        raise unsupported("module _snowflake (vectorized functions and secrets)")
    if not _is_installed("numpy"):
        raise unsupported("functions in Python without numpy: pip install 'snowpipe-deploy[local]'")


@lru_cache(maxsize=100)
def _is_installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _file(entry: Entry) -> str:
    return f"<{entry.kind.lower()} {entry.name}>"


def _handler(entry: Entry) -> Any:
    """What HANDLER names in the text; raises 100357 where the text fails, or holds nothing of this name."""
    name, body = str(entry.properties["handler"]), str(entry.properties["body"])
    linecache.cache[_file(entry)] = (len(body), None, body.splitlines(keepends=True), _file(entry))
    namespace: dict[str, Any] = {"__name__": "_udf_code"}
    try:
        exec(compile(body, _file(entry), "exec"), namespace)  # noqa: S102 - that is what the function is
    except Exception as error:
        raise _failed(entry, error) from error
    if name not in namespace:
        raise sql_error("python", f"Could not find handler {name} of {entry.kind.lower()} {entry.name}")
    return namespace[name]


def _failed(entry: Entry, error: Exception) -> SqlError:
    """The error with the lines of the function's own text on its way."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == _file(entry)]
    lines = [
        "Traceback (most recent call last):\n",
        *traceback.format_list(frames),
        *traceback.format_exception_only(error),
    ]
    handler = entry.properties["handler"]
    return sql_error(
        "python", f"{''.join(lines).rstrip()}\n in {entry.kind.lower()} {entry.name.last} with handler {handler}"
    )


def scalar(entry: Entry) -> Callable[..., object]:
    """The function as the engine calls it, with values as the engine has them."""
    wanted = arguments(entry.properties["arguments"])
    of = parse_type(str(entry.properties["returns"]).removesuffix(" NOT NULL"))
    held: list[Callable[..., object]] = []

    def called(*values: object) -> object:
        if not held:
            require(entry)
            held.append(_handler(entry))
        given = taken(values, wanted)
        try:
            value = held[0](*given)
        except Exception as error:
            raise _failed(entry, error) from error
        return handed(value, of, entry)

    return called


def procedure(entry: Entry, given: Sequence[object]) -> Callable[[Any], object]:
    """The procedure with values of its arguments as the engine has them: what is left to give is the Snowpark session."""
    require(entry)
    if not _is_installed("snowflake.snowpark"):
        raise unsupported("procedures in Python without Snowpark: pip install snowflake-snowpark-python")
    called = _handler(entry)
    values = taken(given, arguments(entry.properties["arguments"]))

    def run(session: Any) -> object:
        try:
            return called(session, *values)
        except Exception as error:
            raise _failed(entry, error) from error

    return run


def table_handler(entry: Entry) -> Any:
    """The handler of a table function: a class."""
    require(entry)
    return _handler(entry)


def rows(
    entry: Entry, handler: Any, partition: Sequence[Sequence[object]]
) -> Iterator[tuple[int | None, tuple[object, ...]]]:
    """What a table function gives for a partition of rows of arguments, each with the number of the row that it was called with; None of
    those that `end_partition` gives."""
    for number, row in _given(entry, handler, partition):
        columns = table_columns(entry)
        if not isinstance(row, tuple | list) or len(row) != len(columns):
            raise sql_error(
                "python", f"{entry.name.last} gave {row!r} where a tuple of {len(columns)} values is expected"
            )
        yield number, tuple(handed(value, kind, entry) for value, (_, kind) in zip(row, columns, strict=True))


def _given(entry: Entry, handler: Any, partition: Sequence[Sequence[object]]) -> list[tuple[int | None, object]]:
    wanted = arguments(entry.properties["arguments"])
    found: list[tuple[int | None, object]] = []
    try:
        made = handler()
        for number, values in enumerate(partition):
            found += [(number, row) for row in made.process(*taken(values, wanted)) or ()]
        if hasattr(made, "end_partition"):
            found += [(None, row) for row in made.end_partition() or ()]
    except SqlError:
        raise
    except Exception as error:
        raise _failed(entry, error) from error
    return found


def table_columns(entry: Entry) -> tuple[tuple[str, DataType], ...]:
    """The columns of RETURNS TABLE (…)."""
    listed = str(entry.properties["returns"]).removeprefix("TABLE").strip()[1:-1]
    return tuple((column.name, column.type) for column in arguments(listed))


def taken(values: Sequence[object], wanted: Sequence[Argument]) -> list[object]:
    """Values of the engine as a handler gets them: VARIANT as dict, list, text or number, whole numbers as int."""
    return [_taken(value, argument.type) for value, argument in zip(values, wanted, strict=True)]


def _taken(value: object, of: DataType) -> object:
    if value is None:
        return None
    if of.base in _SEMI_STRUCTURED:
        found = json.loads(str(value))
        if found is None:
            raise unsupported("a JSON null as the argument of a function in Python")
        return found
    if of.base == "NUMBER":
        return int(str(value)) if of.sizes[1] == 0 else Decimal(str(value))
    if of.base == "FLOAT":
        return float(str(value))
    return value


def handed(value: object, of: DataType, entry: Entry) -> object:
    """What a handler gave as the engine takes it; a value of another class than the type's is refused."""
    if value is None:
        return None
    if of.base in _SEMI_STRUCTURED:
        if not isinstance(value, _CONTAINERS.get(of.base, object)):
            raise _other(value, of, entry)
        try:
            return json.dumps(value, ensure_ascii=False, allow_nan=False)
        except (TypeError, ValueError) as error:
            raise unsupported(f"{error} in the {of.base} that {entry.name.last} returns") from error
    if of.base in {"NUMBER", "FLOAT"}:
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            raise _other(value, of, entry)
        if of.base == "FLOAT":
            return float(value)
        return Decimal(str(value)).quantize(Decimal(1).scaleb(-of.sizes[1]), ROUND_HALF_UP)
    known = _CLASSES.get(of.base)
    exact = (
        type(value) is datetime
        if of.base.startswith("TIMESTAMP")
        else not (of.base == "DATE" and isinstance(value, datetime))
    )
    if known is None or not isinstance(value, known) or not exact:
        raise _other(value, of, entry)
    if isinstance(value, datetime) and (value.tzinfo is None) != (of.base == "TIMESTAMP_NTZ"):
        raise unsupported(
            f"a time {'without' if value.tzinfo is None else 'with'} a zone for {of.base}, from {entry.name.last}"
        )
    return value


def _other(value: object, of: DataType, entry: Entry) -> SqlError:
    return unsupported(f"a value of class {type(value).__name__} for {of}, from {entry.name.last}")
