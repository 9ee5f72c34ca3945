"""Jinja templates to text: strict about undefined values, with a map from rendered lines to template lines.

Imported where there is a template: Jinja is a part of start-up that a project of plain SQL does not need.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache, wraps
from typing import Any

import jinja2
import jinja2.sandbox

from snowpipe_deploy.errors import DeployError
from snowpipe_deploy.location import Location
from snowpipe_deploy.secrets import MARKER, Secret
from snowpipe_deploy.templates import Rendered, masked, plain, without_dbt_blocks

_OPEN, _CLOSE = "\ue000", "\ue001"  # private characters: they mark lines in a second rendering and are taken out again
_SECRET_OPEN, _SECRET_CLOSE = "\ue002", "\ue003"
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")


@cache
def environment() -> jinja2.Environment:
    """How all our templates are read."""
    made = jinja2.Environment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, finalize=_put_out,
        autoescape=False,  # noqa: S701 - SQL, not HTML
    )  # fmt: skip
    made.filters.update({name: _without_secrets(found) for name, found in made.filters.items()})
    return made


def _put_out(value: object) -> object:
    """What an expression puts out; a secret is told from text by its brackets until all filters have been at work."""
    return f"{_SECRET_OPEN}{value.marker()}{_SECRET_CLOSE}" if isinstance(value, Secret) else value


def _without_secrets(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that takes no secret, not even one that it would hand on as it is."""

    @wraps(function)
    def filtered(*given: Any, **named: Any) -> Any:
        for value in (*given, *named.values()):
            if isinstance(value, Secret):
                value.refuse()
        return function(*given, **named)

    return filtered


_BRACKETED = re.compile(f"{_SECRET_OPEN}({MARKER.pattern}){_SECRET_CLOSE}")


def _settled(path: str, source: str, text: str) -> str:
    """The rendered text with secrets as their markers; raises DeployError where a filter has changed one as text."""
    if _SECRET_OPEN not in text and _SECRET_CLOSE not in text:
        return text
    done = _BRACKETED.sub(r"\1", text)
    if _SECRET_OPEN in done or _SECRET_CLOSE in done:
        line = next((n for n, row in enumerate(source.splitlines(), 1) if "secrets" in row), 1)
        raise DeployError(
            "template: a filter has changed a secret", hint="put it out as it is", where=Location(path, line)
        )
    return done


def render(path: str, source: str, values: Mapping[str, Any]) -> Rendered:
    """One template; raises DeployError at the template's line."""
    text = _rendered(path, source, values)
    marked = _marked(source)
    lines = _line_map(_rendered(path, marked, values), text) if marked else None
    count = text.count("\n") + 1
    return Rendered(path, text, lines or tuple(range(1, count + 1)))


class _Unknown(jinja2.Undefined):
    """A value that nobody gave: stands for itself as `__name__`, calls give what they would name, a loop runs once."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"__{self._undefined_name}__"

    def __call__(self, *given: Any, **named: Any) -> Any:
        if "caller" in named:  # {% call statement() %} … {% endcall %}
            return str(named["caller"]())
        words = [str(value) for value in given if isinstance(value, str | _Unknown)]
        match self._undefined_name:
            case "ref":
                return words[-1] if words else self
            case "source":
                return ".".join(words)
            case "config":
                return ""
            case "var" | "env_var":
                return given[1] if len(given) > 1 else f"__{words[0]}__" if words else self
            case _:
                return self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Unknown(name=name)

    def __getitem__(self, name: object) -> Any:
        return _Unknown(name=str(name))

    def __iter__(self) -> Any:
        return iter((self,))

    def __len__(self) -> int:
        return 1

    def __bool__(self) -> bool:
        return False

    def _joined(self, *others: object) -> Any:
        return f"{self}{others[0]}"

    def _joined_behind(self, *others: object) -> Any:
        return f"{others[0]}{self}"

    def _itself(self, *_: object) -> Any:
        return self

    def _never(self, *_: object) -> Any:
        return False

    __add__ = _joined
    __radd__ = _joined_behind
    __mul__ = __rmul__ = __sub__ = __rsub__ = __truediv__ = __rtruediv__ = __mod__ = __rmod__ = __floordiv__ = _itself
    __lt__ = __le__ = __gt__ = __ge__ = _never


def guess(path: str, source: str, values: Mapping[str, Any]) -> Rendered:
    """A template of somebody else, as far as it can be known without its values: each unknown one stands as `__name__`.

    Where Jinja cannot read it (tags of another tool), the expressions are replaced one by one, with nothing moved.
    """
    try:
        text = _guessed(source, values)
        marked = _marked(source)
        lines = _line_map(_guessed(marked, values), text) if marked else None
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError):
        return plain(path, masked(source))
    return Rendered(path, text, lines or tuple(range(1, text.count("\n") + 2)))


def _guessed(source: str, values: Mapping[str, Any]) -> str:
    made = jinja2.sandbox.ImmutableSandboxedEnvironment(
        undefined=_Unknown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
        extensions=("jinja2.ext.do", "jinja2.ext.loopcontrols"),
    )
    return made.from_string(without_dbt_blocks(source)).render(values)


def _rendered(path: str, source: str, values: Mapping[str, Any]) -> str:
    try:
        return _settled(path, source, environment().from_string(source).render(values))
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
