"""What differs from what was deployed, fact by fact, and whether a statement brings it back: pure, for plan and `drift` alike."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

from snowpipe_deploy.kind import BODY, Look, Shown
from snowpipe_deploy.kinds import KINDS
from snowpipe_deploy.model import Change, Drift, Entry, ObjectKey, Observed, Scope, SqlObject
from snowpipe_deploy.sqltext.head import Value

_MOVING = frozenset({"retention_time"})  # inherited: changes with nobody's doing, unless the text sets it
_OF_THE_SOURCE = frozenset({"table_name", "mode", "source_type"})  # what a stream that lost its source shows
IDENTITY, EXISTENCE, STATE, COMPILES = "identity", "existence", "state", "compiles"


def drifted(thing: SqlObject, entry: Entry | None, seen: Observed | None, scope: Scope) -> tuple[Drift, ...]:
    """The facts that were recorded after the deployment and are others now.

    `thing` is what is to be there: a fact that is as its text asks is no drift, whatever was recorded, so that another
    spelling in a new release (of Snowflake or of ours) is none either.
    """
    if entry is None or seen is None or not entry.identity:
        return ()
    if entry.identity == seen.identity and dict(entry.facts) == dict(seen.facts):
        return ()  # nearly always: nothing need be read
    shown = compared(thing, seen)
    found = []
    if entry.identity != seen.identity:
        found.append(Drift(
            thing.key, IDENTITY, entry.identity, seen.identity,
            hint="its grants are gone and streams on it are stale; `snowdeploy adopt` takes it as it is",
        ))  # fmt: skip
    stale = seen.facts.get("stale") == "true" and entry.facts.get("stale") != "true"
    if stale:
        hint = f"its position is lost: DROP STREAM {thing.key.name}, then `snowdeploy apply` makes it anew"
        found.append(Drift(thing.key, "stale", "false", "true", hint=hint))
    facts = {*seen.facts, *entry.facts} - {"stale", *(_OF_THE_SOURCE if stale else ())}
    found += [
        _of(thing, entry, seen, scope, fact, shown.get(fact))
        for fact in sorted(facts)
        if _differs(fact, entry, seen, shown)
    ]
    return tuple(found)


def gone(entry: Entry) -> Drift:
    """Recorded, but not there, or not visible."""
    keeps_data = KINDS[entry.key.kind].drop_hazard == "deletes-data"
    hint = "`snowdeploy apply` makes it again" + (", empty" if keeps_data else "")
    return Drift(entry.key, EXISTENCE, "there", "", undoable=not keeps_data, hint=hint)


def moved_state(entry: Entry, seen: Observed) -> Drift | None:
    """A task that somebody suspended or resumed."""
    now = seen.state.get("state", "")
    if not entry.state or not now or entry.state == now:
        return None
    if now == "suspended":
        why = seen.state.get("last_suspended_reason", "")
        hint = f"snowdeploy apply --resume {entry.key.name}"
        failed = " (after repeated failures: see `snowdeploy status`)" if why == "SUSPENDED_DUE_TO_ERRORS" else ""
        return Drift(entry.key, STATE, entry.state, now, undoable=True, hint=hint + failed)
    return Drift(
        entry.key, STATE, entry.state, now, undoable=True, hint=f"ALTER {entry.key.kind} {entry.key.name} SUSPEND"
    )


def looked_at(key: ObjectKey, look: Look, differences: Iterable[tuple[str, str, str]]) -> tuple[Drift, ...]:
    """What a look at one object found; no plan looks so closely, so apply does not undo it."""
    return tuple(Drift(key, fact, before, now, hint=look.mend(key, fact, before)) for fact, before, now in differences)


def broken(key: ObjectKey, message: str) -> Drift:
    """An object that the account cannot compile any more."""
    return Drift(key, COMPILES, "", message, hint="something that it uses has changed: mend that, or change its text")


def compared(thing: SqlObject, seen: Observed) -> dict[str, Shown]:
    """The facts of a live object beside what the text asks for."""
    return KINDS[thing.key.kind].compared(thing.key, thing.reading, seen.facts)


def differences(thing: SqlObject, seen: Observed) -> tuple[Drift, ...]:
    """Where a live object that nobody recorded is not as the text asks: what would be drift if we had deployed it."""
    return tuple(
        Drift(
            thing.key,
            fact,
            _text(shown.wanted),
            seen.facts.get(fact, ""),
            hint="the next plan changes it, where it can",
        )
        for fact, shown in sorted(compared(thing, seen).items())
        if shown.wanted != shown.live
    )


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def uncompared(thing: SqlObject, seen: Observed) -> tuple[str, ...]:
    """What the text sets and no fact tells."""
    kind = KINDS[thing.key.kind]
    told = {word for shown in compared(thing, seen).values() for word in shown.clause.split(", ")}
    words = (
        thing.reading.keys()
        - told
        - {"column order", "()"}
        - ({"constraints"} if kind.unseen(thing.reading) else set())
    )
    return (*sorted(_WORDS.get(word, word) for word in words), *kind.unseen(thing.reading))


_WORDS = {BODY: "the body"}


def _differs(fact: str, entry: Entry, seen: Observed, shown: Mapping[str, Shown]) -> bool:
    before, now = entry.facts.get(fact), seen.facts.get(fact)
    if before == now or (fact in _MOVING and fact not in shown):
        return False
    if (before is None or now is None) and not fact.startswith("column "):
        return False  # a column of SHOW that one of the two readers did not know
    return fact not in shown or shown[fact].wanted != shown[fact].live


def _of(
    thing: SqlObject, entry: Entry, seen: Observed, scope: Scope, fact: str, shown: Shown | None
) -> Drift:  # fmt: skip
    before, now = entry.facts.get(fact, ""), seen.facts.get(fact, "")
    clause = shown.clause if shown else ""
    found = Drift(thing.key, fact, before, now, clause=clause)
    if fact.startswith("column ") and not before:
        return replace(found, clause="", hint="not ours to drop: put it into the file, or drop it by hand")
    if fact.startswith("column ") and not now:
        hint = "its values are gone, and a new column would stand last: take it out of the file, or add it by hand"
        return replace(found, clause="", hint=hint)
    if not clause:
        return replace(found, hint="no statement sets it")
    change = undoing(Change("alter", thing.key, thing, entry, seen), [found])
    kind = KINDS[thing.key.kind]
    made = kind.alter(change, kind.within(scope))
    if made.refuse or made.replace:
        return replace(found, hint=made.refuse or made.replace)
    if lost := [h for h in made.hazards if h.tier != "expensive"]:
        return replace(found, hint=f"undoing it would lose something: {lost[0].message}")
    return replace(found, undoable=bool(made.statements), hint="" if made.statements else "no statement brings it back")


def undoing(change: Change, drift: Iterable[Drift]) -> Change:
    """The change that also sets back what drifted: its clauses as the text asks, from what is live."""
    if change.desired is None or change.observed is None:
        return change
    shown = compared(change.desired, change.observed)
    before: dict[str, Value] = dict(change.before or change.desired.reading)
    clauses, reasons = set(change.clauses), list(change.reasons)
    for one in drift:
        words = [w for w in one.clause.split(", ") if w]
        clauses.update(words)
        for word in words:
            before.pop(word, None)
            live = shown[one.fact].live
            if live and len(words) == 1:
                before[word] = live
        reasons.append(f"{described(one)} outside of snowdeploy")
    return replace(change, clauses=tuple(sorted(clauses)), before=before, reasons=tuple(reasons))


def described(drift: Drift) -> str:
    """What differs, as a sentence without its subject."""
    if drift.fact == IDENTITY:
        return "was recreated"
    if drift.fact == EXISTENCE:
        return "is gone" if drift.before else "is there again"
    if drift.fact == COMPILES:
        return f"no longer compiles: {drift.now}"
    if drift.fact == "stale":
        return "is stale"
    if not drift.before and drift.fact.startswith("column "):
        return f"{drift.fact} was added"
    if not drift.now and drift.fact.startswith("column "):
        return f"{drift.fact} is gone"
    before, now = parted(drift.before, drift.now)
    return f"{drift.fact} was {_short(before)}, is {_short(now)}"


def parted(before: str, now: str) -> tuple[str, str]:
    """Two long texts from a little before the place where they part; of two sets of options those that differ."""
    if (options := _options(before, now)) is not None:
        return options
    if max(len(before), len(now)) <= 60:
        return before, now
    at = next((i for i, (x, y) in enumerate(zip(before, now, strict=False)) if x != y), min(len(before), len(now)))
    start = max(0, at - 20)
    lead = "…" if start else ""
    return lead + before[start:], lead + now[start:]


def _options(before: str, now: str) -> tuple[str, str] | None:
    if not (before.startswith("{") and now.startswith("{")):
        return None
    try:
        old, new = json.loads(before), json.loads(now)
    except ValueError:  # a body that begins with a brace
        return None
    differing = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    was, is_ = ([f"{name} = {one[name]}" for name in differing if name in one] for one in (old, new))
    return ", ".join(was), ", ".join(is_)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return (line if len(line) <= 60 else line[:57] + "…") or "empty"
