"""A plan carried out in the account: under a lease, in parallel, journalled, and finished by the next one if it is cut short."""

import contextlib
import threading
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from snowpipe_deploy import fate, pipes, runs, streams
from snowpipe_deploy.diff import facts_now
from snowpipe_deploy.environment import Policy
from snowpipe_deploy.errors import DeployError, RefusedError
from snowpipe_deploy.execute import run as execute
from snowpipe_deploy.kinds import KINDS
from snowpipe_deploy.live import answered, ask, grants_question, observe, questions
from snowpipe_deploy.model import Action, Entry, ObjectKey, Outcome, Plan, Record
from snowpipe_deploy.names import quote
from snowpipe_deploy.record import journal, lease, objects, schema
from snowpipe_deploy.record.background import Background
from snowpipe_deploy.record.journal import Step
from snowpipe_deploy.record.lease import Fenced, Lease
from snowpipe_deploy.schedule import parse_schedule
from snowpipe_deploy.secrets import MARKER
from snowpipe_deploy.session import Account, Result, Session, SqlError
from snowpipe_deploy.sqltext.lexer import code

JOBS = 16
_EXISTS = 2002  # already exists
_MISSING = 2003  # does not exist or not authorized
_TRANSACTIONAL = frozenset({"INSERT", "MERGE", "UPDATE", "DELETE"})
_IN_ONE = 3  # statements with many rows that go along with others in one: Snowflake takes a megabyte
_PAUSE = 0.5  # seconds between two looks at a run that is waited for


@dataclass(slots=True)
class _Deployment:
    """A deployment under way: what it holds and which sessions it has."""

    plan: Plan
    account: Account
    session: Session
    stop: threading.Event
    policy: Policy
    lease: Lease
    background: Background
    ordinals: Iterator[int]
    lock: threading.Lock = field(default_factory=threading.Lock)
    exclusive: threading.Lock = field(default_factory=threading.Lock)
    workers: dict[int, Session] = field(default_factory=dict)
    own: Session | None = None
    paused_pipes: set[ObjectKey] = field(default_factory=set)  # by somebody, before us
    made: tuple[Action, ...] = ()  # before the lease was there: the database
    left_over: bool = False  # is there a deployment that ended badly, and may have to be recorded?

    @property
    def id(self) -> str:
        return self.lease.holder


def apply(
    plan: Plan, account: Account, *, jobs: int = JOBS, commit: str = "", force: bool = False, keep_record: bool = True,
    stop: threading.Event | None = None, policy: Policy | None = None,
) -> Iterator[Outcome]:  # fmt: skip
    """Does the plan and gives outcomes as they come; the record, the journal and the lease are kept in the account.

    Consent must have been checked. When `stop` is set (Ctrl-C) nothing new starts, what runs ends, what must be undone is
    undone; closing the iterator does the same. Raises LockedError where another deployment holds the lease, RefusedError
    where one has ended since the plan was made: then nothing was changed.
    """
    policy = policy or Policy()
    session = account.session()
    try:
        first = tuple(a for a in plan.actions if a.key.kind == "DATABASE" and a.verb == "create")
        rest = replace(plan, actions=tuple(a for a in plan.actions if a not in first))
        held = Lease(plan.scope, plan.project, _new_id(), policy.lease)
        numbers = schema.ordinals()
        intention = journal.intend(plan.scope, plan.project, held.holder, rest.actions, numbers)
        # values of secrets are put into the statement that makes the database, and not into what is written down
        along = [] if any(MARKER.search(sql) for sql in intention) else intention[:_IN_ONE]
        for action in first:
            yield Outcome(action, "running")
            _make(session, plan, action, held, commit, along)
            del intention[: len(along)]
            yield Outcome(action, "done")
        if not first:
            _take(session, held, plan.home, force=force)
        background = Background(Fenced(account.session(), held), held, plan.scope, plan.project, held.holder, numbers)
        deployment = _Deployment(
            rest, account, Fenced(session, held), stop or threading.Event(), policy, held, background, numbers, made=first
        )  # fmt: skip
        try:
            yield from _under_lease(deployment, intention, jobs, commit, keep_record=keep_record)
        finally:
            background.close()
            for worker in (*deployment.workers.values(), *([deployment.own] if deployment.own else [])):
                worker.close()
    finally:
        session.close()


