"""A live account to project files: each object as the statement that makes it, names relative to the project's database."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from snowpipe_deploy.drift import differences, drifted
from snowpipe_deploy.errors import DeployError, UsageError
from snowpipe_deploy.importing_access import read_access
from snowpipe_deploy.kind import relative
from snowpipe_deploy.kinds import KINDS
from snowpipe_deploy.live import Live, observe
from snowpipe_deploy.location import Location
from snowpipe_deploy.model import Entry, ObjectKey, Observed, Project, Scope, SqlObject, Statement
from snowpipe_deploy.names import ObjectName, literal, quote
from snowpipe_deploy.record import objects
from snowpipe_deploy.session import Result, Session, SqlError
from snowpipe_deploy.sqltext.clauses import head as read_head
from snowpipe_deploy.sqltext.head import Cursor, ReadError
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.sqltext.split import split

# kinds of full depth that GET_DDL knows (reference F.1); a schema and a stage are put together from SHOW and DESCRIBE
_BY_DDL = frozenset(
    {
        "TABLE",
        "VIEW",
        "DYNAMIC TABLE",
        "SEQUENCE",
        "FILE FORMAT",
        "STREAM",
        "TASK",
        "PROCEDURE",
        "FUNCTION",
        "PIPE",
        "ALERT",
    }
)
_BY_HAND = frozenset({"SCHEMA", "STAGE"})
IMPORTED = _BY_DDL | _BY_HAND
# what no statement tells, by kind: said once for each object that has it
_UNTOLD = {
    "STREAM": "its position and SHOW_INITIAL_ROWS: a stream that is made from this file starts at that moment",
    "SEQUENCE": "the next value: a sequence that is made from this file begins at its START",
    "PIPE": "whether it is paused, and what it has loaded",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """One object as a text of a file, the file's path below the project, and what could not be brought along."""

    key: ObjectKey
    path: str
    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Import:
    """What was found: files to write, objects that could not be read with the reason, and who deployed what."""

    files: tuple[Imported, ...]
    failed: tuple[tuple[ObjectKey, str], ...]
    recorded: Mapping[str, int]  # how many texts are from the record, by project
    left: tuple[str, ...] = ()  # what is there and is no kind that can be imported


def read_account(session: Session, project: Project, schemas: Iterable[str] = ()) -> Import:
    """What is in the project's database, as files; raises UsageError where the database or a schema is not there."""
    scope = project.scope
    live = observe(session, scope, {*KINDS})
    if not live.exists:
        raise UsageError(f"database {scope.database} is not there, or not visible to role {live.role}")
    for schema in schemas:
        if ObjectKey("SCHEMA", ObjectName((schema,))) not in live.objects:
            names = ", ".join(str(k.name) for k in sorted(live.objects) if k.kind == "SCHEMA")
            raise UsageError(f"no schema {schema} in {scope.database}", hint=f"there are: {names}")
    own = objects.read(session, scope, project.name, live.identity)
    recorded = {key: (project.name, entry) for key, entry in own.entries.items()}
    for other in sorted({*own.others.values()}):
        entries = objects.read(session, scope, other, live.identity).entries
        recorded |= {key: (other, entry) for key, entry in entries.items() if own.others.get(key) == other}
    found = gather(session, scope, live, recorded, schemas)
    found = replace(found, left=_left(session, scope, schemas))
    return _with_access(session, scope, live, recorded, found, whole=not {*schemas})


def _with_access(
    session: Session,
    scope: Scope,
    live: Live,
    recorded: Mapping[ObjectKey, tuple[str, Entry]],
    found: Import,
    *,
    whole: bool,
) -> Import:
    """The same with its roles, grants and warehouses, a file for each role and warehouse."""
    heads = [read_head(text) for file in found.files for text in _statements(file)]
    access = read_access(session, scope, live, heads, [file.key for file in found.files], whole=whole)
    files = [
        replace(file, notes=(*file.notes, access.owners[file.key])) if file.key in access.owners else file
        for file in found.files
    ]
    by = dict(found.recorded)
    for key, (text, holds, notes) in access.texts.items():
        path = f"sql/access/{_safe(key.kind)}_{_safe(key.name.last)}.sql"
        files.append(Imported(key, path, text + "\n", notes))
        owners = {recorded[one][0] for one in holds if one in recorded}
        if len(owners) == 1 and all(one in recorded for one in holds):
            by[min(owners)] = by.get(min(owners), 0) + 1
    return replace(found, files=tuple(files), failed=(*found.failed, *access.failed), recorded=by)


