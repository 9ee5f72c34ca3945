"""Writes what was found into the expectations of a test file, and leaves all else in it as it stands."""

import json
import tomllib
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from snowpipe_deploy.testing.file import TestFile
from snowpipe_deploy.testing.places import Key
from snowpipe_deploy.testing.rows import NULL, plain
from snowpipe_deploy.testing.suite import Outcome

_WIDE = 110


def rewrite(root: Path, file: TestFile, outcomes: Iterable[Outcome]) -> str:
    """Writes the file anew; returns its path, or an empty string where nothing changed."""
    found = {key: value for o in outcomes if o.path == file.path for key, value in o.updates if key in file.spans}
    text = rewritten(file, found)
    if text == file.text:
        return ""
    path = file.folder / Path(file.path).name
    path.write_text(text, encoding="utf-8")
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def rewritten(file: TestFile, found: dict[Key, Any]) -> str:
    """The text of the file with these values in their places."""
    text, raw = file.text, tomllib.loads(file.text)
    for key, value in sorted(found.items(), key=lambda item: -file.spans[item[0]].start):
        span = file.spans[key]
        text = text[: span.start] + toml(_as_before(_at(raw, key), _at(raw, key[:-1]), value)) + text[span.end :]
    return text


def _at(raw: Any, key: Key) -> Any:
    for part in key:
        raw = raw[part]
    return raw


def _as_before(before: Any, around: Any, value: Any) -> Any:
    """Rows that were tables by column stay so."""
    if not (isinstance(before, list) and before and isinstance(before[0], dict)):
        return value
    columns = around.get("columns") or list(dict.fromkeys(name for row in before for name in row))
    return [dict(zip(columns, row, strict=True)) for row in value]


def toml(value: object, indent: str = "") -> str:
    """A value as TOML text: rows one a line, where they do not fit on one."""
    match value:
        case None:
            return json.dumps(NULL)
        case bool():
            return str(value).lower()
        case int() | float():
            return str(value)
        case Decimal():
            return format(value, "f")
        case str():
            escaped = f"\\{value}" if value == NULL or value.startswith("\\") else value
            return json.dumps(escaped, ensure_ascii=False)
        case datetime() | date() | time():
            return json.dumps(str(plain(value)))
        case dict():
            inside = ", ".join(f"{_key(name)} = {toml(held, indent)}" for name, held in value.items())
            return f"{{ {inside} }}" if inside else "{}"
        case list():
            items = [toml(item, indent + "  ") for item in value]
            line = f"[{', '.join(items)}]"
            if not any(isinstance(i, list | dict) for i in value[1:] if len(value) > 1) and (
                len(line) <= _WIDE or not any(isinstance(i, list | dict) for i in value)
            ):
                return line
            return "[\n" + "".join(f"{indent}  {item},\n" for item in items) + f"{indent}]"
        case _:
            return json.dumps(str(value), ensure_ascii=False)


def _key(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() and name.isascii() else json.dumps(name)
