"""CREATE and ALTER of storage and notification integrations: properties are kept, nothing outside is spoken to."""

from dataclasses import replace

from snowpipe_deploy.local import removal
from snowpipe_deploy.local.access import integration
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.runner import Answer, Runner, status
from snowpipe_deploy.local.statements._common import (
    existing,
    full_name,
    new_entry,
    refuse_unknown,
    settings,
    words,
)  # fmt: skip
from snowpipe_deploy.sqltext.head import Cursor, Head

_KINDS = ("STORAGE INTEGRATION", "NOTIFICATION INTEGRATION")
_NEEDED = {"STORAGE": ("TYPE", "ENABLED", "STORAGE_ALLOWED_LOCATIONS"), "NOTIFICATION": ("TYPE", "ENABLED")}


def create_integration(runner: Runner, head: Head) -> Answer:
    head = replace(head, kind=integration(head.kind)) if head.kind in _KINDS else head
    name = full_name(runner, head)
    refuse_unknown(head)
    if "OR ALTER" in head.modifiers:
        raise unsupported("CREATE OR ALTER of an integration")
    category = head.text.upper().split("INTEGRATION", 1)[0].split()[-1]
    found, answer = existing(runner, head, name)
    if answer:
        return answer
    if missing := [word for word in _NEEDED[category] if word not in head.clauses]:
        raise sql_error("options", ", ".join(missing))
    properties = {k: v for k, v in head.clauses.items() if k != "COMMENT"}
    with runner.definition():
        if found is not None:
            removal.remove(runner, found)
        runner.catalog.add(runner.engine, new_entry(runner, head, name, {**properties, "category": category}))
    return status(f"Integration {name.last} successfully created.")


def alter_integration(runner: Runner, head: Head) -> Answer:
    head = replace(head, kind=integration(head.kind))
    entry = runner.catalog.get("INTEGRATION", full_name(runner, head))
    cursor = Cursor(head.rest)
    if cursor.accept("SET"):
        options = settings(cursor)
        comment = options.pop("COMMENT", entry.comment)
        changed = replace(entry.with_(**options), comment=comment)
    elif cursor.accept("UNSET"):
        gone = words(cursor)
        changed = replace(entry.with_(**dict.fromkeys(gone)), comment="" if "COMMENT" in gone else entry.comment)
    else:
        raise unsupported(f"ALTER INTEGRATION {head.rest[:40]}")
    with runner.definition():
        runner.catalog.change(runner.engine, changed)
    return status("Statement executed successfully.")


HANDLERS = {
    **{("CREATE", kind): create_integration for kind in _KINDS},
    **{("ALTER", kind): alter_integration for kind in (*_KINDS, "INTEGRATION")},
}
