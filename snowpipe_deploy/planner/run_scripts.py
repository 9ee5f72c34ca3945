"""Scripts run when their text changed, after everything they name."""

import hashlib
from itertools import pairwise

from snowpipe_deploy.model import Action, Hazard, ObjectKey, Script
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.planner._draft import Draft
from snowpipe_deploy.sqltext.lexer import code, normalized

_DESTRUCTIVE = frozenset({"DELETE", "TRUNCATE", "DROP"})


def script_id(script: Script) -> str:
    """The identity of a script is its text: a file may be renamed."""
    return hashlib.sha256(normalized(script.statement.text).encode()).hexdigest()[:16]


def run_scripts(draft: Draft) -> Draft:
    actions, edges = [], []
    streams = {t.key.name for t in draft.project.objects if t.key.kind == "STREAM"}
    before = tuple(a.id for a in draft.actions)
    for script in draft.project.scripts:
        name = script_id(script)
        if script.name != "always" and name in draft.record.scripts:
            continue
        key = ObjectKey("SCRIPT", ObjectName((name.upper(),)))
        hazards = []
        if code(script.statement.text)[0].upper in _DESTRUCTIVE:
            hazards.append(Hazard("deletes-data", f"script:{name}", f"{script.statement.where} deletes rows"))
        if read := sorted(r.name for r in script.references if r.name in streams):
            hazards.append(
                Hazard("loses-offset", f"script:{name}", f"{script.statement.where} consumes stream {read[0]}")
            )
        if name in draft.record.unsettled:
            hazards.append(
                Hazard(
                    "reruns-script",
                    f"script:{name}",
                    f"{script.statement.where} was begun by a deployment that was cut short",
                )
            )
        elif draft.live.exists and not draft.record.exists:
            hazards.append(
                Hazard("reruns-script", f"script:{name}", f"{script.statement.where} may have run here before")
            )
        reason = "run at every deployment" if script.name == "always" else "its text has not run here yet"
        action = Action(
            f"run script {name}", "run", key, (script.statement.text,), script.statement.schema, (),
            (f"{script.statement.where}: {reason}",), tuple(hazards), text=script.statement.text,
        )  # fmt: skip
        edges += [(other, action.id) for other in before]
        actions.append(action)
    edges += [(a.id, b.id) for a, b in pairwise(actions)]
    return draft.adding(*actions, edges=tuple(edges))