def _make(session: Session, plan: Plan, action: Action, held: Lease, commit: str, intention: Sequence[str]) -> None:
    """Makes the database with its record, and in it the lease, the deployment and its intention; of two that do so at once one is the second."""
    who = lease.holder_name()
    opening = journal.begin(plan.scope, plan.project, held.holder, "", plan.environment, commit, who)
    try:
        before = [*action.sql, *schema.founding(plan.scope), opening, *intention]
        held.make(session, who, before, f"snowdeploy/{plan.project}/{action.id}/0")
    except SqlError as error:
        if error.errno != _EXISTS:
            raise
        with contextlib.suppress(SqlError):  # no record yet: then nobody holds a lease
            lease.refuse_if_held(session, plan.scope, plan.project)
        raise RefusedError(
            f"{action.key} was made since this was planned: nothing was changed", hint="look at the plan again"
        ) from error


def _new_id() -> str:
    return time.strftime("%Y%m%d-%H%M%S-", time.gmtime()) + uuid.uuid4().hex[:6]


def _take(session: Session, held: Lease, home: str, *, force: bool) -> None:
    """Takes the lease; makes the record schema where there is none yet."""
    who = lease.holder_name()
    try:
        held.take(session, who, home=home, force=force)
    except SqlError as error:
        if error.errno != _MISSING:
            raise
        session.execute(schema.block([*schema.founding(held.scope), held.registration]))
        held.take(session, who, home=home, force=force)


def _under_lease(
    deployment: _Deployment, intention: Sequence[str], jobs: int, commit: str, *, keep_record: bool
) -> Iterator[Outcome]:
    ids = {a.id for a in deployment.plan.actions}
    actions = tuple(replace(a, after=tuple(i for i in a.after if i in ids)) for a in deployment.plan.actions)
    try:
        _begin(deployment, intention, commit)
    except BaseException:
        if deployment.lease.is_held:
            deployment.session.execute(deployment.lease.release)
        raise
    done: list[Action] = [*deployment.made]
    status = "failed"
    try:
        failed = False
        for outcome in execute(actions, lambda action: _perform(deployment, action), jobs, lambda: _gate(deployment)):
            if outcome.status == "done":
                done.append(outcome.action)
            failed = failed or outcome.status in {"failed", "skipped", "cancelled", "unknown"}
            yield outcome
        status = "failed" if failed else "done"
    finally:
        if deployment.lease.is_held:
            _end(deployment, done, status, keep_record=keep_record)


def _begin(deployment: _Deployment, intention: Sequence[str], commit: str) -> None:
    """Writes down the rest of the intention before the first change, and looks whether the plan still holds."""
    with ThreadPoolExecutor(1) as pool:
        intended = pool.submit(deployment.session.together, intention)
        if deployment.made:  # nobody else has begun anything here
            deployment.background.send(lambda session: _tell_home(deployment, session))
        else:
            _let_in(deployment, commit)
        _all_done(intended.result())


def _tell_home(deployment: _Deployment, session: Session) -> None:
    """Only now the database that was made tells who it is."""
    plan = deployment.plan
    home = observe(session, plan.scope, ()).identity
    session.execute(journal.at_home(plan.scope, plan.project, deployment.id, home))


def _let_in(deployment: _Deployment, commit: str) -> None:
    """Opens the deployment, or raises RefusedError where another one has begun since the plan was made."""
    plan, scope, session = deployment.plan, deployment.plan.scope, deployment.session
    opening = journal.begin(
        scope, plan.project, deployment.id, plan.home, plan.environment, commit, lease.holder_name()
    )
    last, unfinished, opened = session.together(
        [
            journal.last_deployment(scope, plan.project, besides=deployment.id),
            journal.unfinished(scope, plan.project, deployment.id),
            opening,
        ]
    )
    _all_done((last, unfinished, opened))
    deployment.left_over = isinstance(unfinished, Result) and bool(unfinished.scalar())
    newest = str(last.rows[0][0]) if isinstance(last, Result) and last.rows else ""
    if newest != plan.deployment:
        session.execute(journal.close(scope, plan.project, deployment.id, "refused"))
        raise RefusedError(
            f"deployment {newest} has begun since this was planned: nothing was changed", hint="look at the plan again"
        )


def _end(deployment: _Deployment, done: list[Action], status: str, *, keep_record: bool) -> None:
    """One look at what the changed objects are like right after, to tell drift from it; then the deployment is over."""
    plan, session = deployment.plan, deployment.session
    if not keep_record and status == "done":
        schema.drop(session, plan.scope)
        return
    with ThreadPoolExecutor(1) as pool:  # what is not noted in the journal yet is, meanwhile
        writing = pool.submit(deployment.background.settle)
        rows = _records(deployment, done)
        _all_done(session.together(rows[_IN_ONE:]))  # what is too much for one statement: at once
        writing.result()
    last = [journal.close(plan.scope, plan.project, deployment.id, status), deployment.lease.release]
    session.execute(schema.block([*rows[:_IN_ONE], *last]))


