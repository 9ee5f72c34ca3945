"""How a task graph runs, by the book (reference A.2, A.7, A.8, A.11): a small model beside which the local account is held."""

from collections import Counter, deque
from dataclasses import dataclass, field

OVER = "SUCCEEDED"


@dataclass(frozen=True)
class Task:
    """`fails` are the executions of it (1, 2 …) that end with an error; `when` is a predecessor that must have returned 'go'.

    The first execution may suspend tasks (the root first), or execute the root once more.
    """

    name: str
    after: tuple[str, ...] = ()
    fails: frozenset[int] = frozenset()
    returns: str = "go"
    when: str = ""
    suspends: tuple[str, ...] = ()
    executes: bool = False


@dataclass(frozen=True)
class Graph:
    """The root is the first task; every task stands behind its predecessors."""

    tasks: tuple[Task, ...]
    root_when: bool = True
    finalizer: Task | None = None
    retries: int = 0
    limit: int = 10


@dataclass
class Run:
    """One run of a version: the states of its tasks by now, and each task's rows in TASK_HISTORY."""

    version: int
    started: frozenset[str]
    origin: str
    attempt: int = 1
    states: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[str, str, int, str, int]] = field(default_factory=list)


@dataclass
class Model:
    graph: Graph
    started: set[str] = field(default_factory=set)
    versions: list[frozenset[str]] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    waiting: deque[Run] = field(default_factory=deque)
    executions: Counter[str] = field(default_factory=Counter)
    order: list[list[str]] = field(default_factory=list)  # of each attempt, and each finalizer: what was executed
    failures: int = 0

    @property
    def root(self) -> str:
        return self.graph.tasks[0].name

    def commit(self) -> None:
        """A version holds which children are started; there is a new one only where something changed."""
        now = frozenset(self.started - {self.root})
        if not self.versions or self.versions[-1] != now:
            self.versions.append(now)

    def execute(self, origin: str) -> None:
        if origin != "SCHEDULE":
            self.commit()
            self.waiting.clear()  # a run that waits is replaced; one that is under way is waited for (reference A.11)
        self.waiting.append(Run(len(self.versions), self.versions[-1], origin))

    def work(self) -> None:
        while self.waiting:
            run = self.waiting.popleft()
            self.runs.append(run)
            self.finish(run)

    def can_retry(self) -> bool:
        """RETRY LAST: the last run failed, and the graph has not changed since."""
        last = self.runs[-1] if self.runs else None
        return last is not None and last.started == self.started - {self.root} and "FAILED" in last.states.values()

    def retry(self) -> None:
        self.again(self.runs[-1], "MANUAL RETRY")
        self.finish(self.runs[-1])

    def again(self, run: Run, origin: str) -> None:
        """What failed runs again, and what could not run because of it; what was skipped stays so."""
        run.states = {name: state for name, state in run.states.items() if state != "FAILED"}
        run.origin, run.attempt = origin, run.attempt + 1

    def finish(self, run: Run) -> None:
        self.attempt(run)
        while run.attempt <= self.graph.retries and "FAILED" in run.states.values():
            self.again(run, "AUTOMATIC RETRY")
            self.attempt(run)
        last = self.graph.finalizer
        if last is not None and last.name in run.started and run.states[self.root] != "SKIPPED":
            self.order.append([])
            self.end(run, last, self.outcome(last))
        self.count(run)

    def attempt(self, run: Run) -> None:
        self.order.append([])
        for task in self.graph.tasks:
            if task.name not in run.states and self.may_run(run, task):
                self.end(run, task, "SKIPPED" if self.is_skipped(run, task) else self.outcome(task))

    def may_run(self, run: Run, task: Task) -> bool:
        """A suspended predecessor counts as if it were not there; one at least must be, and all that are must have succeeded."""
        before = [name for name in task.after if name == self.root or name in run.started]
        is_root = task.name == self.root
        return is_root or (task.name in run.started and before != [] and all(run.states.get(p) == OVER for p in before))

    def is_skipped(self, run: Run, task: Task) -> bool:
        if task.name == self.root:
            return not self.graph.root_when
        returned = {t.name: t.returns for t in self.graph.tasks if run.states.get(t.name) == OVER}
        return task.when != "" and returned.get(task.when) != "go"

    def outcome(self, task: Task) -> str:
        self.order[-1].append(task.name)
        self.executions[task.name] += 1
        if self.executions[task.name] == 1:
            self.started -= set(task.suspends)
            if task.executes:
                self.execute("EXECUTE_TASK")
        return "FAILED" if self.executions[task.name] in task.fails else OVER

    def end(self, run: Run, task: Task, state: str) -> None:
        run.states[task.name] = state
        run.rows.append((task.name, state, run.attempt, run.origin, run.version))

    def count(self, run: Run) -> None:
        """Failed runs in a row suspend the root, and the failed tasks of the last attempt say so; skipped runs do not count."""
        failed = "FAILED" in run.states.values()
        if not failed and run.states[self.root] == "SKIPPED":
            return
        self.failures = self.failures + 1 if failed else 0
        if self.graph.limit and self.failures >= self.graph.limit and self.root in self.started:
            self.started.remove(self.root)
            run.rows = [
                (
                    name,
                    "FAILED_AND_AUTO_SUSPENDED" if state == "FAILED" and attempt == run.attempt else state,
                    attempt,
                    *rest,
                )
                for name, state, attempt, *rest in run.rows
            ]  # type: ignore[misc]
