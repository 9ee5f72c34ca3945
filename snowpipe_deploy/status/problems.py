"""What a person should act on: one list, each with its cause and the command to type."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from snowpipe_deploy.model import ObjectKey
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.runs import BAD
from snowpipe_deploy.status.deployments import Deployed, half_finished
from snowpipe_deploy.status.dynamic_tables import seconds
from snowpipe_deploy.status.model import Alert, DynamicTable, Graph, Load, Pipe, Problem, Stream, Task
from snowpipe_deploy.status.words import at, joined, span

_SOON = timedelta(days=2)  # before a stream goes stale


def of_database(database: str, env: str) -> Problem:
    return Problem(database, "the database is not there yet", "or this role may not see it", f"snowdeploy apply{env}")


def of_deployments(record: Deployed, env: str) -> Iterator[Problem]:
    for one in half_finished(record):
        yield Problem(one.id, "this deployment never ended", f"begun by {one.who} on {at(one.since)}; its lease has run out",
                      f"snowdeploy apply{env}")  # fmt: skip
    if record.deployments and record.deployments[0].status in {"failed", "cancelled"}:
        one = record.deployments[0]
        yield Problem(one.id, f"the last deployment {'failed' if one.status == 'failed' else 'was cancelled'}",
                      f"by {one.who} on {at(one.since)}: not all that the files say is deployed", f"snowdeploy apply{env}")  # fmt: skip


def of_drift(drift: Mapping[ObjectKey, Sequence[str]], env: str) -> Iterator[Problem]:
    for key, words in drift.items():
        yield Problem(
            str(key.name),
            f"{key.kind.lower()} was changed outside of snowdeploy",
            "; ".join(words),
            f"snowdeploy drift{env}",
        )


def of_graph(graph: Graph, env: str) -> Iterator[Problem]:
    name = str(graph.root.name)
    causes = dict(graph.causes)
    if graph.root.state == "suspended" and (graph.root.schedule or graph.standing.startswith("suspended")):
        yield Problem(
            name,
            "root task is suspended: nothing is scheduled",
            graph.standing,
            f"snowdeploy apply --resume {name}{env}",
        )
    for task in graph.order[1:]:
        if task.state == "suspended" and graph.root.state == "started":
            yield Problem(str(task.name), "task is suspended inside a started graph", causes.get(task.name, ""),
                          f"snowdeploy apply --resume {task.name}{env}")  # fmt: skip
    if graph.runs:
        newest = graph.runs[0]
        for line in newest.tasks:
            if line.state in BAD:
                hint = f"snowdeploy logs {line.task.name} --run {newest.id}{env}"
                yield Problem(str(line.task.name), f"{_BAD[line.state]} in run {newest.id}", line.reason, hint)


_BAD = {"FAILED": "failed", "FAILED_AND_AUTO_SUSPENDED": "failed", "CANCELLED": "cancelled"}


def of_streams(
    streams: Iterable[Stream], tasks: Mapping[ObjectName, Task], now: datetime, env: str = ""
) -> Iterator[Problem]:
    for stream in streams:
        name = str(stream.name)
        if stream.stale or stream.invalid:
            why = f"; {stream.invalid}" if stream.invalid else ""
            what = "stream is stale" if stream.stale else "stream cannot be read"
            yield Problem(name, f"{what}: its changes can no longer be read", f"source {stream.source}{why}",
                          f"CREATE OR REPLACE STREAM {name} …: its position is lost, load what came since once more")  # fmt: skip
        elif stream.stale_after is not None and stream.stale_after < now + _SOON:
            yield Problem(
                name,
                f"stream goes stale on {at(stream.stale_after)}",
                _not_consumed(stream, tasks),
                _consume(stream, tasks, env),
            )


def _not_consumed(stream: Stream, tasks: Mapping[ObjectName, Task]) -> str:
    if not stream.consumers:
        return "no task is known that reads it"
    asleep = [str(n) for n in stream.consumers if n in tasks and tasks[n].state == "suspended"]
    if asleep:
        return f"its consumer {joined(asleep)} is suspended"
    return f"its consumer {joined([str(n) for n in stream.consumers])} has not read it in time"


def _consume(stream: Stream, tasks: Mapping[ObjectName, Task], env: str) -> str:
    asleep = [str(n) for n in stream.consumers if n in tasks and tasks[n].state == "suspended"]
    if asleep:
        return f"snowdeploy apply --resume {asleep[0]}{env}"
    return (
        f"snowdeploy run {stream.consumers[0]}{env}"
        if stream.consumers
        else f"read {stream.name} with a DML statement, or drop it"
    )


def of_dynamic_tables(tables: Iterable[DynamicTable], database: str) -> Iterator[Problem]:
    for table in tables:
        name, by_hand = str(table.name), f"ALTER DYNAMIC TABLE {database}.{table.name} REFRESH"
        target = seconds(table.target_lag)
        if table.state.startswith("SUSPENDED"):
            yield Problem(name, "dynamic table is suspended: it is not refreshed", table.message or "why is not recorded",
                          f"ALTER DYNAMIC TABLE {database}.{table.name} RESUME")  # fmt: skip
        elif table.refresh == "UPSTREAM_FAILED":
            yield Problem(
                name,
                "dynamic table was not refreshed: one that it reads failed",
                table.message or "its message is not recorded",
                by_hand,
            )
        elif table.refresh in {"FAILED", "CANCELLED"}:
            yield Problem(name, f"the last refresh {'failed' if table.refresh == 'FAILED' else 'was cancelled'}",
                          table.message or "its message is not recorded", by_hand)  # fmt: skip
        elif target is not None and table.lag is not None and table.lag > target:
            last = f"its last refresh: {table.refresh.lower()}" if table.refresh else "no refresh is recorded"
            yield Problem(name, f"data lags {span(table.lag)}, the target is {table.target_lag}", last, by_hand)


def of_pipes(pipes: Iterable[Pipe], database: str) -> Iterator[Problem]:
    for pipe in pipes:
        if pipe.state == "PAUSED":
            yield Problem(str(pipe.name), "pipe is paused: new files wait", f"{pipe.pending or 0} files pending",
                          f"ALTER PIPE {database}.{pipe.name} SET PIPE_EXECUTION_PAUSED = FALSE")  # fmt: skip
        elif pipe.error or pipe.state not in {"RUNNING", ""}:
            yield Problem(str(pipe.name), f"pipe is {pipe.state.lower().replace('_', ' ') or 'invalid'}", pipe.error or "why is not recorded",
                          f"SELECT SYSTEM$PIPE_STATUS('{database}.{pipe.name}')")  # fmt: skip


def of_alerts(alerts: Iterable[Alert], database: str) -> Iterator[Problem]:
    for alert in alerts:
        if alert.state.lower() == "suspended":
            yield Problem(str(alert.name), "alert is suspended: it watches nothing", "never resumed, or suspended since; which is not recorded",
                          f"ALTER ALERT {database}.{alert.name} RESUME")  # fmt: skip
        elif "FAILED" in alert.last:
            yield Problem(str(alert.name), f"alert could not be evaluated on {at(alert.at)}", alert.message or "its message is not recorded",
                          f"SHOW ALERTS LIKE '{alert.name.last}' IN DATABASE {database}")  # fmt: skip


def of_loads(loads: Iterable[Load]) -> Iterator[Problem]:
    """A file counts by its newest load alone: one that was mended and loaded again is no problem."""
    seen: set[tuple[ObjectName, str]] = set()
    for load in loads:
        if (load.table, load.file) in seen:
            continue
        seen.add((load.table, load.file))
        if load.errors:
            yield Problem(str(load.table), f"{load.file}: {load.status.lower()}", f"{load.errors} rows lost: {load.message}",
                          "mend the file and put it again")  # fmt: skip
