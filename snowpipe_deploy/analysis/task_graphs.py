"""Tasks and their graphs: who follows whom, what ALTER changes later, and whether a task is started when a script ends."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from snowpipe_deploy.analysis.program import Program, Step, complete, resumed_by_function
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.head import Cursor, ReadError
from snowpipe_deploy.sqltext.lexer import code


@dataclass(frozen=True)
class Event:
    """ALTER TASK (or a call of SYSTEM$TASK_DEPENDENTS_ENABLE) that touches a task: RESUME, SUSPEND, ADD AFTER, REMOVE AFTER,
    SET, UNSET, MODIFY, ENABLE (the task and all below it)."""

    step: Step
    action: str
    names: tuple[ObjectName, ...] = ()
    words: tuple[str, ...] = ()


@dataclass
class Task:
    """One task of a program. `properties` are the clauses of its CREATE with what ALTER … SET gave it later."""

    step: Step
    name: ObjectName
    parents: list[ObjectName] = field(default_factory=list)
    finalizes: ObjectName | None = None
    properties: dict[str, str] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    @property
    def label(self) -> str:
        return f"task {self.step.head.name}"

    @property
    def is_root(self) -> bool:
        """A root or standalone task: no predecessor, and no finalizer."""
        return not self.parents and self.finalizes is None

    @property
    def when(self) -> str:
        return self.properties.get("WHEN", "")

    @property
    def is_triggered(self) -> bool:
        """No schedule and no predecessor, but a stream in its WHEN (reference A.10)."""
        return self.is_root and "SCHEDULE" not in self.properties and "STREAM_HAS_DATA" in self.when.upper()


class TaskGraphs:
    """All tasks of a program and how they hang together."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.tasks: list[Task] = []
        self._by_step: dict[int, Task] = {}
        self._by_name: dict[str, list[Task]] = {}
        for step in program.statements:
            if step.creates and step.kind == "TASK" and step.name is not None:
                self._add(step, step.name)
        for step in program.statements:
            for event, name in _events(step):
                for task in self.find(name, step):
                    _apply(task, event)

    def _add(self, step: Step, name: ObjectName) -> None:
        clauses = {word: step.clause(word) for word in step.head.clauses} | {w: v for w, v, _ in step.head.unknown}
        scope = self.program.scope(step)
        after = step.head.clauses.get("AFTER", ())
        parents = [complete(n, "TASK", *scope) for text in after if (n := _parsed(text)) is not None]
        finalizes = _parsed(clauses.get("FINALIZE", ""))
        task = Task(step, name, parents, complete(finalizes, "TASK", *scope) if finalizes else None, clauses)
        self.tasks.append(task)
        self._by_step[step.index] = task
        self._by_name.setdefault(name.last, []).append(task)

    def of(self, step: Step) -> Task | None:
        return self._by_step.get(step.index)

    def find(self, name: ObjectName, near: Step) -> list[Task]:
        """The tasks that a name means, in the files nearest to `near`."""
        if name.last not in self._by_name:
            return []
        return [
            self._by_step[m.step.index] for m in self.program.find("TASK", name, near) if m.step.index in self._by_step
        ]

    def parents(self, task: Task) -> list[Task]:
        """Its predecessors that the program makes."""
        return [found for name in task.parents for found in self.find(name, task.step)[:1]]

    def children(self, task: Task) -> list[Task]:
        """The tasks directly after it, finalizers left out."""
        return [other for other in self.tasks if any(parent is task for parent in self._linked(other))]

    def finalizers(self, task: Task) -> list[Task]:
        return [t for t in self.tasks if t.finalizes is not None and task in self.find(t.finalizes, t.step)]

    def _linked(self, task: Task) -> list[Task]:
        return self.parents(task)

    def roots(self, task: Task) -> list[Task]:
        """The tasks without predecessor above it (itself, if it has none); a finalizer's is the root it belongs to."""
        found: list[Task] = []
        seen: set[int] = set()
        todo = [task]
        while todo:
            one = todo.pop()
            if one.step.index in seen:
                continue
            seen.add(one.step.index)
            above = self.parents(one) or (self.find(one.finalizes, one.step)[:1] if one.finalizes else [])
            if above:
                todo += above
            elif not one.parents and one.finalizes is None:
                found.append(one)
        return sorted(found, key=lambda t: t.step.index)

    def ancestors(self, task: Task) -> list[Task]:
        """All tasks above it, the nearest first."""
        found: list[Task] = []
        todo = self.parents(task)
        while todo:
            one = todo.pop(0)
            if one is not task and one not in found:
                found.append(one)
                todo += self.parents(one)
        return found


def _parsed(text: str) -> ObjectName | None:
    try:
        return ObjectName.parse(text)
    except ValueError:
        return None


def _events(step: Step) -> Iterator[tuple[Event, ObjectName]]:
    for name in (
        resumed_by_function(step.statement.text) if "TASK_DEPENDENTS_ENABLE" in step.statement.text.upper() else ()
    ):
        yield Event(step, "ENABLE"), name
    if step.verb != "ALTER" or step.kind != "TASK" or step.name is None:
        return
    cursor = Cursor(step.head.rest)
    action = cursor.accept_any(
        "RESUME", "SUSPEND", "ADD AFTER", "REMOVE AFTER", "SET", "UNSET", "MODIFY", "REMOVE WHEN"
    )
    if action in {"ADD AFTER", "REMOVE AFTER"}:
        try:
            names = tuple(complete(n, "TASK", step.database, step.schema) for n in cursor.names())
        except ReadError:
            names = ()
        yield Event(step, action, names), step.name
    elif action:
        words = tuple(t.upper for t in code(cursor.rest) if t.kind == "word")
        yield Event(step, action, words=words), step.name


def _apply(task: Task, event: Event) -> None:
    task.events.append(event)
    if event.action == "ADD AFTER":
        task.parents += [name for name in event.names if name not in task.parents]
    elif event.action == "REMOVE AFTER":
        task.parents = [p for p in task.parents if not any(p.last == name.last for name in event.names)]
    elif event.action == "SET":
        tokens = code(event.step.head.rest)
        for i, token in enumerate(tokens[:-2]):
            if token.kind == "word" and tokens[i + 1].text == "=":
                task.properties[token.upper] = tokens[i + 2].value
        if "FINALIZE" in task.properties and "FINALIZE" in event.words:
            task.finalizes = _parsed(task.properties["FINALIZE"])
    elif event.action == "MODIFY" and event.words[:1] == ("WHEN",):
        task.properties["WHEN"] = event.step.head.rest.split(None, 2)[-1]
    elif event.action in {"UNSET", "REMOVE WHEN"}:
        for word in (*event.words, *(["WHEN"] if event.action == "REMOVE WHEN" else [])):
            task.properties.pop(word, None)


@lru_cache(maxsize=4)
def task_graphs(program: Program) -> TaskGraphs:
    """The task graphs of a program, computed once."""
    return TaskGraphs(program)
