"""Runs the steps of one test and looks what holds after each."""

import csv
import difflib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from snowpipe_deploy import runs
from snowpipe_deploy.errors import DeployError, RefusedError, UsageError
from snowpipe_deploy.location import Location
from snowpipe_deploy.names import ObjectName, literal
from snowpipe_deploy.schedule import duration
from snowpipe_deploy.session import Result, Session, SqlError
from snowpipe_deploy.sqltext.lexer import normalized
from snowpipe_deploy.sqltext.split import split
from snowpipe_deploy.testing.bench import Bench
from snowpipe_deploy.testing.damage import damaged
from snowpipe_deploy.testing.file import Case, Content, Expect, Fault, Rows, Step, TableRows
from snowpipe_deploy.testing.places import Key
from snowpipe_deploy.testing.ran import Ran, grouped, state_of
from snowpipe_deploy.testing.rows import NULL, Difference, compare, explained, shown
from snowpipe_deploy.testing.trace import Trace

_INTERNAL_ERROR = (603, "XX000")  # "SQL execution internal error": what a task cannot foresee
_LOST = SqlError(250001, "08001", "connection lost (injected by the test)", may_have_run=True)


@dataclass(frozen=True, slots=True)
class Failure:
    """What did not hold, where the test file says so, and the difference line by line."""

    where: Location
    message: str
    lines: tuple[str, ...] = ()
    key: Key = ()  # of the value that --update would write in its place


@dataclass(slots=True)
class Told:
    """What became of a test so far."""

    failures: list[Failure] = field(default_factory=list)
    updates: dict[Key, Any] = field(default_factory=dict)  # what --update would write, by the key of the value
    trace: Trace = field(default_factory=Trace)


