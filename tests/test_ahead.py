"""What another process works out ahead: the same values, whatever becomes of it."""

import os
import signal
from collections.abc import Iterator

import pytest

from snowpipe_deploy.cli._ahead import Ahead
from snowpipe_deploy.errors import UsageError

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are copied on POSIX systems alone")


def numbers() -> Iterator[object]:
    yield 1
    yield "x" * 1_000_000  # more than a pipe holds


def test_the_values_come_in_their_order_from_another_process() -> None:
    here = os.getpid()

    def pids() -> Iterator[int]:
        yield os.getpid()

    ahead = Ahead(numbers)
    assert (ahead.next(), len(ahead.next())) == (1, 1_000_000)
    ahead.close()
    other = Ahead(pids)
    assert other.next() != here
    other.close()


def test_what_a_killed_process_did_not_give_is_worked_out_here() -> None:
    def work() -> Iterator[int]:
        yield 1
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        yield 2

    here = os.getpid()
    ahead = Ahead(work)
    assert [ahead.next(), ahead.next()] == [1, 2]
    ahead.close()


def test_an_error_is_raised_where_it_is_asked_for() -> None:
    def work() -> Iterator[int]:
        yield 1
        raise UsageError("no such thing", hint="look again")

    ahead = Ahead(work)
    assert ahead.next() == 1
    with pytest.raises(UsageError, match="no such thing"):
        ahead.next()
    ahead.close()


def test_nothing_is_left_of_a_process_that_nobody_needs() -> None:
    def work() -> Iterator[object]:
        yield os.getpid()
        yield from numbers()

    ahead = Ahead(work)
    child = ahead.next()
    ahead.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
