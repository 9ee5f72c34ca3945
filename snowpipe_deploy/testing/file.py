"""tests/pipelines/NAME.toml to frozen values; its shape is published as a JSON schema for editors."""

import difflib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from snowpipe_deploy.errors import UsageError
from snowpipe_deploy.location import Location
from snowpipe_deploy.schedule import duration
from snowpipe_deploy.testing.damage import DAMAGES
from snowpipe_deploy.testing.places import Key, Span, places

Cells = list[Any] | dict[str, Any]
State = Literal["succeeded", "failed", "skipped", "cancelled", "not run"]
ACTIONS = ("run", "advance", "sql", "call")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)


class Content(_Strict):
    """A file that is put on a stage."""

    file: str | None = Field(default=None, description="Its name on the stage; default: that of `from`.")
    source: str | None = Field(
        default=None, alias="from", description="The file whose bytes it has, beside the test file."
    )
    text: str | None = Field(default=None, description="What is in it, written in place.")
    like: str | None = Field(
        default=None, description="A CSV file with a header; each row of `rows` is its first row, changed."
    )
    rows: list[Cells] | None = Field(
        default=None, description="With `like`: the values that differ from it, by column."
    )
    damage: str | None = Field(
        default=None, description="How the file is damaged on its way.", json_schema_extra={"enum": list(DAMAGES)}
    )


class Rows(_Strict):
    """Rows that are put into a table."""

    columns: list[str] | None = Field(default=None, description="The columns of rows that are arrays.")
    rows: list[Cells] = Field(description="Arrays, or tables by column.")


class Start(_Strict):
    """A task graph to run, with values laid over its CONFIG."""

    task: str = Field(description="The root task.")
    config: dict[str, Any] = Field(default_factory=dict, description="Values for SYSTEM$GET_TASK_GRAPH_CONFIG.")


class Fault(_Strict):
    """What goes wrong in this step."""

    task: str | None = Field(default=None, description="The task that fails.")
    at: str | None = Field(
        default=None, description="The start of the statement in which it fails; default: before its first."
    )
    error: str = Field(default="injected by the test", description="The words of the error.")
    connection: Literal["before", "after"] | None = Field(
        default=None,
        description="The connection drops before the statement arrives, or after it ran and before its answer does.",
    )


class TableRows(_Strict):
    """What a table must hold."""

    columns: list[str] | None = Field(default=None, description="Default: those of the rows, or all.")
    rows: list[Cells] = Field(description="Arrays, or tables by column.")
    where: str | None = Field(default=None, description="Which rows are looked at.")
    order: str | Literal[False] = Field(default=False, description="ORDER BY these; false: in any order.")


class Expect(_Strict):
    """What must hold after a step."""

    tasks: State | dict[str, State] | None = Field(
        default=None, description="States of tasks in the last run, by name; one state for all."
    )
    runs: int | None = Field(default=None, description="How many runs there were.")
    rows: dict[str, list[list[Any]]] = Field(default_factory=dict, description="The rows of a query, in its order.")
    table: dict[str, TableRows] = Field(default_factory=dict, description="Rows of a table, view or stream.")
    count: dict[str, int] = Field(default_factory=dict, description="The number of rows of a table, view or stream.")
    empty: list[str] = Field(default_factory=list, description="Tables, views and streams without rows.")
    error: str | None = Field(default=None, description="A part of the error that the statement, or a task, ends with.")


class Step(_Strict):
    """One step of the story: put, then one of run, advance, sql and call, then expect."""

    name: str = Field(default="", description="Shown where the step fails.")
    put: dict[str, str | Rows | Content | list[str | Content]] = Field(
        default_factory=dict, description="Files to put on `@SCHEMA.STAGE/path`, or rows to insert into `SCHEMA.TABLE`."
    )
    fault: Fault | None = Field(default=None, description="What goes wrong in this step.")
    run: str | Start | None = Field(default=None, description="The root task of the graph to run, to its end.")
    advance: str | None = Field(
        default=None, description="How far the clock goes: 90s, 30m, 6h, 7d. Schedules that fall due run."
    )
    sql: str | list[str] | None = Field(default=None, description="Statements.")
    call: str | None = Field(default=None, description="A procedure with its arguments, without CALL.")
    expect: Expect = Field(default=Expect(), description="What must hold after it.")


class _Test(_Strict):
    """One of several tests of a file."""

    name: str = Field(description="What is true when the test passes.")
    now: datetime | date | None = Field(default=None, description="When the test begins.")
    step: list[Step] = Field(min_length=1, description="Its steps, after those of the file.")


