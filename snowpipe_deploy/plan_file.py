"""A plan as JSON text and back, and what has moved since a plan was written down."""

import json
from collections.abc import Mapping
from typing import Any

from snowpipe_deploy.errors import RefusedError, UsageError
from snowpipe_deploy.location import Location
from snowpipe_deploy.model import TIERS, Action, Basis, Drift, Finding, Hazard, ObjectKey, Plan, Scope
from snowpipe_deploy.names import ObjectName

VERSION = 1
_LINES = 30  # of what moved
_VERBS = frozenset({"create", "alter", "replace", "drop", "suspend", "wait", "resume", "run", "adopt"})


def written(plan: Plan) -> str:
    """The plan as `plan --output json` and `plan --out` give it; see docs/reference/json.md. `read` gives it back equal."""
    basis = plan.basis
    return json.dumps({
        "version": VERSION, "project": plan.project, "environment": plan.environment,
        "scope": {"database": plan.scope.database, "record_schema": plan.scope.record_schema},
        "basis": basis.id, "actions": [_action(a) for a in plan.actions],
        "findings": [{"severity": f.severity, "message": f.message, "path": f.where.path, "line": f.where.line, "hint": f.hint,
                      "column": f.where.column, "rule": f.rule, "name": f.name, "object": f.object} for f in plan.findings],
        "notes": list(plan.notes), "drift": [drift_dict(d) for d in plan.drift],
        "summary": plan.summary(),
        "always": [_action(a) for a in plan.always], "deployment": plan.deployment, "home": plan.home, "select": list(plan.select),
        "fingerprints": {"objects": dict(basis.objects), "files": dict(basis.files), "record": basis.record},
    }, indent=2, ensure_ascii=False)  # fmt: skip


def drift_dict(d: Drift) -> dict[str, object]:
    """As `drift --output json` gives it."""
    return {"kind": d.key.kind, "name": f"{d.key.name}{d.key.detail}", "fact": d.fact, "before": d.before, "now": d.now,
            "undoable": d.undoable, "hint": d.hint, "detail": d.key.detail, "clause": d.clause}  # fmt: skip


def _action(a: Action) -> dict[str, object]:
    return {
        "id": a.id, "verb": a.verb, "kind": a.key.kind, "name": f"{a.key.name}{a.key.detail}", "sql": list(a.sql),
        "after": list(a.after), "undoes": a.undoes or None, "reasons": list(a.reasons),
        "hazards": [{"type": h.type, "tier": h.tier, "object": h.object, "message": h.message} for h in a.hazards],
        "detail": a.key.detail, "schema": a.schema, "text": a.text, "home": a.home,
        "was": a.was and {"kind": a.was.kind, "name": f"{a.was.name}{a.was.detail}", "detail": a.was.detail},
        "schedule": a.schedule,
    }  # fmt: skip


def read(text: str, path: str) -> Plan:
    """The plan that `written` wrote; `path` is where it came from. Raises UsageError where it is none, or another version's."""
    again = "write it anew: snowdeploy plan --out FILE"
    try:
        found = json.loads(text)
    except ValueError as error:
        raise UsageError(f"not a plan: {error}", hint=again, where=Location(path)) from error
    version = found.get("version") if isinstance(found, dict) else None
    if version != VERSION:
        said = f"a plan of version {version}" if isinstance(version, int) else "not a plan"
        raise UsageError(f"{said}: version {VERSION} is read here", hint=again, where=Location(path))
    try:
        return _plan(found)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        what = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        raise UsageError(f"not a plan as it was written: {what}", hint=again, where=Location(path)) from error


def _plan(found: Mapping[str, Any]) -> Plan:
    prints = found["fingerprints"]
    basis = Basis(_text(found, "home"), _texts(prints["objects"]), _text(prints, "record"), _texts(prints["files"]))
    if basis.id != found["basis"]:
        raise ValueError("its fingerprints are not those that it was made with")
    return Plan(
        _text(found, "project"), _text(found, "environment"),
        Scope(_text(found["scope"], "database"), _text(found["scope"], "record_schema")),
        tuple(_read_action(a) for a in found["actions"]), basis, int(found["summary"]["unchanged"]),
        tuple(_finding(f) for f in found["findings"]), tuple(map(str, found["notes"])),
        tuple(_read_action(a) for a in found["always"]), _text(found, "deployment"), _text(found, "home"),
        tuple(_drift(d) for d in found["drift"]), tuple(map(str, found["select"])),
    )  # fmt: skip


def _texts(found: Mapping[str, Any]) -> dict[str, str]:
    return {str(key): str(value) for key, value in found.items()}


def _text(found: Mapping[str, Any], key: str) -> str:
    value = found[key]
    if not isinstance(value, str):
        raise TypeError(f"{key} is no text")
    return value


def _optional(found: Mapping[str, Any], key: str) -> str | None:
    return None if found[key] is None else _text(found, key)


def _key(found: Mapping[str, Any]) -> ObjectKey:
    name, detail = _text(found, "name"), _text(found, "detail")
    return ObjectKey(_text(found, "kind"), ObjectName.parse(name.removesuffix(detail) if detail else name), detail)