def _records(deployment: _Deployment, done: list[Action]) -> list[str]:
    plan, session = deployment.plan, deployment.session
    changed = [
        a for a in done if a.verb in {"create", "alter", "replace", "adopt", "drop"} and (a.text or a.verb == "drop")
    ]
    texts = {a.key: Entry(a.key, a.text, a.home, deployment.id) for a in changed if a.verb != "drop"}
    touched = {a.key for a in done if a.verb in {"suspend", "resume"}} - texts.keys()
    scripts = [(a.key, Entry(a.key, a.text, a.home, deployment.id)) for a in done if a.verb == "run" and a.text]
    gone: list[tuple[ObjectKey, Entry | None]] = [(a.key, None) for a in changed if a.verb == "drop"]
    gone += [(a.was, None) for a in changed if a.was is not None]
    kinds = {key.kind for key in (*texts, *touched)} & KINDS.keys()
    grants = [entry.text for key, entry in texts.items() if key.kind == "GRANT"]
    asked = {**questions(plan.scope, kinds), **grants_question(plan.scope, grants)}
    leans = touched or deployment.left_over  # only then the record tells more than we know
    if leans:
        asked |= objects.questions(plan.scope, plan.project)
    answers = ask(session, asked)
    known = objects.answered(answers, plan.project) if leans else Record()
    texts |= {key: known.entries[key] for key in touched if key in known.entries}
    seen = facts_now(answered(plan.scope, answers), texts, [d for d in plan.drift if not d.undoable])
    rows = [*seen.items(), *scripts, *gone]
    # what an earlier deployment did and did not come to record is recorded before this one closes it
    written = {key for key, _ in rows}
    older = [(key, entry) for key, entry in known.unwritten.items() if key not in written]
    return objects.insert(plan.scope, plan.project, [*older, *rows], deployment.ordinals)


def _all_done(answers: Iterable[Result | SqlError]) -> None:
    """Raises the first error."""
    for answer in answers:
        if isinstance(answer, SqlError):
            raise answer


def _gate(deployment: _Deployment) -> str:
    """Why nothing new may start, if so."""
    if deployment.stop.is_set():
        return "stopped by you"
    return "" if deployment.lease.is_held else lease.LOST


class _Unknown(DeployError):
    """The reply was lost and the statement's fate could not be found out."""


def _perform(deployment: _Deployment, action: Action) -> Outcome:
    """Sends the statements of one action and notes what became of them; never raises for a failed statement."""
    outcome = _attempt(deployment, action)
    # what somebody had paused before us is not ours to resume
    status = "left" if action.verb == "suspend" and action.key in deployment.paused_pipes else outcome.status
    deployment.background.note(Step(action, status, outcome.detail, outcome.query_id))
    return outcome


def _attempt(deployment: _Deployment, action: Action) -> Outcome:
    detail = ""
    try:
        if action.verb == "wait" and action.key.kind == "TASK":
            query_id = _send_all(deployment, _worker(deployment), action)  # cancels what runs, where the policy says so
            _wait(deployment, _worker(deployment), action)
        elif action.key.kind == "PIPE":
            sql, detail = pipes.step(
                _worker(deployment), action, deployment.plan.scope.full(action.key.name), deployment.paused_pipes,
                deployment.policy.in_flight_timeout, lambda: bool(_gate(deployment)),
            )  # fmt: skip
            sent = replace(action, sql=sql)
            query_id = _in_schema(deployment, sent) if sent.schema else _send_all(deployment, _worker(deployment), sent)
        elif action.key.kind == "STREAM":
            sql = streams.step(
                _worker(deployment), action, deployment.plan.scope.full(action.key.name), deployment.policy.in_flight_timeout,
                lambda: bool(_gate(deployment)),
            )  # fmt: skip
            query_id = _send_all(deployment, _worker(deployment), replace(action, sql=sql))
        elif action.key.kind == journal.SCRIPT:
            query_id = _run_script(deployment, action)
        elif action.schema:
            query_id = _in_schema(deployment, action)
        else:
            query_id = _send_all(deployment, _worker(deployment), action)
        if action.schedule:
            _run_missed(deployment, _worker(deployment), action)
    except SqlError as error:
        return Outcome(action, "failed", error.message, query_id=error.query_id)
    except _Unknown as error:
        return Outcome(action, "unknown", error.message)
    except DeployError as error:
        return Outcome(action, "failed", error.message)
    return Outcome(action, "done", detail, query_id=query_id)


def _send_all(deployment: _Deployment, session: Session, action: Action) -> str:
    query_id = ""
    for number, sql in enumerate(action.sql):
        query_id = _send(deployment, session, sql, f"snowdeploy/{deployment.id}/{action.id}/{number}")
    return query_id


