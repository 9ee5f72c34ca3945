"""Files whose content changed are put on their stages, before what imports them; what left the folder leaves the stage."""

from dataclasses import replace

from snowpipe_deploy.model import Action, Hazard, ObjectKey, Upload
from snowpipe_deploy.names import literal
from snowpipe_deploy.planner._draft import Draft, changed_uploads, imports


def upload_files(draft: Draft) -> Draft:
    if draft.project.uploads is None:  # a project without a folder says nothing of files
        return draft
    ids = draft.main_ids()
    actions, edges = [], []
    for upload in changed_uploads(draft):
        stage = ObjectKey("STAGE", upload.key.name)
        action = _put(draft, upload)
        actions.append(action)
        edges += [(ids[stage], action.id)] if stage in ids else []
        edges += [
            (action.id, ids[thing.key])
            for thing in draft.project.objects
            if thing.key in ids and upload.key in imports(thing)
        ]
        # whatever else runs later may read the stage
        edges += [(action.id, other.id) for other in draft.actions if other.verb == "resume"]
    kept = {upload.key for upload in draft.project.uploads}
    gone = [
        key for key in draft.record.files if key not in kept and ObjectKey("STAGE", key.name) in draft.project.by_key()
    ]
    actions += [_remove(draft, key) for key in gone if ObjectKey("STAGE", key.name) in draft.live.objects]
    return replace(draft, actions=(*draft.actions, *actions), edges=(*draft.edges, *edges))


def _put(draft: Draft, upload: Upload) -> Action:
    folder = upload.key.detail.rpartition("/")[0]
    target = f"@{draft.project.scope.full(upload.key.name)}{folder}"
    sql = f"PUT {literal(f'file://{upload.source}')} {_quoted(target)} AUTO_COMPRESS = FALSE OVERWRITE = TRUE"
    reason = "its content changed" if upload.key in draft.record.files else "not there yet"
    return Action(
        f"upload {upload.key}", "run", upload.key, (sql,), reasons=(f"{upload.where}: {reason}",), text=upload.digest
    )


def _remove(draft: Draft, key: ObjectKey) -> Action:
    target = f"@{draft.project.scope.full(key.name)}{key.detail}"
    hazard = Hazard("deletes-object", f"{key.name}{key.detail}", f"{key}: it is gone")
    return Action(
        f"drop {key}",
        "drop",
        key,
        (f"REMOVE {_quoted(target)}",),
        reasons=("no longer in the files",),
        hazards=(hazard,),
    )


def _quoted(target: str) -> str:
    """A location with blanks stands in quotes."""
    return literal(target) if any(c.isspace() for c in target) else target
