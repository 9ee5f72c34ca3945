"""Folders of SQL that somebody else wrote: which files, in which order, and their texts as far as they can be known."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from snowpipe_deploy.errors import UsageError
from snowpipe_deploy.location import Location
from snowpipe_deploy.model import Finding
from snowpipe_deploy.sqltext.dialects import other_dialect
from snowpipe_deploy.templates import Rendered, client_variables, is_template, other_variables, plain

_ENDINGS = (".sql", ".sql.j2", ".sql.jinja", ".sql.jinja2", ".snowsql", ".ddl")
_TOO_LARGE = 4_000_000  # bytes; what is larger is data
_COLLECTION = 12  # folders side by side, nothing beside them: not one repository any more
_VERSIONED = re.compile(r"V(\d+(?:[._]\d+)*)__", re.IGNORECASE)
_STEPS = "step|part|script|lab|chapter|section|day|v"
_NUMBERED = re.compile(rf"(?:(?:{_STEPS})[-_ ]?)?(\d+(?:\.\d+)*)([a-z]?)[-_. ]", re.IGNORECASE)


@dataclass(slots=True)
class Scripts:
    """Texts in their order; files with the same number in `sequences` certainly run one after the other. `foreign` are those
    that are written for another database."""

    texts: list[Rendered] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)
    sequences: dict[str, int] = field(default_factory=dict)
    foreign: set[str] = field(default_factory=set)


def read_scripts(paths: tuple[Path, ...], values: Mapping[str, Any]) -> Scripts:
    """Every SQL file at or below the paths. Paths in messages are as they were given."""
    found = Scripts()
    numbers: dict[str, int] = {}
    ordered = _ordered(_files(paths))
    places = Counter((path.parent, _place(path)) for path in ordered)  # two files of one number: no order between them
    for path in ordered:
        shown = path.as_posix()
        text = _read(found, path, shown)
        if text is None:
            continue
        known, variables = client_variables(other_variables(text))
        found.texts.append(_guessed(shown, known, values))
        if dialect := other_dialect(text):
            found.foreign.add(shown)
            message = f"written for {dialect}: read, but not judged"
            found.problems.append(Finding("SD005", "other-dialect", "info", message, Location(shown)))
            continue
        found.problems += _client_findings(shown, text, variables)
        if places[path.parent, _place(path)] == 1 and _place(path)[0] in {0, 1}:
            found.sequences[shown] = numbers.setdefault(path.parent.as_posix(), len(numbers) + 1)
    return found


def _guessed(path: str, text: str, values: Mapping[str, Any]) -> Rendered:
    if not is_template(path, text):
        return plain(path, text)
    from snowpipe_deploy.jinja import guess

    return guess(path, text, values)


def repositories(paths: Iterable[str]) -> dict[str, str]:
    """Which repository each file is of, where a folder holds many of them side by side; empty where it is one.

    An object of one of them says nothing about a name in another.
    """
    folders = {path: tuple(path.split("/")[:-1]) for path in paths}
    if not folders:
        return {}
    first, last = min(folders.values()), max(folders.values())
    root = next((i for i, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    found = {path: "".join(folder[root : root + 1]) for path, folder in folders.items()}
    names = set(found.values())
    numbered = sum(bool(re.match(r"\d|(?:" + _STEPS + r")\b", name, re.IGNORECASE)) for name in names)
    return found if len(names) >= _COLLECTION and "" not in names and numbered * 2 < len(names) else {}


def _files(paths: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            below = (p for p in path.rglob("*") if p.name.lower().endswith(_ENDINGS) and p.is_file())
            found += [p for p in below if not any(part.startswith(".") for part in p.relative_to(path).parts)]
        elif path.exists():
            found.append(path)
        else:
            raise UsageError(f"no such file or folder: {path}")
    return list(dict.fromkeys(found))


def _place(path: Path) -> tuple[int, tuple[int, ...]]:
    """The place of a file in its folder: versions, then numbers, then what has none, then R__ and A__ (schemachange)."""
    if match := _VERSIONED.match(path.name):
        return 0, _numbers(match[1])
    if re.match(r"[RA]__", path.name, re.IGNORECASE):
        return 3 + (path.name[0].upper() == "A"), ()
    if match := _NUMBERED.match(path.name):
        letter = (ord(match[2].lower()) - ord("a") + 1,) if match[2] else ()  # 02a comes behind 02
        return 1, (*_numbers(match[1]), *letter)
    return 2, ()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.split(r"[._]", text) if part)


def _ordered(paths: list[Path]) -> list[Path]:
    """Folder by folder; within one by place, then by name, numbers in names by their value."""

    def natural(text: str) -> tuple[tuple[int, str], ...]:
        return tuple((int(digits or 0), letters) for digits, letters in re.findall(r"(\d*)(\D*)", text.lower()))

    return sorted(paths, key=lambda p: (tuple(natural(part) for part in p.parent.parts), *_place(p), natural(p.name)))


def _read(found: Scripts, path: Path, shown: str) -> str | None:
    try:
        raw = path.read_bytes()
    except OSError as error:
        found.problems.append(_unreadable(shown, f"cannot be read: {error.strerror}"))
        return None
    if len(raw) > _TOO_LARGE:
        found.problems.append(_unreadable(shown, f"{len(raw):,} bytes: too large to be read as SQL", "warning"))
        return None
    encoding = "utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        found.problems.append(_unreadable(shown, f"not UTF-8 text (byte {error.start})", "warning", "save it as UTF-8"))
        text = raw.decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unreadable(shown: str, message: str, severity: str = "error", hint: str = "") -> Finding:
    return Finding("SD002", "unreadable", severity, message, Location(shown), hint)  # type: ignore[arg-type]


def _client_findings(shown: str, text: str, variables: list[tuple[int, str]]) -> list[Finding]:
    """One for each name: SnowSQL and Snowflake CLI fill it in, no other client does."""
    found: dict[str, Finding] = {}
    for at, name in variables:
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        message = f"{name} is filled in by SnowSQL and Snowflake CLI alone"
        hint = "make the file a template: {{ name }} in *.sql.j2"
        found.setdefault(name, Finding("SD003", "client-only", "info", message, Location(shown, line, column), hint))
    return list(found.values())
