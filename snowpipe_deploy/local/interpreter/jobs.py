"""ASYNC, AWAIT and CANCEL (reference E.2): a job runs when it is started, and what came of it is seen by AWAIT."""

from collections.abc import Callable

from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.interpreter.held import Job
from snowpipe_deploy.local.runner import Answer, Runner
from snowpipe_deploy.session import SqlError

_MOST = 4000


class Jobs:
    """Those of one block that runs, in the order in which they were started."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._started: list[Job] = []

    def start(self, text: str, run: Callable[[str], Answer]) -> Job:
        """Runs the statement here and now, so that what it does does not depend on chance; its error waits for AWAIT."""
        if self._runner.explicit:
            raise unsupported("ASYNC within an explicit transaction")
        if len(self._started) >= _MOST:
            raise sql_error("syntax", f"more than {_MOST} jobs of ASYNC")
        job = Job()
        try:
            job.rows = run(text).rows
        except SqlError as error:
            if self._runner.stop is not None:
                raise
            self._runner.recover()
            job.error = error
        self._started.append(job)
        return job

    def wait(self, job: Job) -> None:
        """Its rows may be read from now on; raises its error."""
        if job.state != "started":
            return
        job.state = "awaited"
        if job.error is not None:
            raise job.error

    def wait_for_all(self) -> None:
        for job in self._started:
            self.wait(job)

    def cancel(self, job: Job) -> None:
        if job.state == "started":
            job.state = "cancelled"
