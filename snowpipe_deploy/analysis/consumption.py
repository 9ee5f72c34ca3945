"""How streams are consumed: in which transaction, by which SELECT, through which views; and what happens to their sources."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from snowpipe_deploy.analysis.bodies import Inner
from snowpipe_deploy.analysis.merges import read_merge
from snowpipe_deploy.analysis.program import Program, Run, Step
from snowpipe_deploy.analysis.queries import Query, Relation, Select, Tokens, query_tokens, read_query
from snowpipe_deploy.analysis.streams import Reading, Stream, streams_of
from snowpipe_deploy.analysis.tables import tables_of
from snowpipe_deploy.analysis.task_graphs import Task, task_graphs
from snowpipe_deploy.location import Location
from snowpipe_deploy.names import ObjectName

_NEVER = re.compile(r"\bWHERE\s+(?:FALSE\b|(\d+)\s*(?:=|<>|!=)\s*(\d+)\s*;?\s*$)|\bLIMIT\s+0\b", re.IGNORECASE)
_METADATA = frozenset({"METADATA$ACTION", "METADATA$ISUPDATE"})


def place(reading: Reading) -> Location:
    """Where the stream's name stands in the statement that reads it."""
    return reading.run.owner.at(reading.run.inner.at + reading.use.at)


def is_standard(stream: Stream) -> bool:
    """Does it surely deliver updates and deletes too?"""
    modes = (stream.step.clause("APPEND_ONLY").upper(), stream.step.clause("INSERT_ONLY").upper())
    return stream.source_kind in {"TABLE", "VIEW", "DYNAMIC TABLE"} and all(mode in {"", "FALSE"} for mode in modes)


def tells_actions_apart(inner: Inner) -> bool:
    """Does a statement look at what happened to a row?"""
    return any(t.text.strip('"').upper() in _METADATA for t in inner.tokens if t.kind in {"word", "quoted"})


def discards(inner: Inner) -> bool:
    """Is it written to move the offset and nothing else?"""
    return _NEVER.search(inner.text) is not None


# -- sources ---------------------------------------------------------------------------------------------------------


def sources(program: Program, stream: Stream) -> list[ObjectName]:
    """The tables that a stream stands on: its table, or those below its view, as far as the program makes them."""
    found, todo, seen = [], [(stream.source, stream.step)], set()
    while todo:
        name, near = todo.pop()
        views = [m.step for m in program.find("relation", name, near) if m.step.kind == "VIEW" and not m.inside]
        if not views:
            found.append(name)
        for view in views:
            if view.index not in seen:
                seen.add(view.index)
                todo += [
                    (use.name, view) for use in program.uses(view) if use.kind == "relation" and use.access == "reads"
                ]
    return found


def history(program: Program, stream: Stream) -> str:
    """What the program does to the rows of a stream's source: changed, appended (nothing else), or unknown."""
    writes = [w for name in sources(program, stream) for w in tables_of(program).writes(name, stream.step)]
    if any(w.verb in {"UPDATE", "DELETE", "MERGE", "TRUNCATE"} or w.inner.has("OVERWRITE") for w in writes):
        return "changed"
    hidden = any(tables_of(program).hidden_writes(name) for name in sources(program, stream))
    return "appended" if writes and not hidden else "unknown"


def is_added_to(program: Program, stream: Stream) -> bool:
    """Do rows only come into a stream's source, or go all at once?"""
    writes = [w for name in sources(program, stream) for w in tables_of(program).writes(name, stream.step)]
    hidden = any(tables_of(program).hidden_writes(name) for name in sources(program, stream))
    verbs = {w.verb for w in writes if not w.inner.has("OVERWRITE")}
    return bool(verbs & {"INSERT", "COPY"}) and verbs <= {"INSERT", "COPY", "TRUNCATE"} and not hidden


# -- queries ---------------------------------------------------------------------------------------------------------


def source_query(inner: Inner) -> Query:
    """The query whose rows a DML writes: that of INSERT and CREATE TABLE … AS, the source of a MERGE."""
    if inner.verb == "MERGE":
        merge = read_merge(inner.text)
        if merge is None or not merge.source_text:
            return Query(())
        first, last = merge.source_at, merge.source_at + len(merge.source_text)
        return read_query(tuple(t for t in inner.tokens if first <= t.start < last))
    return read_query(query_tokens(inner.tokens))


def feeding(query: Query) -> Iterator[tuple[Select, Relation]]:
    """Every named relation whose rows flow into the result, with the SELECT that reads it; predicates are left out."""
    todo: list[Query | Tokens] = [query]
    while todo:
        one = todo.pop()
        read = one if isinstance(one, Query) else read_query(one)
        todo += list(read.common.values())
        for select in read.selects:
            for relation in select.relations:
                if relation.inside:
                    todo.append(relation.inside)
                elif relation.name is not None:
                    yield select, relation


