"""Which object needs which; the order that respects it; circles with their path."""

import heapq
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from snowpipe_deploy.model import ObjectKey, SqlObject

# only a tie-break, so that a plan reads from the ground up; the order itself comes from the SQL
_RANK = {
    kind: rank
    for rank, kind in enumerate((
        "DATABASE", "WAREHOUSE", "STORAGE INTEGRATION", "NOTIFICATION INTEGRATION", "ROLE", "DATABASE ROLE",
        "SCHEMA", "TAG", "MASKING POLICY", "ROW ACCESS POLICY", "FILE FORMAT", "SEQUENCE", "STAGE", "TABLE", "STREAM", "VIEW",
        "MATERIALIZED VIEW", "FUNCTION", "PROCEDURE", "DYNAMIC TABLE", "PIPE", "TASK", "ALERT", "GRANT",
    ))
}  # fmt: skip
T = TypeVar("T")


def rank(key: ObjectKey) -> tuple[int, ObjectKey]:
    return (_RANK.get(key.kind, len(_RANK)), key)


class Lookup:
    """Finds the project's object that a reference means: by kind, or any relation of the name."""

    def __init__(self, objects: Iterable[SqlObject]) -> None:
        self._by_name: dict[tuple[str, object], list[SqlObject]] = {}
        for thing in objects:
            self._by_name.setdefault((thing.key.kind, thing.key.name), []).append(thing)
            if thing.key.space[0] == "relation" or thing.key.kind == "STREAM":
                self._by_name.setdefault(("relation", thing.key.name), []).append(thing)

    def find(self, kind: str, name: object) -> list[SqlObject]:
        wanted = "relation" if kind in {"TABLE", "VIEW", "DYNAMIC TABLE"} else kind
        return self._by_name.get((wanted, name), [])


def needs(objects: tuple[SqlObject, ...]) -> dict[ObjectKey, frozenset[ObjectKey]]:
    """For each object those that must exist before it is made: its schema, and what its text names."""
    lookup = Lookup(objects)
    found = {}
    for thing in objects:
        before = {other.key for ref in thing.references if ref.needs for other in lookup.find(ref.kind, ref.name)}
        if len(thing.key.name.parts) > 1:
            before |= {other.key for other in lookup.find("SCHEMA", thing.key.name.parent)}
        found[thing.key] = frozenset(before - {thing.key})
    return found


def ordered(edges: Mapping[T, Iterable[T]], *, key: Callable[[T], Any]) -> list[T]:
    """Each node after what it needs, ties by `key`; nodes in a circle are left out (see `circle`)."""
    waiting = {node: {b for b in before if b in edges} for node, before in edges.items()}
    followers: dict[T, list[T]] = {}
    for node, before in waiting.items():
        for other in before:
            followers.setdefault(other, []).append(node)
    ready = [(key(node), i, node) for i, (node, before) in enumerate(waiting.items()) if not before]
    heapq.heapify(ready)
    count, out = len(waiting), []
    while ready:
        node = heapq.heappop(ready)[2]
        out.append(node)
        for follower in followers.get(node, ()):
            waiting[follower].discard(node)
            if not waiting[follower]:
                count += 1
                heapq.heappush(ready, (key(follower), count, follower))
    return out


def circle(edges: Mapping[T, Iterable[T]]) -> tuple[T, ...]:
    """One circle as a path that ends where it began, or nothing."""
    done = set(ordered(edges, key=str))
    left = {
        node: [b for b in before if b in edges and b not in done] for node, before in edges.items() if node not in done
    }
    node = next(iter(sorted((n for n, before in left.items() if before), key=str)), None)
    if node is None:
        return ()
    path: list[T] = []
    while node not in path:
        path.append(node)
        node = min(left[node], key=str)
    return (*path[path.index(node) :], node)
