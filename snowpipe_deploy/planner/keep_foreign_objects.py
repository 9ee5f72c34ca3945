"""A schema is dropped only when nothing else lies in it: DROP SCHEMA takes everything inside along (reference F.4)."""

from dataclasses import replace

from snowpipe_deploy.planner._draft import Draft


def keep_foreign_objects(draft: Draft) -> Draft:
    dropped = {c.key for c in draft.changes if c.verb == "drop"}
    kept, notes = [], []
    for change in draft.changes:
        inside = [
            key for key in draft.live.objects
            if len(key.name.parts) > 1 and key.name.parent == change.key.name and key not in dropped
        ]  # fmt: skip
        if change.verb == "drop" and change.key.kind == "SCHEMA" and inside:
            names = ", ".join(str(key) for key in sorted(inside)[:3])
            notes.append(
                f"{change.key} stays: it holds {names}{' …' if len(inside) > 3 else ''}, not dropped by this plan"
            )
        else:
            kept.append(change)
    return replace(draft, changes=tuple(kept), notes=(*draft.notes, *notes))
