"""A graph that is new as a whole starts with one statement, SYSTEM$TASK_DEPENDENTS_ENABLE, however many tasks it has (reference A.7).

Its finalizer is still resumed before the root: nothing says that the statement takes it along.
"""

from dataclasses import replace

from snowpipe_deploy.model import Action, ObjectKey
from snowpipe_deploy.names import literal
from snowpipe_deploy.planner._draft import Draft, desired_task_links, roots


def start_graphs(draft: Draft) -> Draft:
    resumes = {a.key: a for a in draft.actions if a.verb == "resume" and a.key.kind == "TASK"}
    along = _along(draft, resumes)
    changed: dict[str, Action] = {}
    turned: dict[tuple[str, str], tuple[str, str]] = {}
    for member, root in along.items():
        first, then = resumes[root], resumes[member]
        changed[first.id] = replace(first, sql=(_enable(draft, root),))
        changed[then.id] = replace(then, sql=(), reasons=(f"new, and started along with {root}",))
        turned[(then.id, first.id)] = (first.id, then.id)
    actions = tuple(changed.get(a.id, a) for a in draft.actions)
    return replace(draft, actions=actions, edges=tuple(turned.get(edge, edge) for edge in draft.edges))


def _along(draft: Draft, resumes: dict[ObjectKey, Action]) -> dict[ObjectKey, ObjectKey]:
    """The root that each member of a wholly new graph starts along with."""
    ids, things, links = draft.main_ids(), draft.project.by_key(), desired_task_links(draft.project)
    graphs: dict[ObjectKey, list[ObjectKey]] = {}
    for key in links:
        for root in roots(key, links) - {key}:
            if "FINALIZE" not in things[key].head.clauses:
                graphs.setdefault(root, []).append(key)
    return {
        member: root
        for root, members in graphs.items()
        if all(key in resumes and ids.get(key, "").startswith("create ") for key in (root, *members))
        for member in members
    }


def _enable(draft: Draft, root: ObjectKey) -> str:
    return f"SELECT SYSTEM$TASK_DEPENDENTS_ENABLE({literal(str(draft.project.scope.full(root.name)))})"
