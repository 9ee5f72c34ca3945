"""What our record tells: which deployment is live, which never ended, what was changed by hand since."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from snowpipe_deploy.kinds import KINDS
from snowpipe_deploy.model import ObjectKey
from snowpipe_deploy.names import ObjectName, quote
from snowpipe_deploy.session import moment
from snowpipe_deploy.status.cause import Step
from snowpipe_deploy.status.words import short

Row = Mapping[str, object]
_MOVING = frozenset({"stale"})  # changes with nobody's doing


@dataclass(frozen=True, slots=True)
class Deployment:
    id: str
    status: str
    who: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Deployed:
    """The record, as one query gives it. `holder` is the deployment that holds the lease now."""

    deployments: tuple[Deployment, ...] = ()  # newest first
    steps: Mapping[ObjectName, Step] = field(default_factory=dict)
    cancels: Mapping[ObjectName, tuple[Step, ...]] = field(default_factory=dict)
    facts: Mapping[ObjectKey, Mapping[str, str]] = field(default_factory=dict)
    objects: frozenset[ObjectKey] = frozenset()
    holder: str = ""

    @property
    def live(self) -> str:
        """The newest deployment, whether it ended well or not: what it did is what stands."""
        return self.deployments[0].id if self.deployments else ""


def deployed(rows: Iterable[Row], now: datetime) -> Deployed:
    """Reads the rows of `queries/deployments.sql`."""
    by_what: dict[str, list[Row]] = {}
    for row in rows:
        by_what.setdefault(str(row["WHAT"]), []).append(row)
    deployments = sorted(
        (
            Deployment(str(r["DEPLOYMENT"]), str(r["STATUS"]), str(r["WHO"] or ""), moment(r["SINCE"]))
            for r in by_what.get("deployment", ())
        ),
        key=lambda d: (d.since is not None, d.since, d.id),
        reverse=True,
    )
    holders = [r for r in by_what.get("lease", ()) if (until := moment(r["UNTIL"])) is not None and until > now]
    holder = str(holders[0]["DEPLOYMENT"]) if holders else ""
    known = {d.id: d for d in deployments}
    cancels: dict[ObjectName, tuple[Step, ...]] = {}
    for row in by_what.get("cancel", ()):
        name = ObjectName.parse(str(row["NAME"]))
        cancels[name] = (*cancels.get(name, ()), _step(row, known, holder))
    steps = {ObjectName.parse(str(row["NAME"])): _step(row, known, holder) for row in by_what.get("step", ())}
    for row in by_what.get("intent", ()):
        name, intent = ObjectName.parse(str(row["NAME"])), replace(_step(row, known, holder), verb="suspending")
        done = steps.get(name)
        if done is None or done.at is None or (intent.at is not None and intent.at > done.at):
            steps[name] = intent
    objects = {ObjectKey(str(r["KIND"]), ObjectName.parse(str(r["NAME"]))): r for r in by_what.get("object", ())}
    return Deployed(
        tuple(deployments),
        steps,
        cancels,
        {key: json.loads(str(row["DETAIL"])) for key, row in objects.items() if row["DETAIL"]},
        frozenset(objects),
        holder,
    )


def tables(rows: Iterable[Row]) -> frozenset[ObjectName]:
    """The tables that were deployed, by the same rows."""
    return frozenset(
        ObjectName.parse(str(row["NAME"])) for row in rows if row["WHAT"] == "object" and row["KIND"] == "TABLE"
    )


def _step(row: Row, known: Mapping[str, Deployment], holder: str) -> Step:
    name = str(row["DEPLOYMENT"])
    found = known.get(name)
    return Step(
        str(row["ACTION"]).partition(" ")[0], moment(row["SINCE"]), name, found.who if found else "somebody",
        found.status if found else "not recorded", name == holder,
    )  # fmt: skip


def half_finished(record: Deployed) -> list[Deployment]:
    """Deployments that began, never ended, and hold no lease any more."""
    return [d for d in record.deployments if d.status == "running" and d.id != record.holder]


def drift(record: Deployed, shown: Mapping[str, Iterable[Row]], database: str) -> dict[ObjectKey, list[str]]:
    """What differs from what we saw right after deploying, of the kinds that were read anyway: a full look is `snowdeploy drift`."""
    found: dict[ObjectKey, list[str]] = {}
    if half_finished(record) or record.holder:
        return found  # what we did ourselves may not be recorded yet
    for kind, rows in shown.items():
        live = {KINDS[kind].key(row): KINDS[kind].facts(row) for row in rows}
        for key, before in record.facts.items():
            if key.kind != kind or not before:
                continue
            now = live.get(key)
            words = ["is gone: it was dropped by hand"] if now is None else _differences(before, now, database)
            if words:
                found[key] = words
    return found


def _differences(before: Mapping[str, str], now: Mapping[str, str], database: str) -> list[str]:
    words = []
    for fact in sorted(before.keys() & now.keys() - _MOVING):
        seen = now[fact].removeprefix(f"{quote(database)}.")  # facts do not name the database
        if before[fact] != seen:
            words.append(f"{fact} was {short(before[fact], 60) or 'empty'}, is {short(seen, 60) or 'empty'}")
    return words
