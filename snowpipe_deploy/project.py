"""Environment and files to the desired state; everything wrong is collected, nothing stops the reading."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from snowpipe_deploy import uploads
from snowpipe_deploy.analysis.uses import references as uses_in
from snowpipe_deploy.environment import Environment
from snowpipe_deploy.errors import DeployError
from snowpipe_deploy.kind import Kind, relative, within_scope
from snowpipe_deploy.kinds import KINDS, grant
from snowpipe_deploy.location import Location
from snowpipe_deploy.model import (
    RENAMEABLE,
    Finding,
    ObjectKey,
    Project,
    Reference,
    Scope,
    Script,
    SqlObject,
    Statement,
)
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.secrets import MARKER, Names, misplaced
from snowpipe_deploy.sqltext.clauses import TABLES, head
from snowpipe_deploy.sqltext.grants import Grant, read_grants
from snowpipe_deploy.sqltext.head import Cursor, Head, ReadError
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.sqltext.split import split
from snowpipe_deploy.templates import Rendered, plain, read_file

FOLDERS = ("sql", "templates")
_SCRIPTS = frozenset({"INSERT", "MERGE", "UPDATE", "CALL", "EXECUTE", "DELETE", "TRUNCATE"})
_DIRECTIVE = re.compile(r"--\s*snowdeploy:\s*([\w-]+)\s*(.*)")


@dataclass(slots=True)
class _Reading:
    """What is gathered while the files are read."""

    scope: Scope
    statements: list[Statement] = field(default_factory=list)
    objects: list[SqlObject] = field(default_factory=list)
    scripts: list[Script] = field(default_factory=list)
    states: dict[ObjectKey, str] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)
    unknown: list[Statement] = field(default_factory=list)
    grants: dict[ObjectKey, list[tuple[Grant, Statement]]] = field(default_factory=dict)

    def problem(self, rule: str, name: str, message: str, where: Location, hint: str = "", of: str = "") -> None:
        self.problems.append(Finding(rule, name, "error", message, where, hint, of))


def values_of(environment: Environment) -> Mapping[str, Any]:
    """What templates may use: the environment's values, its name, its database and its secrets, as markers."""
    given = {"environment": environment.name, "database": environment.database, **environment.values}
    return {**given, "secrets": Names(environment.secrets)} if environment.secrets or "secrets" not in given else given


def sources(root: Path) -> list[Path]:
    """The project's SQL files: *.sql.j2 is rendered, *.sql is taken as it is."""
    found = [p for folder in FOLDERS for p in (root / folder).rglob("*.sql*") if p.name.endswith((".sql", ".sql.j2"))]
    return sorted(p for p in found if not any(part.startswith(".") for part in p.relative_to(root).parts))


def rendered(root: Path, environment: Environment, paths: Iterable[Path]) -> tuple[list[Rendered], list[Finding]]:
    """Every file's text; those that cannot be rendered are findings."""
    done, problems = [], []
    values = values_of(environment)
    for path in paths:
        shown = path.relative_to(root).as_posix()
        try:
            text = read_file(root, path)
            if found := MARKER.search(text):
                where = Location(shown, text.count("\n", 0, found.start()) + 1)
                raise DeployError(
                    f"{found[0]} stands for a secret: write {{{{ secrets.{found[1]} }}}} in a .sql.j2 file", where=where
                )
            done.append(_rendered(shown, text, values))
        except DeployError as error:
            where = error.where or Location(shown)
            name = "undefined-value" if "undefined" in error.message else "unreadable"
            problems.append(Finding("SD002", name, "error", error.message, where, error.hint or ""))
    return done, problems


def _rendered(path: str, text: str, values: Mapping[str, Any]) -> Rendered:
    if not path.endswith(".j2"):
        return plain(path, text)
    from snowpipe_deploy.jinja import render

    return render(path, text, values)