def select_of(reading: Reading) -> tuple[Select, Relation] | None:
    """The SELECT that reads a stream so that its rows flow on; None for a plain MERGE source and for predicates."""
    for select, relation in feeding(source_query(reading.run.inner)):
        if relation.at == reading.use.at:
            return select, relation
    return None


def feeds(reading: Reading) -> bool:
    """Do the stream's rows flow into the target of an INSERT or MERGE, not just into a predicate?"""
    inner = reading.run.inner
    if inner.verb == "MERGE":
        merge = read_merge(inner.text)
        if merge is not None and not merge.source_text:
            return merge.source_at == reading.use.at
    return select_of(reading) is not None


# -- transactions ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Setting:
    """In what a statement runs, calls followed: the explicit transaction (none: empty), handlers and branches around it."""

    transaction: tuple[int, ...] = ()
    handled: bool = False
    branches: int = 0
    loops: int = 0


def settings(runs: tuple[Run, ...]) -> list[Setting]:
    """One for each of the runs of a task, procedure or script, in their order."""
    found: list[Setting] = []
    above: list[Setting] = []
    for run in runs:
        depth, inner = len(run.via), run.inner
        outer = above[depth - 1] if depth and len(above) >= depth else Setting()
        inside = outer.transaction or ((depth, run.owner.index, inner.transaction) if inner.transaction else ())
        mine = Setting(
            inside, outer.handled or inner.place.handlers > 0, outer.branches + inner.place.branches, outer.loops + inner.place.loops
        )  # fmt: skip
        del above[depth:]
        above.append(mine)
        found.append(mine)
    return found


# -- tasks -----------------------------------------------------------------------------------------------------------


class Consumption:
    """Which streams each task consumes, views followed, and what the conditions of tasks name."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.streams = streams_of(program)
        self._by_step = {stream.step.index: stream for stream in self.streams.streams}
        self._consumed: dict[int, dict[int, Stream]] = {}
        for stream in self.streams.streams:
            for reading in self.streams.consumers(stream):
                if reading.task is not None:
                    self._consumed.setdefault(reading.task.step.index, {})[stream.step.index] = stream

    def directly(self, task: Task) -> list[Stream]:
        """The streams that its statements name and consume."""
        return list(self._consumed.get(task.step.index, {}).values())

    def any(self, task: Task) -> Stream | None:
        """The first stream that it consumes, itself or through a view."""
        found = self.with_views(task)
        return self._by_step[min(found)] if found else None

    def with_views(self, task: Task) -> set[int]:
        """The steps of all streams that it consumes, those behind views too."""
        found = set(self._consumed.get(task.step.index, {}))
        for run in self.program.runs(task.step):
            if run.inner.consumes:
                for use in run.inner.uses:
                    if use.kind == "relation" and use.access == "reads":
                        found |= self._behind(self.program.within(run.owner, use.name), run.owner)
        return found

    def _behind(self, name: ObjectName, near: Step) -> set[int]:
        found: set[int] = set()
        todo, seen = [(name, near)], set()
        while todo:
            one, asking = todo.pop()
            for made in self.program.find("relation", one, asking):
                if made.step.index in self._by_step:
                    found.add(made.step.index)
                elif made.step.kind == "VIEW" and made.step.index not in seen:
                    seen.add(made.step.index)
                    todo += [(use.name, made.step) for use in self.program.uses(made.step) if use.access == "reads"]
        return found

    def below(self, task: Task) -> list[Task]:
        """The task and all that run after it."""
        found, todo = [], [task]
        while todo:
            one = todo.pop()
            if one not in found:
                found.append(one)
                todo += self._children.get(one.step.index, [])
        return found

    @property
    def _children(self) -> dict[int, list[Task]]:
        return _children(self.program)

    def is_seen_whole(self, task: Task) -> bool:
        """Can everything that the task runs be read?"""
        seen = all(
            run.inner.verb not in _ELSEWHERE or not _runs_elsewhere(run.inner) for run in self.program.runs(task.step)
        )
        body = self.program.body(task.step)
        return (
            seen
            and body is not None
            and bool(body.statements)
            and not body.fault
            and not self.program.opaque(task.step)
        )


_ELSEWHERE = frozenset({"EXECUTE", "CALL"})


def _runs_elsewhere(inner: Inner) -> bool:
    """EXECUTE NOTEBOOK, EXECUTE DBT PROJECT, EXECUTE TASK …"""
    words = [t.upper for t in inner.tokens[:2]]
    return words[0] == "EXECUTE" and words[1:] != ["IMMEDIATE"]


@lru_cache(maxsize=4)
def _children(program: Program) -> dict[int, list[Task]]:
    found: dict[int, list[Task]] = {}
    graphs = task_graphs(program)
    for task in graphs.tasks:
        for parent in graphs.parents(task):
            found.setdefault(parent.step.index, []).append(task)
    return found


@lru_cache(maxsize=4)
def consumption_of(program: Program) -> Consumption:
    """How a program's tasks consume its streams, computed once."""
    return Consumption(program)
