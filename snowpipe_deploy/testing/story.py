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
from snowpipe_deploy.errors import DeployError, UsageError
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
        self.tasks = {t.key.name.last: t for t in self.project.objects if t.key.kind == "TASK"}
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
        error, result = "", Result()
        try:
            result = self._act(step, key)
        except SqlError as caught:
            error = caught.text
            if caught is _LOST:
                self.session.close()
                self.session = self._opened()
        fault, self.fault = self.fault, None
        ran: list[list[runs.TaskRun]] = []
        if step.run is not None or step.advance is not None:
            ran = self.new_runs()
            failed = [r.error for r in ran[-1] if r.state in runs.BAD] if ran else []
            error = " | ".join(filter(None, [error, *failed]))
        if fault is not None and not self.reached:
            what = f"task {fault.task} did not come to it" if fault.task else "no statement was sent"
            yield Failure(self.case.file.where((*key, "fault")), f"the fault never came about: {what}")
        yield from self._check(step, key, ran, error, result)

    def _act(self, step: Step, key: Key) -> Result:
        result = Result()
        for target, contents in step.put.items():
            self.put(target, contents, (*key, "put", target))
        for text in [step.sql] if isinstance(step.sql, str) else step.sql or ():
            for piece in split(text):
                result = self.execute(piece.text)
        if step.call is not None:
            result = self.execute(f"CALL {step.call}")
        if step.run is not None:
            task = step.run if isinstance(step.run, str) else step.run.task
            config = {} if isinstance(step.run, str) else step.run.config
            name = self.task_name(task, (*key, "run"))
            self.bench.run(self.session, name, config, self.groups or set())
        if step.advance is not None:
            self.bench.tick(self.bench.now() + (duration(step.advance) or timedelta()))
        return result

    def execute(self, sql: str) -> Result:
        """Sends a statement, over a connection that may drop."""
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
        """The full name of a task of the project; raises UsageError at the place where it is named."""
        wanted = text.upper().rpartition(".")[2]
        found = self.tasks.get(wanted)
        if found is None or ("." in text and str(found.key.name) != str(ObjectName.parse(text))):
            close = difflib.get_close_matches(wanted, self.tasks, 1)
            hint = f"did you mean {self.tasks[close[0]].key.name}?" if close else f"known: {', '.join(self.tasks)}"
            raise UsageError(f"no task {text} in the project", hint=hint, where=self.case.file.where(key))
        return found.key.name

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

    def new_runs(self) -> list[list[runs.TaskRun]]:
        """The runs that this step brought, oldest first."""
        known = self.groups or set()
        rows = [r for r in self.history() if r.group not in known]
        by_group: dict[str, list[runs.TaskRun]] = {}
        for row in rows:
            by_group.setdefault(row.group, []).append(row)
            self.told.trace.tasks.add((row.name.last, row.state.lower()))
        self.groups = known | by_group.keys()
        return sorted(by_group.values(), key=lambda group: (min(r.run_id for r in group), int(group[0].group or 0)))

    def _check(
        self, step: Step, key: Key, ran: list[list[runs.TaskRun]], error: str, result: Result
    ) -> Iterator[Failure]:
        del result
        where, expect = self.case.file.where, step.expect
        at: Key = (*key, "expect")
        if expect.error is not None:
            if expect.error not in error:
                said = "another error" if error else "no error"
                yield self._failure((*at, "error"), said, _two(expect.error, error), accept=error or None)
        elif error and not (ran and _speaks_of_failures(expect)):
            yield Failure(where(key), _said(ran, error))
        if step.run is not None and not ran:
            yield Failure(where((*key, "run")), "no run was recorded")
        yield from self._check_tasks(expect, at, ran)
        if expect.runs is not None and expect.runs != len(ran):
            yield self._failure((*at, "runs"), f"{len(ran)} runs, not {expect.runs}", accept=len(ran))
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

    def _check_tasks(self, expect: Expect, at: Key, ran: list[list[runs.TaskRun]]) -> Iterator[Failure]:
        wanted = expect.tasks
        states = {r.name.last: r.state.lower() for r in sorted(ran[-1], key=lambda r: r.attempt)} if ran else {}
        states = {k: "failed" if v == "failed_and_auto_suspended" else v for k, v in states.items()}
        errors = {r.name.last: r.error for r in ran[-1] if r.error} if ran else {}
        if wanted is None:
            return
        if isinstance(wanted, str):
            roots = {r.name.last for r in ran[-1] if r.name.last in self.tasks} if ran else set()
            given = [(name, wanted, (*at, "tasks")) for name in self._graph(roots)]
        else:
            given = [(self.task_name(n, (*at, "tasks", n)).last, w, (*at, "tasks", n)) for n, w in wanted.items()]
        for name, state, key in given:
            found = states.get(name, "not run")
            if found != state:
                lines = tuple(filter(None, [errors.get(name, "")]))
                accept = None if isinstance(wanted, str) else found
                yield self._failure(key, f"{name}: {found}, not {state}", lines, accept=accept)
        if not isinstance(wanted, str):
            named = {name for name, _, _ in given}
            for name, found in states.items():
                if found in {"failed", "cancelled"} and name not in named and expect.error is None:
                    text = f"{name}: {found}, which the step does not expect"
                    yield Failure(
                        self.case.file.where((*at, "tasks")), text, tuple(filter(None, [errors.get(name, "")]))
                    )

    def _graph(self, some: set[str]) -> list[str]:
        """All tasks of the graphs that these are of."""
        links = {name: _above(thing.reading) for name, thing in self.tasks.items()}
        found = set(some)
        while more := {
            n for n, above in links.items() if (n in found and above - found) or (n not in found and above & found)
        }:
            grown = found | more | {a for n in more for a in links[n]}
            if grown == found:
                break
            found = grown
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
    """The tasks that a task names in AFTER and FINALIZE."""
    names = [*(reading.get("AFTER") or ()), *filter(None, [reading.get("FINALIZE")])]
    return {ObjectName.parse(str(name)).last for name in names}


def _speaks_of_failures(expect: Expect) -> bool:
    """Then the states of the tasks are compared one by one."""
    return expect.tasks is not None


def _said(ran: list[list[runs.TaskRun]], error: str) -> str:
    if not ran:
        return error
    failed = ", ".join(f"{r.name.last}: {r.error}" for r in ran[-1] if r.state in runs.BAD)
    return failed or error


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