class Story:
    """One test on one bench. After a step that failed the rest of the test is not run: it would only repeat it."""

    def __init__(self, case: Case, bench: Bench, scratch: Path, told: Told, *, update: bool) -> None:
        self.case, self.project, self.bench, self.scratch, self.told = case, bench.project, bench, scratch, told
        self.update = update
        self.tasks = {str(t.key.name): t for t in self.project.objects if t.key.kind == "TASK"}
        self.database = self.project.scope.database
        self.fault: Fault | None = None
        self.reached = False
        self.session = self._opened()
        self.groups: set[str] | None = None  # runs that are not of this step; asked for when a step first runs a graph
        bench.watch(self._watch)

    def close(self) -> None:
        self.bench.watch(None)
        self.session.close()

    def _opened(self) -> Session:
        session = self.bench.session()
        session.execute(f"USE DATABASE {ObjectName((self.database,))}")
        return session

    def run(self, steps: Sequence[Step], key: Key) -> bool:
        """Runs the steps; their keys in the file begin with `key`. False after a step that failed."""
        for number, step in enumerate(steps):
            place: Key = (*key, "step", number)
            try:
                failures = list(self._step(step, place))
            except DeployError as error:
                where = self.case.file.where(place)
                failures = [
                    Failure(error.where or where, error.message, (f"hint: {error.hint}",) if error.hint else ())
                ]
            if self.update:  # what can be accepted is no failure
                failures = [f for f in failures if not f.key]
            named = f"{step.name}: " if step.name else ""
            self.told.failures += [replace(f, message=named + f.message) for f in failures]
            if failures:
                return False
        return True

    # -- doing ---------------------------------------------------------------------------------------------------

    def _step(self, step: Step, key: Key) -> Iterator[Failure]:
        self.fault, self.reached = step.fault, False
        if step.fault and step.fault.task:
            self.task_name(step.fault.task, (*key, "fault", "task"))
        if self.groups is None and (step.run is not None or step.advance is not None):
            self.groups = {r.group for r in self.history()}
        error = ""
        try:
            self._act(step, key)
        except SqlError as caught:
            error = caught.text
            if caught is _LOST:
                self.session.close()
                self.session = self._opened()
        fault, self.fault = self.fault, None
        ran = Ran()
        if step.run is not None or step.advance is not None:
            ran = self.new_runs()
            error = " | ".join(filter(None, [error, *ran.failures]))
        if fault is not None and not self.reached:
            what = f"task {fault.task} did not come to it" if fault.task else "no statement was sent"
            yield Failure(self.case.file.where((*key, "fault")), f"the fault never came about: {what}")
        yield from self._check(step, key, ran, error)

    def _act(self, step: Step, key: Key) -> None:
        for target, contents in step.put.items():
            self.put(target, contents, (*key, "put", target))
        for text in [step.sql] if isinstance(step.sql, str) else step.sql or ():
            for piece in split(text):
                self.execute(piece.text)
        if step.call is not None:
            self.execute(f"CALL {step.call}")
        if step.run is not None:
            task = step.run if isinstance(step.run, str) else step.run.task
            config = {} if isinstance(step.run, str) else step.run.config
            name = self.task_name(task, (*key, "run"))
            self.bench.run(self.session, name, config, self.groups or set())
        if step.advance is not None:
            self.bench.tick(self.bench.now() + (duration(step.advance) or timedelta()))

    def execute(self, sql: str) -> Result:
        """Sends a statement, over a connection that may drop."""
        if refusal := self.bench.refusal(sql):
            raise RefusedError(f"a test on a real account stays in its own database: {refusal}")
        drops = self.fault.connection if self.fault else None
        if drops:
            self.reached = True
            if drops == "after":
                self.session.execute(sql)
            raise _LOST
        return self.session.execute(sql)

    def _watch(self, task: str, text: str, line: int, column: int, sql: str) -> None:
        self.told.trace.steps.add((text, line, column))
        fault = self.fault
        if column < 0 or fault is None or fault.task is None or ObjectName.parse(fault.task).last != task:
            return
        if fault.at is None or (sql and normalized(sql).startswith(normalized(fault.at))):
            self.reached = True
            raise SqlError(*_INTERNAL_ERROR, fault.error)

    def task_name(self, text: str, key: Key) -> ObjectName:
        """The full name of a task of the project, given in full or by its last part; raises UsageError at the place."""
        try:
            parts = ObjectName.parse(text).parts
        except ValueError as error:
            raise UsageError(str(error), where=self.case.file.where(key)) from error
        found = [t.key.name for t in self.tasks.values() if t.key.name.parts[-len(parts) :] == parts]
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(f"{text} may be {' or '.join(map(str, found))}", where=self.case.file.where(key))
        by_last = {t.key.name.last: name for name, t in self.tasks.items()}
        close = difflib.get_close_matches(parts[-1], by_last, 1)
        hint = f"did you mean {by_last[close[0]]}?" if close else f"known: {', '.join(self.tasks) or 'none'}"
        raise UsageError(f"no task {text} in the project", hint=hint, where=self.case.file.where(key))

    # -- putting -------------------------------------------------------------------------------------------------

    def put(self, target: str, contents: object, key: Key) -> None:
        """Puts files on a stage or rows into a table; `contents` is as in a test file."""
        for one in contents if isinstance(contents, list) else [contents]:
            if isinstance(one, Rows):
                self.execute(_insert(target, one))
                continue
            try:
                files = self._files(one if isinstance(one, Content) else Content.model_validate({"from": str(one)}))
            except UsageError as error:
                raise UsageError(
                    error.message, hint=error.hint, where=error.where or self.case.file.where(key)
                ) from error
            for name, content in files:
                path = self.scratch / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                self.execute(f"PUT {literal(f'file://{path.as_posix()}')} {target} OVERWRITE = TRUE")

    def _files(self, content: Content) -> Iterator[tuple[str, bytes]]:
        """Names and bytes; a pattern may name several files."""
        if content.source is not None:
            found = sorted(self.case.file.folder.glob(content.source))
            if not found:
                raise UsageError(f"no file {content.source} beside {self.case.file.path}")
            made = [(content.file or path.name, path.read_bytes()) for path in found]
        elif content.like is not None:
            made = [(str(content.file), _like(self.case.file.folder / content.like, content.rows or []))]
        else:
            made = [(str(content.file), (content.text or "").encode())]
        for name, held in made:
            packed = content.damage == "cut-archive" and not name.endswith(".gz")
            yield f"{name}.gz" if packed else name, damaged(held, content.damage) if content.damage else held

    # -- looking -------------------------------------------------------------------------------------------------

    def history(self) -> list[runs.TaskRun]:
        """All task runs so far."""
        return [
            r for r in runs.history(self.session, self.database, limit=10_000) if r.group and r.state != "SCHEDULED"
        ]

    def new_runs(self) -> Ran:
        """The runs since it was asked last."""
        known = self.groups or set()
        rows = [r for r in self.history() if r.group not in known]
        self.told.trace.tasks |= {(str(r.name), state_of(r)) for r in rows}
        self.groups = known | {r.group for r in rows}
        return grouped(rows)

    def _check(self, step: Step, key: Key, ran: Ran, error: str) -> Iterator[Failure]:
        where, expect = self.case.file.where, step.expect
        at: Key = (*key, "expect")
        if expect.error is not None:
            if expect.error not in error:
                said = "another error" if error else "no error"
                yield self._failure((*at, "error"), said, _two(expect.error, error), accept=error or None)
        elif error and (expect.tasks is None or not ran.runs):
            yield Failure(where(key), error)
        if step.run is not None and not ran.runs:
            yield Failure(where((*key, "run")), "no run was recorded")
        yield from self._check_tasks(expect, at, ran)
        if expect.runs is not None and expect.runs != len(ran.runs):
            yield self._failure((*at, "runs"), f"{len(ran.runs)} runs, not {expect.runs}", accept=len(ran.runs))
        for sql, wanted in expect.rows.items():
            yield from self._check_rows(sql, sql, wanted, (*at, "rows", sql), ordered=True)
        for name, table in expect.table.items():
            yield from self._check_table(name, table, (*at, "table", name))
        for name, count in expect.count.items():
            found = self._query(f"SELECT COUNT(*) FROM {name}", (*at, "count", name)).scalar()
            if found != count:
                yield self._failure((*at, "count", name), f"{name} has {found} rows, not {count}", accept=found)
        for number, name in enumerate(expect.empty):
            found_rows = self._query(f"SELECT * FROM {name} LIMIT 20", (*at, "empty", number))
            if found_rows.rows:
                lines = explained(Difference(found_rows.columns, unexpected=found_rows.rows))
                yield Failure(where((*at, "empty", number)), f"{name} is not empty", tuple(lines))

    def _failure(self, key: Key, message: str, lines: tuple[str, ...] = (), *, accept: object = None) -> Failure:
        """With `accept`, the value that --update writes."""
        if accept is not None:
            self.told.updates[key] = accept
        return Failure(self.case.file.where(key), message, lines, key if accept is not None else ())

    def _check_tasks(self, expect: Expect, at: Key, ran: Ran) -> Iterator[Failure]:
        wanted, states, errors = expect.tasks, ran.states, ran.errors
        if wanted is None:
            return
        if isinstance(wanted, str):
            given = [(name, wanted, (*at, "tasks")) for name in self._graphs(set(states))]
        else:
            given = [(str(self.task_name(n, (*at, "tasks", n))), w, (*at, "tasks", n)) for n, w in wanted.items()]
        for name, state, key in given:
            found = states.get(name, "not run")
            if found != state:
                accept = None if isinstance(wanted, str) else found
                yield self._failure(key, f"{name}: {found}, not {state}", _lines(errors.get(name)), accept=accept)
        if expect.error is None:
            for name in states.keys() - {name for name, _, _ in given}:
                if states[name] in {"failed", "cancelled"}:
                    text = f"{name}: {states[name]}, which the step does not expect"
                    yield Failure(self.case.file.where((*at, "tasks")), text, _lines(errors.get(name)))

    def _graphs(self, some: set[str]) -> list[str]:
        """All tasks of the graphs that these are of."""
        links = {name: _above(thing.reading) for name, thing in self.tasks.items()}
        found = some & links.keys()
        while more := {n for n in links if n not in found and (links[n] & found or any(n in links[f] for f in found))}:
            found |= more
        return [name for name in self.tasks if name in found]

    def _check_table(self, name: str, table: TableRows, key: Key) -> Iterator[Failure]:
        columns = table.columns or _columns(table.rows)
        sql = f"SELECT {', '.join(columns) if columns else '*'} FROM {name}"
        sql += f" WHERE {table.where}" if table.where else ""
        sql += f" ORDER BY {table.order}" if table.order else ""
        rows = [[row.get(c, NULL) for c in columns] if isinstance(row, dict) else row for row in table.rows]
        yield from self._check_rows(name, sql, rows, (*key, "rows"), ordered=bool(table.order))

    def _check_rows(
        self, title: str, sql: str, wanted: Sequence[Sequence[object]], key: Key, *, ordered: bool
    ) -> Iterator[Failure]:
        found = self._query(sql, key)
        difference = compare(found.columns, wanted, found.rows, ordered=ordered)
        if difference:
            accept = [list(row) for row in found.rows]
            yield self._failure(key, f"{title}: other rows", tuple(explained(difference)), accept=accept)

    def _query(self, sql: str, key: Key) -> Result:
        try:
            return self.session.execute(sql)
        except SqlError as error:
            raise UsageError(f"{error.text}", hint=f"in: {sql}", where=self.case.file.where(key)) from error


