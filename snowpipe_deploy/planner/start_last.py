"""A task starts only when all that it uses is as the files say: the names in its body are looked up when it runs.

Snowflake checks none of them at CREATE or RESUME (reference A.4), so a run that begins too early fails, or works with the
old table.
"""

from dataclasses import replace

from snowpipe_deploy.model import ObjectKey
from snowpipe_deploy.planner._draft import Draft, desired_task_links, roots, used_by


def start_last(draft: Draft) -> Draft:
    makers: dict[object, list[str]] = {}
    for action in draft.actions:
        if action.verb in {"create", "alter", "replace", "adopt"}:
            makers.setdefault(action.key.name, []).append(action.id)
    links = desired_task_links(draft.project)
    resumed = {a.key for a in draft.actions if a.verb == "resume"}
    edges = []
    for task, names in used_by(draft.project.by_key(), links).items():
        waiting: set[ObjectKey] = ({task} | roots(task, links)) & resumed
        edges += [(id_, f"resume {key}") for key in waiting for name in names for id_ in makers.get(name, ())]
    return replace(draft, edges=(*draft.edges, *edges))
