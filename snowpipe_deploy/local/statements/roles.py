"""CREATE and ALTER of roles and database roles."""

from dataclasses import replace

from snowpipe_deploy.local import removal
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.privileges import SYSTEM_ROLES
from snowpipe_deploy.local.runner import Answer, Runner, status
from snowpipe_deploy.local.statements._common import (
    existing,
    full_name,
    new_entry,
    refuse_unknown,
    settings,
)  # fmt: skip
from snowpipe_deploy.sqltext.head import Cursor, Head


def create_role(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    refuse_unknown(head)
    if head.kind == "ROLE" and name.last in SYSTEM_ROLES:
        raise sql_error("exists", name)
    found, answer = existing(runner, head, name)
    if answer:
        return answer
    comment = str(head.clauses.get("COMMENT", ""))
    with runner.definition():
        if found is not None and "OR ALTER" in head.modifiers:
            runner.catalog.change(runner.engine, replace(found, comment=comment, text=head.text))
        else:
            if found is not None:
                removal.remove(runner, found)
            runner.catalog.add(runner.engine, new_entry(runner, head, name, {}))
    return status(f"{head.kind.capitalize()} {name.last} successfully created.")


def alter_role(runner: Runner, head: Head) -> Answer:
    entry = runner.catalog.get(head.kind, full_name(runner, head))
    cursor = Cursor(head.rest)
    if cursor.accept("SET"):
        options = settings(cursor)
        if options.keys() != {"COMMENT"}:
            raise unsupported(f"ALTER {head.kind} {head.rest[:40]}")
        comment = options["COMMENT"]
    elif cursor.accept("UNSET", "COMMENT"):
        comment = ""
    else:
        raise unsupported(f"ALTER {head.kind} {head.rest[:40]}")
    with runner.definition():
        runner.catalog.change(runner.engine, replace(entry, comment=comment))
    return status("Statement executed successfully.")


HANDLERS = {
    (verb, kind): handler
    for verb, handler in (("CREATE", create_role), ("ALTER", alter_role))
    for kind in ("ROLE", "DATABASE ROLE")
}
