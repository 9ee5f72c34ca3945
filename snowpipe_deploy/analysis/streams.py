"""Streams and who consumes them."""

from dataclasses import dataclass
from functools import lru_cache

from snowpipe_deploy.analysis.program import Program, Run, Step, complete
from snowpipe_deploy.analysis.task_graphs import Task, task_graphs
from snowpipe_deploy.analysis.uses import uses
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.query import Use


@dataclass(frozen=True)
class Stream:
    """A stream that the program makes. `source` is what it stands on, `source_kind` TABLE, VIEW, STAGE …"""

    step: Step
    name: ObjectName
    source: ObjectName
    source_kind: str = "TABLE"
    append_only: bool = False
    insert_only: bool = False

    @property
    def label(self) -> str:
        return f"stream {self.step.head.name}"


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
        self._readings: dict[int, list[Reading]] = {}
        self._last_names = {stream.name.last for stream in self.streams}
        for owner in self._owners():
            self._read(owner)

    def _owners(self) -> list[Step]:
        """What runs by itself: tasks, alerts, scripts, and procedures that no task or script of the program calls."""
        runners = [s for s in self.program.statements if (s.creates and s.kind in {"TASK", "ALERT"}) or _is_script(s)]
        called = {step.index for owner in runners for run in self.program.runs(owner) for step in run.via}
        routines = [s for s in self.program.statements if s.creates and s.kind == "PROCEDURE" and s.index not in called]
        inner = {step.index for owner in routines for run in self.program.runs(owner) for step in run.via}
        return [*runners, *(s for s in routines if s.index not in inner)]

    def _read(self, owner: Step) -> None:
        task = task_graphs(self.program).of(owner)
        for run in self.program.runs(owner):
            for stream, use in self.read_by(run):
                self._readings.setdefault(stream.step.index, []).append(Reading(stream, run, owner, task, use))

    def read_by(self, run: Run) -> list[tuple[Stream, Use]]:
        """The streams of the program that a statement reads itself, not through views."""
        found = []
        for use in run.inner.uses:
            if use.kind != "relation" or use.access != "reads" or use.name.last not in self._last_names:
                continue
            name = complete(use.name, "TABLE", *self.program.scope(run.owner))
            made = self.program.find("relation", name, run.owner)
            found += [(self._by_step[m.step.index], use) for m in made if m.step.index in self._by_step]
        return found

    def readings(self, stream: Stream) -> list[Reading]:
        """Every statement that reads it."""
        return self._readings.get(stream.step.index, [])

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
