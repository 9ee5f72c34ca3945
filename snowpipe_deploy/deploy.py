"""What the tool does, as a page of functions: plan, apply, teardown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from snowpipe_deploy import preflight, renames, selection
from snowpipe_deploy.deployment import JOBS, apply
from snowpipe_deploy.diff import Comparison, compare, unknowable
from snowpipe_deploy.drift import described, differences, drifted, gone, moved_state, uncompared
from snowpipe_deploy.environment import Policy
from snowpipe_deploy.errors import DeployError, RefusedError, UsageError
from snowpipe_deploy.graph import needs, rank
from snowpipe_deploy.kinds import KINDS
from snowpipe_deploy.live import (
    Live,
    answered,
    ask,
    observe,
    only,
    questions,
    task_graphs_question,
    with_contents,
    with_grants,
)
from snowpipe_deploy.looks import Looks, look_closer
from snowpipe_deploy.model import (
    Action,
    Basis,
    Drift,
    Entry,
    Hazard,
    ObjectKey,
    Observed,
    Plan,
    Project,
    Record,
    Scope,
    SqlObject,
    fingerprint,
)
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.planner import Draft, planned
from snowpipe_deploy.planner._draft import imports, recorded_object
from snowpipe_deploy.planner.run_scripts import script_id
from snowpipe_deploy.record import history as past
from snowpipe_deploy.record import lease, objects
from snowpipe_deploy.record.history import Deployment
from snowpipe_deploy.secrets import renewed
from snowpipe_deploy.session import Session

__all__ = [
    "JOBS", "DriftReport", "Options", "adopt", "apply", "check_consent", "check_findings", "drift", "has_record", "history", "plan",
    "rollback", "task_keys", "teardown", "with_preflight",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """How to plan. `is_ancestor` tells whether a commit lies behind the one that is deployed; `scripts` also runs those
    that say `run always` when there is nothing else to do. `allowed` is what --allow says: it alone drops account-level objects."""

    environment: str = ""
    policy: Policy = field(default_factory=Policy)
    resume: frozenset[ObjectKey] = frozenset()
    is_ancestor: Callable[[str], bool] = lambda _: True
    scripts: bool = False
    allowed: frozenset[str] = frozenset()
    select: tuple[str, ...] = ()  # what of the changes is planned; all where empty


def plan(project: Project, session: Session, options: Options = Options()) -> Plan:
    """What apply would do and why; reads only."""
    scope = project.scope
    kinds = {thing.key.kind for thing in project.objects}
    live, record = look(session, project, kinds or {"SCHEMA"})
    found = renames.follow(project, record, live)
    comparison = compare(project, found.record, found.live, found)
    chosen, selected, known, left = comparison, project, found.record, ""
    if options.select:
        chosen, selected, known, left = _selected(options.select, project, found.record, comparison)
    leaving = {c.key.name.last for c in chosen.changes if c.verb == "drop" and c.key.kind == "SCHEMA"}
    if leaving:  # DROP SCHEMA takes everything along: only here the kinds that nobody of ours has are looked for, too
        found = replace(found, live=with_contents(found.live, session, scope, leaving))
    draft = planned(
        Draft(
            selected,
            known,
            found.live,
            chosen.changes,
            findings=(*found.findings, *chosen.findings),
            policy=options.policy,
            resume=options.resume,
            allowed=options.allowed,
        )
    )
    remade = {a.key for a in draft.actions if a.verb in {"create", "replace", "drop"}}
    notes = [*([left] if left else []), *(text for key, text in chosen.notes if key not in remade)]
    if record.moved:
        notes.append(
            "the record was written in another database: this one is a clone or was restored; what was observed there is ignored"
        )
    actions, always = _split_always(draft.actions, project, scripts=options.scripts)
    if actions and record.commit and not options.is_ancestor(record.commit):
        older = Hazard(
            "older-commit", project.name, f"commit {record.commit[:12]}, deployed last, is not part of this one"
        )
        actions = (replace(actions[0], hazards=(older, *actions[0].hazards)), *actions[1:])
    unchanged = len(comparison.unchanged) - len(remade & set(comparison.unchanged))
    return Plan(
        project.name, options.environment, scope, actions, basis(project, live, record), unchanged, draft.findings,
        (*notes, *draft.notes), always, record.deployment, live.identity,
        tuple(d for d in chosen.drift if d.key not in remade), options.select,
    )  # fmt: skip


def with_preflight(plan_: Plan, project: Project, session: Session) -> Plan:
    """The plan with what the role lacks for it as findings, so that `check_findings` refuses it before anything is touched.

    What was not checked becomes a note where something is lacking.
    """
    found = preflight.problems(plan_, session, project)
    lacking = preflight.errors(found)
    if not lacking:
        return plan_
    notes = tuple(one.message for one in found if one not in lacking)
    return replace(plan_, findings=(*plan_.findings, *lacking), notes=(*plan_.notes, *notes))


def with_forecast(plan_: Plan, project: Project, session: Session) -> Plan:
    """The plan with what `with_preflight` would refuse as warnings: who only looks may be another role than the one that applies.

    What was not checked is always said, but to ACCOUNTADMIN, which can grant itself what it lacks.
    """
    held = preflight.look_for(plan_, session)
    found = preflight.found(plan_, held, preflight.places_of(project))
    lacking = preflight.errors(found)
    silent = held.role == preflight.ADMIN and not lacking
    return replace(
        plan_,
        findings=(*plan_.findings, *(replace(one, severity="warning") for one in lacking)),
        notes=(*plan_.notes, *(one.message for one in found if one not in lacking and not silent)),
    )


def _selected(
    patterns: tuple[str, ...], project: Project, record: Record, comparison: Comparison
) -> tuple[Comparison, Project, Record, str]:
    """The comparison, the scripts and the files of stages as --select narrows them, and what that leaves out.

    The objects all stay: what a selected change forces on others (a window, a replaced stream, a grant) is still planned.
    """
    things = project.by_key()
    gone = tuple(recorded_object(e, project.scope) for key, e in record.entries.items() if key not in things)
    scripts = {ObjectKey("SCRIPT", ObjectName((script_id(s).upper(),))): s for s in project.scripts}
    uploads = {u.key: u for u in project.uploads or ()}
    edges = {key: {*before, *imports(things[key])} if key in things else {*before}
             for key, before in needs((*project.objects, *gone)).items()}  # fmt: skip
    edges |= {key: {ObjectKey("STAGE", key.name)} for key in {*uploads, *record.files}}
    keys = selection.selected(patterns, {*things, *record.entries, *scripts, *uploads, *record.files}, edges)
    changes = selection.kept(comparison.changes, keys)
    taken = {change.key for change in changes}
    left = tuple(change for change in comparison.changes if change.key not in taken)
    files = {key for key in {*uploads, *record.files} if key in keys or ObjectKey("STAGE", key.name) in keys}
    new = {key for key in uploads.keys() - files if key not in record.files}
    selection.refuse_gaps(changes, {c.key for c in left if c.verb == "create"} | new, things, edges)
    names = {str(key) for key in {*things, *record.entries} - keys}
    findings = tuple(f for f in comparison.findings if f.object not in names)
    unsent = {key for key in {*uploads, *record.files} - files
              if project.uploads is not None and record.files.get(key) != (uploads[key].digest if key in uploads else "")}  # fmt: skip
    waiting = sum(
        script_id(s) not in record.scripts for key, s in scripts.items() if key not in keys and s.name != "always"
    )
    narrowed = replace(
        comparison, changes=changes, findings=findings, notes=tuple(n for n in comparison.notes if n[0] in keys),
        drift=tuple(d for d in comparison.drift if d.key in keys),
    )  # fmt: skip
    said = selection.left_out(left, len(comparison.findings) - len(findings), waiting, len(unsent))
    part = replace(
        project, scripts=tuple(s for key, s in scripts.items() if key in keys),
        uploads=None if project.uploads is None else tuple(u for key, u in uploads.items() if key in files),
    )  # fmt: skip
    return narrowed, part, replace(record, files={k: v for k, v in record.files.items() if k in files}), said


def look(session: Session, project: Project, kinds: Iterable[str]) -> tuple[Live, Record]:
    """What is there and what we know of it, in one round trip; one more where the record holds further kinds, one for all grants."""
    scope, wanted = project.scope, set(kinds)
    if wanted & {"TABLE", "VIEW", "DYNAMIC TABLE"}:
        wanted |= {"TABLE", "VIEW"}  # they share their names
    asked = {
        **questions(scope, wanted),
        **task_graphs_question(scope, wanted),
        **objects.questions(scope, project.name),
    }
    answers = ask(session, asked)
    live = answered(scope, answers)
    record = objects.answered(answers, project.name, live.identity) if live.exists else Record()
    if not wanted:
        return live, record
    known = {**record.intended, **record.entries}
    texts = [entry.text for key, entry in known.items() if key.kind == "GRANT"]
    further = {key.kind for key in known} & KINDS.keys()
    if further - wanted:
        missing = {**questions(scope, further - wanted), **task_graphs_question(scope, further - wanted)}
        more = {name: sql for name, sql in missing.items() if name not in answers}
        answers = {**answers, **ask(session, more)}
        live = answered(scope, answers)
    texts += [thing.statement.text for thing in project.objects if thing.key.kind == "GRANT"]
    keys = {*project.by_key(), *known}
    live = with_grants(live, session, scope, texts, (key for key in keys if key.kind in {"ROLE", "DATABASE ROLE"}))
    return only(live, keys), record


def _split_always(
    actions: tuple[Action, ...], project: Project, *, scripts: bool
) -> tuple[tuple[Action, ...], tuple[Action, ...]]:
    """Scripts that say `run always` never make a plan non-empty by themselves."""
    names = {script_id(s).upper() for s in project.scripts if s.name == "always"}
    always = tuple(a for a in actions if a.verb == "run" and a.key.name.last in names)
    return ((), always) if len(always) == len(actions) and not scripts else (actions, ())


def basis(project: Project, live: Live, record: Record) -> Basis:
    """What a plan is computed from: the account as it was seen, our record, and what the files give."""
    ours = {*project.by_key(), *record.entries, *record.intended}
    seen = {
        str(k): fingerprint(o.identity, dict(o.facts), o.state.get("state", ""))
        for k, o in sorted(live.objects.items())
        if k in ours  # what others do in the database is none of our plan's, unless it makes another one
    }
    kept = sorted((str(k), e.text) for k, e in record.entries.items())
    files: dict[str, list[object]] = {}
    for statement in project.statements:
        files.setdefault(statement.where.path, []).append((statement.text, [text for _, text in statement.comments]))
    for upload in project.uploads or ():
        files.setdefault(upload.where.path, []).append(upload.digest)
    return Basis(live.identity, seen, fingerprint(kept), {path: fingerprint(found) for path, found in files.items()})


def not_allowed(plan_: Plan, allowed: Iterable[str]) -> list[Hazard]:
    """The hazards that nobody consented to. Consent for one object never covers another."""
    given = set(allowed)
    left = []
    for hazard in (h for action in plan_.actions for h in action.hazards):
        specific = {f"{hazard.type}:{hazard.object}"}
        accepted = specific if hazard.tier == "unrecoverable" else {*specific, hazard.type}
        if hazard.tier not in {"safe", "expensive"} and not accepted & given:
            left.append(hazard)
    return left


def check_consent(plan_: Plan, allowed: Iterable[str]) -> None:
    """Raises RefusedError whose hint ends with the exact --allow to paste."""
    left = not_allowed(plan_, allowed)
    if left:
        flags = " ".join(dict.fromkeys(f"--allow {_shell(h.consent)}" for h in left))
        lines = "\n".join(f"  {h.tier}: {h.type}: {h.message}" for h in left)
        raise RefusedError(f"not allowed:\n{lines}", hint=flags)


def _shell(text: str) -> str:
    return text if all(c.isalnum() or c in "-:._/" for c in text) else "'" + text.replace("'", "'\\''") + "'"


def check_findings(plan_: Plan) -> None:
    """Only here is a project refused: with everything that is wrong at once."""
    errors = [f for f in plan_.findings if f.severity == "error"]
    if errors:
        lines = "\n".join(f"  {f.where}: {f.message}" + (f"\n    hint: {f.hint}" if f.hint else "") for f in errors)
        raise DeployError(f"{len(errors)} thing{'s' if len(errors) > 1 else ''} to settle first:\n{lines}")


def has_record(project: Project, session: Session) -> bool:
    """Is there a record schema, even one that holds nothing of ours?"""
    return look(session, project, ())[1].exists


def task_id(session: Session, scope: Scope, name: ObjectName) -> str:
    """The id of a live task; raises DeployError where it is not there."""
    key = ObjectKey("TASK", name)
    live = observe(session, scope, ("TASK",))
    if key not in live.objects:
        raise DeployError(f"{key} is not in {scope.database}", hint="snowdeploy apply")
    return live.objects[key].identity


def teardown(
    project: Project, session: Session, *, keep_data: bool = False, environment: str = "", allowed: Iterable[str] = ()
) -> Plan:
    """The plan of an empty project: everything that we recorded, dropped in reverse order."""
    empty = Project(project.name, project.scope)
    made = plan(empty, session, Options(environment, allowed=frozenset(allowed)))
    made = replace(
        made,
        actions=tuple(
            replace(a, reasons=("deployed by this project",)) if a.verb == "drop" else a for a in made.actions
        ),
    )
    if not keep_data:
        return made
    data = {
        key
        for key in (a.key for a in made.actions)
        if KINDS.get(key.kind) and KINDS[key.kind].drop_hazard == "deletes-data"
    }
    kept = tuple(a for a in made.actions if a.key not in data)
    ids = {a.id for a in kept}
    return replace(made, actions=tuple(replace(a, after=tuple(i for i in a.after if i in ids)) for a in kept))


@dataclass(frozen=True, slots=True)
class DriftReport:
    """What differs from what was deployed; `looked` counts the objects that were looked at one by one, `not_looked` says
    of others why they could not be."""

    environment: str
    scope: Scope
    deployment: str
    drift: tuple[Drift, ...]
    recorded: int
    looked: int = 0
    not_looked: tuple[tuple[ObjectKey, str], ...] = ()
    kinds: tuple[str, ...] = ()


def drift(project: Project, session: Session, *, environment: str = "", deep: bool = False) -> DriftReport:
    """Everything that differs from what was deployed, found object by object; reads only, and ends with no object's error."""
    scope = project.scope
    live, record = look(session, project, {*KINDS})
    found: list[Drift] = []
    unread: list[tuple[ObjectKey, str]] = []
    things: list[SqlObject] = []
    for key, entry in record.entries.items():
        seen = live.objects.get(key)
        if seen is None:
            found.append(gone(entry))
            continue
        try:
            thing = recorded_object(entry, scope)
        except (DeployError, ValueError) as error:
            unread.append((key, f"its recorded text cannot be read: {error}"))
            continue
        things.append(thing)
        found += drifted(thing, entry, seen, scope)
        found += [one for one in (moved_state(entry, seen),) if one]
    looked = look_closer(session, scope, things) if deep else Looks()
    ordered = sorted((*found, *looked.drift), key=lambda d: (rank(d.key), d.fact))
    return DriftReport(
        environment, scope, record.deployment, tuple(ordered), len(record.entries), looked.count, (*unread, *looked.failed),
        tuple(sorted({key.kind for key in record.entries})),
    )  # fmt: skip


