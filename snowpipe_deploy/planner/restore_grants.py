"""What a replaced object loses is granted again, and grants come in their place: after what they are on, before what starts.

CREATE OR REPLACE gives a new object that nobody but its owner and those of FUTURE grants may use (reference F.2). A future grant
holds only for what is made after it (F.8), and a new owner suspends a task (A.6).
"""

from dataclasses import replace

from snowpipe_deploy.kinds.grant import sql_of
from snowpipe_deploy.model import Action, Finding, ObjectKey, SqlObject
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.planner._draft import Draft, desired_task_links, recorded_objects, roots, used_by

_MADE = frozenset({"create", "replace"})


def restore_grants(draft: Draft) -> Draft:
    draft = replace(draft, actions=_without_loss(draft))
    grants = {key: thing for key, thing in draft.project.by_key().items() if key.kind == "GRANT"}
    if not grants:
        return draft
    draft = replace(draft, findings=(*draft.findings, *_no_new_owner(draft, grants)))
    restored = _restored(draft, grants)
    ids = {action.id for action in restored}
    kept = tuple(action for action in draft.actions if action.id not in ids)
    draft = replace(draft, actions=(*kept, *restored))
    return replace(draft, edges=(*draft.edges, *_places(draft, grants)))


def _without_loss(draft: Draft) -> tuple[Action, ...]:
    """A grant whose object goes as well is no loss of its own, and so is not asked about."""
    going = {(a.key.kind, a.key.name) for a in draft.actions if a.verb == "drop"}
    if not any(kind == "GRANT" for kind, _ in going):
        return draft.actions
    recorded = recorded_objects(draft.record, draft.project.scope)

    def goes_along(action: Action) -> bool:
        thing = recorded.get(action.key)
        return action.verb == "drop" and thing is not None and bool(going.intersection(_on(thing)))

    return tuple(
        replace(a, hazards=()) if a.key.kind == "GRANT" and goes_along(a) else a for a in draft.actions
    )  # fmt: skip


def _on(thing: SqlObject) -> list[tuple[str, ObjectName]]:
    """What a grant is on: the kind and name, the role aside."""
    return [(ref.kind, ref.name) for ref in thing.references[1:]]


def _restored(draft: Draft, grants: dict[ObjectKey, SqlObject]) -> list[Action]:
    """The grants on what is replaced, whole."""
    replaced = {(a.key.kind, a.key.name): a for a in draft.actions if _is_replaced(a)}
    ids = draft.main_ids()
    found = []
    for key, thing in grants.items():
        lost = [replaced[place] for place in _on(thing) if place in replaced]
        if key.name.last != "OWNERSHIP":  # COPY GRANTS keeps all but the owner
            lost = [action for action in lost if not any(" COPY GRANTS" in sql for sql in action.sql)]
        if lost and not ids.get(key, "").startswith("create "):
            what = "its owner" if key.name.last == "OWNERSHIP" else "its grants"
            found.append(_again(draft, thing, f"{lost[0].key} is replaced, which loses {what}"))
    return found


def _is_replaced(action: Action) -> bool:
    return action.key.kind != "GRANT" and any(sql.startswith("CREATE OR REPLACE ") for sql in action.sql)


def _again(draft: Draft, thing: SqlObject, reason: str) -> Action:
    """A GRANT of what is granted already succeeds, so all of it is said again."""
    sql = sql_of(thing.statement.text, draft.project.scope)
    before = next((a for a in draft.actions if a.id == f"alter {thing.key}"), None)
    reasons = (*(before.reasons if before else ()), reason)
    revoked = tuple(s for s in before.sql if s.startswith("REVOKE")) if before else ()
    return Action(
        f"alter {thing.key}", "alter", thing.key, (*revoked, *sql), reasons=reasons,
        hazards=before.hazards if before else (), text=thing.statement.text, home=thing.statement.schema,
    )  # fmt: skip


def _places(draft: Draft, grants: dict[ObjectKey, SqlObject]) -> list[tuple[str, str]]:
    made = {a.key: a.id for a in draft.actions if a.verb in _MADE and a.key.kind != "GRANT"}
    by_name: dict[tuple[str, ObjectName], list[str]] = {}
    for key, id_ in made.items():
        by_name.setdefault((key.kind, key.name), []).append(id_)
    edges = []
    waiting: dict[ObjectName, list[str]] = {}  # by the name of what a task uses
    always = []  # what is about the account: a task may need it whatever it uses
    for action in draft.actions:
        thing = grants.get(action.key)
        if thing is None:
            continue
        for kind, name in _on(thing):
            edges += [(id_, action.id) for id_ in by_name.get((kind, name), ())]
            waiting.setdefault(name, []).append(action.id)
        if " future " in f" {action.key.detail}":
            edges += [(action.id, id_) for key, id_ in made.items() if _falls_under(key, thing)]
        if action.key.detail.startswith(("on account", "on warehouse", "of ")):
            always.append(action.id)
    return edges + _before_starts(draft, waiting, always)


def _falls_under(key: ObjectKey, thing: SqlObject) -> bool:
    """Is the object one of those that a future grant means?"""
    words = thing.key.detail.split()
    kind = " ".join(words[2 : words.index("in")]).removesuffix("s").upper()
    kind = f"{kind[:-2]}Y" if kind.endswith("IE") else kind
    inside = [ref.name for ref in thing.references[1:] if ref.kind == "SCHEMA"]
    return key.kind == kind and (not inside or key.name.parent == inside[0])


def _before_starts(draft: Draft, waiting: dict[ObjectName, list[str]], always: list[str]) -> list[tuple[str, str]]:
    links = desired_task_links(draft.project)
    resumed = {a.key: a.id for a in draft.actions if a.verb == "resume"}
    edges = [(id_, later) for id_ in always for later in resumed.values()]
    if not waiting or not resumed:
        return edges
    for task, names in used_by(draft.project.by_key(), links).items():
        for later in ({task} | roots(task, links)) & resumed.keys():
            edges += [(id_, resumed[later]) for name in {*names, task.name} for id_ in waiting.get(name, ())]
    return edges


def _no_new_owner(draft: Draft, grants: dict[ObjectKey, SqlObject]) -> list[Finding]:
    """One task that changes its owner loses its links, and the tasks of a graph must have one owner (reference A.5, A.6); a pipe
    that changes its owner must be paused and stays so (D.6)."""
    links = desired_task_links(draft.project)
    linked = {key for key, above in links.items() if above} | {other for above in links.values() for other in above}
    found = []
    for action in draft.actions:
        thing = grants.get(action.key)
        if thing is None or action.key.name.last != "OWNERSHIP":
            continue
        for kind, name in _on(thing):
            key = ObjectKey(kind, name)
            why = f"{key} is part of a task graph: another owner cuts its links" if key in linked else ""
            why = f"{key} would have to be paused, and would stay so" if kind == "PIPE" else why
            if why:
                hint, where = "deploy it with the role that shall own it", thing.statement.where
                found.append(Finding("SD021", "cannot-change", "error", why, where, hint, str(thing.key)))
    return found
