"""Which tasks a program starts anywhere, and what its statements change under a root that is already started."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from snowpipe_deploy.analysis.program import Program, Step, complete, resumed_by_function, same
from snowpipe_deploy.analysis.task_graphs import Event, Task, TaskGraphs, task_graphs
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.head import Cursor, ReadError
from snowpipe_deploy.sqltext.lexer import tokens

_RESUME = re.compile(r"\bALTER\s+TASK\s+(?:IF\s+EXISTS\s+)?([\w.$\"]+)\s+RESUME\b", re.IGNORECASE)
_EXECUTE = re.compile(r"\bEXECUTE\s+TASK\s+([\w.$\"]+)", re.IGNORECASE)
# ALTER TASK or TASK_DEPENDENTS_ENABLE with a name that is put together when it runs
_DYNAMIC = re.compile(
    r"TASK_DEPENDENTS_ENABLE\s*\(\s*(?:[^'\s]|''|'\s*\|\|)|(?:ALTER|EXECUTE)\s+TASK\s*(?:IF\s+EXISTS\s*)?(?:'|[\w.]*'|[\w.]*\"\s*[+,]|[\w.]*\$\{|[\w.]*[{]|\$\{|[{:?%]|IDENTIFIER\s*\(|\|\|)",
    re.IGNORECASE,
)


@dataclass
class Starts:
    """The tasks (by the index of their CREATE) that something in the program resumes or executes, in bodies too.

    `resumed` holds those below SYSTEM$TASK_DEPENDENTS_ENABLE as well. `dynamic` are the files that resume tasks whose names are
    not known before they run; `commented` are the last names of tasks whose RESUME is commented out.
    """

    resumed: set[int] = field(default_factory=set)
    executed: set[int] = field(default_factory=set)
    dynamic: set[str] = field(default_factory=set)
    commented: set[str] = field(default_factory=set)

    def unknown(self, task: Task) -> bool:
        """May something near the task start it by a name that is not known?"""
        return any(_folder(path) == _folder(task.step.path) for path in self.dynamic)


def _folder(path: str) -> list[str]:
    return path.split("/")[:-1][:2]


def single(graphs: TaskGraphs, task: Task) -> bool:
    """Is this the only statement that makes the task?"""
    return len(graphs.find(task.name, task.step)) == 1


@lru_cache(maxsize=4)
def children(program: Program) -> dict[int, list[Task]]:
    """The tasks directly after each task (finalizers of it too), by the index of its CREATE."""
    graphs = task_graphs(program)
    found: dict[int, list[Task]] = {}
    for task in graphs.tasks:
        above = graphs.parents(task) or (graphs.find(task.finalizes, task.step)[:1] if task.finalizes else [])
        for parent in above:
            found.setdefault(parent.step.index, []).append(task)
    return found


def below(program: Program, task: Task) -> list[Task]:
    """All tasks after it, itself left out."""
    links, found, todo = children(program), {}, [task]
    while todo:
        for child in links.get(todo.pop().step.index, ()):
            if child.step.index not in found and child is not task:
                found[child.step.index] = child
                todo.append(child)
    return list(found.values())


@lru_cache(maxsize=4)
def starts(program: Program) -> Starts:
    """What the program starts, computed once."""
    found, graphs = Starts(), task_graphs(program)
    for step in program.statements:
        for _, comment in step.statement.comments:
            if "RESUME" in comment.upper():
                found.commented |= {m[1].rpartition(".")[2].strip('"').upper() for m in _RESUME.finditer(comment)}
        upper = step.statement.text.upper()
        if "TASK" in upper and ("RESUME" in upper or "EXECUTE" in upper or "TASK_DEPENDENTS_ENABLE" in upper):
            _note(program, graphs, step, found)
    _keep_state(graphs, found)
    return found


def _keep_state(graphs: TaskGraphs, found: Starts) -> None:
    """CREATE OR ALTER and IF NOT EXISTS leave a task started that another statement has made and resumed."""
    resumed = {(tuple(_folder(t.step.path)), t.name) for t in graphs.tasks if t.step.index in found.resumed}
    for task in graphs.tasks:
        if {"OR ALTER", "IF NOT EXISTS"} & task.step.head.modifiers and (
            tuple(_folder(task.step.path)),
            task.name,
        ) in resumed:
            found.resumed.add(task.step.index)


def _note(program: Program, graphs: TaskGraphs, step: Step, found: Starts) -> None:
    text = "".join(" " if t.kind == "comment" else t.text for t in tokens(step.statement.text))
    if step.verb == "ALTER" and step.kind == "TASK" and step.name is not None:
        if "__" in step.name.last:
            found.dynamic.add(step.path)
        elif re.match(r"\s*RESUME\b", step.head.rest, re.IGNORECASE):
            found.resumed |= _indices(graphs, step.name, step)
        return
    if _DYNAMIC.search(text):
        found.dynamic.add(step.path)
    for name in _names(_RESUME, text):
        found.resumed |= _indices(graphs, _full(program, step, name), step)
    for name in _names(_EXECUTE, text):
        found.executed |= _indices(graphs, _full(program, step, name), step)
    for name in resumed_by_function(text):
        for task in graphs.find(_full(program, step, name), step):
            found.resumed |= {task.step.index, *(t.step.index for t in below(program, task))}


def _full(program: Program, step: Step, name: ObjectName) -> ObjectName:
    return complete(name, "TASK", *program.scope(step))


def _indices(graphs: TaskGraphs, name: ObjectName, step: Step) -> set[int]:
    return {task.step.index for task in graphs.find(name, step)}


def _names(pattern: re.Pattern[str], text: str) -> Iterator[ObjectName]:
    for match in pattern.finditer(text):
        try:
            yield ObjectName.parse(match[1])
        except ValueError:
            continue


# -- statement by statement ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """A statement that changes a task's graph while its root is started. `resumed` is what started the root; `first`: the task
    is made here for the first time; `known`: the program says that the root is one."""

    step: Step
    action: str  # CREATE, DROP, RESUME, SUSPEND, SET …
    name: ObjectName
    root: ObjectName
    resumed: Step
    first: bool = False
    known: bool = True


@dataclass
class _Account:
    """The tasks as far as the statements of one sequence say: who follows whom, which are started, by what."""

    graphs: TaskGraphs
    parents: dict[ObjectName, tuple[ObjectName, ...]] = field(default_factory=dict)
    started: dict[ObjectName, Step] = field(default_factory=dict)
    made: set[ObjectName] = field(default_factory=set)
    by_last: dict[str, list[ObjectName]] = field(default_factory=dict)

    def key(self, name: ObjectName) -> ObjectName:
        known = self.by_last.setdefault(name.last, [])
        for other in known:
            if same(other, name):
                return other
        known.append(name)
        return name

    def above(self, name: ObjectName, near: Step) -> tuple[ObjectName, ...] | None:
        """The predecessors of a task; None where nothing is known about it."""
        if name not in self.parents:
            found = self.graphs.find(name, near)
            if not found:
                return None
            self.parents[name] = self.linked(found[0])
        return self.parents[name]

    def linked(self, task: Task) -> tuple[ObjectName, ...]:
        above = [*task.parents, *([task.finalizes] if task.finalizes is not None else [])]
        return tuple(self.key(name) for name in above)

    def roots(self, name: ObjectName, near: Step) -> list[tuple[ObjectName, bool]]:
        """The roots above a task, or itself; and whether the program knows that they are roots."""
        found: dict[ObjectName, bool] = {}
        seen, todo = {name}, [name]
        while todo:
            one = todo.pop()
            above = self.above(one, near)
            if not above:
                found[one] = above is not None
            for other in above or ():
                if other not in seen:
                    seen.add(other)
                    todo.append(other)
        return list(found.items())


@lru_cache(maxsize=4)
def changes(program: Program) -> tuple[Change, ...]:
    """All changes under a started root, where the order of the statements is certain."""
    graphs, found = task_graphs(program), []
    accounts: dict[int, _Account] = {}
    events: dict[int, list[tuple[Event, Task]]] = {}
    for task in graphs.tasks:
        for event in task.events:
            events.setdefault(event.step.index, []).append((event, task))
    for step in program.steps:
        account = accounts.setdefault(step.sequence, _Account(graphs))
        if step.fault in {"", "unended"}:
            found += _next(program, account, step, events.get(step.index, []))
    return tuple(found)


def _next(program: Program, account: _Account, step: Step, events: list[tuple[Event, Task]]) -> list[Change]:
    if step.kind in {"SCHEMA", "DATABASE"} and (step.verb == "DROP" or "OR REPLACE" in step.head.modifiers):
        account.started.clear()
        return []
    if step.kind == "TASK" and step.name is not None and "__" not in step.name.last:
        name = account.key(step.name)
        if step.creates:
            return list(_created(account, step, name))
        if step.verb == "DROP":
            found = list(_changed(account, step, name, "DROP"))
            account.started.pop(name, None)
            return found
        if step.verb == "ALTER":
            return _altered(account, step, name)
    enabled = [event for event, _ in events if event.action == "ENABLE"]
    for _, task in events if enabled else []:
        for one in [task, *below(program, task)]:
            account.started[account.key(one.name)] = step
    if (
        not enabled
        and "TASK" in (text := step.statement.text.upper())
        and ("SUSPEND" in text or (step.verb, step.kind) == ("ALTER", "TASK"))
        and not step.creates
    ):
        account.started.clear()  # a block or a dynamic name: nobody knows what it suspends
    return []


def _changed(account: _Account, step: Step, name: ObjectName, action: str, *, first: bool = False) -> Iterator[Change]:
    for root, known in account.roots(name, step):
        if root in account.started and (root != name or action not in {"CREATE", "DROP"}):
            yield Change(step, action, name, root, account.started[root], first, known)


def _created(account: _Account, step: Step, name: ObjectName) -> Iterator[Change]:
    first = name not in account.made
    if "IF NOT EXISTS" in step.head.modifiers and not first:
        return
    task = account.graphs.of(step)
    alters = "OR ALTER" in step.head.modifiers
    if alters and name in account.started and not account.above(name, step):
        yield Change(step, "ALTER", name, name, account.started[name])
    account.made.add(name)
    account.parents[name] = (
        account.linked(task) if task is not None and _only_created(task) else _written(account, step, task)
    )
    if not alters:
        account.started.pop(name, None)
    yield from _changed(account, step, name, "CREATE", first=first)


def _only_created(task: Task) -> bool:
    return not any(event.action in {"ADD AFTER", "REMOVE AFTER"} for event in task.events)


def _written(account: _Account, step: Step, task: Task | None) -> tuple[ObjectName, ...]:
    """The predecessors of the CREATE itself, before any ALTER."""
    if task is None:
        return ()
    written = {name.rpartition(".")[2].strip('"').upper() for name in step.head.clauses.get("AFTER", ())}
    return tuple(account.key(name) for name in task.parents if name.last.upper() in written)


def _linked_by(step: Step) -> tuple[ObjectName, ...]:
    """The names of ADD AFTER and REMOVE AFTER."""
    cursor = Cursor(step.head.rest)
    if not cursor.accept_any("ADD AFTER", "REMOVE AFTER"):
        return ()
    try:
        return tuple(complete(name, "TASK", step.database, step.schema) for name in cursor.names())
    except ReadError:
        return ()


def _altered(account: _Account, step: Step, name: ObjectName) -> list[Change]:
    rest = step.head.rest.upper().split()
    action = rest[0] if rest else ""
    if len(rest) > 1 and rest[1].startswith("TAG"):
        return []
    is_root = not account.above(name, step)
    if action == "RESUME" and is_root:
        account.started.setdefault(name, step)
        return []
    if action == "SUSPEND" and is_root:
        account.started.pop(name, None)
        return []
    found = list(_changed(account, step, name, action))
    if action in {"ADD", "REMOVE"}:
        others = tuple(account.key(other) for other in _linked_by(step))
        if action == "ADD":
            found += [
                c
                for other in others
                for c in _changed(account, step, other, "ADD")
                if c.root not in {f.root for f in found}
            ]
            account.parents[name] = (*(account.above(name, step) or ()), *others)
        else:
            account.parents[name] = tuple(n for n in account.above(name, step) or () if n not in others)
    return found
