"""What of a project its tests have run: tasks, the two ways of each WHEN, the statements of bodies, the handlers."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from snowpipe_deploy.analysis.bodies import Body, body_of
from snowpipe_deploy.location import Location
from snowpipe_deploy.model import Project, SqlObject
from snowpipe_deploy.sqltext.lexer import line_starts
from snowpipe_deploy.sqltext.scripting import Block, Node, walk
from snowpipe_deploy.testing.trace import Trace

_RAN = frozenset({"succeeded", "failed", "failed_and_auto_suspended"})


@dataclass(frozen=True, slots=True)
class Line:
    """A statement of a body, a way of a WHEN or a handler: where it stands, what it is, whether any test came there."""

    object: str
    where: Location
    text: str
    ran: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """`tasks`: the states that each was seen in. `unread` are bodies of which no step is recorded, with the reason."""

    tasks: Mapping[str, frozenset[str]]
    branches: tuple[Line, ...]
    statements: tuple[Line, ...]
    handlers: tuple[Line, ...]
    unread: tuple[str, ...]

    @property
    def tasks_ran(self) -> int:
        return sum(bool(states & _RAN) for states in self.tasks.values())


def measure(project: Project, traces: Iterable[Trace], *, recorded: bool = True) -> Coverage:
    """What ran, from what the account told of steps and recorded of tasks; where it tells of no steps (`recorded` is false),
    nothing is said of statements."""
    whole = Trace()
    for trace in traces:
        whole.add(trace)
    tasks = [t for t in project.objects if t.key.kind == "TASK"]
    states = {str(t.key.name): frozenset(s for name, s in whole.tasks if name == t.key.name.last) for t in tasks}
    steps = _by_text(whole.steps)
    statements: list[Line] = []
    handlers: list[Line] = []
    unread: list[str] = []
    for thing in project.objects:
        body = body_of(thing.head) if thing.key.kind in {"TASK", "PROCEDURE"} else None
        if body is None:
            continue
        if not recorded:
            unread.append(f"{thing.key}: this account tells of no steps")
        elif body.opaque or body.fault:
            unread.append(f"{thing.key}: {'in another language than SQL' if body.opaque else body.fault}")
        else:
            statements += _statements(thing, body, steps)
            handlers += _handlers(thing, body, steps)
    branches = [line for task in tasks for line in _ways(task, states[str(task.key.name)])]
    return Coverage(states, tuple(branches), tuple(statements), tuple(handlers), tuple(unread))


Steps = Mapping[str, frozenset[tuple[int, int]]]


def _by_text(steps: Iterable[tuple[str, int, int]]) -> Steps:
    """The places that were reached, by the text of the block. Text and lines are counted from the first word, because who
    sends a body and who runs it may cut the blanks around it differently."""
    found: dict[str, set[tuple[int, int]]] = {}
    for text, line, column in steps:
        found.setdefault(_core(text), set()).add((line - _lead(text) if line else 0, column))
    return {text: frozenset(places) for text, places in found.items()}


def _core(text: str) -> str:
    return text.strip().rstrip(";").rstrip()


def _lead(text: str) -> int:
    """The lines before the first word."""
    return text.count("\n", 0, len(text) - len(text.lstrip()))


def _statements(thing: SqlObject, body: Body, steps: Steps) -> Iterator[Line]:
    reached = steps.get(_core(body.text), frozenset())
    if body.block is None:
        yield Line(str(thing.key), thing.statement.place(body.at), _short(body.text), (0, 0) in reached)
        return
    for node, _ in walk(body.block):
        if not isinstance(node, Block):
            yield _line(thing, body, node, reached)


def _handlers(thing: SqlObject, body: Body, steps: Steps) -> Iterator[Line]:
    """A handler was taken if its first statement was."""
    reached = steps.get(_core(body.text), frozenset())
    blocks = [node for node, _ in walk(body.block) if isinstance(node, Block)] if body.block else []
    for block in blocks:
        for handler in block.handlers:
            first = next((n for n in handler.body if not isinstance(n, Block)), None)
            if first is not None:
                line = _line(thing, body, first, reached)
                yield Line(line.object, line.where, f"WHEN {' OR '.join(handler.names)}", line.ran)


def _line(thing: SqlObject, body: Body, node: Node, reached: frozenset[tuple[int, int]]) -> Line:
    at = line_starts(body.text)[node.at.line - 1] + node.at.column
    rest = body.text[at:]
    place = (node.at.line - _lead(body.text), node.at.column)
    return Line(str(thing.key), thing.statement.place(body.at + at), _short(rest), place in reached)


def _short(text: str) -> str:
    return re.sub(r"\s+", " ", text.split(";", maxsplit=1)[0].strip())[:70]


def _ways(task: SqlObject, states: frozenset[str]) -> Iterator[Line]:
    """A WHEN was true where the task ran, and false where it was skipped."""
    when = str(task.head.clauses.get("WHEN") or "")
    if when:
        condition = re.sub(r"\s+", " ", when).strip()[:60]
        for way, ran in (("true", bool(states & _RAN)), ("false", "skipped" in states)):
            yield Line(str(task.key), task.statement.where, f"WHEN {condition} is {way}", ran)