class PipelineFile(_Strict):
    """One test (name, step), or several ([[test]]) that all begin with the steps of the file."""

    name: str = Field(default="", description="What is true when the test passes; default: the file's name.")
    now: datetime | date | None = Field(
        default=None, description="When the tests begin; default: 2026-01-01T00:00:00Z."
    )
    step: list[Step] = Field(
        default_factory=list, description="The steps of the test, or those that all tests begin with."
    )
    test: list[_Test] = Field(default_factory=list, description="Several tests.")


@dataclass(frozen=True)
class Case:
    """One test: its own steps, after those with which all of its file begin. `key` leads to its steps in the file."""

    file: "TestFile"
    name: str
    now: datetime | None
    begin: tuple[Step, ...]
    steps: tuple[Step, ...]
    key: Key = ()

    @property
    def where(self) -> Location:
        return self.file.where(self.key or ("name",))

    @property
    def id(self) -> str:
        return f"{self.file.path}::{self.name}"


@dataclass(frozen=True)
class TestFile:
    """A test file: where it is, its text, and the tests in it."""

    path: str
    folder: Path
    text: str
    content: PipelineFile = field(repr=False)

    @cached_property
    def spans(self) -> dict[Key, Span]:
        return places(self.text)

    def where(self, key: Key) -> Location:
        """The line of a value, or of what it is in."""
        while key and key not in self.spans:
            key = key[:-1]
        return Location(self.path, self.spans[key].line if key else 1)

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        c = self.content
        if not c.test:
            return (Case(self, c.name or Path(self.path).stem.replace("_", " "), _moment(c.now), (), tuple(c.step)),)
        return tuple(
            Case(self, t.name, _moment(t.now or c.now), tuple(c.step), tuple(t.step), ("test", number))
            for number, t in enumerate(c.test)
        )


def _moment(value: date | None) -> datetime | None:
    if value is None:
        return None
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def read(path: Path, shown: str) -> TestFile:
    """Reads and checks a test file; raises UsageError with its line."""
    try:
        text = path.read_text(encoding="utf-8")
        raw = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise UsageError("not UTF-8 text", where=Location(shown)) from error
    except tomllib.TOMLDecodeError as error:
        found = str(error).rpartition("line ")[2].partition(",")[0]
        raise UsageError(
            f"not valid TOML: {error}", where=Location(shown, int(found) if found.isdigit() else 1)
        ) from error
    try:
        content = PipelineFile.model_validate(raw)
    except ValidationError as error:
        raise _explained(error, TestFile(shown, path.parent, text, PipelineFile())) from error
    made = TestFile(shown, path.parent, text, content)
    for key, problem, hint in _problems(content):
        raise UsageError(problem, hint=hint, where=made.where(key))
    return made


def _problems(content: PipelineFile) -> Iterator[tuple[Key, str, str]]:
    """What the schema cannot say."""
    if not content.step and not content.test:
        yield (), "the file holds no [[step]] and no [[test]]", "begin with [[step]]"
    names = [t.name for t in content.test]
    for number, test in enumerate(content.test):
        if test.name in names[:number]:
            yield ("test", number, "name"), f"two tests are named {test.name!r}", "give one of them another name"
    every = [(("step", n), s) for n, s in enumerate(content.step)]
    every += [(("test", m, "step", n), s) for m, t in enumerate(content.test) for n, s in enumerate(t.step)]  # type: ignore[misc]
    for key, step in every:
        for problem, hint in _step_problems(step):
            yield key, problem, hint


def _step_problems(step: Step) -> Iterator[tuple[str, str]]:
    given = [word for word in ACTIONS if getattr(step, word) is not None]
    if len(given) > 1:
        yield f"a step has one of {', '.join(ACTIONS)}; this one has {' and '.join(given)}", "make two steps of it"
    if not given and not step.put and step.expect == Expect():
        yield "the step does nothing and expects nothing", f"give it put, {', '.join(ACTIONS)} or expect"
    if step.advance is not None and duration(step.advance) is None:
        yield f"advance: {step.advance!r} is no duration", "write 90s, 30m, 6h or 7d"
    runs = step.run is not None or step.advance is not None
    if not runs and (step.expect.tasks is not None or step.expect.runs is not None):
        yield "expect.tasks and expect.runs need a step with run or advance", 'give the step run = "SCHEMA.ROOT_TASK"'
    if step.fault is not None:
        if (step.fault.task is None) == (step.fault.connection is None):
            yield "a fault has one of task and connection", 'fault.task = "SCHEMA.TASK", or fault.connection = "after"'
        if step.fault.connection is not None and (runs or not (given or step.put)):
            yield "a connection drops in a step with put, sql or call", "a task has no connection that could drop"
    for name, table in step.expect.table.items():
        columns = [set(row) for row in table.rows if isinstance(row, dict)]
        every = {column for row in columns for column in row}
        lacking = {column for column in every if not all(column in row for row in columns)}
        if lacking:
            word = min(lacking)
            yield f"expect.table {name}: not every row has {word}", f'write {word} = "NULL" where it is NULL'
        if columns and len(columns) < len(table.rows):
            yield f"expect.table {name}: some rows are arrays and some are tables", "write them all alike"
    if step.expect.error is not None and not (given or step.put):
        yield "expect.error needs a step that does something", ""
    for target, content in step.put.items():
        for one in content if isinstance(content, list) else [content]:
            yield from _put_problems(target, one)


