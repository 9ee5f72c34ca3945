"""A routine keeps the code that it imported when it was made: a changed import makes it again."""

from dataclasses import replace

from snowpipe_deploy.diff import reading_of
from snowpipe_deploy.model import Change
from snowpipe_deploy.planner._draft import Draft, changed_uploads, imports


def follow_imports(draft: Draft) -> Draft:
    changing = {change.key for change in draft.changes}
    uploads = {upload.key: upload for upload in changed_uploads(draft)}
    made = []
    for thing in draft.project.objects:
        new = sorted(imports(thing) & uploads.keys())
        entry = draft.record.entries.get(thing.key)
        if new and entry is not None and thing.key not in changing and thing.key in draft.live.objects:
            reason = f"imports {new[0].name}{new[0].detail}, whose content changed"
            before = reading_of(entry, draft.project.scope)
            made.append(
                Change("alter", thing.key, thing, entry, draft.live.objects[thing.key], (reason,), ("IMPORTS",), before)
            )
    return replace(draft, changes=(*draft.changes, *made))
