"""Which objects `--select` means: patterns of names, with what they need or what needs them."""

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from fnmatch import fnmatchcase

from snowpipe_deploy.errors import UsageError
from snowpipe_deploy.model import Change, ObjectKey, SqlObject

_UP, _DOWN = "+UPSTREAM", "+DOWNSTREAM"
_SHOWN = 5  # names of what is left out


def matching(pattern: str, keys: Iterable[ObjectKey]) -> set[ObjectKey]:
    """The keys that a pattern names: `RAW.T`, `table RAW.T`, `task RAW.*`; case does not matter."""
    wanted = " ".join(pattern.upper().split())
    return {key for key in keys if any(fnmatchcase(text.upper(), wanted) for text in _called(key))}


def _called(key: ObjectKey) -> tuple[str, ...]:
    """What an object may be called; the id of a script is never in quotes."""
    own = f"{key.kind} {key.name.last}" if key.kind == "SCRIPT" else f"{key.name}{key.detail}"
    return (str(key), str(key.name), own)


def near(pattern: str, keys: Iterable[ObjectKey]) -> str:
    """A hint with names that look like the pattern."""
    wanted = " ".join(pattern.upper().split())
    names = {text.upper() for key in keys for text in (str(key), str(key.name))}
    close = get_close_matches(wanted, sorted(names), 3)
    return f"did you mean {' or '.join(close)}?" if close else "snowdeploy graph"


def selected(
    patterns: Iterable[str], keys: Collection[ObjectKey], needs: Mapping[ObjectKey, Collection[ObjectKey]]
) -> set[ObjectKey]:
    """What the patterns select of the keys. `+X` or `X +upstream` adds all that X needs, `X+` or `X +downstream` all that
    needs X. Raises UsageError for a pattern that names nothing."""
    above = {key: set(others) for key, others in needs.items()}
    below: dict[ObjectKey, set[ObjectKey]] = {}
    for key, others in needs.items():
        for other in others:
            below.setdefault(other, set()).add(key)
    found: set[ObjectKey] = set()
    for pattern in patterns:
        name, up, down = _read(pattern)
        named = matching(name, keys)
        if not named:
            raise UsageError(
                f"--select {pattern!r} names nothing: {name!r} is no object of the project", hint=near(name, keys)
            )
        found |= named | (_reached(named, above) if up else set()) | (_reached(named, below) if down else set())
    return found


def _read(pattern: str) -> tuple[str, bool, bool]:
    """The name, and whether it is with its upstream and its downstream."""
    words = pattern.split()
    marks = {word.upper() for word in words} & {_UP, _DOWN}
    name = " ".join(word for word in words if word.upper() not in marks)
    up, down = _UP in marks or name.startswith("+"), _DOWN in marks or name.endswith("+")
    return name.removeprefix("+").removesuffix("+").strip(), up, down


def _reached(start: Iterable[ObjectKey], steps: Mapping[ObjectKey, Iterable[ObjectKey]]) -> set[ObjectKey]:
    seen: set[ObjectKey] = set()
    todo = [*start]
    while todo:
        for key in steps.get(todo.pop(), ()):
            if key not in seen:
                seen.add(key)
                todo.append(key)
    return seen


def kept(changes: Iterable[Change], chosen: Collection[ObjectKey]) -> tuple[Change, ...]:
    """The changes of what is chosen, also under its old name, and the drops that make room for it."""
    changes = tuple(changes)
    found = {c.key for c in changes if c.key in chosen or c.was in chosen}
    spaces = {c.key.space for c in changes if c.key in found and c.verb != "drop"}
    return tuple(c for c in changes if c.key in found or (c.verb == "drop" and c.key.space in spaces))


def refuse_gaps(
    changes: Iterable[Change], missing: Collection[ObjectKey], things: Mapping[ObjectKey, SqlObject],
    needs: Mapping[ObjectKey, Collection[ObjectKey]],
) -> None:  # fmt: skip
    """Raises UsageError where a change needs something that is not there and is not selected."""
    for change in changes:
        gaps = (
            sorted({*missing} & {*needs.get(change.key, ())}) if change.verb != "drop" and change.key in things else []
        )
        if gaps:
            raise UsageError(
                f"{change.key} needs {gaps[0]}, which is not there yet and is not selected",
                hint=f"--select '+{change.key}' takes what it needs along", where=things[change.key].statement.where,
            )  # fmt: skip


def left_out(changes: Iterable[Change], refused: int, scripts: int, files: int = 0) -> str:
    """What a selection leaves undone, in a sentence with counts; empty where that is nothing."""
    counts: dict[str, int] = {}
    names = []
    for change in changes:
        counts[change.verb] = counts.get(change.verb, 0) + 1
        names.append(str(change.key))
    parts = [f"{counts[verb]} to {verb}" for verb in ("create", "alter", "replace", "drop", "adopt") if verb in counts]
    parts += [f"{refused} refused"] if refused else []
    parts += [f"{scripts} script{'' if scripts == 1 else 's'}"] if scripts else []
    parts += [f"{files} file{'' if files == 1 else 's'} of stages"] if files else []
    if not parts:
        return ""
    shown = ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
    return f"left out by --select: {', '.join(parts)}" + (f" ({shown})" if shown else "")
