"""One window per started graph: the root is suspended before anything of it changes and resumed after, come what may.

Snowflake refuses every change of a graph whose root is started (091421, reference A.4); the graph's texts are pinned by a
run, but not the procedures, tables and streams they use (A.7), so an incompatible change of those needs the window too.
"""

from collections.abc import Mapping
from dataclasses import replace

from snowpipe_deploy.model import Action, Hazard, ObjectKey
from snowpipe_deploy.names import ObjectName, literal
from snowpipe_deploy.planner._draft import (
    Draft,
    desired_task_links,
    live_task_links,
    recorded_objects,
    roots,
    used_by,
)  # fmt: skip

Links = Mapping[ObjectKey, tuple[ObjectKey, ...]]


def open_windows(draft: Draft) -> Draft:
    live_links, new_links = live_task_links(draft.live), desired_task_links(draft.project)
    users = _users(draft, live_links)
    # a window that an earlier deployment left open is this one's: it is not opened again, and closes all the same
    left = {a.key: a for a in draft.actions if a.verb == "resume" and a.undoes}
    inside: dict[ObjectKey, list[Action]] = {}
    for action in draft.actions:
        if action.verb == "adopt":
            continue  # nothing is sent
        if (task := _task_of(action)) is not None:
            above = roots(task, live_links) | roots(task, new_links)
        else:
            above = users.get(action.key.name, set()) if _incompatible(action) else set()
        for root in above:
            started = live_links.get(root) == () and draft.live.objects[root].state.get("state") == "started"
            if started or root in left:
                inside.setdefault(root, []).append(action)
    for root, actions in inside.items():
        draft = _open_again(draft, left[root], actions) if root in left else _window(draft, root, actions)
    # a root that has become a child of another goes on before that one does
    edges = [(f"resume {root}", f"resume {above}") for root in inside for above in roots(root, new_links) - {root}]
    return replace(draft, edges=(*draft.edges, *edges))


def _task_of(action: Action) -> ObjectKey | None:
    """The task that an action changes; another owner suspends it and is refused while its graph is started (reference A.6)."""
    owned = (
        action.key.kind == "GRANT" and action.key.name.last == "OWNERSHIP" and action.key.detail.startswith("on task ")
    )
    if owned:
        return ObjectKey("TASK", ObjectName.parse(action.key.detail[len("on task ") : -len(" of")]))
    return action.key if action.key.kind in {"TASK", "ALERT"} else None


def _users(draft: Draft, links: Links) -> dict[ObjectName, set[ObjectKey]]:
    """For each name that changes incompatibly the live roots whose tasks use it."""
    names = {a.key.name for a in draft.actions if a.key.kind not in {"TASK", "ALERT"} and _incompatible(a)}
    found: dict[ObjectName, set[ObjectKey]] = {}
    if names:
        for task, used in used_by(recorded_objects(draft.record, draft.project.scope), links).items():
            for name in used & names:
                found.setdefault(name, set()).update(roots(task, links))
    return found


def _incompatible(action: Action) -> bool:
    """Replaced, dropped, renamed, or with a column dropped, retyped or renamed."""
    if action.verb in {"replace", "drop"}:
        return True
    return action.verb == "alter" and any(
        word in sql
        for sql in action.sql
        for word in (" DROP COLUMN ", " SET DATA TYPE ", " RENAME COLUMN ", " RENAME TO ")
    )


def _open_again(draft: Draft, resume: Action, actions: list[Action]) -> Draft:
    """A run may be under way all the same: it is waited for as ever."""
    others = [a for a in actions if a.id != resume.id]
    waits = _wait(draft, resume.key, others)
    edges = [(w.id, a.id) for w in waits for a in others] + [(a.id, resume.id) for a in (*others, *waits)]
    return draft.adding(*waits, edges=tuple(edges))


def _window(draft: Draft, root: ObjectKey, actions: list[Action]) -> Draft:
    full = draft.project.scope.full(root.name)
    names = shortened(sorted({str(a.key.name) for a in actions}))
    suspend = Action(
        f"suspend {root}", "suspend", root, (f"ALTER {root.kind} {full} SUSPEND",),
        reasons=(f"{'it' if root.kind == 'ALERT' else 'its graph'} changes while it is started: {names}",),
    )  # fmt: skip
    edges = [(suspend.id, action.id) for action in actions]
    waits = _wait(draft, root, actions)
    edges += [(suspend.id, w.id) for w in waits] + [(w.id, a.id) for w in waits for a in actions]
    if any(a.id == f"drop {root}" for a in actions):
        return draft.adding(suspend, *waits, edges=tuple(edges))
    schedule = draft.live.objects[root].facts.get("schedule", "")
    missed = (
        schedule
        if root.kind == "TASK" and schedule.startswith("USING CRON") and draft.policy.missed_run == "run"
        else ""
    )
    reasons = (
        "the graph is complete again",
        *(["a time that fell due meanwhile is run afterwards"] if missed else []),
        *(
            [f"its interval of {schedule.lower()} begins anew"]
            if schedule and not schedule.startswith("USING CRON")
            else []
        ),
    )
    resume = Action(
        f"resume {root}",
        "resume",
        root,
        (f"ALTER {root.kind} {full} RESUME",),
        reasons=reasons,
        undoes=suspend.id,
        schedule=missed,
    )
    kept = tuple(a for a in draft.actions if a.id != resume.id)
    edges += [(action.id, resume.id) for action in (*actions, *waits) if action.id != resume.id]
    return replace(draft, actions=kept).adding(suspend, *waits, resume, edges=tuple(edges))


def shortened(names: list[str]) -> str:
    """The first few names, and how many more there are."""
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def _wait(draft: Draft, root: ObjectKey, actions: list[Action]) -> list[Action]:
    """A running graph pins its tasks' texts, not the tables, streams and procedures they use (reference A.7)."""
    unversioned = [a for a in actions if a.key.kind not in {"TASK", "ALERT"}]
    if not unversioned or root.kind != "TASK" or draft.policy.in_flight == "proceed":
        return []
    names = shortened(sorted({str(a.key.name) for a in unversioned}))
    if draft.policy.in_flight == "wait":
        return [Action(f"wait for runs of {root}", "wait", root, (), reasons=(f"a run under way uses {names}",))]
    # each task of the graph: the function cancels runs of the task that it names, not of those below it
    links = live_task_links(draft.live)
    members = sorted(task for task in links if root in roots(task, links))
    calls = (
        f"SYSTEM$USER_TASK_CANCEL_ONGOING_EXECUTIONS({literal(str(draft.project.scope.full(m.name)))})" for m in members
    )
    sql = f"SELECT {', '.join(calls)}"
    hazard = Hazard("cancels-run", str(root.name), f"{root}: a run under way is cancelled")
    return [Action(f"cancel runs of {root}", "wait", root, (sql,), reasons=(f"it uses {names}",), hazards=(hazard,))]
