"""Reads what the account has: one SHOW a kind and the columns of all tables, all in one round trip."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from snowpipe_deploy.kinds import KINDS, grant
from snowpipe_deploy.model import ObjectKey, Observed, Scope
from snowpipe_deploy.names import ObjectName, literal, quote
from snowpipe_deploy.session import Result, Session, SqlError


@dataclass(frozen=True, slots=True)
class Live:
    """What is visible. `identity` is the database's own (account and creation time); empty if it is not there.

    `task_graphs` are TASK GRAPH objects with the tasks that they name; none where SHOW does not tell.
    """

    identity: str = ""
    objects: Mapping[ObjectKey, Observed] = field(default_factory=dict)
    account: str = ""
    role: str = ""
    task_graphs: Mapping[ObjectName, frozenset[ObjectName]] = field(default_factory=dict)

    @property
    def exists(self) -> bool:
        return bool(self.identity)


Answers = Mapping[str, Result | SqlError]
_SESSION, _DATABASE, _COLUMNS, _GRANTS, _TASK_GRAPHS = "session", "database", "columns", "grants", "task graphs"


def questions(scope: Scope, kinds: Iterable[str]) -> dict[str, str]:
    """The statements that observe: one for each kind, none of which leans on another."""
    wanted = sorted(set(kinds))
    asked = {
        _SESSION: "SELECT CURRENT_ACCOUNT(), CURRENT_ROLE()",
        _DATABASE: f"SHOW DATABASES LIKE {literal(scope.database)}",
    }
    # the question about the database answers for the kind DATABASE; grants are asked of their roles, see `grants_question`
    shown = [name for name in wanted if KINDS[name].show and name != "DATABASE"]
    asked |= {name: KINDS[name].show.format(database=quote(scope.database)) for name in shown}
    if "TABLE" in wanted:
        asked[_COLUMNS] = (
            "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION, NUMERIC_SCALE, "
            "IS_NULLABLE, COMMENT, COLUMN_DEFAULT, IDENTITY_START, IDENTITY_INCREMENT "
            f"FROM {quote(scope.database)}.INFORMATION_SCHEMA.COLUMNS ORDER BY 1, 2, ORDINAL_POSITION"
        )
    return asked


def task_graphs_question(scope: Scope, kinds: Collection[str]) -> dict[str, str]:
    """Asked where tasks are, because no row of SHOW TASKS tells that a task is a member of a TASK GRAPH (reference A.16)."""
    return {_TASK_GRAPHS: f"SHOW TASK GRAPHS IN DATABASE {quote(scope.database)}"} if "TASK" in kinds else {}


def answered(scope: Scope, answers: Answers) -> Live:
    """What the answers to `questions` say; raises the SqlError of one that failed, unless the database is not there."""
    account, role = result(answers, _SESSION).rows[0]
    found = [row for row in result(answers, _DATABASE).dicts() if row["name"] == scope.database]
    objects: dict[ObjectKey, Observed] = {}
    for name in answers.keys() & KINDS.keys():
        if found or KINDS[name].level == "account":
            objects |= _of_kind(result(answers, name), scope, name)
    if isinstance(grants := answers.get(_GRANTS), Result):
        objects |= grant.observed(grants.dicts(), scope)
    if not found:
        return Live(objects=objects, account=str(account), role=str(role))
    identity = f"{account}/{scope.database}/{found[0]['created_on']}"
    objects |= {ObjectKey("DATABASE", ObjectName((scope.database,))): _database(found[0])}
    if _COLUMNS in answers:
        objects = _with_columns(result(answers, _COLUMNS), objects)
    graphs = answers.get(_TASK_GRAPHS)  # a preview: an account that does not know the statement has none
    # rows of SHOW TASKS are no task graphs: what does not know the words may have read them so
    rows = graphs.dicts() if isinstance(graphs, Result) and "predecessors" not in graphs.columns else []
    held = dict(map(_task_graph, rows))
    return Live(identity, objects, str(account), str(role), held)


def _task_graph(row: Mapping[str, object]) -> tuple[ObjectName, frozenset[ObjectName]]:
    """The columns are not documented (unconfirmed): one that speaks of a root or a finalizer holds a name, or a JSON list of names."""
    schema = str(row["schema_name"])
    told = [str(value) for column, value in row.items() if value and re.search("root|finalizer", column, re.IGNORECASE)]
    names = {ObjectName((schema, *parts)[-2:]) for text in told for parts in _names(text)}
    return ObjectName((schema, str(row["name"]))), frozenset(names)


def _names(text: str) -> list[tuple[str, ...]]:
    try:
        listed = json.loads(text) if text.startswith("[") else [text]
        return [ObjectName.parse(str(name)).parts for name in listed]
    except ValueError:
        return []


def with_contents(live: Live, session: Session, scope: Scope, schemas: Collection[str]) -> Live:
    """The same with whatever else lies in these schemas, of kinds that were not asked for: their keys and nothing more.

    All kinds in one statement; one by one only where the account refuses one of them.
    """
    kinds = [name for name, kind in sorted(KINDS.items()) if kind.level == "schema" and kind.show]
    kinds = [name for name in kinds if name not in {key.kind for key in live.objects}]
    answer = _alone(session, _contents(scope, kinds, schemas))
    if isinstance(answer, SqlError):
        more = observe(session, scope, kinds)
        return replace(live, objects={**more.objects, **live.objects})
    known = {key.space for key in live.objects}  # a dynamic table also stands among the tables
    found = (ObjectKey(str(kind), ObjectName((str(schema), str(name)))) for kind, schema, name in answer.rows)
    new = {key: Observed(key, "") for key in found if key.space not in known}
    return replace(live, objects={**new, **live.objects})


def _contents(scope: Scope, kinds: Collection[str], schemas: Collection[str]) -> str:
    shows = [KINDS[name].show.format(database=quote(scope.database)) for name in kinds]
    inside = ", ".join(map(literal, sorted(schemas)))
    selects = [
        f'SELECT {literal(name)} AS "kind", "schema_name", "name" FROM ${len(kinds) - number} WHERE "schema_name" IN ({inside})'
        for number, name in enumerate(kinds)
    ]
    return " ->> ".join([*shows, " UNION ALL ".join(selects)])


def _alone(session: Session, sql: str) -> Result | SqlError:
    return session.together([sql])[0]


def ask(session: Session, asked: Mapping[str, str]) -> Answers:
    """All answers in one round trip, by the names of the questions."""
    return dict(zip(asked, session.together(list(asked.values())), strict=True))


def result(answers: Answers, name: str) -> Result:
    """The rows of an answer; raises its error where it is one."""
    answer = answers[name]
    if isinstance(answer, SqlError):
        raise answer
    return answer


def grants_question(scope: Scope, texts: Iterable[str], absent: Collection[ObjectKey] = ()) -> dict[str, str]:
    """The one statement that gives all grants to the roles of these GRANT texts; roles that are not there would fail it."""
    roles = {role for text in texts for role in grant.roles_of(text) if role not in absent}
    return {_GRANTS: grant.question(roles, scope)} if roles else {}


def with_grants(live: Live, session: Session, scope: Scope, texts: Collection[str], ours: Iterable[ObjectKey]) -> Live:
    """The same with the grants that these texts are about.

    Roles of `ours` that are not live are still to be made. All others are taken to exist; where one does not, a look at all roles
    tells which.
    """
    answer = _granted(session, grants_question(scope, texts, set(ours) - live.objects.keys()))
    if isinstance(answer, SqlError):
        roles = observe(session, scope, ("ROLE", "DATABASE ROLE")).objects
        named = {role for text in texts for role in grant.roles_of(text)}
        answer = _granted(session, grants_question(scope, texts, named - roles.keys()))
    if isinstance(answer, SqlError):
        raise answer
    return replace(live, objects={**live.objects, **grant.observed(answer.dicts(), scope)})


def _granted(session: Session, asked: Mapping[str, str]) -> Result | SqlError:
    return ask(session, asked)[_GRANTS] if asked else Result()


def only(live: Live, keys: Collection[ObjectKey]) -> Live:
    """Of what lies outside of the database, and of grants, only these: the rest is none of ours, and changes all the time."""
    kept = {
        key: seen
        for key, seen in live.objects.items()
        if key in keys or not (key.kind == "GRANT" or KINDS[key.kind].level == "account")
    }
    return replace(live, objects=kept)


def _database(row: Mapping[str, object]) -> Observed:
    kind = KINDS["DATABASE"]
    return Observed(kind.key(row), str(row["created_on"]), kind.facts(row))


def observe(session: Session, scope: Scope, kinds: Iterable[str]) -> Live:
    """The scope's database as the session's role sees it; reads only."""
    return answered(scope, ask(session, questions(scope, kinds)))


def _of_kind(rows: Result, scope: Scope, name: str) -> dict[ObjectKey, Observed]:
    kind = KINDS[name]
    found = {}
    for row in rows.dicts():
        if kind.skip(row) or row.get("schema_name") == scope.record_schema:
            continue
        key = kind.key(row)
        facts = {fact: _relative(value, scope) for fact, value in kind.facts(row).items()}
        found[key] = Observed(key, str(row.get("id") or row["created_on"]), facts, kind.state(row))
    return found


def _relative(value: str, scope: Scope) -> str:
    """Facts do not name the database, so that a record can be carried to another one."""
    return value.removeprefix(f"{quote(scope.database)}.")


def _with_columns(rows: Result, objects: dict[ObjectKey, Observed]) -> dict[ObjectKey, Observed]:
    columns: dict[ObjectKey, dict[str, str]] = {}
    for schema, table, column, kind, length, precision, digits, nullable, comment, default, start, step in rows.rows:
        key = ObjectKey("TABLE", ObjectName((str(schema), str(table))))
        sizes = f"({length})" if length is not None else f"({precision},{digits})" if precision is not None else ""
        spelled = (
            f"{kind}{sizes}{'' if nullable == 'YES' else ' NOT NULL'}{' ' + literal(str(comment)) if comment else ''}"
        )
        facts = columns.setdefault(key, {})
        facts[f"column {quote(str(column))}"] = spelled
        if start is not None:
            facts[f"identity {quote(str(column))}"] = f"{start} {step}"
        elif default is not None:
            facts[f"default {quote(str(column))}"] = str(default)
    return {
        key: replace(seen, facts={**seen.facts, **columns.get(key, {})}) if key.kind == "TABLE" else seen
        for key, seen in objects.items()
    }
