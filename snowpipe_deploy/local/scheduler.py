"""Starts task graph runs when they are due or asked for, and works them off on a thread of its own."""

import contextlib
import json
import queue
import re
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from snowpipe_deploy.local import changes, dropped
from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.errors import sql_error
from snowpipe_deploy.local.graphs import (
    FAILED,
    is_root,
    is_triggered,
    newest_version,
    overlaps,
    require_may_run,
    version_tasks,
)
from snowpipe_deploy.local.parameters import number
from snowpipe_deploy.local.query.translate import Query, translate
from snowpipe_deploy.local.runner import Runner, TaskRun
from snowpipe_deploy.local.shared import Shared
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.schedule import parse_schedule
from snowpipe_deploy.session import SqlError

_SKIPPED = ("0040003", "Conditional expression for task evaluated to false.")
_RUNS_BETWEEN_PURGES = 20
_STATEMENTS_KEPT = 1000  # of one run of one task: a loop may send any number
_STATEMENTS_KEPT_FOR = timedelta(days=7)  # as INFORMATION_SCHEMA.QUERY_HISTORY has them
_LOOK_AGAIN = 0.1  # seconds; whoever waits is told, this is for a thread that died
_CHECK_INTERVAL = timedelta(
    hours=12
)  # a triggered task without data is looked at so often, which keeps its streams fresh
_CANCELLED = 604
_LONGEST_MS = 604_800_000  # what 0 stands for as USER_TASK_TIMEOUT_MS
# conditions that look at how predecessors ended, and so wait for all of them (reference A.9b)
_BRANCHES = re.compile(r"SYSTEM\$(PREDECESSORS_STATE|TASK_COMPLETION_STATE)\b", re.IGNORECASE)
# a condition that has the same answer until a stream moves
_HAS_DATA = r"SYSTEM\$STREAM_HAS_DATA\s*\(\s*'[^']*'\s*\)"
_ONLY_STREAMS = re.compile(rf"(\s|[()]|AND\b|OR\b|NOT\b|{_HAS_DATA})+", re.IGNORECASE)
_ANY_STREAM = re.compile(rf"\s*{_HAS_DATA}(\s+OR\s+{_HAS_DATA})*\s*", re.IGNORECASE)
_LOST = "The local account was closed while the task ran."


@dataclass(slots=True)
class GraphRun:
    """One run of one graph; `states` and `returned` fill as its tasks end."""

    root: Entry
    version: int
    tasks: list[dict[str, Any]]
    group: str
    scheduled: datetime
    origin: str
    config: str | None
    states: dict[str, str] = field(default_factory=dict)
    returned: dict[str, str] = field(default_factory=dict)
    started: bool = False
    rows: dict[int, int] = field(default_factory=dict)  # task to the number of its row in _account.task_runs
    attempt: int = 1
    run_id: int = 0
    began: float = 0.0  # by time.monotonic(); the account's clock may stand still
    first_scheduled: datetime | None = None  # of a run that was tried again: when its first attempt was due

    def failed(self) -> list[str]:
        return [name for name, state in self.states.items() if state in FAILED]

    def again(self, origin: str, moment: datetime) -> None:
        """The next attempt: what failed or was cancelled is forgotten and what is below it, so that they run again."""
        gone = set(self.failed())
        for task in self.tasks:
            if gone.intersection(task.get("AFTER") or ()):
                gone.add(_name(task))
        self.states = {name: state for name, state in self.states.items() if name not in gone}
        self.first_scheduled = self.first_scheduled or self.scheduled
        self.origin, self.scheduled, self.rows = origin, moment, {}
        self.attempt += 1


