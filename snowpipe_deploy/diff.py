"""Desired, recorded and live to changes: a pure comparison that runs nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from snowpipe_deploy.drift import IDENTITY, differences, drifted, uncompared, undoing
from snowpipe_deploy.errors import DeployError
from snowpipe_deploy.kind import relative
from snowpipe_deploy.kinds import KINDS
from snowpipe_deploy.kinds.table import renamed_columns
from snowpipe_deploy.live import Live
from snowpipe_deploy.model import (
    Change,
    Drift,
    Entry,
    Finding,
    ObjectKey,
    Observed,
    Project,
    Reading,
    Record,
    Scope,
    SqlObject,
)
from snowpipe_deploy.renames import Renamed, twin
from snowpipe_deploy.secrets import rotated
from snowpipe_deploy.sqltext.clauses import head
from snowpipe_deploy.sqltext.head import ReadError

_OWNERS = frozenset({"ACCOUNTADMIN", "SYSADMIN"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """The changes, the objects that stay as they are, and what keeps the plan from being made."""

    changes: tuple[Change, ...]
    unchanged: tuple[ObjectKey, ...]
    findings: tuple[Finding, ...]
    notes: tuple[tuple[ObjectKey, str], ...]
    drift: tuple[Drift, ...] = ()


def reading_of(entry: Entry, scope: Scope) -> Reading:
    """The recorded text by today's reader, so that a new version of ours never makes a plan non-empty."""
    try:
        return relative(KINDS[entry.key.kind].read(head(entry.text), entry.schema), scope.database)
    except (ReadError, KeyError) as error:
        raise DeployError(f"the recorded text of {entry.key} cannot be read: {error}") from error


def compare(project: Project, record: Record, live: Live, renamed: Renamed | None = None) -> Comparison:
    """What differs, object by object; record and account are those that follow the declared renames."""
    renamed = renamed or Renamed(record, live)
    desired = project.by_key()
    spaces = {key.space: key for key in live.objects}
    changes: list[Change] = []
    unchanged: list[ObjectKey] = []
    findings: list[Finding] = []
    notes: list[tuple[ObjectKey, str]] = []
    drift: list[Drift] = []
    for key, thing in desired.items():
        if key in record.others:
            findings.append(
                _refused(
                    thing,
                    f"{key} was deployed by project {record.others[key]}",
                    f"take it out of one of the two projects, or hand it over: snowdeploy adopt '{key}' --from {record.others[key]}",
                )
            )
            continue
        # what a deployment was making when it was cut short is ours, if it is there
        entry = record.entries.get(key) or (record.intended.get(key) if key in live.objects else None)
        result = _one(
            thing,
            entry,
            live.objects.get(key),
            live,
            spaces.get(key.space),
            project.scope,
            intended=record.intended.get(key),
            moved=record.moved,
            names=renamed.names,
            leaving=spaces.get(key.space) in record.entries,
        )
        if key in renamed.was and not isinstance(result, Finding):
            result = _under_new_name(result, thing, renamed, project.scope)
        elif isinstance(result, Change | Finding) and entry is not None and key not in live.objects:
            other = twin(entry, record, live)
            result = result if other is None else _refused(
                thing, f"{key} is gone, and {other} is it under another name: somebody renamed it",
                f"rename it in the files too, with `-- snowdeploy: was {key.name}` above it",
            )  # fmt: skip
        if not isinstance(result, Finding):
            found = drifted(thing, record.entries.get(key), live.objects.get(key), project.scope)
            drift += found
            result = _also_undoing(result, thing, record.entries.get(key), live.objects.get(key), found)
        match result:
            case Change():
                changes.append(result)
            case Finding():
                findings.append(result)
            case _:
                unchanged.append(key)
    for key, entry in record.entries.items():
        if key not in desired and key in live.objects:
            reason = f"recorded by deployment {entry.deployment}, no longer in the files"
            changes.append(Change("drop", key, None, entry, live.objects[key], (reason,)))
        elif key not in desired and key in record.dropping:
            changes.append(Change("drop", key, None, entry, None, ("a deployment dropped it and was cut short",)))
        elif key not in desired:
            notes.append((key, f"{key} is no longer in the files, and is gone or not visible to role {live.role}"))
    return Comparison(tuple(changes), tuple(unchanged), tuple(findings), tuple(notes), tuple(drift))


