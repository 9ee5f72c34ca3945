"""A JSON file as a table of the engine with one VARIANT: one record for each value at its top, or in its outer array."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from snowpipe_deploy.local.engine import Engine
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.files import opening
from snowpipe_deploy.local.files.csv_table import text
from snowpipe_deploy.local.files.formats import FileFormat
from snowpipe_deploy.local.query.rules.semi_structured import TOO_EXACT, loses_digits, repeats_a_key
from snowpipe_deploy.session import SqlError

_CHANGES = ("STRIP_NULL_VALUES", "ALLOW_DUPLICATE", "IGNORE_UTF8_ERRORS", "REPLACE_INVALID_CHARACTERS")


def read(engine: Engine, file: Path, path: str, form: FileFormat, table: str, meta: str) -> None:
    """Fills the temporary table with C1; 100069 where the file is no JSON or an object has a key twice."""
    with _prepared(file, path, form) as source:
        if not form.is_on("STRIP_OUTER_ARRAY"):
            _fill(engine, table, meta, _objects(source, "unstructured"))
        else:
            try:  # one array, which the engine takes apart as it reads
                _fill(engine, table, meta, _objects(source, "array"))
            except SqlError:  # arrays and other values, one behind the other
                whole = _objects(source, "unstructured")
                elements = "CASE json_type(json) WHEN 'ARRAY' THEN from_json(json, '[\"JSON\"]') ELSE [json] END"
                _fill(engine, table, meta, f"(SELECT unnest({elements}) AS json FROM {whole})")
    # on its own: beside row_number() it could change the order in which the rows are counted
    twice, lost = repeats_a_key('"C1"'), loses_digits('"C1"')
    for (found,) in engine.all(f'SELECT left("C1", 60) FROM {table} WHERE {twice} LIMIT 1'):
        raise sql_error("json", str(found))
    if engine.all(f"SELECT 1 FROM {table} WHERE {lost} LIMIT 1"):
        raise unsupported(TOO_EXACT)


def _objects(file: Path, shape: str) -> str:
    return f"read_json_objects({text(str(file))}, format = '{shape}', maximum_object_size = 134217728)"


def _fill(engine: Engine, table: str, meta: str, rows: str) -> None:
    engine.run(f'CREATE OR REPLACE TEMP TABLE {table} AS SELECT CAST(json AS JSON) AS "C1", {meta} FROM {rows}')


@contextmanager
def _prepared(file: Path, path: str, form: FileFormat) -> Iterator[Path]:
    """The file itself where the engine can open it and no option changes what is in it; else a copy."""
    packed = opening.packing(path, form)
    changes = any(form.is_on(option) for option in _CHANGES)
    if opening.is_at_hand(file, packed) and not changes:
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="snowdeploy-") as folder:
        copy = Path(folder) / "copy.json"
        content = opening.text(file, packed, form)
        copy.write_text(_changed(content, form) if changes else content, encoding="utf-8", errors="surrogateescape")
        yield copy


# -- options that change the values ----------------------------------------------------------------------------------


class _Literal(str):
    """A number as it is spelled in the file."""

    __slots__ = ()


def _changed(content: str, form: FileFormat) -> str:
    keeps_twice = form.is_on("ALLOW_DUPLICATE")

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        kept = dict(found)  # the last of several wins
        if len(kept) < len(found) and not keeps_twice:
            raise sql_error("json", f"duplicate object attribute in {json.dumps(kept)[:60]}")
        return kept

    decoder = json.JSONDecoder(object_pairs_hook=pairs, parse_int=_Literal, parse_float=_Literal)
    out: list[str] = []
    at, end = 0, len(content)
    while True:
        while at < end and content[at].isspace():
            at += 1
        if at >= end:
            return "\n".join(out)
        try:
            value, at = decoder.raw_decode(content, at)
        except ValueError as error:
            raise sql_error("json", str(error)) from error
        out.append(_spelled(_without_nulls(value) if form.is_on("STRIP_NULL_VALUES") else value))


def _without_nulls(value: Any) -> Any:
    """Fields and elements that are null are taken out, at every depth."""
    if isinstance(value, dict):
        return {key: _without_nulls(held) for key, held in value.items() if held is not None}
    if isinstance(value, list):
        return [_without_nulls(held) for held in value if held is not None]
    return value


def _spelled(value: Any) -> str:
    if isinstance(value, _Literal):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{_spelled(held)}" for key, held in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_spelled, value)) + "]"
    return json.dumps(value)
