"""Tags on objects and columns, kept by the ids of both, so that renaming either loses none (reference F.4).

An object has the tags of what it lies in, unless it has a value of its own; a column also those of its relation.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from snowpipe_deploy.local.catalog import RELATIONS, Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.names import ObjectName, literal, split_name
from snowpipe_deploy.sqltext.clauses._policies import tag_values
from snowpipe_deploy.sqltext.clauses.table import Column
from snowpipe_deploy.sqltext.head import Head

# what functions about tags take besides TABLE (for all relations) and COLUMN
DOMAINS = ("ALERT", "DATABASE", "DATABASE ROLE", "FUNCTION", "INTEGRATION", "PROCEDURE", "ROLE", "SCHEMA", "STAGE", "STREAM",
           "TASK", "WAREHOUSE")  # fmt: skip
_MOST = 50  # tags on an object; columns of one table share as many
_LONGEST = 256


@dataclass(frozen=True, slots=True)
class Assignment:
    """A tag with its value, and the domain of the object that it was set on: `TABLE` for all relations."""

    tag: Entry
    value: str
    level: str


def of_clause(head: Head) -> dict[str, str]:
    """The tags that a CREATE gives, as SQL names."""
    return tag_values(head.clauses.get("TAG") or head.clauses.get("WITH TAG"))


def set_tags(runner: Runner, target: int, values: Mapping[str, str], column: str = "") -> None:
    """Gives tags to an object or a column of it; runs inside `runner.definition()`. Raises where a tag or a value of it is not known."""
    for name, value in values.items():
        tag = runner.catalog.get("TAG", runner.full(ObjectName.parse(name)))
        if tag.properties["values"] and value not in tag.properties["values"]:
            raise sql_error("syntax", f"Tag value {value!r} is not allowed for tag {tag.name.last}.")
        if len(value) > _LONGEST:
            raise sql_error("syntax", f"the value of tag {tag.name.last} is longer than {_LONGEST} characters")
        _put(runner, target, column, tag.id, value)
    kind = "column_name <> ''" if column else "column_name = ''"
    count = "SELECT count(DISTINCT tag) FROM _account.tag_values WHERE object = ?"
    if values and int(str(runner.engine.all(f"{count} AND {kind}", [target])[0][0])) > _MOST:
        raise sql_error("syntax", f"an object has at most {_MOST} tags, and its columns together as many")


def of_columns(runner: Runner, target: int, columns: Iterable[Column]) -> None:
    """The tags that stand in the definitions of columns."""
    for column in columns:
        set_tags(runner, target, tag_values(column.tags), column.name)


def _take(runner: Runner, target: int, column: str, tag: int) -> None:
    runner.engine.run(
        "DELETE FROM _account.tag_values WHERE object = ? AND column_name = ? AND tag = ?", [target, column, tag]
    )


def _put(runner: Runner, target: int, column: str, tag: int, value: str) -> None:
    _take(runner, target, column, tag)
    runner.engine.run("INSERT INTO _account.tag_values VALUES (?, ?, ?, ?)", [target, column, tag, value])


def unset_tags(runner: Runner, target: int, names: Iterable[ObjectName], column: str = "") -> None:
    """Takes tags away; one that is not set is nothing to complain about. Runs inside `runner.definition()`."""
    for name in names:
        _take(runner, target, column, runner.catalog.get("TAG", runner.full(name)).id)


def rename_column(runner: Runner, entry: Entry, old: str, new: str) -> None:
    runner.engine.run(
        "UPDATE _account.tag_values SET column_name = ? WHERE object = ? AND column_name = ?", [new, entry.id, old]
    )


def drop_column(runner: Runner, entry: Entry, column: str) -> None:
    runner.engine.run("DELETE FROM _account.tag_values WHERE object = ? AND column_name = ?", [entry.id, column])


def forget(runner: Runner, entry: Entry) -> None:
    """The tags of an object that goes; of a tag, all its assignments."""
    runner.engine.run("DELETE FROM _account.tag_values WHERE object = ? OR tag = ?", [entry.id, entry.id])


def copy(runner: Runner, source: int, target: Entry, made: Mapping[int, Entry] | None = None) -> None:
    """The tags of an object and of the columns that the other has too; over what that had.

    `made` are the copies of a CLONE by the originals' ids: a tag that was copied is the copy's.
    """
    columns = {"", *(column.name for column in target.columns)}
    rows = runner.engine.all("SELECT column_name, tag, value FROM _account.tag_values WHERE object = ?", [source])
    for column, tag, value in rows:
        if column in columns:
            twin = (made or {}).get(int(str(tag)))
            _put(runner, target.id, str(column), twin.id if twin else int(str(tag)), str(value))


def _own(runner: Runner, entry: Entry, column: str = "") -> dict[int, str]:
    rows = runner.engine.all(
        "SELECT tag, value FROM _account.tag_values WHERE object = ? AND column_name = ?", [entry.id, column]
    )
    return {int(str(tag)): str(value) for tag, value in rows}


def _levels(runner: Runner, entry: Entry, column: str) -> Iterator[tuple[str, dict[int, str]]]:
    """What has tags that count for the object, the nearest first: domain and tags."""
    if column:
        yield "COLUMN", _own(runner, entry, column)
    yield domain(entry), _own(runner, entry)
    for kind, depth in (("SCHEMA", 2), ("DATABASE", 1)):
        if len(entry.name.parts) > depth and entry.kind not in {"ROLE", "WAREHOUSE", "INTEGRATION"}:
            container = runner.catalog.find(kind, ObjectName(entry.name.parts[:depth]))
            if container is not None:
                yield kind, _own(runner, container)


def all_of(runner: Runner, entry: Entry, column: str = "") -> list[Assignment]:
    """The tags of an object or a column with those that it inherits, by name."""
    found: dict[int, Assignment] = {}
    for level, values in _levels(runner, entry, column):
        for number, value in values.items():
            tag = runner.catalog.by_id(number)
            if tag is not None and number not in found:
                found[number] = Assignment(tag, value, level)
    return sorted(found.values(), key=lambda held: held.tag.name.parts)


def spelled(runner: Runner, entry: Entry) -> dict[str, str]:
    """` WITH TAG (DB.S.T='v', …)` of what was set here, as GET_DDL writes it (reference F.6), by column; that of the object under ``."""
    rows = runner.engine.all("SELECT column_name, tag, value FROM _account.tag_values WHERE object = ?", [entry.id])
    pairs: dict[str, list[str]] = {}
    for column, number, value in rows:
        if (tag := runner.catalog.by_id(int(str(number)))) is not None:
            pairs.setdefault(str(column), []).append(f"{tag.name}={literal(str(value))}")
    return {column: f" WITH TAG ({', '.join(sorted(held))})" for column, held in pairs.items()}


def domain(entry: Entry) -> str:
    return "TABLE" if entry.kind in RELATIONS else entry.kind


def meant(runner: Runner, name: str, said: str) -> tuple[Entry, str]:
    """The object and the column that functions about tags name, with the domain that they say."""
    word = said.upper()
    if word == "COLUMN":
        *of, column = split_name(name)
        if not of:
            raise sql_error("syntax", f"invalid column {name}: it needs the name of its table")
        relation = _relation(runner, ObjectName(tuple(of)))
        if column not in {held.name for held in relation.columns}:
            raise sql_error("missing", "Column", name)
        return relation, column
    if word == "TABLE":
        return _relation(runner, ObjectName.parse(name)), ""
    if word not in DOMAINS:
        raise unsupported(f"tags of domain {said}")
    if word in {"FUNCTION", "PROCEDURE"}:
        return _routine(runner, word, name), ""
    depth = {"DATABASE": 1, "SCHEMA": 2, "DATABASE ROLE": 2, "ROLE": 1, "WAREHOUSE": 1, "INTEGRATION": 1}.get(word, 3)
    return runner.catalog.get(word, runner.full(ObjectName.parse(name), depth)), ""


def _relation(runner: Runner, name: ObjectName) -> Entry:
    full = runner.full(name)
    found = runner.catalog.find("TABLE", full)
    if found is None:
        raise sql_error("missing", "Table", full)
    return found


def _routine(runner: Runner, kind: str, name: str) -> Entry:
    said = ObjectName.parse(name.partition("(")[0])
    found = runner.catalog.overloads(kind, runner.full(said))
    if len(found) != 1:
        raise unsupported(f"tags of {kind.lower()} {name}: {len(found)} have this name")
    return found[0]