def _one(
    thing: SqlObject,
    entry: Entry | None,
    seen: Observed | None,
    live: Live,
    occupant: ObjectKey | None,
    scope: Scope,
    *,
    intended: Entry | None,
    moved: bool,
    names: Mapping[str, str],
    leaving: bool,
) -> Change | Finding | None:
    key = thing.key
    if entry is None:
        match KINDS[key.kind].meets(thing, seen) if seen is not None else "":
            case "same":
                return None
            case "adopt":
                return Change("adopt", key, thing, None, seen, ("exists already and is the same",))
            case "create":
                return Change("create", key, thing, None, seen, ("not all of it is there",))
        if seen is not None:
            return _unrecorded(thing, seen)
        if occupant is not None and occupant.kind != key.kind and not leaving:
            message = f"{key} cannot be made: {occupant} has its name, and this project did not deploy it"
            return _refused(thing, message, "rename yours")
        return Change("create", key, thing, reasons=("not there yet",))
    if seen is None:
        if live.role not in _OWNERS and entry.identity:
            return _refused(
                thing, f"{key} was deployed by {entry.deployment} and is not visible to role {live.role}: dropped, or hidden from it",
                "look with the owner's role; if it was dropped, deploy with a role that would see it",
            )  # fmt: skip
        return Change("create", key, thing, entry, None, (f"was dropped since deployment {entry.deployment}",))
    sent = thing.statement
    # the text that was sent says what it says: reading it again is most of what a plan with nothing to do costs
    before = thing.reading if (entry.text, entry.schema) == (sent.text, sent.schema) else reading_of(entry, scope)
    clauses = differing(before, thing.reading)
    begun = intended is not None and reading_of(intended, scope) == thing.reading
    if clauses and begun and entry.identity and seen.identity != entry.identity:
        return Change("adopt", key, thing, entry, seen, (_cut_short(intended),))  # it was replaced, and not once more
    if clauses and key.kind == "STREAM" and not differing(following(before, names), thing.reading):
        return Change("adopt", key, thing, entry, seen, ("its source has a new name, and it follows",))
    if clauses:
        return Change("alter", key, thing, entry, seen, _reasons(thing, before, clauses), clauses, before)
    if not entry.identity:
        return Change("adopt", key, thing, entry, seen, (MOVED if moved else _cut_short(entry),))
    return None


MOVED = "recorded in another database; what is here now is written down"


def _cut_short(entry: Entry | None) -> str:
    return f"deployment {entry.deployment if entry else '?'} made it and was cut short"


def following(before: Reading, names: Mapping[str, str]) -> Reading:
    """The reading of a stream whose source has its new name."""
    source = before.get("ON")
    if not isinstance(source, tuple) or source[1] not in names:
        return before
    return {**before, "ON": (source[0], names[source[1]])}


def _under_new_name(result: Change | None, thing: SqlObject, renamed: Renamed, scope: Scope) -> Change:
    """The change with the rename in it; one that was renamed already and is the same is only recorded anew."""
    key = thing.key
    old, done = renamed.was[key], key in renamed.done
    reason = f"{old} has its new name already" if done else f"renamed from {old.name}"
    if result is not None:
        return replace(result, was=old, renamed=done, reasons=(reason, *result.reasons))
    entry = renamed.record.entries[key]
    return Change(
        "adopt" if done else "alter", key, thing, entry, renamed.live.objects[key], (reason,), (),
        reading_of(entry, scope), old, done,
    )  # fmt: skip


def _reasons(thing: SqlObject, before: Reading, clauses: tuple[str, ...]) -> tuple[str, ...]:
    """As `reasons_of`, with renamed columns told as such."""
    found = renamed_columns(thing.head, before) if thing.key.kind == "TABLE" else {}
    if not found:
        return reasons_of(before, thing.reading, clauses)
    moved = {**before, **{f"column {new}": before[f"column {old}"] for new, old in found.items()}}
    for old in found.values():
        del moved[f"column {old}"]
    said = tuple(f"column {old} renamed to {new}" for new, old in found.items())
    return (*said, *reasons_of(moved, thing.reading, differing(moved, thing.reading)))


def _also_undoing(
    change: Change | None, thing: SqlObject, entry: Entry | None, seen: Observed | None, drift: tuple[Drift, ...]
) -> Change | None:
    """What was changed by hand goes back with the same ALTER, where one brings it back with nothing lost."""
    undoable = [d for d in drift if d.undoable]
    if not undoable or (change is not None and change.verb != "alter"):
        return change
    return undoing(change or Change("alter", thing.key, thing, entry, seen), undoable)


