"""Tasks that a TASK GRAPH object holds together are left to its rules.

Edits of its members are staged until COMMIT, no root is suspended for them, and a committed member can be neither dropped nor
replaced (reference A.16, preview): the recipe for other graphs (suspend, change, resume) would be wrong here.
"""

from dataclasses import replace

from snowpipe_deploy.location import Location
from snowpipe_deploy.model import Action, Finding, ObjectKey
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.planner._draft import Draft, desired_task_links, live_task_links, roots


def leave_task_graphs(draft: Draft) -> Draft:
    members = _members(draft)
    if not members:
        return draft
    findings: dict[ObjectKey, Finding] = {}
    links = desired_task_links(draft.project)
    for action in draft.actions:
        touched = {action.key, *(links.get(action.key, ()) if action.verb != "adopt" else ())}
        for key in sorted(touched & members.keys()):
            if action.verb != "adopt" and key not in findings:
                findings[key] = _refusal(draft, action, key, members[key])
    return replace(draft, findings=(*draft.findings, *findings.values()))


def _members(draft: Draft) -> dict[ObjectKey, ObjectName]:
    """The tasks that a TASK GRAPH names, and all that hang on those; of one that does not tell, all tasks of its schema."""
    links = live_task_links(draft.live)
    tasks = [key for key in links if key.kind == "TASK"]
    found = {}
    for graph, named in draft.live.task_graphs.items():
        for key in tasks:
            above = {task.name for task in (key, *roots(key, links))}
            if above & named or (not named and key.name.parent == graph.parent):
                found[key] = graph
    return found


def _refusal(draft: Draft, action: Action, key: ObjectKey, graph: ObjectName) -> Finding:
    thing = draft.project.by_key().get(action.key)
    where = thing.statement.where if thing else Location("(recorded)")
    told = "" if draft.live.task_graphs[graph] else ", or may be: SHOW does not tell its tasks"
    message = (
        f"{action.id}: {key} is a member of task graph {graph}{told}; what changes it is staged there until COMMIT"
    )
    hint = f"change it by hand, ALTER TASK GRAPH {graph} COMMIT, then snowdeploy adopt '{key}'"
    return Finding("SD021", "cannot-change", "error", message, where, hint, str(key))