def _read_action(found: Mapping[str, Any]) -> Action:
    verb = found["verb"]
    if verb not in _VERBS:
        raise ValueError(f"{verb!r} is no verb of a plan")
    return Action(
        _text(found, "id"), verb, _key(found), tuple(map(str, found["sql"])), _optional(found, "schema"),
        tuple(map(str, found["after"])), tuple(map(str, found["reasons"])), tuple(_hazard(h) for h in found["hazards"]),
        _optional(found, "undoes") or "", _text(found, "text"), _optional(found, "home"),
        None if found["was"] is None else _key(found["was"]), _text(found, "schedule"),
    )  # fmt: skip


def _hazard(found: Mapping[str, Any]) -> Hazard:
    if found["type"] not in TIERS:
        raise ValueError(f"{found['type']!r} is no hazard")
    return Hazard(found["type"], _text(found, "object"), _text(found, "message"))


def _finding(found: Mapping[str, Any]) -> Finding:
    where = Location(_text(found, "path"), found["line"], found["column"])
    return Finding(
        _text(found, "rule"), _text(found, "name"), found["severity"], _text(found, "message"), where, _text(found, "hint"),
        _text(found, "object"),
    )  # fmt: skip


def _drift(found: Mapping[str, Any]) -> Drift:
    return Drift(
        _key(found), _text(found, "fact"), _text(found, "before"), _text(found, "now"), bool(found["undoable"]),
        _text(found, "hint"), _text(found, "clause"),
    )  # fmt: skip


def refuse_if_moved(saved: Plan, fresh: Plan, path: str) -> None:
    """Raises RefusedError that names what moved since `saved` was made; UsageError where it is a plan of something else."""
    for what, option, before, now in (
        ("project", "", saved.project, fresh.project),
        ("environment", "--env", saved.environment, fresh.environment),
        ("database", "--database", saved.scope.database, fresh.scope.database),
    ):
        if before != now:
            hint = f"{option} {before}" if option else "go to its folder, or pass --project DIR"
            raise UsageError(f"this is a plan of {what} {before}, not of {now}", hint=hint, where=Location(path))
    if found := moved(saved, fresh):
        more = [f"… and {len(found) - _LINES} more"] if len(found) > _LINES else []
        lines = "\n".join(f"  {line}" for line in (*found[:_LINES], *more))
        raise RefusedError(
            f"what {path} was made from has moved; nothing was changed:\n{lines}",
            hint=f"look at what is planned now: snowdeploy plan --env {saved.environment} --out {path}",
        )


def moved(saved: Plan, fresh: Plan) -> tuple[str, ...]:
    """What is not any more as it was when `saved` was made; `fresh` is the plan of this moment. Nothing where they are the same.

    One line a thing: another deployment, objects of the account and files by name. Where neither account nor files moved and
    the plan is another all the same (the environment's policy, another version of snowdeploy), the steps that differ.
    """
    before, now = saved.basis, fresh.basis
    said = []
    if saved.deployment != fresh.deployment:
        said.append(
            f"deployment {fresh.deployment or '(none)'} came after {saved.deployment or 'the plan, the first one'}"
        )
    elif before.record != now.record:
        said.append(f"the record of project {saved.project} is another one")
    if before.home != now.home:
        said.append(f"database {saved.scope.database} is another one than the planned one" if before.home and now.home else
                    f"database {saved.scope.database} was {'dropped' if before.home else 'made'}")  # fmt: skip
    words = {"changed": "changed in the account", "added": "added in the account", "gone": "gone from the account"}
    said += [f"{key} {words[word]}" for key, word in _differing(before.objects, now.objects)]
    words = {"changed": "gives other SQL", "added": "is new", "gone": "is gone"}
    said += [f"file {path} {words[word]}" for path, word in _differing(before.files, now.files)]
    if said:
        return tuple(said)
    return tuple(_steps(saved, fresh))


def _steps(saved: Plan, fresh: Plan) -> list[str]:
    """How two plans of the same account and files differ."""
    before, now = {a.id: a for a in saved.actions}, {a.id: a for a in fresh.actions}
    said = [f"step {id_!r} is not planned any more" for id_ in before if id_ not in now]
    said += [f"step {id_!r} is planned now" for id_ in now if id_ not in before]
    said += [f"step {id_!r} is planned otherwise" for id_, a in now.items() if id_ in before and before[id_] != a]
    if not said and saved.actions != fresh.actions:
        said.append("the order of the steps is another one")
    # warnings are about the role that looked; apply asks for its own
    if _errors(saved) != _errors(fresh):
        said.append("what keeps the plan from being applied is something else")
    return said


def _errors(plan: Plan) -> set[str]:
    return {f.message for f in plan.findings if f.severity == "error"}


def _differing(before: Mapping[str, str], now: Mapping[str, str]) -> list[tuple[str, str]]:
    words = (
        (k, "gone" if k not in now else "added" if k not in before else "changed") for k in sorted({*before, *now})
    )
    return [(key, word) for key, word in words if before.get(key) != now.get(key)]