def history(project: Project, session: Session, last: int = 20) -> tuple[Deployment, ...]:
    """The deployments of this project in the scope's database, the newest first."""
    return past.deployments(session, project.scope, project.name, last) if _is_there(session, project.scope) else ()


def rollback(
    project: Project, session: Session, to: str, options: Options = Options(), resume: Iterable[str] = ()
) -> tuple[Plan, Deployment]:
    """The plan of the texts that were recorded when deployment `to` had ended; raises UsageError where there is none such.

    It is a plan as any other: what it loses is a hazard, what cannot be brought back is a finding or a note. Scripts that ran
    since are not taken back.
    """
    scope = project.scope
    if not _is_there(session, scope):
        raise UsageError(f"database {scope.database} is not there")
    then = past.after(session, scope, project.name, to)
    entries = (replace(e, text=renewed(e.text)) for e in then.entries)  # an earlier value of a secret nobody knows
    things = tuple(replace(recorded_object(e, scope), state=e.state) for e in entries)
    before = replace(project, objects=things)
    made = plan(before, session, replace(options, resume=task_keys(before, resume)))
    notes = list(made.notes)
    if then.scripts_since:
        notes.append(
            f"{then.scripts_since} script{'s' if then.scripts_since > 1 else ''} ran since; what they did stays"
        )
    if then.deployment.status != "done":
        notes.append(
            f"deployment {then.deployment.id} ended as {then.deployment.status!r}: this is what it had done by then"
        )
    empty = [a.key for a in made.actions if a.verb == "create" and a.key.kind in KINDS
             and KINDS[a.key.kind].drop_hazard == "deletes-data"]  # fmt: skip
    notes += [f"{key} was dropped since, and comes back empty" for key in empty if key.kind != "SCHEMA"]
    return replace(made, notes=tuple(notes)), then.deployment


