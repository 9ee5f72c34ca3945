"""Temporary objects: of the session that made them, to no other visible, and gone when it ends (reference A.14)."""

from collections.abc import Iterator
from contextlib import contextmanager

from snowpipe_deploy.local import removal
from snowpipe_deploy.local.access import named
from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.sqltext.head import Head

_OVERLOADED = frozenset({"PROCEDURE", "FUNCTION"})  # these replace each other


@contextmanager
def noted(runner: Runner, head: Head) -> Iterator[None]:
    """Around a CREATE: what it makes is the session's own, where it says TEMPORARY.

    In Snowflake a temporary object hides another of its name; here there is room for one.
    """
    if head.verb != "CREATE" or head.name is None:
        yield
        return
    is_temporary = "TEMPORARY" in head.modifiers
    before = named(runner, head) if head.kind not in _OVERLOADED else None
    if before is not None and runner.shared.temporaries.get(before.id) is not (runner if is_temporary else None):
        raise unsupported(f"a temporary {head.kind.lower()} beside another of its name, {before.name}")
    yield
    made = named(runner, head) if is_temporary else None
    if made is not None and made.id not in runner.shared.temporaries:
        with runner.definition():
            runner.engine.run("INSERT INTO _account.temporaries VALUES (?)", [made.id])
        runner.shared.temporaries[made.id] = runner


def drop(runner: Runner) -> None:
    """Drops what the session made; its end."""
    own = [number for number, maker in runner.shared.temporaries.items() if maker is runner]
    if own:
        with runner.shared.lock:
            _remove(runner, own)


def drop_left(runner: Runner) -> None:
    """Drops what sessions made that did not come to their end: the process was stopped."""
    left = [int(str(row[0])) for row in runner.engine.all("SELECT object FROM _account.temporaries")]
    if left:
        _remove(runner, left)


def _remove(runner: Runner, numbers: list[int]) -> None:
    with runner.definition():
        for number in numbers:
            entry = runner.catalog.by_id(number)
            if entry is not None:
                removal.remove(runner, entry)
            runner.engine.run("DELETE FROM _account.temporaries WHERE object = ?", [number])
    for number in numbers:
        runner.shared.temporaries.pop(number, None)
