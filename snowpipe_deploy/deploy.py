"""What the tool does, as a page of functions: plan, apply, teardown."""

import hashlib
import json
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime

from snowpipe_deploy import pipes, renames, runs
from snowpipe_deploy.diff import compare, facts_now
from snowpipe_deploy.environment import Policy
from snowpipe_deploy.errors import DeployError, RefusedError
from snowpipe_deploy.execute import run as execute
from snowpipe_deploy.kinds import KINDS
from snowpipe_deploy.live import Live, observe
from snowpipe_deploy.model import Action, Entry, Hazard, ObjectKey, Outcome, Plan, Project, Record, Scope
from snowpipe_deploy.names import ObjectName, quote
from snowpipe_deploy.planner import Draft, planned
from snowpipe_deploy.planner.run_scripts import script_id
from snowpipe_deploy.record import journal, lease, objects, schema
from snowpipe_deploy.record.notebook import Notebook, Step
from snowpipe_deploy.schedule import parse_schedule
from snowpipe_deploy.session import Account, Session, SqlError
from snowpipe_deploy.status.model import Status
from snowpipe_deploy.status.observe import status as observe_status


@dataclass(frozen=True, slots=True)
class Options:
    """How to plan. `is_ancestor` tells whether a commit lies behind the one that is deployed; `scripts` also runs those
    that say `run always` when there is nothing else to do."""

    environment: str = ""
    policy: Policy = field(default_factory=Policy)
    resume: frozenset[ObjectKey] = frozenset()
    is_ancestor: Callable[[str], bool] = lambda _: True
    scripts: bool = False


def plan(project: Project, session: Session, options: Options = Options()) -> Plan:
    """What apply would do and why; reads only."""
    scope = project.scope
    live = observe(session, scope, {*KINDS})
    record = objects.read(session, scope, project.name, live.identity) if live.exists else Record()
    found = renames.follow(project, record, live)
    comparison = compare(project, found.record, found.live, found)
    draft = planned(
        Draft(
            project,
            found.record,
            found.live,
            comparison.changes,
            findings=(*found.findings, *comparison.findings),
            policy=options.policy,
            resume=options.resume,
        )
    )
    remade = {a.key for a in draft.actions if a.verb in {"create", "replace", "drop"}}
    notes = [text for key, text in comparison.notes if key not in remade]
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
        project.name, options.environment, scope, actions, basis(live, record), unchanged, draft.findings,
        (*notes, *draft.notes), always,
    )  # fmt: skip


def _split_always(
    actions: tuple[Action, ...], project: Project, *, scripts: bool
) -> tuple[tuple[Action, ...], tuple[Action, ...]]:
    """Scripts that say `run always` never make a plan non-empty by themselves."""
    names = {script_id(s).upper() for s in project.scripts if s.name == "always"}
    always = tuple(a for a in actions if a.verb == "run" and a.key.name.last in names)
    return ((), always) if len(always) == len(actions) and not scripts else (actions, ())


def basis(live: Live, record: Record) -> str:
    """A short hash of what a plan was computed from: the account as it was seen, and our record."""
    seen = sorted(
        (str(k), o.identity, json.dumps(dict(o.facts), sort_keys=True), o.state.get("state", ""))
        for k, o in live.objects.items()
    )
    kept = sorted((str(k), e.text) for k, e in record.entries.items())
    return hashlib.sha256(json.dumps([live.identity, seen, kept]).encode()).hexdigest()[:16]


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


@dataclass(slots=True)
class _Deployment:
    """A deployment under way: who it is, what it still holds, and the numbers of its record rows."""

    plan: Plan
    account: Account
    session: Session
    stop: threading.Event
    policy: Policy
    id: str
    who: str
    lock: threading.Lock = field(default_factory=threading.Lock)
    exclusive: threading.Lock = field(default_factory=threading.Lock)
    has_database: bool = True
    notes: Notebook | None = None
    lease_lost: threading.Event = field(default_factory=threading.Event)
    workers: dict[int, Session] = field(default_factory=dict)
    suspended_at: dict[ObjectKey, datetime] = field(default_factory=dict)
    paused_pipes: set[ObjectKey] = field(default_factory=set)  # by somebody, before us

    @property
    def notebook(self) -> Notebook:
        if self.notes is None:
            raise RuntimeError("nothing is recorded before the record schema is there")
        return self.notes