def load(root: Path, environment: Environment) -> Project:
    """The project of an environment, from its folder."""
    paths = sources(root)
    texts, problems = rendered(root, environment, paths)
    scope = Scope(environment.database, environment.record_schema)
    project = from_texts(environment.project, scope, texts)
    try:
        files = uploads.found(root)
    except DeployError as error:
        problems.append(
            Finding("SD006", "unsupported", "error", error.message, error.where or Location("files"), error.hint or "")
        )
        files = ()
    problems += uploads.problems(files, project.objects)
    return replace(project, problems=(*problems, *project.problems), files=len(paths), uploads=files)


def from_texts(name: str, scope: Scope, texts: Iterable[Rendered]) -> Project:
    """A project from rendered texts, with no files."""
    reading = _Reading(scope)
    for text in texts:
        _read_text(reading, text)
    reading.objects += [_grants(key, found, scope) for key, found in reading.grants.items()]
    objects = tuple(
        replace(thing, state=reading.states.get(thing.key, "")) if thing.key in reading.states else thing
        for thing in reading.objects
    )
    for key in reading.states.keys() - {thing.key for thing in objects}:
        reading.problem("SD006", "unsupported", f"{key} is altered but not made by the project", Location("?"))
    return Project(
        name, scope, tuple(reading.statements), objects, tuple(reading.scripts), tuple(reading.problems),
        tuple(reading.unknown), 0,
    )  # fmt: skip


def _read_text(reading: _Reading, text: Rendered) -> None:
    schema: str | None = None
    for piece in split(text.text):
        where = text.where(piece.line, piece.column)
        rows = piece.text.count("\n") + 1
        lines = tuple(text.where(piece.line + i).line for i in range(rows))
        statement = Statement(piece.text, where, schema, piece.comments, lines)
        reading.statements.append(statement)
        for offset, secret in misplaced(piece.text):
            reading.problem(
                "SD006", "unsupported", f"secret {secret} stands where its value cannot be put in", statement.place(offset),
                "write '{{ secrets.NAME }}': in a literal of its own in single quotes, not in a body or in a literal within another",
            )  # fmt: skip
        try:
            schema = _read_statement(reading, statement, head(piece.text))
        except ReadError as error:
            about = " ".join(piece.text.split()[:3])
            reading.problem("SD001", "syntax", f"{about} …: {error}", statement.place(error.offset))


def _read_statement(reading: _Reading, statement: Statement, found: Head) -> str | None:
    """Takes one statement in; returns the schema in use after it."""
    match found.verb:
        case "USE":
            return _use(reading, statement)
        case "CREATE" | "DEFINE":
            _create(reading, statement, found)
        case "ALTER" if found.name is not None and (state := _state(found)):
            reading.states[ObjectKey(found.kind, _relative(reading, statement, found.name))] = state
        case "ALTER":
            reading.problem(
                "SD006", "unsupported", f"ALTER {found.kind} in a project: what is desired stands in the CREATE", statement.where,
                "put the property into the CREATE statement",
            )  # fmt: skip
        case verb if verb in _SCRIPTS:
            reading.scripts.append(_script(statement))
        case "GRANT":
            _grant(reading, statement)
        case "REVOKE":
            reading.problem(
                "SD006", "unsupported", "REVOKE in a project: what is granted is what its GRANT statements say", statement.where,
                "leave the GRANT out: what was deployed and is not in the files any more is revoked",
            )  # fmt: skip
        case "DROP":
            reading.problem(
                "SD006",
                "unsupported",
                f"{found.verb} is not deployed yet",
                statement.where,
                "take it out of the project's files",
            )
        case _:
            reading.unknown.append(statement)
            reading.problem("SD001", "syntax", f"not understood: {statement.text[:60]!r}", statement.where)
    return statement.schema


def _state(found: Head) -> str:
    """The state that an ALTER gives a task, an alert or a pipe; empty where it is another ALTER."""
    words = [token.upper for token in code(found.rest)]
    if found.kind in {"TASK", "ALERT"} and len(words) == 1:
        return {"RESUME": "started", "SUSPEND": "suspended"}.get(words[0], "")
    if found.kind == "PIPE" and words[:-1] == ["SET", "PIPE_EXECUTION_PAUSED", "="]:
        return {"TRUE": "suspended", "FALSE": "started"}.get(words[-1], "")
    return ""


