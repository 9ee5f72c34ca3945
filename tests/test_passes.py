"""The deploy cases are enough: five for every planner pass, each failing without it, and five for every kind of object.

That a case fails without the passes it names in [shows] is proven by its own test.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from snowpipe_deploy import planner
from snowpipe_deploy.model import SqlObject
from tests.test_deploy_cases import CASES, Case, project, read

ENOUGH = 5
_CHANGED = re.compile(r"(?:create|alter|replace|drop|adopt|take over|upload|run) (.+?)(?: ! .*)?")
# what is deployed to full depth; of some kinds there are sorts that go their own ways
KINDS = (
    "database", "schema", "table", "transient table", "view", "secure view", "dynamic table", "sequence", "file format",
    "stage", "pipe", "stream", "task", "finalizer", "procedure", "function", "routine in SQL", "routine in PYTHON",
    "routine in JAVASCRIPT", "alert", "warehouse", "role", "database role", "grant of privileges", "future grant",
    "ownership", "script", "stage file",
)  # fmt: skip


def changed(case: Case) -> set[str]:
    """The kinds of which the plan changes an object; one that only stands by does not count, nor a suspension."""
    there = {str(thing.key): thing for text in (case.current, case.desired) for thing in project(text).objects}
    found = set()
    for step in case.plan:
        if match := _CHANGED.fullmatch(step):
            thing = there.get(match[1])
            found |= {*_sorts(thing)} if thing else {kind for kind in KINDS if match[1].startswith(kind)}
    return found


def _sorts(thing: SqlObject) -> Iterator[str]:
    kind, modifiers = thing.key.kind.lower(), thing.reading.get("MODIFIERS", ())
    match kind:
        case "grant":
            future = " future " in f" {thing.key.detail} "
            owner = thing.key.name.last == "OWNERSHIP"
            yield "ownership" if owner else "future grant" if future else "grant of privileges"
        case "table" | "view":
            yield next((f"{word.lower()} {kind}" for word in ("TRANSIENT", "SECURE") if word in modifiers), kind)
        case "task":
            yield "finalizer" if "FINALIZE" in thing.reading else kind
        case "procedure" | "function":
            yield kind
            yield f"routine in {thing.reading.get('LANGUAGE', 'SQL')}"
        case _:
            yield kind


# shown by tests of their own, which take them out too: no local account has what they are about
ELSEWHERE = {"leave_task_graphs": "test_task_graph_objects"}


def test_every_pass_is_shown_by_five_cases() -> None:
    assert all((Path(__file__).parent / f"{name}.py").is_file() for name in ELSEWHERE.values())
    shown = Counter(name for path in CASES for name in read(path).shows)
    names = {step.__name__ for step in planner.PASSES} - ELSEWHERE.keys()
    assert {name: shown[name] for name in names if shown[name] < ENOUGH} == {}


def test_every_kind_is_changed_in_five_cases() -> None:
    found = Counter(kind for path in CASES for kind in changed(read(path)))
    assert {kind: found[kind] for kind in KINDS if found[kind] < ENOUGH} == {}
