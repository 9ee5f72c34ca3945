"""New tasks get the state that the files (or the policy) give them: children first, the root last.

Snowflake creates every task suspended, and a child can be resumed only while its root is suspended (reference A.4, A.7).
"""

from snowpipe_deploy.model import Action, ObjectKey
from snowpipe_deploy.planner._draft import Draft, desired_task_links, roots
from snowpipe_deploy.session import aware


def start_tasks(draft: Draft) -> Draft:
    desired, live = draft.project.by_key(), draft.live.objects
    links = desired_task_links(draft.project)
    ids = draft.main_ids()
    wanted: dict[ObjectKey, str] = {}
    notes = []
    for key, thing in desired.items():
        if key.kind not in {"TASK", "ALERT"}:
            continue
        created = ids.get(key, "").startswith("create ") or (
            key not in draft.record.entries and key in draft.record.intended
        )
        state = live[key].state.get("state", "") if key in live else ""
        entry = draft.record.entries.get(key)
        if created:
            if (thing.state or draft.policy.tasks) == "started":
                wanted[key] = "new, and started from the beginning"
        elif state == "started" and ids.get(key, "").startswith("alter ") and _suspends(draft, key):
            wanted[key] = "is linked otherwise, and goes on" if links.get(key) else "stands alone now, and goes on"
        elif (
            key in draft.record.unstarted and state == "suspended" and (thing.state or draft.policy.tasks) == "started"
        ):
            wanted[key] = "made by us and not started yet"
        elif _left_by_us(draft, key):
            wanted[key] = "a deployment of ours suspended it and was cut short"
        elif key in draft.resume and state == "suspended":
            wanted[key] = "asked for by --resume"
        elif state == "suspended" and (thing.state or draft.policy.tasks) == "started" and key in live:
            notes += _left(key, live[key].state, entry.state if entry else "")
    actions = [_resume(draft, key, reason) for key, reason in wanted.items()]
    edges = [(ids[key], f"resume {key}") for key in wanted if key in ids]
    below: dict[ObjectKey, list[ObjectKey]] = {}
    for key in links:
        for root in roots(key, links):
            below.setdefault(root, []).append(key)
    for root in wanted.keys() & below.keys():
        members = [key for key in below[root] if key != root]
        edges += [(f"resume {key}", f"resume {root}") for key in members if key in wanted]
        # a root that starts while members are still to be made could not take them in (091421)
        edges += [(ids[key], f"resume {root}") for key in members if key in ids]
    return draft.adding(*actions, edges=tuple(edges), notes=tuple(notes))


def _suspends(draft: Draft, key: ObjectKey) -> bool:
    """Does altering the task suspend it on the way?"""
    return any(
        a.key == key and a.verb == "alter" and any(sql.endswith(" SUSPEND") for sql in a.sql) for a in draft.actions
    )


def _left_by_us(draft: Draft, key: ObjectKey) -> bool:
    """Was it suspended by a deployment of ours that did not come to resume it? Where the suspension is only known to have
    been intended, its time must fit."""
    if key not in draft.live.objects or draft.live.objects[key].state.get("state") != "suspended":
        return False
    since = draft.record.suspending.get(key)
    when = draft.live.objects[key].state.get("last_suspended_on", "")
    return key in draft.record.suspended or (since is not None and bool(when) and aware(when) >= aware(since))


def _resume(draft: Draft, key: ObjectKey, reason: str) -> Action:
    """A window that an earlier deployment left open closes also where an action of this one fails."""
    sql = f"ALTER {key.kind} {draft.project.scope.full(key.name)} RESUME"
    undoes = f"suspend {key}" if _left_by_us(draft, key) else ""
    return Action(f"resume {key}", "resume", key, (sql,), reasons=(reason,), undoes=undoes)


def _left(key: ObjectKey, state: object, recorded: str) -> list[str]:
    """A suspension that our journal does not explain is somebody's decision, and stays."""
    reason = state.get("last_suspended_reason", "") if isinstance(state, dict) else ""
    since = state.get("last_suspended_on", "") if isinstance(state, dict) else ""
    if recorded == "suspended" and reason != "SUSPENDED_DUE_TO_ERRORS":
        return []
    why = "after repeated failures" if reason == "SUSPENDED_DUE_TO_ERRORS" else "by somebody, not by us"
    return [
        f"{key} is suspended{f' since {since}' if since else ''} {why}, and stays so; `apply --resume {key.name}` lifts it"
    ]