def _use(reading: _Reading, statement: Statement) -> str | None:
    cursor = Cursor(statement.text, 1)
    kind = cursor.accept_any("DATABASE", "SCHEMA", "ROLE", "WAREHOUSE", "SECONDARY ROLES")
    name = cursor.name()
    if not cursor.done:  # a ; is missing: what follows would be lost
        reading.problem(
            "SD001", "syntax", f"USE {name}: unexpected text, found {cursor.peek().text!r}",
            statement.place(cursor.peek().start), "end the USE with ;",
        )  # fmt: skip
    if kind in {"ROLE", "WAREHOUSE", "SECONDARY ROLES"}:
        reading.problem(
            "SD006",
            "unsupported",
            f"USE {kind} in a project file",
            statement.where,
            "set it under [connection] in environments/",
        )
        return statement.schema
    database = name.parts[0] if kind == "DATABASE" or len(name.parts) == 2 else reading.scope.database
    if database != reading.scope.database:
        _other_database(reading, statement, name)
    return None if kind == "DATABASE" else name.last


def _other_database(reading: _Reading, statement: Statement, name: ObjectName) -> None:
    reading.problem(
        "SD705", "other-database", f"{name} names database {name.parts[0]}, but this environment is {reading.scope.database}",
        statement.where, "leave the database out: the environment's [scope] gives it",
    )  # fmt: skip


def _relative(reading: _Reading, statement: Statement, name: ObjectName, depth: int = 2) -> ObjectName:
    """The name within the scope's database."""
    if len(name.parts) > depth:
        if name.parts[0] != reading.scope.database:
            _other_database(reading, statement, name)
        return ObjectName(name.parts[-depth:])
    if len(name.parts) < depth:
        return name.within(statement.schema or "PUBLIC")
    return name


def _grant(reading: _Reading, statement: Statement) -> None:
    """Takes a GRANT in by its key; statements about one thing and one role are one object."""
    for given in read_grants(statement.text):
        if given.wide == "ALL":
            refused = "GRANT … ON ALL is about what is there when it runs, and nothing afterwards"
            hint = "grant on each by its name, or ON FUTURE"
        elif given.to not in {"ROLE", "DATABASE ROLE"}:
            refused, hint = (
                f"GRANT … TO {given.to} is not deployed",
                "grant to a role; who has it is not the project's matter",
            )
        elif given.wide and "OWNERSHIP" in given.privileges:
            refused, hint = "OWNERSHIP ON FUTURE is not deployed", "name each object"
        else:
            within = _grant_within(reading, statement, given)
            reading.grants.setdefault(grant.key_of(within), []).append((within, statement))
            continue
        reading.problem("SD006", "unsupported", refused, statement.where, hint)


def _grant_within(reading: _Reading, statement: Statement, given: Grant) -> Grant:
    """The same with names within the scope's database."""

    def placed(kind: str, name: ObjectName) -> ObjectName:
        if grant.of_account(kind):
            return name
        if kind == "DATABASE":
            if name.last != reading.scope.database:
                _other_database(reading, statement, name)
            return name
        return _relative(reading, statement, name, grant.depth(kind))

    name = given.name and placed(given.within or given.on, given.name)
    return replace(given, name=name, grantee=placed(given.to, given.grantee))


def _grants(key: ObjectKey, found: list[tuple[Grant, Statement]], scope: Scope) -> SqlObject:
    text = grant.merged(given for given, _ in found)
    statement = replace(found[0][1], text=text, schema=None, lines=())
    read, kind = head(text), KINDS["GRANT"]
    return SqlObject(key, statement, read, kind.read(read, None), within_scope(kind.references(read, None), scope))


def _named(reading: _Reading, statement: Statement, kind: Kind, name: ObjectName) -> ObjectName:
    """The object's name within the scope's database, or in the account."""
    if kind.name == "DATABASE" and name.parts != (reading.scope.database,):
        _other_database(reading, statement, name)
    if kind.level == "account":
        if len(name.parts) > 1:
            raise ReadError(
                f"a {kind.name.lower()} belongs to the account: its name has one part", statement.text.find(".")
            )
        return name
    return _relative(reading, statement, name, 1 if kind.level == "database" else 2)


