"""Streams and who consumes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from snowpipe_deploy.analysis.program import Program, Run, Step, complete, detail
from snowpipe_deploy.analysis.task_graphs import Task, task_graphs
from snowpipe_deploy.analysis.uses import uses
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.query import Use


@dataclass(frozen=True)
class Stream:
    """A stream that the program makes, or (`is_elsewhere`) one that it only names: then `step` is what names it first, and nothing
    is known of its source. `source` is what it stands on, `source_kind` TABLE, VIEW, STAGE …"""

    step: Step
    name: ObjectName
    source: ObjectName
    source_kind: str = "TABLE"
    append_only: bool = False
    insert_only: bool = False
    is_elsewhere: bool = False

    @property
    def label(self) -> str:
        return f"stream {ObjectName(self.name.parts[-2:]) if self.is_elsewhere else self.step.head.name}"


@dataclass(frozen=True)
class Reading:
    """A statement that reads a stream, and the task, procedure or script that it runs in. `use` is the name in it."""

    stream: Stream
    run: Run
    owner: Step
    task: Task | None
    use: Use

    @property
    def consumes(self) -> bool:
        return self.run.inner.consumes


class Streams:
    """All streams of a program and all that reads them."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.streams = [
            s for step in program.statements if step.creates and step.kind == "STREAM" and (s := _stream(step))
        ]
        self._by_step = {stream.step.index: stream for stream in self.streams}
        self._readings: dict[int | tuple[ObjectName, str], list[Reading]] = {}
        self._elsewhere = {self._place(s.name, s.step): s for s in self._named_only()}
        self._last_names = {stream.name.last for stream in (*self.streams, *self.elsewhere)}
        for owner in self._owners():
            self._read(owner)

    @property
    def elsewhere(self) -> list[Stream]:
        """The streams that SYSTEM$STREAM_HAS_DATA names and no file makes."""
        return list(self._elsewhere.values())

    def _named_only(self) -> Iterator[Stream]:
        found: set[tuple[ObjectName, str]] = set()
        for step in self.program.statements:
            for use in self.program.uses(step):
                if use.kind != "STREAM" or use.access != "reads" or "__" in str(use.name):
                    continue
                place = self._place(use.name, step)
                if place not in found and not self.program.find("relation", use.name, step):
                    found.add(place)
                    yield Stream(step, use.name, use.name, "", is_elsewhere=True)

    @staticmethod
    def _place(name: ObjectName, near: Step) -> tuple[ObjectName, str]:
        """A name without a schema means something in its own file alone."""
        return name, near.path if len(name.parts) == 1 else ""

    def _owners(self) -> list[Step]:
        """What runs by itself: tasks, alerts, scripts, and procedures that no task or script of the program calls."""
        runners = [s for s in self.program.statements if (s.creates and s.kind in {"TASK", "ALERT"}) or _is_script(s)]
        called = {step.index for owner in runners for run in self.program.runs(owner) for step in run.via}
        routines = [s for s in self._last_procedures() if s.index not in called]
        inner = {step.index for owner in routines for run in self.program.runs(owner) for step in run.via}
        return [*runners, *(s for s in routines if s.index not in inner)]

    def _last_procedures(self) -> list[Step]:
        """The procedures, those left out that a later file of the folder (or a later statement) replaces."""
        last: dict[tuple[ObjectName | None, str, str], Step] = {}
        for step in self.program.statements:
            if step.creates and step.kind == "PROCEDURE":
                last[step.name, detail(step.head), step.path.rpartition("/")[0]] = step
        return list(last.values())

    def _read(self, owner: Step) -> None:
        task = task_graphs(self.program).of(owner)
        for run in self.program.runs(owner):
            for stream, use in self.read_by(run):
                reading = Reading(stream, run, owner, task, use)
                self._readings.setdefault(self._key(stream), []).append(reading)

    def read_by(self, run: Run) -> list[tuple[Stream, Use]]:
        """The streams of the program that a statement reads itself, not through views."""
        found = []
        for use in run.inner.uses:
            if use.kind != "relation" or use.access != "reads" or use.name.last not in self._last_names:
                continue
            name = complete(use.name, "TABLE", *self.program.scope(run.owner))
            made = self.program.find("relation", name, run.owner)
            found += [(self._by_step[m.step.index], use) for m in made if m.step.index in self._by_step]
            if not made and (named := self._elsewhere.get(self._place(name, run.owner))) is not None:
                found.append((named, use))
        return found

    def _key(self, stream: Stream) -> int | tuple[ObjectName, str]:
        return self._place(stream.name, stream.step) if stream.is_elsewhere else stream.step.index

    def readings(self, stream: Stream) -> list[Reading]:
        """Every statement that reads it."""
        return self._readings.get(self._key(stream), [])

    def consumers(self, stream: Stream) -> list[Reading]:
        """Every statement that moves its offset."""
        return [reading for reading in self.readings(stream) if reading.consumes]

    def watched(self, task: Task) -> list[tuple[ObjectName, list[Stream]]]:
        """The names in SYSTEM$STREAM_HAS_DATA of a task's WHEN, each with the streams it may mean."""
        found = []
        for use in uses(task.when) if task.when else ():
            if use.kind == "STREAM":
                name = complete(use.name, "STREAM", *self.program.scope(task.step))
                made = self.program.find("STREAM", name, task.step)
                found.append((name, [self._by_step[m.step.index] for m in made if m.step.index in self._by_step]))
        return found


def _is_script(step: Step) -> bool:
    return step.verb in {"INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "CALL", "EXECUTE", "BEGIN", "DECLARE"} or (
        step.verb == "CREATE" and step.kind == "TABLE" and step.head.body is not None
    )


def _stream(step: Step) -> Stream | None:
    source = step.head.clauses.get("ON")
    if not isinstance(source, tuple) or step.name is None:
        return None
    try:
        name = ObjectName.parse(source[1])
    except ValueError:
        return None
    return Stream(
        step, step.name, complete(name, "TABLE", step.database, step.schema), source[0],
        step.clause("APPEND_ONLY").upper() == "TRUE", step.clause("INSERT_ONLY").upper() == "TRUE",
    )  # fmt: skip


@lru_cache(maxsize=4)
def streams_of(program: Program) -> Streams:
    """The streams of a program, computed once."""
    return Streams(program)