def _unrecorded(thing: SqlObject, seen: Observed) -> Change | Finding:
    """Exists, and nobody recorded it: taken over where all that the file says can be compared and is so."""
    unlike, blind = differences(thing, seen), uncompared(thing, seen)
    if not unlike and not blind:
        return Change("adopt", thing.key, thing, None, seen, ("exists already and is the same", *unknowable(thing)))
    said = [f"{d.fact} is {_short(d.now) or 'empty'}, the file says {_short(d.before) or 'empty'}" for d in unlike]
    said += [f"{', '.join(blind)} cannot be compared"] if blind else []
    take = f"snowdeploy adopt '{thing.key}' takes it over" + (", and the next plan changes it" if unlike else "")
    return _refused(
        thing, f"{thing.key} exists, but this project did not deploy it: {'; '.join(said)}",
        f"{take}; or rename yours: nothing that others made is replaced or taken over in silence",
    )  # fmt: skip


def unknowable(thing: SqlObject) -> tuple[str, ...]:
    """What nobody can read back of an object, as a reason of its adoption."""
    left = KINDS[thing.key.kind].unknowable
    return (f"cannot be compared: {'; '.join(left)}",) if left else ()


def differing(before: Reading, after: Reading) -> tuple[str, ...]:
    """The clauses whose values differ, in a stable order."""
    return tuple(sorted(word for word in {*before, *after} if before.get(word) != after.get(word)))


_NAMES = {"AS": "body", "()": "arguments"}


def reasons_of(before: Reading, after: Reading, clauses: tuple[str, ...]) -> tuple[str, ...]:
    """One line a clause: what it was and what it will be."""
    found = []
    for word in clauses:
        if word == "column order":
            continue  # the columns themselves are named
        name = _NAMES.get(word, word)
        if word not in before:
            found.append(f"{name} added: {_short(after[word])}")
        elif word not in after:
            found.append(f"{name} removed: {_short(before[word])}")
        elif names := rotated(str(before[word]), str(after[word])):
            found += [f"secret {secret} has another value" for secret in names]
        elif word == "AS":
            found.append(_body(str(before[word]), str(after[word])))
        else:
            found.append(f"{name}: {_short(before[word])} -> {_short(after[word])}")
    return tuple(found)


def _body(before: str, after: str) -> str:
    old, new = before.splitlines(), after.splitlines()
    for number, (a, b) in enumerate(zip(old, new, strict=False), 1):
        if a != b:
            left, right = _around(a, b)
            return f"body changed from line {number}: {left} -> {right}"
    return f"body changed: {len(old)} -> {len(new)} lines"


def _around(a: str, b: str) -> tuple[str, str]:
    """Two lines from a little before the place where they part."""
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    start = max(0, at - 20)
    lead = "…" if start else ""
    return lead + _short(a[start:].strip()), lead + _short(b[start:].strip())


def _short(value: object) -> str:
    text = ", ".join(value) if isinstance(value, tuple) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "…"


def _refused(thing: SqlObject, message: str, hint: str) -> Finding:
    return Finding("SD020", "refused", "error", message, thing.statement.where, hint, str(thing.key))


def facts_now(live: Live, keys: Mapping[ObjectKey, Entry], left: Iterable[Drift] = ()) -> dict[ObjectKey, Entry]:
    """The entries with what is observed now; what was `left` as somebody else made it stays on record as it was deployed."""
    kept: dict[ObjectKey, list[Drift]] = {}
    for one in left:
        kept.setdefault(one.key, []).append(one)
    out = {}
    for key, entry in keys.items():
        seen = live.objects.get(key)
        if seen is not None:
            state = seen.state.get("state", "")
            made = replace(entry, identity=seen.identity, facts=dict(seen.facts), state=state)
            out[key] = _with_drift(made, kept.get(key, ()))
    return out


def _with_drift(entry: Entry, left: Iterable[Drift]) -> Entry:
    facts, identity = dict(entry.facts), entry.identity
    for one in left:
        if one.fact == IDENTITY:
            identity = one.before if identity == one.now else identity
        elif facts.get(one.fact, "") == one.now:
            if one.before or not one.fact.startswith("column "):
                facts[one.fact] = one.before
            else:
                facts.pop(one.fact, None)
    return replace(entry, identity=identity, facts=facts)