def _is_there(session: Session, scope: Scope) -> bool:
    return observe(session, scope, ()).exists


def task_keys(project: Project, names: Iterable[str]) -> frozenset[ObjectKey]:
    """The tasks that --resume names; raises UsageError for a name that is not exactly one of the project's tasks."""
    found = set()
    for name in names:
        parts = ObjectName.parse(name).parts
        matching = [t.key for t in project.objects if t.key.kind == "TASK" and t.key.name.parts[-len(parts) :] == parts]
        if len(matching) != 1:
            what = "more than one task of that name" if matching else "no such task"
            raise UsageError(f"--resume {name}: {what} in the project")
        found.add(matching[0])
    return frozenset(found)


def adopt(
    project: Project, session: Session, options: Options, names: tuple[str, ...] = (), source: str = ""
) -> Plan:  # fmt: skip
    """The plan that takes over objects which are there: it changes nothing but the record.

    Without `source`: those that the files want and nobody recorded; with it, those that project `source` recorded, with the
    texts it deployed. Named ones that are ours already are recorded as they are now, so that what drifted is no drift any more.
    Raises UsageError for a name that is none of the project's objects, LockedError while `source` is being deployed.
    """
    live, record = look(session, project, {*KINDS})
    theirs = objects.read(session, project.scope, source, live.identity).entries if source and live.exists else {}
    if source and not theirs:
        raise UsageError(f"project {source!r} has deployed nothing in {project.scope.database}")
    if source:
        lease.refuse_if_held(session, project.scope, source)
    chosen = _named(project, names)
    actions: list[Action] = []
    drift: list[Drift] = []
    for key, thing in sorted(project.by_key().items()):
        seen, entry = live.objects.get(key), record.entries.get(key)
        if key not in chosen or seen is None:
            continue
        if entry is not None and not names and not _says_what_was_done(thing, entry, seen, project.scope):
            continue
        if key in record.others and record.others[key] != source:
            if names:
                raise UsageError(
                    f"{key} was deployed by project {record.others[key]}", hint=f"--from {record.others[key]}"
                )
            continue
        if source and key not in theirs:
            continue
        made, left = _taken(thing, seen, theirs.get(key) or entry, project, source)
        actions.append(made)
        drift += left
    return Plan(
        project.name, options.environment, project.scope, tuple(actions), basis(project, live, record), deployment=record.deployment,
        home=live.identity, drift=tuple(drift),
    )  # fmt: skip