def apply(
    plan_: Plan, account: Account, *, jobs: int = 4, commit: str = "", force: bool = False, keep_record: bool = True,
    stop: threading.Event | None = None, policy: Policy | None = None,
) -> Iterator[Outcome]:  # fmt: skip
    """Does the plan and gives outcomes as they come; the record, the journal and the lease are kept in the account.

    Consent must have been checked. When `stop` is set (Ctrl-C) nothing new starts, what runs ends, what must be undone is
    undone; closing the iterator does the same.
    """
    session = account.session()
    who = lease.holder_name()
    stop = stop or threading.Event()
    name = time.strftime("%Y%m%d-%H%M%S-", time.gmtime()) + uuid.uuid4().hex[:6]
    deployment = _Deployment(plan_, account, session, stop, policy or Policy(), name, who)
    scope = plan_.scope
    actions = plan_.actions
    try:
        first = [a for a in actions if a.key.kind == "DATABASE"]
        deployment.has_database = not first
        for action in first:
            yield Outcome(action, "running")
            outcome = _perform(deployment, action)
            yield outcome
            if outcome.status != "done":
                return
        deployment.has_database = True
        for worker in (session, *deployment.workers.values()):
            worker.execute(f"USE DATABASE {quote(scope.database)}")
        schema.ensure(session, scope)
        lease.take(session, scope, plan_.project, deployment.id, who, force=force)
        over = threading.Event()
        renewal = threading.Thread(target=_renew, args=(deployment, over), name="lease", daemon=True)
        renewal.start()
        try:
            yield from _under_lease(
                deployment, tuple(a for a in actions if a not in first), jobs, commit, keep_record=keep_record
            )
        finally:
            over.set()
            renewal.join()
            if keep_record:
                lease.release(session, scope, plan_.project, deployment.id)
    finally:
        for worker in deployment.workers.values():
            worker.close()
        session.close()


def _under_lease(
    deployment: _Deployment, actions: tuple[Action, ...], jobs: int, commit: str, *, keep_record: bool
) -> Iterator[Outcome]:
    plan_, session, scope = deployment.plan, deployment.session, deployment.plan.scope
    home = observe(session, scope, ()).identity
    first = schema.next_ordinal(session, scope)
    deployment.notes = Notebook(session, scope, plan_.project, deployment.id, first)
    journal.begin(session, scope, plan_.project, deployment.id, home, plan_.environment, commit, deployment.who)
    count = sum(bool(a.text) for a in actions)
    journal.intend(session, scope, plan_.project, deployment.id, actions, deployment.notebook.numbers(count))
    done: list[Action] = []
    status = "cancelled"
    ids = {a.id for a in actions}
    known = tuple(replace(a, after=tuple(i for i in a.after if i in ids)) for a in actions)
    try:
        failed = False
        for outcome in execute(known, lambda action: _perform(deployment, action), jobs, lambda: _gate(deployment)):
            if outcome.status == "done":
                done.append(outcome.action)
            failed = failed or outcome.status in {"failed", "skipped", "unknown"}
            yield outcome
        status = "failed" if failed else "done"
    finally:
        if keep_record:
            _record_facts(deployment, done)
            journal.end(session, scope, plan_.project, deployment.id, status)
        else:
            schema.drop(session, scope)


def _renew(deployment: _Deployment, over: threading.Event) -> None:
    """Renews the lease from a session of its own, however long the statements of the others take."""
    session = deployment.account.session()
    while not over.wait(lease.RENEW_EVERY):
        try:
            kept = lease.renew(session, deployment.plan.scope, deployment.plan.project, deployment.id)
        except DeployError:
            kept = False
        if not kept and not over.is_set():
            deployment.lease_lost.set()
            break
    session.close()


def _gate(deployment: _Deployment) -> str:
    """No statement after a missed renewal of the lease: a laptop that slept must not go on."""
    if deployment.stop.is_set():
        return "stopped by you"
    return "the lease was lost: another deployment may have begun" if deployment.lease_lost.is_set() else ""


