"""The texts of files: as they are, or with what is not SQL in them masked; those of templates are rendered by `jinja`."""

import re
from dataclasses import dataclass
from pathlib import Path

from snowpipe_deploy.errors import DeployError
from snowpipe_deploy.location import Location


@dataclass(frozen=True, slots=True)
class Rendered:
    """Rendered text; `lines[i]` is the template line (from 1) that rendered line i + 1 came from."""

    path: str
    text: str
    lines: tuple[int, ...]

    def where(self, line: int, column: int = 1) -> Location:
        at = self.lines[line - 1] if 0 < line <= len(self.lines) else line
        return Location(self.path, at, column)


def placeholder(text: str) -> bool:
    """Does a text hold the name of a value that nobody gave?"""
    return "__" in text


def is_template(path: str, text: str) -> bool:
    """Is a file of somebody else written for Jinja?"""
    return path.endswith((".j2", ".jinja", ".jinja2")) or "{{" in text or "{%" in text


# blocks that dbt adds to Jinja: what stands in them is SQL, but a materialization is a program and documentation is text
_DBT_BLOCK = re.compile(
    r"\{%-?\s*(materialization|docs)\b.*?\{%-?\s*end\1\s*-?%\}|\{%-?\s*(?:end)?(?:snapshot|test|data_test)\b.*?%\}",
    re.DOTALL,
)


def without_dbt_blocks(source: str) -> str:
    """A template without the tags of dbt that Jinja does not know, nothing moved."""
    return _DBT_BLOCK.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), source) if "{%" in source else source


_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<%.*?%>", re.DOTALL)
# what other tools fill in: ${name}, #{name}#, {name}, <name>, %(name)s
_OTHER_VARIABLE = re.compile(
    r"\$\{[\w.]+\}|#\{[\w.]+\}#|(?<![{$&])\{[A-Za-z_]\w*\}(?!\})|<[A-Za-z_][\w-]*>|%\([A-Za-z_]\w*\)s"
)
_CLIENT_VARIABLE = re.compile(r"&\{\w+\}|(?<![\w&])&[A-Za-z_]\w*")


_NAMED = re.compile(r"\{\{-?\s*(?:ref|source)\(\s*(?:['\"](\w+)['\"]\s*,\s*)?['\"](\w+)['\"]\s*\)\s*-?\}\}$")


def masked(text: str) -> str:
    """Expressions of Jinja as names of the same length, its tags as blanks: every line and column stays."""
    return _EXPRESSION.sub(lambda found: _mask(found[0]), without_dbt_blocks(text))


def other_variables(text: str) -> str:
    """Variables of other tools as names of the same length. In Snowflake's SQL no such thing can stand outside quotes."""
    return _OTHER_VARIABLE.sub(lambda match: _mask(match[0]), text)


def client_variables(text: str) -> tuple[str, list[tuple[int, str]]]:
    """`&name` and `&{name}`, which SnowSQL and Snowflake CLI fill in, as names of the same length; and where they stand."""
    if "&" not in text:
        return text, []
    found = [(match.start(), match[0]) for match in _CLIENT_VARIABLE.finditer(text)]
    return _CLIENT_VARIABLE.sub(lambda match: _mask(match[0]), text), found


def _mask(text: str) -> str:
    if text.startswith(("{%", "{#")):
        return re.sub(r"[^\n]", " ", text)
    if named := _NAMED.match(text):
        return ".".join(filter(None, (named[1], named[2]))).ljust(len(text))
    first, newline, rest = text.partition("\n")
    shown = f"__{re.sub(r'[^A-Za-z0-9]+', '_', first).strip('_')}"[: len(first)].ljust(len(first), "_")
    return shown + newline + re.sub(r"[^\n]", " ", rest)


def plain(path: str, text: str) -> Rendered:
    """A file that is taken as it is."""
    return Rendered(path, text, tuple(range(1, text.count("\n") + 2)))


def read_file(root: Path, path: Path) -> str:
    """A project file as text; any damage is an error with its place."""
    try:
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise DeployError(f"not UTF-8 text (byte {error.start})", where=_place(root, path)) from error
    except OSError as error:
        raise DeployError(f"cannot be read: {error.strerror}", where=_place(root, path)) from error


def _place(root: Path, path: Path) -> Location:
    return Location(str(path.relative_to(root)) if path.is_relative_to(root) else str(path))