def _put_problems(target: str, one: str | Content | Rows) -> Iterator[tuple[str, str]]:
    if isinstance(one, Rows) == target.startswith("@"):
        what = "files go to a stage, rows to a table" if not isinstance(one, Rows) else "rows go to a table"
        yield f"put {target}: {what}", 'a stage is written "@SCHEMA.STAGE/path"; files need file, from, text or like'
    if isinstance(one, Content):
        ways = [
            word for word, value in (("from", one.source), ("text", one.text), ("like", one.like)) if value is not None
        ]
        if len(ways) != 1:
            yield f"put {target}: a file has one of from, text and like", ""
        elif one.file is None and one.source is None:
            yield f"put {target}: the file has no name", 'give it file = "name.csv"'
        if one.damage is not None and one.damage not in DAMAGES:
            yield f"put {target}: no such damage: {one.damage}", f"known: {', '.join(DAMAGES)}"
        if (one.like is None) != (one.rows is None):
            yield f"put {target}: like and rows go together", ""


def _explained(error: ValidationError, file: TestFile) -> UsageError:
    """The first fault, with its line and the nearest known key."""
    faults = error.errors()
    # of a value that fits none of several forms, the form that it comes nearest to is spoken of
    first = max(faults, key=lambda f: (_fits(f["loc"], faults), len(_known_part(f["loc"], file))))
    key = _known_part(first["loc"], file)
    shown = ".".join(str(part) for part in key if isinstance(part, str))
    match first["type"]:
        case "missing":
            return UsageError(
                f"{'.'.join(filter(None, [shown, str(first['loc'][-1])]))} is missing", where=file.where(key)
            )
        case "extra_forbidden":
            known = _fields(first["loc"])
            close = difflib.get_close_matches(str(first["loc"][-1]), known, 1)
            hint = f"did you mean {close[0]}?" if close else f"known here: {', '.join(known)}"
            return UsageError(f"unknown key {shown}", hint=hint, where=file.where(key))
        case _:
            said = first["msg"][0].lower() + first["msg"][1:]
            return UsageError(f"{shown}: {said}", where=file.where(key))


def _fits(loc: tuple[int | str, ...], faults: Sequence[Any]) -> int:
    """How near the form that this fault is of comes: the fewer faults it has, the nearer."""
    return -sum(bool(f["loc"][: len(loc) - 1] == loc[:-1]) for f in faults)


def _known_part(loc: tuple[int | str, ...], file: TestFile) -> Key:
    """The path without the names of forms, which pydantic puts into it."""
    key: Key = ()
    starts = {k[: i + 1] for k in file.spans for i in range(len(k))}
    for part in loc:
        if (*key, part) in starts:
            key = (*key, part)
    return key


_MODELS: Mapping[str, type[BaseModel]] = {
    "test": _Test,
    "step": Step,
    "expect": Expect,
    "fault": Fault,
    "put": Content,
    "table": TableRows,
    "run": Start,
}


def _fields(loc: tuple[int | str, ...]) -> list[str]:
    """The keys that the table around a key may have."""
    inner = next((part for part in reversed(loc[:-1]) if part in _MODELS), None)
    named: Mapping[str, type[BaseModel]] = {"Rows": Rows, "Content": Content}
    model: type[BaseModel] = next(
        (named[str(p)] for p in reversed(loc[:-1]) if p in named), _MODELS.get(str(inner), PipelineFile)
    )
    return [f.alias or name for name, f in model.model_fields.items()]


def schema() -> dict[str, Any]:
    """The shape of a test file as a JSON schema."""
    made = PipelineFile.model_json_schema(by_alias=True)
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return made
