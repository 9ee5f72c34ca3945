"""Drops go the other way round: first what needs, then what is needed; and after those that stop using it.

Snowflake never blocks a DROP by what depends on it (reference F.4), so an order that is wrong fails later and elsewhere.
"""

from dataclasses import replace

from snowpipe_deploy.graph import needs
from snowpipe_deploy.planner._draft import Draft, recorded_objects


def order_drops(draft: Draft) -> Draft:
    drops = {a.key: a.id for a in draft.actions if a.verb == "drop"}
    others = {a.key: a.id for a in draft.actions if a.verb in {"create", "alter", "replace"}}
    new_names = {key.space for key in others}
    edges = []
    for key, before in needs(tuple(recorded_objects(draft.record, draft.project.scope).values())).items():
        for needed in before & drops.keys():
            if key in drops:
                edges.append((drops[key], drops[needed]))
            elif key in others and needed.space not in new_names:
                edges.append((others[key], drops[needed]))
    # a name that changes its kind: the old object makes room first
    for key, id_ in others.items():
        edges += [(drops[gone], id_) for gone in drops if gone.space == key.space]
    return replace(draft, edges=(*draft.edges, *edges))
