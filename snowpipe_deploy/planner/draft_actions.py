"""One action a change, with its SQL and hazards, after those that its text needs."""

from dataclasses import replace

from snowpipe_deploy.analysis.uses import uses
from snowpipe_deploy.diff import MOVED
from snowpipe_deploy.graph import needs
from snowpipe_deploy.kind import Alteration, full_name, statement
from snowpipe_deploy.kinds import KINDS
from snowpipe_deploy.model import Action, Change, Finding, Hazard, ObjectKey, Scope, SqlObject, Verb
from snowpipe_deploy.planner._draft import Draft
from snowpipe_deploy.sqltext.lexer import code

_LOSSES = {
    "deletes-data": "its rows are gone",
    "deletes-object": "it is gone",
    "loses-offset": "what it has not handed on yet is never delivered",
    "loses-load-history": "it forgets which files it loaded: a REFRESH would load them again",
    "loses-grants": "grants on it are gone",
    "resets-sequence": "it starts again",
    "breaks-trust": "the new one has another external id or principal, which the other side and stages that name it do not know",
}


def draft_actions(draft: Draft) -> Draft:
    actions: list[Action] = []
    findings: list[Finding] = []
    for change in draft.changes:
        made = _action(change, draft.project.scope)
        if isinstance(made, Finding):
            findings.append(made)
        else:
            actions.append(made)
    draft = replace(draft, actions=tuple(actions), findings=(*draft.findings, *findings))
    ids = draft.main_ids()
    before = needs(draft.project.objects)
    edges = [
        (ids[other], ids[key])
        for key, others in before.items()
        if key in ids
        for other in sorted(others)
        if other in ids
    ]
    return replace(draft, edges=(*draft.edges, *edges))


def _action(change: Change, scope: Scope) -> Action | Finding:
    kind = KINDS[change.key.kind]
    scope = kind.within(scope)
    thing = change.desired
    text, home = (thing.statement.text, thing.statement.schema) if thing else ("", None)
    schema = (home or change.key.name.parts[0]) if thing and _leans_on_schema(thing) else None

    def action(verb: Verb, sql: tuple[str, ...], hazards: tuple[Hazard, ...] = ()) -> Action:
        return Action(
            f"{verb} {change.key}",
            verb,
            change.key,
            sql,
            schema,
            (),
            change.reasons,
            hazards,
            text=text,
            home=home,
            was=change.was,
        )

    match change.verb:
        case "create":
            again = tuple(_hazard(h, change) for h in kind.again_hazards) if change.recorded else ()
            return action("create", kind.creates(change, scope), (*again, *(kind.widens(thing) if thing else ())))
        case "adopt":
            taken = action("adopt", ())
            # what somebody else made, a clone too, is told apart in the journal from what we made: its tasks are not ours to start
            ours = change.recorded is not None and MOVED not in change.reasons
            return taken if ours else replace(taken, id=f"take over {change.key}")
        case "drop":
            if change.observed is None:
                return action("drop", ())
            return action("drop", kind.drops(change, scope), (_hazard(kind.drop_hazard, change),))
        case "replace":
            return action(
                "replace",
                (statement(change, scope, "OR REPLACE"),),
                tuple(_hazard(h, change) for h in kind.replace_hazards),
            )
    rename = () if change.was is None or change.renamed else (_rename(change.was, change, scope),)
    if not change.clauses:
        return action("alter", rename)
    made = kind.alter(change, scope)
    if made.refuse or (made.replace and not kind.replaceable):
        return _refusal(change, made)
    if made.replace:
        replaced = action(
            "replace",
            (*rename, statement(change, scope, "OR REPLACE")),
            tuple(_hazard(h, change) for h in kind.replace_hazards),
        )
        return replace(replaced, reasons=(*change.reasons, made.replace))
    return action("alter", (*rename, *made.statements), made.hazards)


def _rename(old: ObjectKey, change: Change, scope: Scope) -> str:
    return f"ALTER {old.kind} {scope.full(old.name)}{old.detail} RENAME TO {full_name(change, scope)}"


def _leans_on_schema(thing: SqlObject) -> bool:
    """CREATE TABLE … AS SELECT, sequences of defaults, and the COPY of a pipe are read in the session's schema when they are made."""
    if thing.key.kind == "TABLE" and any(token.upper == "NEXTVAL" for token in code(thing.head.arguments or "")):
        return True
    if not thing.head.body or thing.key.kind not in {"TABLE", "PIPE"}:
        return False
    return thing.key.kind == "TABLE" or any(len(use.name.parts) < 3 for use in uses(thing.head.body))


def _hazard(name: str, change: Change) -> Hazard:
    lost = {"SCHEMA": "all that is in it is gone", "STAGE": "its files are gone"}.get(
        change.key.kind, _LOSSES.get(name, name)
    )
    return Hazard(
        name, str(change.key.name), f"{change.key}: {lost if name == 'deletes-data' else _LOSSES.get(name, name)}"
    )


def _refusal(change: Change, made: Alteration) -> Finding:
    if change.desired is None:
        raise ValueError(f"{change.key}: nothing is desired")
    message = f"{change.key}: {made.refuse or made.replace}"
    hint = "undo the edit, or change the object by hand and then deploy"
    return Finding("SD021", "cannot-change", "error", message, change.desired.statement.where, hint, str(change.key))