def _perform(deployment: _Deployment, action: Action) -> Outcome:
    """Sends the statements of one action; the record learns of it as soon as it is done."""
    scope, query_id = deployment.plan.scope, ""
    try:
        worker = _worker(deployment)
        sql, detail = action.sql, ""
        if action.key.kind == "PIPE":
            sql, detail = pipes.step(
                worker, action, scope.full(action.key.name), deployment.paused_pipes, deployment.policy.in_flight_timeout,
                deployment.stop.is_set,
            )  # fmt: skip
        if action.verb == "suspend" and sql:
            deployment.suspended_at[action.key] = runs.now(worker)
            deployment.notebook.write(Step(action, "started"))
        if action.verb == "wait" and action.key.kind != "PIPE":
            _wait(deployment, worker, action)
        tag = f"snowdeploy/{deployment.id}/{action.id}"
        with deployment.exclusive if action.schema else nullcontext():
            if action.schema:  # its text leans on the current schema, which all workers share
                worker.execute(f"USE SCHEMA {quote(scope.database)}.{quote(action.schema)}")
            for number, text in enumerate(sql):
                query_id = worker.execute(text, f"{tag}/{number}").query_id
        if action.schedule:
            _run_missed(deployment, worker, action)
    except SqlError as error:
        if deployment.has_database:
            deployment.notebook.write(Step(action, "failed", error.message, error.query_id))
        return Outcome(action, "unknown" if error.may_have_run else "failed", error.message, query_id=error.query_id)
    except DeployError as error:
        return Outcome(action, "failed", error.message)
    if action.key.kind != "DATABASE" and (sql or action.verb != "suspend"):
        # recorded at once: a crash after this leaves nothing that we would not know as ours
        deployment.notebook.write(Step(action, "done", query_id=query_id))
    return Outcome(action, "done", detail, query_id=query_id)


def _wait(deployment: _Deployment, session: Session, action: Action) -> None:
    """Until no run of the graph is under way; raises DeployError when the policy's patience ends."""
    deadline = time.monotonic() + deployment.policy.in_flight_timeout
    while running := runs.under_way(session, deployment.plan.scope.database, action.key.name):
        if time.monotonic() > deadline:
            raise DeployError(
                f"run {min(running)} is still under way after {deployment.policy.in_flight_timeout} s; its graph was not changed"
            )
        if deployment.stop.is_set():
            raise DeployError("stopped by you")
        time.sleep(0.5)


def _run_missed(deployment: _Deployment, session: Session, action: Action) -> None:
    """A CRON time that fell into our window is run now."""
    since = deployment.suspended_at.get(action.key)
    if since is not None and parse_schedule(action.schedule).next_after(since, since) <= runs.now(session):
        runs.start(session, deployment.plan.scope.full(action.key.name))


def _worker(deployment: _Deployment) -> Session:
    """One session a thread, all on one login."""
    number = threading.get_ident()
    with deployment.lock:
        if number not in deployment.workers:
            deployment.workers[number] = deployment.account.session()
            if deployment.has_database:
                deployment.workers[number].execute(f"USE DATABASE {quote(deployment.plan.scope.database)}")
        return deployment.workers[number]


def _record_facts(deployment: _Deployment, done: list[Action]) -> None:
    """At the end one look at the account: what each changed object looks like right after, to tell drift from it."""
    entries = {
        a.key: Entry(a.key, a.text, a.home, deployment.id) for a in done if a.text and a.verb not in {"run", "drop"}
    }
    touched = {a.key for a in done if a.verb in {"suspend", "resume"}}
    if not entries and not touched:
        return
    plan_ = deployment.plan
    live = observe(deployment.session, plan_.scope, {key.kind for key in {*entries, *touched}})
    record = objects.read(deployment.session, plan_.scope, plan_.project)
    entries = {**{k: record.entries[k] for k in touched if k in record.entries}, **entries}
    rows = list(facts_now(live, entries).items())
    objects.write(deployment.session, plan_.scope, plan_.project, rows, deployment.notebook.numbers(len(rows)))


def has_record(session: Session, scope: Scope) -> bool:
    """Is there a record schema, even one that holds nothing of ours?"""
    live = observe(session, scope, ())
    return live.exists and schema.exists(session, scope)


def task_id(session: Session, scope: Scope, name: ObjectName) -> str:
    """The id of a live task; raises DeployError where it is not there."""
    key = ObjectKey("TASK", name)
    live = observe(session, scope, ("TASK",))
    if key not in live.objects:
        raise DeployError(f"{key} is not in {scope.database}", hint="snowdeploy apply")
    return live.objects[key].identity


def status(
    project: Project, session: Session, *, environment: str = "", last: int = 1, run: str = "", failed: bool = False
) -> Status:
    """What stands, what ran, what did not and why."""
    live = observe(session, project.scope, ())
    record = objects.read(session, project.scope, project.name, live.identity) if live.exists else Record()
    return observe_status(session, project, record, live, environment=environment, last=last, run=run, failed=failed)


def teardown(project: Project, session: Session, *, keep_data: bool = False, environment: str = "") -> Plan:
    """The plan of an empty project: everything that we recorded, dropped in reverse order."""
    empty = Project(project.name, project.scope)
    made = plan(empty, session, Options(environment))
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
