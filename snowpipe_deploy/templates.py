"""Jinja templates to text: strict about undefined values, with a map from rendered lines to template lines."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from snowpipe_deploy.errors import DeployError
from snowpipe_deploy.location import Location

_OPEN, _CLOSE = "\ue000", "\ue001"  # private characters: they mark lines in a second rendering and are taken out again
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")


@dataclass(frozen=True, slots=True)
class Rendered:
    """Rendered text; `lines[i]` is the template line (from 1) that rendered line i + 1 came from."""

    path: str
    text: str
    lines: tuple[int, ...]

    def where(self, line: int, column: int = 1) -> Location:
        at = self.lines[line - 1] if 0 < line <= len(self.lines) else line
        return Location(self.path, at, column)


def environment() -> jinja2.Environment:
    """How all our templates are read."""
    return jinja2.Environment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - SQL, not HTML
    )  # fmt: skip


def render(path: str, source: str, values: Mapping[str, Any]) -> Rendered:
    """One template; raises DeployError at the template's line."""
    text = _rendered(path, source, values)
    marked = _marked(source)
    lines = _line_map(_rendered(path, marked, values), text) if marked else None
    count = text.count("\n") + 1
    return Rendered(path, text, lines or tuple(range(1, count + 1)))


def plain(path: str, text: str) -> Rendered:
    """A file that is taken as it is."""
    return Rendered(path, text, tuple(range(1, text.count("\n") + 2)))


def _rendered(path: str, source: str, values: Mapping[str, Any]) -> str:
    try:
        return environment().from_string(source).render(values)
    except jinja2.UndefinedError as error:
        message = _MARK.sub("", str(error.message))
        hint = "set it under [values] in environments/, or pass --set KEY=VALUE"
        raise DeployError(message, hint=hint, where=Location(path, _line(error, source, message))) from error
    except jinja2.TemplateSyntaxError as error:
        raise DeployError(f"template: {error.message}", where=Location(path, error.lineno or 1)) from error
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise DeployError(f"template: {error}", where=Location(path, _line(error, source, ""))) from error


def _line(error: BaseException, source: str, message: str) -> int:
    """The template line in the traceback of a rendering error; else where the undefined name first stands."""
    line, step = 0, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename in {"<template>", "<unknown>"}:
            line = step.tb_lineno
        step = step.tb_next
    if line:
        return line
    name = re.search(r"'(\w+)' is undefined", message)
    for number, text in enumerate(source.splitlines(), 1):
        if name and re.search(rf"\b{name[1]}\b", text):
            return number
    return 1


def _marked(source: str) -> str:
    """The source with its line number before the first visible character of each line of template data."""
    out, line = [], 1
    try:
        pieces = list(environment().lexer.tokeniter(source, None))
    except jinja2.TemplateSyntaxError:
        return ""
    position = 0
    for _, kind, value in pieces:
        at = source.find(value, position)
        if at < 0:
            return ""
        skipped = source[position:at]
        out.append(skipped)
        line += skipped.count("\n")
        if kind == "data":
            for i, text in enumerate(value.split("\n")):
                out.append("\n" if i else "")
                start = len(text) - len(text.lstrip())
                out.append(f"{text[:start]}{_OPEN}{line + i}{_CLOSE}{text[start:]}" if text.strip() else text)
        else:
            out.append(value)
        position = at + len(value)
        line += value.count("\n")
    out.append(source[position:])
    return "".join(out)


def _line_map(marked: str, text: str) -> tuple[int, ...] | None:
    """None where the marks changed what was rendered: then lines are counted as they are."""
    if _MARK.sub("", marked) != text:
        return None
    lines, current = [], 1
    for row in marked.split("\n"):
        found = _MARK.search(row)
        if found:
            current = int(found[1])
        lines.append(current)
        last = _MARK.findall(row)
        current = int(last[-1]) if last else current
    return tuple(lines)


def read_file(root: Path, path: Path) -> str:
    """A project file as text; any damage is an error with its place."""
    shown = str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
    try:
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise DeployError(f"not UTF-8 text (byte {error.start})", where=Location(shown)) from error
    except OSError as error:
        raise DeployError(f"cannot be read: {error.strerror}", where=Location(shown)) from error