def _send(deployment: _Deployment, session: Session, sql: str, tag: str = "") -> str:
    """Sends one statement; a lost reply is looked up by its tag before anybody sends it again."""
    try:
        return session.execute(sql, tag).query_id
    except SqlError as error:
        if not error.may_have_run:
            raise
        return _fate(deployment, tag, error)


def _fate(deployment: _Deployment, tag: str, lost: SqlError) -> str:
    """The query id of a statement whose reply was lost, once it has ended well; raises what it ended with otherwise."""
    deadline = lease.moment() + deployment.policy.lease
    while tag and lease.moment() < deadline:
        try:
            found = fate.by_tag(_worker(deployment), deployment.plan.scope.database, tag)
        except SqlError:
            found = None
        except DeployError as error:
            raise _Unknown(f"the reply was lost: {lost.message}; and {error.message}") from error
        if found is not None and found.state == "SUCCESS":
            return found.query_id
        if found is not None and found.error:
            raise SqlError(found.code, "", found.error, query_id=found.query_id)
        if found is None:
            break
        time.sleep(_PAUSE)
    raise _Unknown(f"the reply was lost, and the account does not say what became of it: {lost.message}")


def _in_schema(deployment: _Deployment, action: Action) -> str:
    """An action whose text leans on the current schema, in a session that nobody else uses meanwhile."""
    with deployment.exclusive:
        session = _own(deployment)
        session.execute(f"USE SCHEMA {quote(deployment.plan.scope.database)}.{quote(str(action.schema))}")
        return _send_all(deployment, session, action)


def _run_script(deployment: _Deployment, action: Action) -> str:
    """DML and its outcome in one transaction; anything else is noted before and after, so that a crash is never hidden."""
    with deployment.exclusive:
        session = _own(deployment)
        home = action.schema or "PUBLIC"
        session.execute(f"USE SCHEMA {quote(deployment.plan.scope.database)}.{quote(home)}")
        if code(action.sql[0])[0].upper not in _TRANSACTIONAL:
            deployment.background.note(Step(action, "started"))
            deployment.background.settle()
            return _send_all(deployment, session, action)
        session.execute("BEGIN TRANSACTION")
        try:
            query_id = _send_all(deployment, session, action)
            step = Step(action, "done", "", query_id)
            for sql in _outcome(deployment, step):
                session.execute(sql)
        except _Unknown as error:
            session.execute("ROLLBACK")
            raise DeployError(f"rolled back: {error.message}") from error
        except BaseException:
            session.execute("ROLLBACK")
            raise
        try:
            session.execute("COMMIT")
        except SqlError as error:
            if not error.may_have_run:
                raise
            plan = deployment.plan
            if not journal.is_done(_worker(deployment), plan.scope, plan.project, deployment.id, action):
                raise _Unknown(f"the reply to COMMIT was lost: {error.message}") from error
        return query_id


def _outcome(deployment: _Deployment, step: Step) -> list[str]:
    return journal.outcomes(deployment.plan.scope, deployment.plan.project, deployment.id, [step], deployment.ordinals)


def _wait(deployment: _Deployment, session: Session, action: Action) -> None:
    """Until no run of the graph is under way; raises DeployError when the policy's patience ends."""
    deadline = time.monotonic() + deployment.policy.in_flight_timeout
    while running := runs.under_way(session, deployment.plan.scope.database, action.key.name):
        if time.monotonic() > deadline:
            raise DeployError(
                f"run {min(running)} is still under way after {deployment.policy.in_flight_timeout} s; its graph was not changed"
            )
        if reason := _gate(deployment):
            raise DeployError(reason)
        time.sleep(_PAUSE)


def _run_missed(deployment: _Deployment, session: Session, action: Action) -> None:
    """A CRON time that fell into our window is run now; asked of the account, so it also holds after a crash."""
    since, now = runs.suspended_on(session, deployment.plan.scope, action.key.name)
    if since is not None and parse_schedule(action.schedule).next_after(since, since) <= now:
        runs.start(session, deployment.plan.scope.full(action.key.name))


def _worker(deployment: _Deployment) -> Session:
    """One session a thread, all on one login; their statements lean on no session state."""
    number = threading.get_ident()
    with deployment.lock:
        if number not in deployment.workers:
            deployment.workers[number] = Fenced(deployment.account.session(), deployment.lease)
        return deployment.workers[number]


def _own(deployment: _Deployment) -> Session:
    """A session of its own login, for USE and transactions: cursors of one login share both."""
    if deployment.own is None:
        deployment.own = Fenced(deployment.account.login(), deployment.lease)
    return deployment.own
