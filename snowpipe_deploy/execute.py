"""Runs a plan in parallel, in order, on its own thread; the caller reads outcomes from an iterator."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

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
    outcomes: queue.Queue[Outcome | BaseException | None] = queue.Queue()
    stop = threading.Event()
    thread = threading.Thread(
        target=_schedule, args=(actions, perform, jobs, gate, stop, outcomes), name="scheduler", daemon=True
    )
    thread.start()
    broken: BaseException | None = None
    try:
        while (outcome := outcomes.get()) is not None:
            if isinstance(outcome, Outcome):
                yield outcome
            else:
                broken = broken or outcome
    finally:
        stop.set()
        thread.join()
    if broken is not None:
        raise broken


def _schedule(
    actions: tuple[Action, ...], perform: Perform, jobs: int, gate: Gate, stop: threading.Event,
    outcomes: queue.Queue[Outcome | BaseException | None],
) -> None:  # fmt: skip
    status: dict[str, str] = {}
    waiting = list(actions)
    running: dict[Future[Outcome], Action] = {}
    closed = ""
    try:
        with ThreadPoolExecutor(max_workers=max(1, jobs)) as pool:
            while waiting or running:
                closed = closed or ("cancelled" if stop.is_set() else gate())
                for action in list(waiting):
                    decision = _decide(action, status, closed)
                    if decision == "wait" or (decision == "start" and len(running) >= jobs):
                        continue
                    waiting.remove(action)
                    if decision == "start":
                        outcomes.put(Outcome(action, "running"))
                        running[pool.submit(_timed, perform, action)] = action
                    else:
                        status[action.id] = decision
                        outcomes.put(Outcome(action, decision, _why(action, status, closed)))  # type: ignore[arg-type]  # every decision but "start" is a status
                if not running:
                    continue
                done, _ = wait(running, timeout=0.1, return_when=FIRST_COMPLETED)
                for future in done:
                    action = running.pop(future)
                    if (error := future.exception()) is not None:
                        outcomes.put(error)
                        outcome = Outcome(action, "failed", f"{type(error).__name__}: {error}")
                    else:
                        outcome = future.result()
                    status[action.id] = outcome.status
                    outcomes.put(outcome)
    finally:
        outcomes.put(None)


def _timed(perform: Perform, action: Action) -> Outcome:
    started = time.monotonic()
    outcome = perform(action)
    return Outcome(outcome.action, outcome.status, outcome.detail, time.monotonic() - started, outcome.query_id)


def _decide(action: Action, status: dict[str, str], closed: str) -> str:
    """start, wait, skipped or cancelled."""
    before = [status.get(id_) for id_ in action.after]
    if action.undoes:
        if any(s is None for s in before):
            return "wait"
        return "start" if status.get(action.undoes) in {"done", "unknown"} else "skipped"
    if any(s in {"failed", "skipped", "cancelled", "unknown"} for s in before):
        return "skipped"
    if closed:
        return "cancelled"
    return "start" if all(s == "done" for s in before) else "wait"


def _why(action: Action, status: dict[str, str], closed: str) -> str:
    blocked = [id_ for id_ in action.after if status.get(id_) in {"failed", "skipped", "cancelled", "unknown"}]
    if blocked:
        return f"needs: {blocked[0]}"
    return closed
