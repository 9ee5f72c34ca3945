"""Drops go the other way round: first what needs, then what is needed; and after those that stop using it.

Snowflake never blocks a DROP by what depends on it (reference F.4), so an order that is wrong fails later and elsewhere.
"""

from dataclasses import replace

from snowpipe_deploy.graph import needs
from snowpipe_deploy.names import ObjectName
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
    edges += _finalizers(draft)
    return replace(draft, edges=(*draft.edges, *edges))


def _finalizers(draft: Draft) -> list[tuple[str, str]]:
    """A root has one finalizer (reference A.5): the old one makes room before the new one comes."""
    ids, desired = draft.main_ids(), draft.project.by_key()
    wanted = {
        str(t.reading["FINALIZE"]): t.key for t in desired.values() if t.key.kind == "TASK" and "FINALIZE" in t.reading
    }
    edges = []
    for key in ids.keys() & draft.live.objects.keys():
        if root := draft.live.objects[key].facts.get("finalizes", ""):
            new = wanted.get(str(ObjectName((key.name.parts[0], root))))
            if new is not None and new != key and new in ids:
                edges.append((ids[key], ids[new]))
    return edges
