"""What of a project its tests have run: tasks, the two ways of each WHEN, the statements of bodies, the handlers."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from snowpipe_deploy.analysis.bodies import Body, body_of
from snowpipe_deploy.location import Location
from snowpipe_deploy.model import Project, SqlObject
from snowpipe_deploy.sqltext.lexer import code, line_starts
from snowpipe_deploy.sqltext.scripting import Block, Node, walk
from snowpipe_deploy.testing.trace import Trace

_BLANKS = re.compile(r"\s+")
_RAN = frozenset({"succeeded", "failed"})


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
    merges: tuple[Line, ...]  # the WHENs of MERGE statements, by whether any row came to them
    unread: tuple[str, ...]

    @property
    def tasks_ran(self) -> int:
        return sum(bool(states & _RAN) for states in self.tasks.values())

    @property
    def counts(self) -> dict[str, tuple[int, int]]:
        """What was reached and how much there is, by what is counted."""
        return {
            "tasks that ran": (self.tasks_ran, len(self.tasks)),
            **{
                title: (sum(x.ran for x in lines), len(lines))
                for title, lines in (
                    ("ways of WHEN taken", self.branches), ("handlers taken", self.handlers),
                    ("WHENs of MERGE taken", self.merges), ("statements that ran", self.statements),
                )
            },
        }  # fmt: skip

    def below(self, percent: int) -> list[str]:
        """What is counted and of which less than this share was reached."""
        return [title for title, (part, whole) in self.counts.items() if 100 * part < percent * whole]


def measure(project: Project, traces: Iterable[Trace], *, recorded: bool = True) -> Coverage:
    """What ran, from what the account told of steps and recorded of tasks; where it tells of no steps (`recorded` is false),
    nothing is said of statements."""
    whole = Trace()
    for trace in traces:
        whole.add(trace)
    tasks = [t for t in project.objects if t.key.kind == "TASK"]
    states = {str(t.key.name): frozenset(s for name, s in whole.tasks if name == str(t.key.name)) for t in tasks}
    steps = _by_text(whole.steps)
    statements: list[Line] = []
    handlers: list[Line] = []
    merges: list[Line] = []
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
            merges += _merges(thing, body, steps)
    branches = [line for task in tasks for line in _ways(task, states[str(task.key.name)])]
    return Coverage(states, tuple(branches), tuple(statements), tuple(handlers), tuple(merges), tuple(unread))


Steps = Mapping[str, frozenset[int]]
_START = -1  # of a whole body that is no block


def _by_text(steps: Iterable[tuple[str, int, int]]) -> Steps:
    """What was reached of each block: the letters before it, blanks not counted; of a MERGE the numbers of its WHENs.

    Who deploys a body and who runs it may cut and fill blanks differently, above all in a body between single quotes.
    """
    found: dict[str, set[int]] = {}
    for text, line, column in steps:
        reached = line if column < 0 else _letters(text, line_starts(text)[line - 1] + column) if line else _START
        found.setdefault(_core(text), set()).add(reached)
    return {text: frozenset(places) for text, places in found.items()}


def _core(text: str) -> str:
    return _BLANKS.sub("", text).rstrip(";")


def _letters(text: str, at: int) -> int:
    """How many letters stand before a place."""
    return len(_BLANKS.sub("", text[:at]))


def _statements(thing: SqlObject, body: Body, steps: Steps) -> Iterator[Line]:
    reached = steps.get(_core(body.text), frozenset())
    if body.block is None:
        yield Line(str(thing.key), thing.statement.place(body.at), _short(body.text), _START in reached)
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


def _merges(thing: SqlObject, body: Body, steps: Steps) -> Iterator[Line]:
    """The WHENs of each MERGE. A row that none of them is for shows nowhere: MERGE leaves it out."""
    for inner in body.statements:
        if inner.verb == "MERGE":
            applied = steps.get(_core(inner.text), frozenset())
            for number, at in enumerate(_whens(inner.text)):
                text = _short(inner.text[at:].split(" THEN ")[0])
                yield Line(str(thing.key), thing.statement.place(inner.at + at), text, number in applied)


def _whens(text: str) -> Iterator[int]:
    """Where each WHEN [NOT] MATCHED stands."""
    tokens = code(text)
    for token, following in pairwise(tokens):
        if token.upper == "WHEN" and following.upper in {"MATCHED", "NOT"}:
            yield token.start


def _line(thing: SqlObject, body: Body, node: Node, reached: frozenset[int]) -> Line:
    at = line_starts(body.text)[node.at.line - 1] + node.at.column
    rest = body.text[at:]
    return Line(str(thing.key), thing.statement.place(body.at + at), _short(rest), _letters(body.text, at) in reached)


def _short(text: str) -> str:
    return re.sub(r"\s+", " ", text.split(";", maxsplit=1)[0].strip())[:70]


def _ways(task: SqlObject, states: frozenset[str]) -> Iterator[Line]:
    """A WHEN was true where the task ran, and false where it was skipped."""
    when = str(task.head.clauses.get("WHEN") or "")
    if when:
        condition = re.sub(r"\s+", " ", when).strip()[:60]
        for way, ran in (("true", bool(states & _RAN)), ("false", "skipped" in states)):
            yield Line(str(task.key), task.statement.where, f"WHEN {condition} is {way}", ran)