def _above(reading: Mapping[str, Any]) -> set[str]:
    """The tasks that a task names in AFTER and FINALIZE, by schema and name."""
    names = [*(reading.get("AFTER") or ()), *filter(None, [reading.get("FINALIZE")])]
    return {str(ObjectName(ObjectName.parse(str(name)).parts[-2:])) for name in names}


def _lines(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()


def _two(wanted: str, found: str) -> tuple[str, ...]:
    return (f"- {wanted}", *([f"+ {found}"] if found else []))


def _columns(rows: Sequence[object]) -> list[str]:
    """The columns of rows that are tables, in their order."""
    return list(dict.fromkeys(name for row in rows if isinstance(row, dict) for name in row))


def _insert(target: str, rows: Rows) -> str:
    columns = rows.columns or _columns(rows.rows)
    listed = f" ({', '.join(columns)})" if columns else ""
    lines = [[row.get(c, NULL) for c in columns] if isinstance(row, dict) else row for row in rows.rows]
    if not lines:
        raise UsageError(f"put {target}: no rows")
    return f"INSERT INTO {target}{listed} " + " UNION ALL ".join(
        f"SELECT {', '.join(map(_sql, line))}" for line in lines
    )


def _sql(value: object) -> str:
    """A value of a test file as SQL text."""
    match value:
        case "NULL":
            return "NULL"
        case bool() | int() | float():
            return str(value).upper()
        case str():
            return literal(value.removeprefix("\\"))
        case list() | dict():
            return f"PARSE_JSON({literal(json.dumps(value, default=str))})"
        case _:
            return literal(shown(value))


def _like(pattern: Path, rows: Sequence[object]) -> bytes:
    """A CSV file with the header of the pattern; each row is the pattern's first row with some fields changed."""
    if not pattern.is_file():
        raise UsageError(f"no such file: {pattern.name}")
    with pattern.open(encoding="utf-8", newline="") as file:
        header, first, *_ = csv.reader(file)
    places = {name.lower(): i for i, name in enumerate(header)}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        if isinstance(row, list):
            writer.writerow([_field(value) for value in row])
            continue
        fields = list(first)
        for name, value in dict(row).items():  # type: ignore[call-overload]
            if name.lower() not in places:
                close = difflib.get_close_matches(name.lower(), places, 1)
                raise UsageError(
                    f"{pattern.name} has no column {name}", hint=f"did you mean {close[0]}?" if close else None
                )
            fields[places[name.lower()]] = _field(value)
        writer.writerow(fields)
    return out.getvalue().encode()


def _field(value: object) -> str:
    return "" if value == NULL else shown(value) if not isinstance(value, str) else value
