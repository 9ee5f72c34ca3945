"""What a project names outside its own database: a test on a real account must leave all of that alone."""

from collections.abc import Iterator

from snowpipe_deploy.location import Location
from snowpipe_deploy.model import Project
from snowpipe_deploy.names import ObjectName, fold
from snowpipe_deploy.sqltext.lexer import Token, code

_SHARED = frozenset({"SNOWFLAKE"})  # the shared database of ACCOUNT_USAGE: read-only for everybody
_NAMING = frozenset({"IDENTIFIER", "TABLE"})  # their text is a name


def outside(project: Project) -> list[tuple[Location, str]]:
    """Every place at which a statement or body names another database, writes to an external stage, or removes files of one.

    A text that a body puts together when it runs cannot be judged before.
    """
    return [
        (statement.place(at), message)
        for statement in project.statements
        for at, message in in_statement(statement.text, project)
    ]


def in_statement(text: str, project: Project) -> list[tuple[int, str]]:
    """The same of one statement, by offset."""
    schemas = {t.key.name.last for t in project.objects if t.key.kind == "SCHEMA"} | {"PUBLIC", "INFORMATION_SCHEMA"}
    return list(_in_text(text, project.scope.database, schemas, external_stages(project)))


def external_stages(project: Project) -> frozenset[str]:
    """The stages with a URL: their files are somebody else's."""
    stages = (t for t in project.objects if t.key.kind == "STAGE" and t.head.clauses.get("URL"))
    return frozenset(str(t.key.name) for t in stages)


def _in_text(
    text: str, database: str, schemas: set[str], stages: frozenset[str], base: int = 0
) -> Iterator[tuple[int, str]]:
    parts = code(text)
    for i, token in enumerate(parts):
        before = parts[i - 1] if i else None
        at = base + token.start
        if token.kind == "dollar":
            yield from _in_text(token.value, database, schemas, stages, at + 2)
        elif token.kind == "string":
            yield from _in_string(parts, i, database, schemas, stages, at)
        elif token.kind in {"word", "quoted"} and (before is None or before.text not in {".", ":", "@"}):
            name = _chain(parts, i)
            if len(name) >= 3 and name[0] not in {database, *_SHARED, *schemas}:
                yield at, f"{ObjectName(tuple(name[:3]))} is in database {name[0]}"
            if before is not None and before.upper == "DATABASE" and name[0] not in {database, *_SHARED}:
                yield at, f"database {name[0]} is named"
            if before is not None and before.upper == "SCHEMA" and len(name) == 2 and name[0] != database:
                yield at, f"{ObjectName(tuple(name))} is in database {name[0]}"
        elif token.text.startswith("@"):
            yield from _on_stage(parts, i, database, stages, at)


def _chain(parts: tuple[Token, ...], i: int) -> list[str]:
    """The parts of a dotted name that begins here."""
    found = [fold(parts[i].text)]
    while i + 2 < len(parts) and parts[i + 1].text == "." and parts[i + 2].kind in {"word", "quoted"}:
        found.append(fold(parts[i + 2].text))
        i += 2
    return found


def _in_string(
    parts: tuple[Token, ...], i: int, database: str, schemas: set[str], stages: frozenset[str], at: int
) -> Iterator[tuple[int, str]]:
    """A text that is a name, or SQL of EXECUTE IMMEDIATE."""
    words = [t.upper or t.text for t in parts[max(0, i - 2) : i]]
    if words == ["EXECUTE", "IMMEDIATE"]:
        yield from _in_text(parts[i].value, database, schemas, stages, at + 1)
    elif (
        words
        and (words[-1] in {"(", "=>"})
        and (words[-1] == "=>" or words[0] in _NAMING or words[0].startswith("SYSTEM$"))
    ):
        try:
            name = ObjectName.parse(parts[i].value)
        except ValueError:
            return
        if len(name.parts) == 3 and name.parts[0] not in {database, *_SHARED}:
            yield at, f"{name} is in database {name.parts[0]}"


def _on_stage(
    parts: tuple[Token, ...], i: int, database: str, stages: frozenset[str], at: int
) -> Iterator[tuple[int, str]]:
    """A file location `@db.schema.stage/path`: another database's, or an external one that is written to."""
    try:
        name = ObjectName.parse(parts[i].text[1:].partition("/")[0])
    except ValueError:
        return
    if len(name.parts) == 3 and name.parts[0] != database:
        yield at, f"stage {name} is in database {name.parts[0]}"
    is_external = any(stage == str(name) or stage.endswith(f".{name.last}") for stage in stages)
    words = [t.upper for t in parts[max(0, i - 2) : i]]
    if is_external and (words[-1:] in (["REMOVE"], ["RM"]) or words == ["COPY", "INTO"]):
        yield at, f"external stage {name} is written to"
    rest = [t.upper or t.text for t in parts[i:]]
    ends = rest.index(";") if ";" in rest else len(rest)
    if is_external and any(rest[j : j + 3] == ["PURGE", "=", "TRUE"] for j in range(ends)):
        yield at, f"files of external stage {name} are removed once they are loaded (PURGE)"
