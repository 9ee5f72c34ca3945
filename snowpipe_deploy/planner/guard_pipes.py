"""A pipe is paused and emptied before it, or what it loads into, changes; what came meanwhile is refreshed by name.

A new pipe has no load history, so a REFRESH of everything would load files twice; and files that came to the old one while it
was paused are never loaded by the new one (reference D.6).
"""

from dataclasses import replace

from snowpipe_deploy.model import Action, ObjectKey, Reference, SqlObject
from snowpipe_deploy.names import literal, quote
from snowpipe_deploy.planner._draft import Draft, recorded_objects
from snowpipe_deploy.record.schema import place, text
from snowpipe_deploy.sqltext.lexer import code


def guard_pipes(draft: Draft) -> Draft:
    there = {
        key: thing for key, thing in recorded_objects(draft.record, draft.project.scope).items() if _stays(draft, key)
    }
    for key, thing in there.items():
        mine = [a for a in draft.actions if a.key == key and a.verb == "replace"]
        below = [a for a in draft.actions if _incompatible(a) and _uses(thing, a.key)]
        if mine or below or key in draft.record.suspended:
            draft = _guarded(draft, key, mine, below)
    return _paused_as_desired(draft)


def _stays(draft: Draft, key: ObjectKey) -> bool:
    return key.kind == "PIPE" and key in draft.live.objects and key in draft.project.by_key()


def _uses(thing: SqlObject, key: ObjectKey) -> bool:
    return any(r.name == key.name and r.kind in {key.kind, "relation"} for r in thing.references)


def _incompatible(action: Action) -> bool:
    if action.key.kind == "FILE FORMAT":
        return action.verb in {"alter", "replace"}
    return action.key.kind == "TABLE" and action.verb == "alter" and any(
        word in sql for sql in action.sql for word in (" DROP COLUMN ", " SET DATA TYPE ", " RENAME COLUMN ")
    )  # fmt: skip


def _guarded(draft: Draft, key: ObjectKey, mine: list[Action], below: list[Action]) -> Draft:
    full = draft.project.scope.full(key.name)
    changed = ", ".join(sorted(str(a.key) for a in (*mine, *below)))
    wait = Action(f"wait for files of {key}", "wait", key, (), reasons=("what waits in it is loaded first",))
    resume = Action(f"resume {key}", "resume", key, (f"ALTER PIPE {full} SET PIPE_EXECUTION_PAUSED = FALSE",))
    edges = [(wait.id, a.id) for a in (*mine, *below)] + [(a.id, resume.id) for a in (*mine, *below)]
    edges.append((wait.id, resume.id))
    added = [wait]
    if key in draft.record.suspended:
        resume = replace(resume, reasons=("a deployment of ours paused it and was cut short",))
    else:
        pause = Action(
            f"suspend {key}", "suspend", key, (f"ALTER PIPE {full} SET PIPE_EXECUTION_PAUSED = TRUE",),
            reasons=(f"{changed} changes while it loads",),
        )  # fmt: skip
        resume = replace(resume, reasons=("all that it needs is as the files say",), undoes=pause.id)
        edges.append((pause.id, wait.id))
        added.append(pause)
    refresh = _refresh(draft, key)
    if refresh is not None and (mine or key in draft.record.suspended):
        edges += [(wait.id, refresh.id), *((a.id, refresh.id) for a in (*mine, *below)), (refresh.id, resume.id)]
        added.append(refresh)
    return draft.adding(*added, resume, edges=tuple(edges))


def _refresh(draft: Draft, key: ObjectKey) -> Action | None:
    """The step that finds what was missed: its statements are the questions to ask; none where no notification comes.

    Without AUTO_INGEST a client names the files and knows what it named. A table that is new has no history.
    """
    desired = draft.project.by_key()[key]
    if str(desired.reading.get("AUTO_INGEST", "")).upper() != "TRUE" or desired.state == "suspended":
        return None
    table = _named(desired, "writes")
    stage = _named(desired, "reads", "STAGE")
    made = {a.key.name for a in draft.actions if a.verb in {"create", "replace"} and a.key.kind != "PIPE"}
    if table is None or stage is None or {table.name, stage.name} & made:
        return None
    scope = draft.project.scope
    path = next((t.text for t in code(desired.head.body or "") if t.kind == "stage"), "").partition("/")[2]
    history = (
        "SELECT FILE_NAME, MAX(LAST_LOAD_TIME) AS LOADED_AT FROM TABLE("
        f"{quote(scope.database)}.INFORMATION_SCHEMA.COPY_HISTORY(TABLE_NAME => {literal(str(scope.full(table.name)))}, "
        "START_TIME => DATEADD('day', -14, CURRENT_TIMESTAMP()))) GROUP BY FILE_NAME"
    )
    paused = (
        f"SELECT MAX(WRITTEN_AT), CURRENT_TIMESTAMP() FROM {place(scope, 'JOURNAL')} WHERE PROJECT = {text(draft.project.name)} "
        f"AND ACTION = {text(f'suspend {key}')} AND STATUS = 'planned'"
    )
    listing = f"LIST @{scope.full(stage.name)}/{path}".rstrip("/" if not path else "")
    shown = f"SHOW STAGES LIKE {literal(stage.name.last)} IN SCHEMA {scope.full(stage.name).parent}"
    return Action(
        f"refresh {key}",
        "run",
        key,
        (listing, history, paused, shown),
        reasons=("files that came meanwhile are loaded, by name",),
    )


def _named(pipe: SqlObject, access: str, kind: str = "relation") -> Reference | None:
    return next((r for r in pipe.references if r.access == access and r.kind == kind), None)


def _paused_as_desired(draft: Draft) -> Draft:
    """A pipe that the files want paused is paused as soon as it is made, and stays so."""
    wanted = {t.key for t in draft.project.objects if t.key.kind == "PIPE" and t.state == "suspended"}
    actions = []
    for action in draft.actions:
        if action.key in wanted and action.verb in {"create", "replace"}:
            pause = f"ALTER PIPE {draft.project.scope.full(action.key.name)} SET PIPE_EXECUTION_PAUSED = TRUE"
            actions.append(replace(action, sql=(*action.sql, pause)))
        elif not (action.key in wanted and action.verb == "resume"):
            actions.append(action)
    return replace(draft, actions=tuple(actions))