def _statements(file: Imported) -> list[str]:
    """What the file makes; USE and ALTER make nothing."""
    return [s.text for s in split(file.text) if s.text.upper().lstrip().startswith("CREATE")]


# what may be in a database and is no kind of ours, or none that can be read back in full
_OTHERS = (
    "MATERIALIZED VIEWS",
    "EXTERNAL TABLES",
    "EVENT TABLES",
    "TASK GRAPHS",
    "MASKING POLICIES",
    "ROW ACCESS POLICIES",
    "TAGS",
)


def _left(session: Session, scope: Scope, schemas: Iterable[str]) -> tuple[str, ...]:
    """Names of what is there and is not imported; a SHOW that the account does not know says nothing."""
    words = [word for word in _OTHERS if KINDS.get(word[:-1]) is None]
    answers = session.together([f"SHOW {word} IN DATABASE {quote(scope.database)}" for word in words])
    chosen = {*schemas}
    return tuple(
        f"{word[:-1].lower()} {ObjectName((str(row['schema_name']), str(row['name'])))}"
        for word, answer in zip(words, answers, strict=True)
        if not isinstance(answer, SqlError)
        for row in answer.dicts()
        if row["schema_name"] != scope.record_schema and (not chosen or row["schema_name"] in chosen)
    )


def gather(
    session: Session,
    scope: Scope,
    live: Live,
    recorded: Mapping[ObjectKey, tuple[str, Entry]],
    schemas: Iterable[str] = (),
) -> Import:
    """Every object of the database, or of some of its schemas; reads only, one statement an object, all in one go.

    An object that a project recorded and that is as it was deployed is taken from the record: that text is what somebody
    wrote. `recorded` says by whom and as what. An object that cannot be read ends nothing.
    """
    chosen = {key: seen for key, seen in live.objects.items() if _wanted(key, live, scope, {*schemas})}
    kept = {
        key: recorded[key] for key in chosen if key in recorded and _as_deployed(recorded[key][1], chosen[key], scope)
    }
    asked = {key: _question(key, scope) for key in chosen if key not in kept and key.kind in _BY_DDL | {"STAGE"}}
    answers = dict(zip(asked, session.together(list(asked.values())), strict=True)) if asked else {}
    files: list[Imported] = []
    failed: list[tuple[ObjectKey, str]] = []
    paths = _paths(chosen)
    for key in sorted(chosen):
        try:
            if key in kept:
                text, notes = _from_record(kept[key][1]), _untold(key)
            else:
                text, notes = _from_account(key, chosen[key], answers.get(key), scope)
        except (DeployError, ReadError, ValueError) as error:
            failed.append((key, str(error)))
            continue
        files.append(Imported(key, paths[key], text + _state(key, chosen[key]) + "\n", notes))
    owners = [kept[key][0] for key in kept]
    return Import(tuple(files), tuple(failed), {name: owners.count(name) for name in dict.fromkeys(owners)})


def _wanted(key: ObjectKey, live: Live, scope: Scope, schemas: set[str]) -> bool:
    """An empty PUBLIC is Snowflake's, the record is ours."""
    home = key.name.parts[0]
    if home in {scope.record_schema, "INFORMATION_SCHEMA"} or (schemas and home not in schemas):
        return False
    if key.kind not in IMPORTED:
        return False
    return key != _PUBLIC or any(len(k.name.parts) > 1 and k.name.parts[0] == "PUBLIC" for k in live.objects)


_PUBLIC = ObjectKey("SCHEMA", ObjectName(("PUBLIC",)))


def _as_deployed(entry: Entry, seen: Observed, scope: Scope) -> bool:
    try:
        thing = as_object(entry.key, entry.text, entry.schema, scope)
    except (DeployError, ReadError, ValueError):
        return False
    return entry.identity == seen.identity and not drifted(thing, entry, seen, scope)


def as_object(key: ObjectKey, text: str, schema: str | None, scope: Scope) -> SqlObject:
    """A statement as the desired object that a project would read from it; raises ReadError where it cannot be read."""
    kind, read = KINDS[key.kind], read_head(text)
    own = key.name.parts[0] if len(key.name.parts) > 1 else None
    reading = relative(kind.read(read, schema or own), scope.database)
    return SqlObject(key, Statement(text, Location("(imported)"), schema), read, reading)


