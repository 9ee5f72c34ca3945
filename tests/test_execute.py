"""The executor: order, failures that skip only what needs them, and what must be undone is undone."""

import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snowpipe_deploy.execute import run
from snowpipe_deploy.model import Action, ObjectKey, Outcome
from snowpipe_deploy.names import ObjectName


def action(name: str, *after: str, undoes: str = "") -> Action:
    return Action(name, "create", ObjectKey("TABLE", ObjectName((name,))), (), after=after, undoes=undoes)


def statuses(outcomes: object) -> dict[str, str]:
    return {o.action.id: o.status for o in outcomes if o.status != "running"}  # type: ignore[attr-defined]


def failing(*names: str):  # type: ignore[no-untyped-def]
    return lambda a: Outcome(a, "failed" if a.id in names else "done")


def test_a_failure_skips_only_what_needs_it() -> None:
    actions = (action("A"), action("B", "A"), action("C", "B"), action("D"), action("E", "D"))
    assert statuses(run(actions, failing("B"), 2)) == {
        "A": "done",
        "B": "failed",
        "C": "skipped",
        "D": "done",
        "E": "done",
    }


def test_what_was_opened_is_closed_after_a_failure() -> None:
    actions = (action("OPEN"), action("WORK", "OPEN"), action("CLOSE", "OPEN", "WORK", undoes="OPEN"))
    assert statuses(run(actions, failing("WORK"), 1))["CLOSE"] == "done"
    assert statuses(run(actions, failing("OPEN"), 1)) == {"OPEN": "failed", "WORK": "skipped", "CLOSE": "skipped"}


def test_a_stop_starts_nothing_new_but_undoes() -> None:
    actions = (action("OPEN"), action("WORK", "OPEN"), action("CLOSE", "OPEN", "WORK", undoes="OPEN"))
    stopped = threading.Event()

    def perform(a: Action) -> Outcome:
        stopped.set()
        return Outcome(a, "done")

    found = statuses(run(actions, perform, 1, lambda: "stopped" if stopped.is_set() else ""))
    assert found == {"OPEN": "done", "WORK": "cancelled", "CLOSE": "done"}


def test_independent_actions_run_side_by_side() -> None:
    together, most = [0], [0]
    lock = threading.Lock()

    def perform(a: Action) -> Outcome:
        with lock:
            together[0] += 1
            most[0] = max(most[0], together[0])
        time.sleep(0.02)
        with lock:
            together[0] -= 1
        return Outcome(a, "done")

    list(run(tuple(action(f"A{i}") for i in range(6)), perform, 3))
    assert most[0] == 3


def test_a_bug_in_perform_is_raised_at_the_end() -> None:
    def perform(a: Action) -> Outcome:
        raise RuntimeError(a.id)

    with pytest.raises(RuntimeError, match="A"):
        list(run((action("A"), action("B", "A")), perform, 2))


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 4), st.lists(st.sets(st.integers(0, 9), max_size=3), min_size=1, max_size=10))
def test_every_order_respects_every_edge(jobs: int, needs: list[set[int]]) -> None:
    actions = tuple(action(str(i), *(str(b) for b in before if b < i)) for i, before in enumerate(needs))
    done: list[str] = []

    def perform(a: Action) -> Outcome:
        assert set(a.after) <= set(done)
        done.append(a.id)
        return Outcome(a, "done")

    assert set(statuses(run(actions, perform, jobs)).values()) == {"done"}


def test_the_longest_chain_goes_first_where_there_is_no_room_for_all() -> None:
    actions = (action("A"), action("B"), action("C"), action("X"), action("Y", "X"), action("Z", "Y"))
    started = [o.action.id for o in run(actions, failing(), 2) if o.status == "running"]
    assert started[0] == "X"
    assert [o.action.id for o in run(actions, failing(), 1) if o.status == "running"] == ["A", "B", "C", "X", "Y", "Z"]
