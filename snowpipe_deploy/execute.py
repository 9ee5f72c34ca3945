"""Runs a plan in parallel, in order, on threads of its own; the caller reads outcomes from an iterator."""

import heapq
import queue
import threading
import time
from collections.abc import Callable, Iterator

from snowpipe_deploy.model import Action, Outcome

# performs one action in one of the workers and says what became of it; never raises for a failed statement
Perform = Callable[[Action], Outcome]
# asked before anything new starts; a text says why nothing may start any more
Gate = Callable[[], str]


def run(actions: tuple[Action, ...], perform: Perform, jobs: int, gate: Gate = lambda: "") -> Iterator[Outcome]:
    """Outcomes as they come; an action starts when all before it are done.

    Closing the iterator starts nothing new, lets running actions end and still runs each `undoes` whose partner ran; the
    same happens after a failure, which skips only what needs the failed action. An exception out of `perform` (a bug)
    counts as a failure and is raised at the end.
    """
    crew = _Crew(_Queue(actions, jobs), perform, gate)
    count = max(1, min(jobs, len(actions)))
    threads = [threading.Thread(target=crew.work, name=f"worker {i}", daemon=True) for i in range(count)]
    for thread in threads:
        thread.start()
    broken: BaseException | None = None
    try:
        for _ in threads:
            while (outcome := crew.outcomes.get()) is not None:
                if isinstance(outcome, Outcome):
                    yield outcome
                else:
                    broken = broken or outcome
    finally:
        crew.stop.set()
        for thread in threads:
            thread.join()
    if broken is not None:
        raise broken


class _Crew:
    """Workers that take what is ready by themselves: whoever has ended an action starts the next without waiting to be told.

    Each says None when it leaves.
    """

    def __init__(self, queued: "_Queue", perform: Perform, gate: Gate) -> None:
        self.outcomes: queue.Queue[Outcome | BaseException | None] = queue.Queue()
        self.stop = threading.Event()
        self._queued, self._perform, self._gate = queued, perform, gate
        self._turn = threading.Condition()

    def work(self) -> None:
        try:
            while (action := self._next()) is not None:
                try:
                    outcome = _timed(self._perform, action)
                except BaseException as error:  # noqa: BLE001 - raised by `run` at the end
                    self.outcomes.put(error)
                    outcome = Outcome(action, "failed", f"{type(error).__name__}: {error}")
                with self._turn:
                    self._queued.ended(action, outcome.status)
                    self.outcomes.put(outcome)
        finally:
            self.outcomes.put(None)

    def _next(self) -> Action | None:
        """An action to start, once there is one; None when everything is decided."""
        with self._turn:
            while (action := self._ready()) is None and self._queued:
                self._turn.wait()
            if action is None:
                self._turn.notify_all()  # there is never one again
            else:
                self._turn.notify()  # there may be more
            return action

    def _ready(self) -> Action | None:
        closed = "cancelled" if self.stop.is_set() else self._gate()
        for action, decision in self._queued.decided(1, closed):
            if decision == "start":
                self.outcomes.put(Outcome(action, "running"))
                return action
            self.outcomes.put(Outcome(action, decision, self._queued.why(action) or closed))  # type: ignore[arg-type]  # every decision but "start" is a status
        return None


_BAD = frozenset({"failed", "skipped", "cancelled", "unknown"})


class _Queue:
    """Actions that wait for others; each edge is looked at once, so that thousands cost no more than they must.

    Where more are ready than there is room for, those with the longest chain behind them go first: it is what the end waits for. One
    after the other they go in the order of the plan.
    """

    def __init__(self, actions: tuple[Action, ...], jobs: int = 1) -> None:
        self._status: dict[str, str] = {}
        self._ids = {a.id for a in actions}
        self._open = {a.id: sum(i in self._ids for i in a.after) for a in actions}
        chains = _chains(actions) if jobs > 1 else {}
        self._place = {a.id: (-chains.get(a.id, 0), i) for i, a in enumerate(actions)}
        self._after: dict[str, list[Action]] = {}
        for action in actions:
            for id_ in action.after:
                self._after.setdefault(id_, []).append(action)
        self._ready = [(self._place[a.id], a) for a in actions if not self._open[a.id]]
        heapq.heapify(self._ready)
        self._left = len(actions)

    def __bool__(self) -> bool:
        return self._left > 0

    def decided(self, room: int, closed: str) -> Iterator[tuple[Action, str]]:
        """Actions whose turn it is, with `start`, `skipped` or `cancelled`; as many starts as there is room for."""
        kept = []
        while self._ready:
            place, action = heapq.heappop(self._ready)
            decision = self._decide(action, closed)
            if decision == "start" and room <= 0:
                kept.append((place, action))
                if not closed:
                    break
                continue
            self._left -= 1
            if decision == "start":
                room -= 1
            else:
                self.ended(action, decision)
            yield action, decision
        for item in kept:
            heapq.heappush(self._ready, item)

    def ended(self, action: Action, status: str) -> None:
        self._status[action.id] = status
        for follower in self._after.get(action.id, ()):
            self._open[follower.id] -= 1
            if not self._open[follower.id]:
                heapq.heappush(self._ready, (self._place[follower.id], follower))

    def why(self, action: Action) -> str:
        blocked = [id_ for id_ in action.after if self._status.get(id_) in _BAD]
        return f"needs: {blocked[0]}" if blocked else ""

    def _decide(self, action: Action, closed: str) -> str:
        if action.undoes:  # what an earlier deployment did and did not take back counts as done
            ran = action.undoes not in self._ids or self._status.get(action.undoes) in {"done", "unknown"}
            return "start" if ran else "skipped"
        if self.why(action):
            return "skipped"
        return "cancelled" if closed else "start"


def _chains(actions: tuple[Action, ...]) -> dict[str, int]:
    """How many actions, one after the other, wait for each; actions stand behind those that they need."""
    found: dict[str, int] = {}
    for action in reversed(actions):
        behind = found.setdefault(action.id, 0) + 1
        for id_ in action.after:
            found[id_] = max(found.get(id_, 0), behind)
    return found


def _timed(perform: Perform, action: Action) -> Outcome:
    started = time.monotonic()
    outcome = perform(action)
    return Outcome(outcome.action, outcome.status, outcome.detail, time.monotonic() - started, outcome.query_id)