def _question(key: ObjectKey, scope: Scope) -> str:
    full = f"{scope.full(key.name)}{key.detail}"
    if key.kind == "STAGE":
        return f"DESCRIBE STAGE {full}"
    return f"SELECT GET_DDL({literal(key.kind.replace(' ', '_'))}, {literal(full)})"


def _from_record(entry: Entry) -> str:
    """The recorded text, under the schema that was in use where it stood."""
    text = entry.text.rstrip().rstrip(";").rstrip()
    return f"USE SCHEMA {quote(entry.schema)};\n\n{text};" if entry.schema is not None else f"{text};"


def _from_account(
    key: ObjectKey, seen: Observed, answer: Result | SqlError | None, scope: Scope
) -> tuple[str, tuple[str, ...]]:
    if isinstance(answer, SqlError):
        raise answer
    notes: tuple[str, ...] = ()
    if key.kind == "SCHEMA":
        text = _schema(key, seen)
    elif key.kind == "STAGE":
        text, notes = _stage(key, seen, answer.dicts() if answer else [], scope)
    else:
        text = rewritten(key, str(answer.scalar() if answer else ""), scope)
    thing = as_object(key, text, None, scope)
    unlike = tuple(
        f"{d.fact}: the account says {d.now or 'nothing'}, this text {d.before or 'nothing'}"
        for d in differences(thing, seen)
    )
    return f"{text};", (*notes, *_untold(key), *unlike, *_spelled_out(thing, scope))


def _untold(key: ObjectKey) -> tuple[str, ...]:
    return (_UNTOLD[key.kind],) if key.kind in _UNTOLD else ()


def rewritten(key: ObjectKey, ddl: str, scope: Scope) -> str:
    """What GET_DDL says as a statement of a project: a plain CREATE under the name with its schema.

    Raises ReadError where our reader does not understand it: better no file than one that means something else.
    """
    text = re.sub(r"^\s*create\s+or\s+replace\s+", "CREATE ", ddl, flags=re.IGNORECASE).rstrip().rstrip(";").rstrip()
    text = _clustered_last(text)
    read = read_head(text)
    if read.kind != key.kind or read.name is None:
        raise ReadError(f"GET_DDL answered with {' '.join(text.split()[:4])!r}", 0)
    cut = len(text) - len(read.body or "")
    named = f"{text[: read.name_at]}{key.name}{_within(text[read.name_end : cut], scope)}{text[cut:]}"
    words = re.match(r"CREATE\s+(.*?)\s*$", named[: read.name_at], re.DOTALL)
    return f"CREATE {words[1].upper()} {named[read.name_at :]}" if words else named


def _within(text: str, scope: Scope) -> str:
    """A statement's clauses with names that spell out the scope's database cut to schema and name; texts stay as they are."""
    out, at = [], 0
    tokens = code(text)
    for i, token in enumerate(tokens[:-2]):
        named = token.kind in {"word", "quoted"} and ObjectName.parse(token.text).last == scope.database
        starts = i == 0 or tokens[i - 1].text != "."
        if named and starts and tokens[i + 1].text == "." and tokens[i + 1].start == token.end:
            out.append(text[at : token.start])
            at = tokens[i + 1].end
    return "".join(out) + text[at:]


def _clustered_last(text: str) -> str:
    """GET_DDL writes CLUSTER BY before the columns of a table; CREATE TABLE reads it behind them."""
    cursor = Cursor(text)
    cursor.accept("CREATE")
    cursor.accept_any("TRANSIENT", "TEMPORARY")
    if not cursor.accept("TABLE"):
        return text
    cursor.name()
    begin = cursor.peek().start
    if not cursor.accept("CLUSTER", "BY"):
        return text
    cursor.accept("LINEAR")
    inside = cursor.parens()
    end = cursor.peek().start
    cursor.parens()
    close = cursor.tokens[cursor.at - 1].end
    return f"{text[:begin]}{text[end:close]} CLUSTER BY ({inside}) {text[close:].lstrip()}".rstrip()


def _schema(key: ObjectKey, seen: Observed) -> str:
    options = seen.facts.get("options", "")
    words = ["CREATE", *(["TRANSIENT"] if "TRANSIENT" in options else []), "SCHEMA", str(key.name)]
    words += ["WITH MANAGED ACCESS"] if "MANAGED ACCESS" in options else []
    words += [f"COMMENT = {literal(seen.facts['comment'])}"] if seen.facts.get("comment") else []
    return " ".join(words)