def _says_what_was_done(thing: SqlObject, entry: Entry, seen: Observed, scope: Scope) -> bool:
    """Somebody changed the object by hand, and the file now says just that: nothing is to be sent."""
    return not differences(thing, seen) and bool(drifted(recorded_object(entry, scope), entry, seen, scope))


def _taken(
    thing: SqlObject, seen: Observed, entry: Entry | None, project: Project, source: str
) -> tuple[Action, tuple[Drift, ...]]:
    """The adoption of one object, and what of it differs and stays so on record, for the next plan to change."""
    key, statement, blind = thing.key, thing.statement, uncompared(thing, seen)
    sql = (objects.release(project.scope, source, key),) if source else ()
    text, home = statement.text, statement.schema
    left: tuple[Drift, ...] = ()
    if entry is not None and not _says_what_was_done(thing, entry, seen, project.scope):
        text, home, blind = entry.text, entry.schema, ()
        left = drifted(thing, entry, seen, project.scope) if source else ()
        left = tuple(replace(d, undoable=False) for d in left)
        said = [f"{described(d)}; the next plan says what becomes of it" for d in left]
    else:
        left = differences(thing, seen) if entry is None else ()
        said = [f"{d.fact} is {d.now or 'empty'}, the file says {d.before or 'empty'}: {d.hint}" for d in left]
    if blind:
        said.append(f"taken to be as the file says, because it cannot be compared: {', '.join(blind)}")
    if entry is None:
        reasons = ("exists, and nobody recorded it", *said, *unknowable(thing))
    elif source:
        reasons = (f"handed over by project {source}", *said)
    else:
        reasons = (f"as it is now is as it was deployed ({entry.deployment})", *said)
    # what we made stays ours in the journal; what others made is told apart: its tasks are not ours to start
    name = f"adopt {key}" if entry is not None and not source else f"take over {key}"
    return Action(name, "adopt", key, sql, reasons=reasons, text=text, home=home), left


def _named(project: Project, names: tuple[str, ...]) -> set[ObjectKey]:
    """The project's objects that the names mean: `RAW.T`, `table RAW.T`, also with `*`; all where there are no names."""
    if not names:
        return set(project.by_key())
    found: set[ObjectKey] = set()
    for name in names:
        matching = selection.matching(name, project.by_key())
        if not matching:
            raise UsageError(
                f"{name} is no object of this project's files", hint=selection.near(name, project.by_key())
            )
        found |= matching
    return found