def _create(reading: _Reading, statement: Statement, found: Head) -> None:
    kind = KINDS.get(found.kind)
    if kind is None or found.name is None:
        what = found.kind.lower() or " ".join(t.text for t in code(statement.text)[1:4]) + " …"
        shown = f" {found.name}" if found.name is not None else ""
        reading.problem(
            "SD006",
            "unsupported",
            f"{what}{shown} cannot be deployed yet",
            statement.where,
            f"kinds: {', '.join(sorted(k.lower() for k in KINDS))}",
        )
        return
    if "TEMPORARY" in found.modifiers:
        reading.problem(
            "SD006", "unsupported", "a temporary object lives in a session and cannot be deployed", statement.where
        )
        return
    try:
        name = _named(reading, statement, kind, found.name)
        key = ObjectKey(found.kind, name, kind.detail(found))
        own = name.parts[0] if len(name.parts) > 1 else None
        home = (
            own
            if found.kind in {"VIEW", "DYNAMIC TABLE", "TASK", "ALERT", "PROCEDURE", "FUNCTION"}
            else statement.schema
        )
        references = kind.references(found, home or own)
        thing = SqlObject(
            key,
            statement,
            found,
            relative(kind.read(found, statement.schema or own), reading.scope.database),
            within_scope(references, reading.scope),
        )
    except ReadError as error:
        reading.problem("SD001", "syntax", str(error), statement.place(error.offset))
        return
    for word, _, offset in found.unknown:
        if found.kind == "TASK":
            continue  # any word may be a session parameter
        known = [clause.word for clause in TABLES[found.kind]]
        close = difflib.get_close_matches(word, known, 1)
        reading.problem(
            "SD007",
            "unknown-property",
            f"{key}: unknown property {word}",
            statement.place(offset),
            f"did you mean {close[0]}?" if close else "",
            str(key),
        )
    reading.objects.append(_directed(reading, thing))


def directives(statement: Statement) -> list[tuple[str, str]]:
    """`-- snowdeploy: word rest` of the comments directly above a statement."""
    return [(m[1], m[2].strip()) for _, text in statement.comments if (m := _DIRECTIVE.match(text))]


def _directed(reading: _Reading, thing: SqlObject) -> SqlObject:
    extra, was = [], None
    for word, rest in directives(thing.statement):
        if word == "depends-on":
            name = ObjectName.parse(rest.split()[-1])
            full = name if len(name.parts) > 1 else name.within(thing.key.name.parts[0])
            kind = rest.rsplit(None, 1)[0].upper() if " " in rest else "relation"
            extra.append(Reference(kind, full, "reads"))
        elif word == "was":
            was = _renamed(reading, thing, rest)
        elif word not in {"ignore", "run"}:
            reading.problem(
                "SD001", "syntax", f"unknown directive {word!r}", thing.statement.where, "depends-on, was, run, ignore"
            )
    return replace(thing, references=(*thing.references, *extra), was=was) if extra or was else thing


def _renamed(reading: _Reading, thing: SqlObject, rest: str) -> ObjectKey | None:
    """The key before a declared rename; an old name without a schema lies in the schema of the new one."""
    if thing.key.kind not in RENAMEABLE:
        reading.problem(
            "SD006", "unsupported", f"{thing.key}: a {thing.key.kind.lower()} cannot be renamed", thing.statement.where,
            "Snowflake has no ALTER … RENAME for it: drop the old one and make a new one" if thing.key.kind != "SCHEMA" else
            "rename it by hand, and adopt it under its new name",
        )  # fmt: skip
        return None
    try:
        name = ObjectName.parse(rest)
    except ValueError as error:
        reading.problem("SD001", "syntax", f"was: {error}", thing.statement.where)
        return None
    return ObjectKey(thing.key.kind, name.within(thing.key.name.parts[0]), thing.key.detail)


def _script(statement: Statement) -> Script:
    mode = next((rest for word, rest in directives(statement) if word == "run"), "on-change")
    return Script(f"{mode}", statement, uses_in(statement.text, statement.schema, needs=False))
