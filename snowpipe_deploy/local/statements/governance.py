"""Tags, masking policies and row access policies: recorded and shown; what they guard is refused when it is read."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from snowpipe_deploy.local import removal
from snowpipe_deploy.local.catalog import Entry, column_dict
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.runner import Answer, Runner, status
from snowpipe_deploy.local.statements._common import (
    created,
    ended,
    existing,
    full_name,
    new_entry,
    refuse_unknown,
    renamed,
    settings,
)  # fmt: skip
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.clauses._body_of_policy import policy_body
from snowpipe_deploy.sqltext.clauses._policies import policy_name
from snowpipe_deploy.sqltext.head import Cursor, Head
from snowpipe_deploy.sqltext.lexer import normalized

_DONE = "Statement executed successfully."
POLICIES = ("MASKING POLICY", "ROW ACCESS POLICY")


def create_policy(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    body = policy_body(head.body or "")
    found, answer = existing(runner, head, name)
    if answer:
        return answer
    properties = {"signature": normalized(body.signature), "body": body.expression}
    with runner.definition():
        if found is not None and "OR ALTER" in head.modifiers:
            if found.properties["signature"] != properties["signature"]:
                raise sql_error("syntax", "the signature of a policy cannot be changed")
            runner.catalog.change(runner.engine, replace(found, properties=properties, comment=body.comment))
            return created(head, name)
        if found is not None:
            check_unused(runner, found)
            removal.remove(runner, found)
        runner.catalog.add(runner.engine, replace(new_entry(runner, head, name, properties), comment=body.comment))
    return created(head, name)


def create_tag(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    refuse_unknown(head)
    found, answer = existing(runner, head, name)
    if answer:
        return answer
    if "PROPAGATE" in head.clauses:
        raise unsupported("PROPAGATE of a tag")
    properties = {"values": list(head.clauses.get("ALLOWED_VALUES", ()))}
    with runner.definition():
        if found is not None and "OR ALTER" in head.modifiers:
            comment = str(head.clauses.get("COMMENT", ""))
            runner.catalog.change(runner.engine, replace(found, properties=properties, comment=comment))
            return created(head, name)
        if found is not None:
            removal.remove(runner, found)
        runner.catalog.add(runner.engine, new_entry(runner, head, name, properties))
    return created(head, name)


def alter(runner: Runner, head: Head) -> Answer:
    entry = runner.catalog.get(head.kind, full_name(runner, head))
    cursor = Cursor(head.rest)
    with runner.definition():
        if cursor.accept("RENAME", "TO"):
            carrying = list(users(runner, entry)) if entry.kind in POLICIES else []
            _follow(runner, entry, renamed(runner, entry, cursor), carrying)
            return status(_DONE)
        runner.catalog.change(runner.engine, _altered(entry, cursor, head))
    return status(_DONE)


def _altered(entry: Entry, cursor: Cursor, head: Head) -> Entry:
    if cursor.accept("UNSET", "COMMENT"):
        return replace(entry, comment="")
    if head.kind in POLICIES and cursor.accept("SET", "BODY", "->"):
        return entry.with_(body=cursor.rest.strip())
    if head.kind == "TAG" and cursor.accept_any("SET MASKING POLICY", "UNSET MASKING POLICY"):
        raise unsupported("masking policies of a tag")
    if head.kind == "TAG" and (verb := cursor.accept_any("ADD ALLOWED_VALUES", "DROP ALLOWED_VALUES")):
        values = [cursor.take().value]
        while cursor.accept(","):
            values.append(cursor.take().value)
        before = [v for v in entry.properties["values"] if v not in values]
        return entry.with_(values=[*before, *values] if verb.startswith("ADD") else before)
    if head.kind == "TAG" and cursor.accept("UNSET", "ALLOWED_VALUES"):
        return entry.with_(values=[])
    if cursor.accept("SET") and (options := settings(cursor)).keys() == {"COMMENT"}:
        return replace(entry, comment=options["COMMENT"])
    raise unsupported(f"ALTER {head.kind} {head.rest[:40]}")


def _follow(runner: Runner, old: Entry, new: Entry, carrying: Sequence[Entry]) -> None:
    """What carries a policy knows it by its new name."""

    def now(held: str, table: Entry) -> str:
        named = policy_name(held)
        same = named and ObjectName.parse(named).within(*table.name.parts[:2]) == old.name
        return str(new.name) + held.removeprefix(named) if same else held

    for table in carrying:
        columns = [column_dict(replace(c, policy=now(c.policy, table))) for c in table.columns]
        rows = table.properties.get("ROW ACCESS POLICY")
        guard = {"ROW ACCESS POLICY": now(str(rows), table)} if rows else {}
        runner.catalog.change(runner.engine, table.with_(columns=columns, **guard))


def users(runner: Runner, policy: Entry) -> Iterator[Entry]:
    """The tables that carry a policy."""
    for table in runner.catalog.of("TABLE"):
        named = [policy_name(c.policy) for c in table.columns] if policy.kind == "MASKING POLICY" else []
        named += [policy_name(str(table.properties.get("ROW ACCESS POLICY", "")))]
        if any(n and ObjectName.parse(n).within(*table.name.parts[:2]) == policy.name for n in named):
            yield table


def check_unused(runner: Runner, policy: Entry) -> None:
    """A policy that is set somewhere is neither dropped nor replaced (reference F.4)."""
    if any(True for _ in users(runner, policy)):
        raise sql_error("policy_in_use", policy.name.last)


def drop_policy(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    ended(Cursor(head.rest))
    entry = runner.catalog.find(head.kind, name)
    if entry is None and "IF EXISTS" in head.modifiers:
        return status(f"Drop statement executed successfully ({name.last} already dropped).")
    entry = runner.catalog.get(head.kind, name)
    check_unused(runner, entry)
    with runner.definition():
        removal.remove(runner, entry)
    return status(f"{name.last} successfully dropped.")


HANDLERS = {
    ("CREATE", "TAG"): create_tag,
    ("ALTER", "TAG"): alter,
    ("CREATE", "MASKING POLICY"): create_policy,
    ("ALTER", "MASKING POLICY"): alter,
    ("DROP", "MASKING POLICY"): drop_policy,
    ("CREATE", "ROW ACCESS POLICY"): create_policy,
    ("ALTER", "ROW ACCESS POLICY"): alter,
    ("DROP", "ROW ACCESS POLICY"): drop_policy,
}