class Scheduler:
    """`next_due` says when each started root with a schedule runs next; times missed while closed are not made up."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        self.next_due: dict[int, datetime] = {}
        self._seen: dict[int, tuple[str, str]] = {}
        self._queue: queue.Queue[GraphRun | None] = queue.Queue()
        self.active: dict[str, GraphRun] = {}
        self._unwritten: list[list[object]] = []  # rows of task runs that are not in the table yet
        self._ended = threading.Condition()  # told of each run that ended
        self._thread: threading.Thread | None = None
        self.running: dict[int, Runner] = {}  # by task: the session in which its body runs
        self._checked: datetime | None = None  # when the conditions of triggered tasks were asked last
        self._ran: dict[int, datetime] = {}  # triggered roots: when a stream last started them
        self._holding: tuple[object, list[Entry]] = (
            None,
            [],
        )  # triggered roots whose WHEN is true, and what it was asked of
        self._asked: dict[str, tuple[object, bool]] = {}  # conditions: what they were asked of, and the answer
        self._runner = shared.open_session()
        self._runner.engine.run(
            "UPDATE _account.task_runs SET state = 'CANCELLED', error_code = '000604', error_message = ?, completed = ? "
            "WHERE state IN ('SCHEDULED', 'EXECUTING')",
            [_LOST, shared.clock.now()],
        )
        self._runner.engine.run("DELETE FROM _account.due")

    # -- what is due ---------------------------------------------------------------------------------------------

    def wake(self) -> int:
        """Starts what has fallen due, and says how much that is; called before every statement."""
        started = 0
        with self.shared.lock:
            now = self.shared.clock.now()
            self._plan(now)
            for root_id, due in list(self.next_due.items()):
                root = self.shared.catalog.by_id(root_id)
                if root is None or due > now:
                    continue
                self._due(root_id, self._next(root, now))
                # NO_OVERLAP: a time that falls due during a run is passed over. With another policy a run begins; as one
                # thread works off all of them, it comes to its turn late, never early.
                if overlaps(root) or all(run.root.id != root_id for run in self.active.values()):
                    self.add(root, "SCHEDULE", due, None)
                    started += 1
            for root, moment in self._triggers():
                if moment <= now:
                    self._ran[root.id] = now
                    self.add(root, "TRIGGER", now, None)
                    started += 1
        return started

    def trigger_times(self) -> list[datetime]:
        """When the triggered tasks whose streams have data run next, and when the others are looked at again."""
        with self.shared.lock:
            found = [moment for _, moment in self._triggers()]
            waiting = any(_is_triggered(task) for task in self.shared.catalog.of("TASK"))
            return [*found, self._checked + _CHECK_INTERVAL] if waiting and self._checked is not None else found

    def _triggers(self) -> list[tuple[Entry, datetime]]:
        """Triggered tasks that wait for nothing but their interval: not earlier than so long after the last run (reference A.10)."""
        catalog = self.shared.catalog
        seen = catalog.version, self.shared.moves
        now = self.shared.clock.now()
        if self._holding[0] != seen or self._checked is None or now >= self._checked + _CHECK_INTERVAL:
            self._checked = now
            self._holding = seen, [task for task in catalog.of("TASK") if _is_triggered(task) and self._holds(task)]
        active = {run.root.id for run in self.active.values()}
        return [(task, self._earliest(task)) for task in self._holding[1] if task.id not in active]

    def _holds(self, task: Entry) -> bool:
        runner = self.shared.open_session()
        runner.database, runner.schema = task.name.parts[:2]
        try:
            return self._condition(runner, str(task.properties["WHEN"]))
        except SqlError:
            return False  # a stream that is not there has no data
        finally:
            runner.close()

    def _earliest(self, task: Entry) -> datetime:
        resumed = datetime.fromisoformat(str(task.properties["resumed_on"]))
        seconds = number(self.shared.catalog, task, "USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS")
        last = self._ran.get(task.id)
        return resumed if last is None else max(resumed, last + timedelta(seconds=seconds))

    def settle(self) -> None:
        """Waits for the runs under way to end."""
        with self._ended:
            while self.active:
                self._ended.wait(_LOOK_AGAIN)

    def _plan(self, now: datetime) -> None:
        """Keeps `next_due` in step with which roots are started, since when and how often."""
        started: dict[int, tuple[str, str]] = {}
        for task in self.shared.catalog.of("TASK"):
            if task.properties["state"] == "started" and is_root(task) and task.properties.get("SCHEDULE"):
                started[task.id] = (str(task.properties["SCHEDULE"]), str(task.properties.get("resumed_on")))
        for root_id in self._seen.keys() - started.keys():
            self._due(root_id, None)
        for root_id, key in started.items():
            root = self.shared.catalog.by_id(root_id)
            if self._seen.get(root_id) != key and root is not None:
                self._due(root_id, self._next(root, now))
        self._seen = started

    def _due(self, root_id: int, moment: datetime | None) -> None:
        """Remembers when a root runs next, also in a table that TASK_HISTORY reads."""
        engine, was = self._runner.engine, self.next_due.pop(root_id, None)
        if moment is None:
            engine.run("DELETE FROM _account.due WHERE root = ?", [root_id])
            return
        self.next_due[root_id] = moment
        if was is None:
            engine.run("INSERT INTO _account.due VALUES (?, ?)", [root_id, moment])
        else:
            engine.run("UPDATE _account.due SET moment = ? WHERE root = ?", [moment, root_id])

    def _next(self, root: Entry, now: datetime) -> datetime:
        resumed = datetime.fromisoformat(str(root.properties.get("resumed_on") or now.isoformat()))
        return parse_schedule(str(root.properties["SCHEDULE"])).next_after(now, resumed)

    def add(self, root: Entry, origin: str, moment: datetime, config: object) -> None:
        """Schedules a run of the graph's newest version."""
        version, tasks = newest_version(self._runner, root)
        text = root.properties.get("CONFIG")
        if config is not None:
            text = json.dumps(_merged(json.loads(str(text)) if text else {}, config))
        group = str(next(self.shared.ids))
        run = GraphRun(root, version, tasks, group, moment, origin, str(text) if text else None)
        run.run_id = int(moment.timestamp() * 1000)
        if origin == "EXECUTE_TASK":
            self._replace_waiting(root)
        self._row(run, tasks[0], "SCHEDULED", {})
        self._begin(run)

    def _replace_waiting(self, root: Entry) -> None:
        """EXECUTE TASK takes the place of a run that waits for its turn; one that executes goes on (reference A.11)."""
        for run in [run for run in self.active.values() if run.root.id == root.id and not run.started]:
            self.active.pop(run.group)
            for row in run.rows.values():  # of a retry the attempts before it stay
                self._runner.engine.run("DELETE FROM _account.task_runs WHERE ordinal = ?", [row])

    def retry(self, root: Entry, group: str) -> None:
        """One more attempt of a run that failed (EXECUTE TASK … RETRY LAST)."""
        rows = self._runner.engine.all(
            "SELECT name, state, return_value, attempt, graph_version, run_id, config, database_name, schema_name "
            "FROM _account.task_runs WHERE run_group = ? ORDER BY attempt, ordinal",
            [group],
        )
        version, run_id, config = int(str(rows[0][4])), int(str(rows[0][5])), rows[0][6]
        first = datetime.fromtimestamp(run_id / 1000, UTC)
        run = GraphRun(root, version, version_tasks(self._runner, root, version), group, self.shared.clock.now(), "",
                       None if config is None else str(config), run_id=run_id, first_scheduled=first)  # fmt: skip
        for name, state, returned, attempt, _, _, _, database, schema in rows:
            run.states[str(ObjectName((str(database), str(schema), str(name))))] = str(state)
            run.attempt = max(run.attempt, int(str(attempt)))
            if returned is not None:
                run.returned[str(name)] = str(returned)
        run.again("MANUAL RETRY", self.shared.clock.now())
        self._begin(run)

    def cancel(self, task_id: int) -> int:
        """Stops the body of the task where it runs now; says how many bodies that were."""
        runner = self.running.pop(task_id, None)
        if runner is None:
            return 0
        runner.stop_with(sql_error("cancelled"))
        return 1

    def _begin(self, run: GraphRun) -> None:
        run.started = not self.active  # else it waits for those before it
        self.active[run.group] = run
        self._queue.put(run)
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._work, name="task runs", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Lets the runs that were scheduled come to their end."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
        self._runner.close()

    # -- running -------------------------------------------------------------------------------------------------

    def _work(self) -> None:
        runs = 0
        while (run := self._queue.get()) is not None:
            if not self._starts(run):
                continue
            try:
                self._run(run)
            except SqlError:
                continue  # not even its state could be written: the next opening finds the run unfinished, and says so
            else:
                runs += 1
                if runs % _RUNS_BETWEEN_PURGES == 0:
                    with self.shared.lock:
                        changes.purge(self._runner.engine, self.shared.catalog)
                        dropped.expire(self._runner)
                        self._runner.engine.run(
                            "DELETE FROM _account.statements WHERE ended < ?",
                            [self.shared.clock.now() - _STATEMENTS_KEPT_FOR],
                        )
            finally:
                self._end(run)

    def _end(self, run: GraphRun) -> None:
        with contextlib.suppress(SqlError):
            self._write_rows()
        self.active.pop(run.group, None)
        with self._ended:
            self._ended.notify_all()

    def _starts(self, run: GraphRun) -> bool:
        """False where another run has taken its place."""
        with self.shared.lock:
            run.started = run.group in self.active
            return run.started

    def _run(self, run: GraphRun) -> None:
        finalizers = [t for t in run.tasks if t.get("FINALIZE")]
        run.began = time.monotonic()
        self._attempt(run, finalizers)
        while run.attempt <= self._of_root(run, "TASK_AUTO_RETRY_ATTEMPTS") and run.failed():
            run.again("AUTOMATIC RETRY", self.shared.clock.now())
            self._attempt(run, finalizers)
        root_state = run.states.get(_name(run.tasks[0]))
        for task in finalizers:
            if root_state != "SKIPPED" and task["state"] == "started":
                self._task(run, task)
        self._count_failures(run)

    def _of_root(self, run: GraphRun, name: str) -> int:
        """A parameter of the graph: as its version has it, or as the root inherits it now."""
        own = run.tasks[0].get(name)
        return int(own) if own is not None else number(self.shared.catalog, run.root.with_(**{name: None}), name)

    def _attempt(self, run: GraphRun, finalizers: list[dict[str, Any]]) -> None:
        """Each task that has no end yet and whose predecessors allow it."""
        for task in run.tasks:
            if task not in finalizers and _name(task) not in run.states and self._ready(run, task):
                self._task(run, task)

    def _ready(self, run: GraphRun, task: Mapping[str, Any]) -> bool:
        """Root: always. Child: not suspended, and every predecessor that is not suspended succeeded, at least one.

        A condition about how predecessors ended is asked when all of them have; `run.tasks` is in that order.
        """
        before = task.get("AFTER") or []
        if not before:
            return True
        if task["state"] != "started":
            return False
        resumed = _enabled(run, task)
        if _BRANCHES.search(str(task.get("WHEN") or "")):
            return bool(resumed)
        return bool(resumed) and all(run.states.get(p) == "SUCCEEDED" for p in resumed)

    def _task(self, run: GraphRun, task: Mapping[str, Any]) -> None:
        runner = self._open(run, task)
        name = _name(task)
        started = self.shared.clock.now()
        found: dict[str, Any] = {"started": started}
        seconds = self._seconds_left(run, task)
        timer = threading.Timer(seconds, runner.stop_with, (sql_error("timeout", max(1, round(seconds))),))
        timer.daemon = True
        timer.start()
        try:
            if task.get("WHEN") and not self._condition(runner, str(task["WHEN"])):
                state, found = "SKIPPED", {"error_code": _SKIPPED[0], "error_message": _SKIPPED[1]}
            else:
                if (entry := self.shared.catalog.by_id(task["id"])) is not None:
                    require_may_run(runner, entry)  # what was revoked since stops all further runs
                self._row(run, task, "EXECUTING", found)
                self.running[task["id"]] = runner
                if self.shared.watch is not None:
                    self.shared.watch(str(task["name"][-1]), str(task["body"]), 0, 0, "")
                runner.execute(str(task["body"]))
                state, found["query_id"] = "SUCCEEDED", runner.last_query_id
        except SqlError as error:
            told = runner.stop or error  # the engine only says that it was interrupted
            state = "CANCELLED" if runner.stop is not None and runner.stop.errno == _CANCELLED else "FAILED"
            found |= {
                "error_code": f"{told.errno:06d}",
                "error_message": told.text,
                "query_id": error.query_id or runner.query_id or None,
            }
        except Exception as error:  # noqa: BLE001 - a bug of ours must end as a failed task, not as a thread that died
            state = "FAILED"
            found |= {
                "error_code": "300010",
                "error_message": f"the local account failed: {type(error).__name__}: {error}",
            }
        finally:
            timer.cancel()
            self.running.pop(task["id"], None)
            returned = runner.return_value
            runner.close()
            self._keep_statements(run, task, runner)
        run.states[name] = state
        if returned is not None:
            run.returned[task["name"][-1]] = returned
        self._row(run, task, state, {**found, "completed": self.shared.clock.now(), "return_value": returned})

    def _seconds_left(self, run: GraphRun, task: Mapping[str, Any]) -> float:
        """Until the task is timed out: by its own USER_TASK_TIMEOUT_MS or what the root's leaves of the whole run, or by the
        STATEMENT_TIMEOUT_IN_SECONDS of its session where that is less (reference A.2)."""
        own = task.get("USER_TASK_TIMEOUT_MS")
        limit = int(own) if own is not None else self._of_root(run, "USER_TASK_TIMEOUT_MS")
        passed = 0.0 if own is not None else time.monotonic() - run.began
        of_statements = int(task.get("session", {}).get("STATEMENT_TIMEOUT_IN_SECONDS", 0))
        seconds = (limit or _LONGEST_MS) / 1000 - passed
        return max(0.0, min(seconds, of_statements) if of_statements else seconds)

    def _open(self, run: GraphRun, task: Mapping[str, Any]) -> Runner:
        """A session as a task has it: its own database and schema, the owner's role, user SYSTEM (reference A.14)."""
        runner = self.shared.open_session()
        runner.database, runner.schema, name = task["name"]
        runner.user, runner.warehouse = "SYSTEM", task.get("WAREHOUSE")
        if (entry := self.shared.catalog.by_id(task["id"])) is not None:
            runner.role = entry.owner
        runner.parameters |= task.get("session", {})
        before = tuple(ObjectName.parse(p).last for p in _enabled(run, task))
        ended = {str(t["name"][-1]): run.states.get(_name(t), "NOT_EXECUTED") for t in run.tasks}
        runner.statements = deque(maxlen=_STATEMENTS_KEPT)
        runner.task_run = TaskRun(
            name,
            run.root.name.last,
            run.root.id,
            run.group,
            run.first_scheduled or run.scheduled,
            run.config,
            run.returned,
            before,
            ended,
        )
        return runner

    def _condition(self, runner: Runner, text: str) -> bool:
        with self.shared.lock:
            runner.engine.now(self.shared.clock.now())
            # of streams of which any will do, the first that has data decides; that the others are there is looked at first
            parts = re.findall(_HAS_DATA, text, re.IGNORECASE) if _ANY_STREAM.fullmatch(text) else [text]
            asked = [(part, translate(runner, f"SELECT {part} AS V")) for part in parts]
            return any(self._answer(runner, part, query) for part, query in asked)

    def _answer(self, runner: Runner, text: str, query: Query) -> bool:
        """What a condition comes to; of streams alone it is kept until one of them moves."""
        state = (query.sql, self.shared.catalog.version, self.shared.moves)
        if self._asked.get(text, (None,))[0] != state or not _ONLY_STREAMS.fullmatch(text):
            self._asked[text] = state, runner.engine.query(query.sql, query.values or None).rows[0][0] is True
        return self._asked[text][1]

    def _row(self, run: GraphRun, task: Mapping[str, Any], state: str, found: Mapping[str, Any]) -> None:
        """Writes the task's row of this run, over the one it has."""
        engine = self._runner.engine
        told = [
            found.get(word)
            for word in ("query_id", "error_code", "error_message", "started", "completed", "return_value")
        ]
        with self.shared.lock:
            if task["id"] in run.rows:
                engine.run(
                    "UPDATE _account.task_runs SET query_id = ?, error_code = ?, error_message = ?, started = ?, completed = ?, "
                    "return_value = ?, state = ? WHERE ordinal = ?",
                    [*told, state, run.rows[task["id"]]],
                )
                return
            run.rows[task["id"]] = next(self.shared.ids)
            due = self.next_due.get(run.root.id) if task["id"] == run.root.id else None
            self._unwritten.append([
                *told, state, run.rows[task["id"]], task["id"], run.root.id, *task["name"], task["body"], task.get("WHEN"),
                run.scheduled, due, run.version, run.run_id, run.origin, run.attempt, run.config, run.group,
                task["id"] == run.root.id,
            ])  # fmt: skip
            if state != "SKIPPED":  # nothing follows from one that was: its row goes with the next one
                self._write_rows()

    def _write_rows(self) -> None:
        with self.shared.lock:
            rows, self._unwritten = self._unwritten, []
            if not rows:
                return
            holes = f"({', '.join('?' * len(rows[0]))})"
            self._runner.engine.run(
                "INSERT INTO _account.task_runs (query_id, error_code, error_message, started, completed, return_value, state, "
                "ordinal, task, root, database_name, schema_name, name, query_text, condition_text, scheduled, next_scheduled, "
                "graph_version, run_id, scheduled_from, attempt, config, run_group, is_root) VALUES "
                f"{', '.join([holes] * len(rows))}",
                [value for row in rows for value in row],
            )

    def _keep_statements(self, run: GraphRun, task: Mapping[str, Any], runner: Runner) -> None:
        """What the task sent, for QUERY_HISTORY: of this account only statements of tasks are kept."""
        kept = runner.statements
        if not kept:
            return
        values: list[object] = []
        for one in kept:
            values += [run.rows.get(task["id"]), one.query_id, *task["name"][:2], one.text, one.error.errno if one.error else None,
                       one.error.text if one.error else None, one.started, one.ended, one.rows, runner.role, runner.warehouse]  # fmt: skip
        rows = ", ".join([f"({', '.join('?' * 12)})"] * len(kept))
        with self.shared.lock:
            self._runner.engine.run(f"INSERT INTO _account.statements VALUES {rows}", values)

    def _count_failures(self, run: GraphRun) -> None:
        """After so many failed runs in a row the root is suspended (reference A.2); skipped runs do not count."""
        failed = [name for name, state in run.states.items() if state == "FAILED"]
        if not failed and set(run.states.values()) & {"CANCELLED"}:
            return
        if not failed and run.states.get(_name(run.tasks[0])) == "SKIPPED":
            return
        runner = self._runner
        with self.shared.lock:
            root = self.shared.catalog.by_id(run.root.id)
            if root is None:
                return
            count = int(root.properties.get("failures", 0)) + 1 if failed else 0
            limit = number(self.shared.catalog, root, "SUSPEND_TASK_AFTER_NUM_FAILURES")
            changes: dict[str, Any] = {"failures": count}
            if limit and count >= limit and root.properties["state"] == "started":
                changes |= {"state": "suspended", "suspended_on": runner.now().isoformat(),
                            "suspended_reason": "SUSPENDED_DUE_TO_ERRORS"}  # fmt: skip
                runner.engine.run(
                    "UPDATE _account.task_runs SET state = 'FAILED_AND_AUTO_SUSPENDED' "
                    "WHERE run_group = ? AND attempt = ? AND state = 'FAILED'",
                    [run.group, run.attempt],
                )
            if any(root.properties.get(name) != value for name, value in changes.items()):
                with runner.definition():
                    runner.catalog.change(runner.engine, root.with_(**changes))


def _is_triggered(task: Entry) -> bool:
    return task.properties["state"] == "started" and is_root(task) and is_triggered(task)


def _enabled(run: GraphRun, task: Mapping[str, Any]) -> list[str]:
    """The predecessors that are not suspended; a root may run while it is."""
    by_name = {_name(t): t for t in run.tasks}
    return [p for p in task.get("AFTER") or () if not by_name[p].get("AFTER") or by_name[p]["state"] == "started"]


def _name(task: Mapping[str, Any]) -> str:
    return str(ObjectName(tuple(task["name"])))


def _merged(base: dict[str, Any], over: Any) -> dict[str, Any]:
    """CONFIG with the values of USING CONFIG laid over it, objects merged deeply (reference A.11)."""
    out = dict(base)
    for key, value in over.items():
        inner = out.get(key)
        out[key] = _merged(inner, value) if isinstance(inner, dict) and isinstance(value, dict) else value
    return out
