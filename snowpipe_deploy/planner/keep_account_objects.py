"""Account-level objects stay when they leave the files, unless their drop is allowed by name; an ownership stays in any case.

Others may use a warehouse or a role that no file of this project names any more; the scope's database holds the record.
"""

from dataclasses import replace

from snowpipe_deploy.kinds import KINDS
from snowpipe_deploy.model import Change
from snowpipe_deploy.planner._draft import Draft


def keep_account_objects(draft: Draft) -> Draft:
    kept, notes = [], []
    going = {str(change.key) for change in draft.changes if change.verb == "drop"}
    for change in draft.changes:
        reason = _stays(change, draft.allowed, teardown=not draft.project.objects) if change.verb == "drop" else ""
        if change.key.name.last == "OWNERSHIP" and change.key.detail[len("on ") : -len(" of")] in going:
            reason = ""  # it goes with what it is on
        if reason:
            notes.append(f"{change.key} stays: {reason}")
        else:
            kept.append(change)
    return replace(draft, changes=tuple(kept), notes=(*draft.notes, *notes))


def _stays(change: Change, allowed: frozenset[str], *, teardown: bool) -> str:
    """Why the object is not dropped, or an empty string."""
    key = change.key
    if key.kind == "DATABASE":
        return "the record of what is deployed lies in it"
    if key.kind == "GRANT":
        if key.name.last == "OWNERSHIP":
            return "an ownership is not revoked; grant it to another role"
        return (
            "it is about the account, which a teardown leaves alone"
            if teardown and KINDS["GRANT"].of_account(key)
            else ""
        )
    if KINDS[key.kind].level != "account":
        return ""
    if f"deletes-object:{key}" not in allowed:
        return f"it belongs to the account; --allow 'deletes-object:{key}' drops it"
    if change.recorded is None or change.observed is None or change.recorded.identity != change.observed.identity:
        return "what is there now is not what this project made"
    return ""
