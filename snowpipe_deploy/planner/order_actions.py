"""One sort: every edge respected, ties from the ground up, so that the same project always gives the same plan."""

from dataclasses import replace

from snowpipe_deploy.errors import DeployError
from snowpipe_deploy.graph import circle, ordered, rank
from snowpipe_deploy.model import Action
from snowpipe_deploy.planner._draft import Draft

_VERBS = {"suspend": 0, "wait": 0, "create": 1, "adopt": 1, "replace": 1, "alter": 1, "drop": 2, "resume": 3, "run": 4}


def order_actions(draft: Draft) -> Draft:
    by_id = {action.id: action for action in draft.actions}
    before: dict[str, set[str]] = {id_: set() for id_ in by_id}
    for earlier, later in draft.edges:
        if earlier in by_id and later in by_id and earlier != later:
            before[later].add(earlier)

    def key(id_: str) -> tuple[object, ...]:
        action = by_id[id_]
        drops = action.verb == "drop"
        place, name = rank(action.key)
        return (_VERBS[action.verb], -place if drops else place, name)

    order = ordered(before, key=key)
    if len(order) != len(by_id):
        raise DeployError(
            f"the plan has no order: {' -> '.join(circle(before))}", hint="this is a bug: please report it"
        )
    return replace(draft, actions=tuple(_with_edges(by_id[id_], before[id_]) for id_ in order))


def _with_edges(action: Action, before: set[str]) -> Action:
    return replace(action, after=tuple(sorted(before)))