def _stage(
    key: ObjectKey, seen: Observed, rows: Iterable[Mapping[str, object]], scope: Scope
) -> tuple[str, tuple[str, ...]]:
    """GET_DDL knows no stages (reference D.1): the clauses come from SHOW and DESCRIBE, all but the credentials."""
    told = [
        (str(r["parent_property"]), str(r["property"]), r.get("property_value"), r.get("property_default"))
        for r in rows
    ]
    lines, notes = [], []
    facts = seen.facts
    if facts.get("url"):
        lines.append(f"URL = {literal(facts['url'])}")
    if facts.get("storage_integration"):
        lines.append(f"STORAGE_INTEGRATION = {quote(facts['storage_integration'])}")
    elif facts.get("url"):
        notes.append("credentials and encryption keys, if it has any: put them in as secrets")
    if facts.get("directory_enabled", "N").upper() in {"Y", "TRUE"}:
        lines.append("DIRECTORY = (ENABLE = TRUE)")
    if options := _format_options(told, scope):
        lines.append(f"FILE_FORMAT = ({options})")
    if facts.get("comment"):
        lines.append(f"COMMENT = {literal(facts['comment'])}")
    notes += ["the files in it: they stay where they are"] if not facts.get("url") else []
    return "\n    ".join([f"CREATE STAGE {key.name}", *lines]), tuple(notes)


def _format_options(told: Iterable[tuple[str, str, object, object]], scope: Scope) -> str:
    """The named format, or the type and what differs from its defaults."""
    options = {name.upper(): (value, default) for parent, name, value, default in told if parent == "STAGE_FILE_FORMAT"}
    named = str((options.get("FORMAT_NAME") or ("", ""))[0] or "")
    if named:
        return f"FORMAT_NAME = {literal(str(named).removeprefix(f'{quote(scope.database)}.'))}"
    changed = {w: v for w, (v, default) in options.items() if w != "TYPE" and v is not None and str(v) != str(default)}
    if not changed and str((options.get("TYPE") or ("CSV", ""))[0]).upper() == "CSV":
        return ""
    words = {"TYPE": (options.get("TYPE") or ("CSV", ""))[0], **changed}
    return " ".join(f"{word} = {_option(value)}" for word, value in words.items())


def _option(value: object) -> str:
    text = str(value)
    if text.startswith("["):  # a list, as JSON or as `[a, b]`
        try:
            parts = [str(part) for part in json.loads(text)]
        except ValueError:
            parts = [part.strip() for part in text[1:-1].split(",") if part.strip()]
        return f"({', '.join(map(literal, parts))})"
    return text if re.fullmatch(r"[A-Za-z_][A-Za-z_0-9]*|\d+|\(.*\)", text, re.DOTALL) else literal(text)


def _state(key: ObjectKey, seen: Observed) -> str:
    """A task that stands still is to stand still; what is started needs no word."""
    return f"\nALTER TASK {key.name} SUSPEND;" if key.kind == "TASK" and seen.state.get("state") == "suspended" else ""


def _spelled_out(thing: SqlObject, scope: Scope) -> tuple[str, ...]:
    """A body that names its database would read the same tables from every other environment."""
    tokens = code(thing.head.body or "")
    named = any(
        token.kind in {"word", "quoted"}
        and tokens[i + 1].text == "."
        and ObjectName.parse(token.text).last == scope.database
        for i, token in enumerate(tokens[:-1])
    )
    return (
        (f"its body names database {scope.database}: take that out before it goes to another environment",)
        if named
        else ()
    )


def _paths(keys: Iterable[ObjectKey]) -> dict[ObjectKey, str]:
    """sql/<schema>/<kind>_<name>.sql in lower case, letters and digits only; a number behind what would be the same path."""
    found: dict[ObjectKey, str] = {}
    taken: set[str] = set()
    for key in sorted(keys):
        folder = _safe(key.name.parts[0])
        name = "schema" if key.kind == "SCHEMA" else f"{_safe(key.kind)}_{_safe(key.name.last)}"
        path, number = f"sql/{folder}/{name}.sql", 1
        while path in taken:
            number += 1
            path = f"sql/{folder}/{name}_{number}.sql"
        taken.add(path)
        found[key] = path
    return found


def _safe(text: str) -> str:
    return re.sub(r"[^a-z0-9_]+", "_", text.lower()) or "_"
