"""Functions whose answer is the session's or the account's, computed when the statement is translated."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime

from sqlglot import exp

from snowpipe_deploy.local import changes, ddl, graphs, pipes, tags
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query.function import Special, of
from snowpipe_deploy.local.query.template import raw, text
from snowpipe_deploy.local.query.translation import TASK_FACT, Rule, Rules, Translation
from snowpipe_deploy.local.runner import TaskRun
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.clauses import split_list
from snowpipe_deploy.types import signature_type


def constant(node: exp.Expression, t: Translation, what: str) -> str:
    """A literal or a scripting variable, as text."""
    if isinstance(node, exp.Literal):
        return str(node.name)
    if isinstance(node, exp.Cast) and isinstance(node.this, exp.Placeholder):
        node = node.this
    if isinstance(node, exp.Placeholder) and node.name.upper() in t.binds:
        t.volatile = True
        return str(t.binds[node.name.upper()].value)
    raise unsupported(f"{what} of a computed value")


def stream_has_data(node: exp.Expression, t: Translation) -> exp.Expression:
    name = t.runner.full(ObjectName.parse(constant(node.expressions[0], t, "SYSTEM$STREAM_HAS_DATA")))
    stream = t.runner.catalog.get("STREAM", name)
    t.asked.add(stream.id)
    return raw(changes.has_data(stream, changes.tables_of(t.runner.catalog, stream)))


def stream_table_timestamp(node: exp.Expression, t: Translation) -> exp.Expression:
    """When the version of the table at a stream's offset was committed, in ns (reference B.7)."""
    t.volatile = True
    name = t.runner.full(ObjectName.parse(constant(node.expressions[0], t, "SYSTEM$STREAM_GET_TABLE_TIMESTAMP")))
    stream = t.runner.catalog.get("STREAM", name)
    if stream.properties["source_type"] == "View":
        raise sql_error("syntax", f"SYSTEM$STREAM_GET_TABLE_TIMESTAMP of {stream.name}: it is on a view")
    version, moved = t.runner.engine.all("SELECT version, moment FROM _account.offsets WHERE stream = ?", [stream.id])[
        0
    ]
    at = changes.time_of(t.runner.engine, int(str(version)))
    if at is None and changes.version_at(t.runner.engine, _end_of(moved)) > int(str(version)):
        raise unsupported("SYSTEM$STREAM_GET_TABLE_TIMESTAMP of a version that is not kept any more")
    return exp.Literal.number(_end_of(moved) if at is None else at)


def _end_of(moment: object) -> int:
    """The last nanosecond of a moment's microsecond."""
    return int(moment.timestamp() * 1_000_000) * 1000 + 999  # type: ignore[attr-defined]  # the table holds a moment


def pipe_status(node: exp.Expression, t: Translation) -> exp.Expression:
    t.volatile = True
    name = t.runner.full(ObjectName.parse(constant(node.expressions[0], t, "SYSTEM$PIPE_STATUS")))
    return text(pipes.status(t.runner, t.runner.catalog.get("PIPE", name)))


def pipe_force_resume(node: exp.Expression, t: Translation) -> exp.Expression:
    """SYSTEM$PIPE_FORCE_RESUME('pipe', 'staleness_check_override'): also what was paused for more than 14 days."""
    t.volatile = True
    pipe = t.runner.catalog.get("PIPE", t.runner.full(ObjectName.parse(constant(node.expressions[0], t, "the name"))))
    with t.runner.definition():
        pipes.resume(t.runner, pipe)
    t.runner.shared.load_files(pipe.id)
    return text("Statement executed successfully.")


_WITH_TYPES = re.compile(r"(.*?)\s*\((.*)\)\s*", re.DOTALL)


def get_ddl(node: exp.Expression, t: Translation) -> exp.Expression:
    """GET_DDL('kind', 'name' [, full names]); a routine's name has the types of its arguments behind it."""
    kind, given, *rest = node.expressions
    t.volatile = True  # an answer about the catalog, whose progress does not move the version that texts are kept by
    word, said = constant(kind, t, "GET_DDL"), constant(given, t, "GET_DDL")
    match = _WITH_TYPES.fullmatch(said)
    types = f"({', '.join(signature_type(part) for part in split_list(match[2]))})" if match else ""
    parsed = ObjectName.parse(match[1] if match else said)
    depth = {"DATABASE": 1, "SCHEMA": 2}.get(word.upper(), 3)
    if word.upper() in {"DATABASE", "SCHEMA"}:
        raise unsupported(f"GET_DDL of a whole {word.lower()}")
    entry = ddl.find(t.runner.catalog, word, t.runner.full(parsed, depth), types)
    full = bool(rest) and isinstance(rest[0], exp.Boolean) and bool(rest[0].this)
    return text(ddl.ddl(t.runner, entry, full=full))


def get_tag(node: exp.Expression, t: Translation) -> exp.Expression:
    """SYSTEM$GET_TAG('tag', 'object', 'domain'): NULL where it has no such tag."""
    t.volatile = True
    said = [constant(given, t, "SYSTEM$GET_TAG") for given in node.expressions]
    if len(said) != 3:
        raise sql_error("syntax", "SYSTEM$GET_TAG takes a tag, an object and its domain")
    tag = t.runner.catalog.get("TAG", t.runner.full(ObjectName.parse(said[0])))
    entry, column = tags.meant(t.runner, said[1], said[2])
    held = next((one for one in tags.all_of(t.runner, entry, column) if one.tag.id == tag.id), None)
    if held is not None and held.level != ("COLUMN" if column else tags.domain(entry)):
        raise unsupported(
            f"SYSTEM$GET_TAG of a tag that comes from the {held.level.lower()}: whether it counts is not documented"
        )
    return exp.Null() if held is None else text(held.value)


def _run(t: Translation, function: str) -> TaskRun:
    t.volatile = True
    if t.runner.task_run is None:
        raise sql_error("task", f"Function {function} can only be used inside a task.")
    return t.runner.task_run


# the last run of the graph in which nothing failed and the root was not skipped, before the one that runs
_LAST_RUN = """
SELECT run_group, min(scheduled) FROM (SELECT *, max(attempt) OVER (PARTITION BY run_group) AS newest FROM _account.task_runs)
WHERE root = ? AND run_group <> ? GROUP BY run_group
HAVING NOT bool_or(attempt = newest AND state NOT IN ('SUCCEEDED', 'SKIPPED')) AND NOT bool_or(is_root AND state = 'SKIPPED')
ORDER BY max(completed) DESC LIMIT 1"""
_LAST_SUCCESSFUL = (
    "LAST_SUCCESSFUL_TASK_GRAPH_RUN_GROUP_ID",
    "LAST_SUCCESSFUL_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP",
)


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]


def runtime_info(node: exp.Expression, t: Translation) -> exp.Expression:
    key = constant(node.expressions[0], t, "SYSTEM$TASK_RUNTIME_INFO").upper()
    if TASK_FACT + key in t.binds:  # a parameter, so that the text serves every run
        return raw(f"CAST(${TASK_FACT}{key} AS TEXT)")
    run = _run(t, "SYSTEM$TASK_RUNTIME_INFO")
    values = run.facts
    if key in _LAST_SUCCESSFUL:
        found = t.runner.engine.all(_LAST_RUN, [run.root_id, run.group])
        value = found[0][_LAST_SUCCESSFUL.index(key)] if found else None
        return exp.Null() if value is None else text(_moment(value) if isinstance(value, datetime) else str(value))
    if key not in values:
        raise unsupported(f"SYSTEM$TASK_RUNTIME_INFO({key!r})")
    return text(values[key])


def graph_config(node: exp.Expression, t: Translation) -> exp.Expression:
    run = _run(t, "SYSTEM$GET_TASK_GRAPH_CONFIG")
    if run.config is None:
        return exp.Null()
    if not node.expressions:
        return text(run.config)
    value = json.loads(run.config)
    for key in constant(node.expressions[0], t, "SYSTEM$GET_TASK_GRAPH_CONFIG").split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return exp.Null() if value is None else text(value if isinstance(value, str) else json.dumps(value))


def predecessor_value(node: exp.Expression, t: Translation) -> exp.Expression:
    run = _run(t, "SYSTEM$GET_PREDECESSOR_RETURN_VALUE")
    if node.expressions:
        name = constant(node.expressions[0], t, "SYSTEM$GET_PREDECESSOR_RETURN_VALUE")
    elif len(run.predecessors) == 1:
        name = run.predecessors[0]
    else:
        raise sql_error(
            "task", "SYSTEM$GET_PREDECESSOR_RETURN_VALUE needs a task name: there are several predecessors."
        )
    value = run.returned.get(name)
    return exp.Null() if value is None else text(value)


_FAILED = frozenset({"FAILED", "CANCELLED"})
_STATES: dict[str, Callable[[list[str]], bool]] = {
    "ALL_SUCCEEDED": lambda ended: set(ended) <= {"SUCCEEDED"},
    "ALL_FAILED": lambda ended: set(ended) <= _FAILED,
    "ALL_DONE": lambda _: True,
    "ALL_SKIPPED": lambda ended: set(ended) <= {"SKIPPED"},
    "AT_LEAST_ONE_FAILED": lambda ended: bool(_FAILED.intersection(ended)),
    "AT_LEAST_ONE_SUCCEEDED": lambda ended: "SUCCEEDED" in ended,
    "NONE_FAILED": lambda ended: set(ended) <= {"SUCCEEDED", "SKIPPED"},
    "NONE_FAILED_MIN_ONE_SUCCEEDED": lambda ended: set(ended) <= {"SUCCEEDED", "SKIPPED"} and "SUCCEEDED" in ended,
    "NONE_SKIPPED": lambda ended: "SKIPPED" not in ended,
}


def predecessors_state(node: exp.Expression, t: Translation) -> exp.Expression:
    """How the predecessors that are not suspended ended (reference A.9b); a cancelled one counts as failed."""
    run = _run(t, "SYSTEM$PREDECESSORS_STATE")
    asked = constant(node.expressions[0], t, "SYSTEM$PREDECESSORS_STATE").upper()
    if asked not in _STATES:
        raise sql_error("task", f"Invalid condition {asked} of SYSTEM$PREDECESSORS_STATE.")
    return exp.Boolean(this=_STATES[asked]([run.ended[name] for name in run.predecessors]))


def completion_state(node: exp.Expression, t: Translation) -> exp.Expression:
    run = _run(t, "SYSTEM$TASK_COMPLETION_STATE")
    name = constant(node.expressions[0], t, "SYSTEM$TASK_COMPLETION_STATE")
    if name not in run.ended:
        raise sql_error("task", f"Task {name} is not in the graph of {run.root}.")
    return text(run.ended[name])


def set_return_value(node: exp.Expression, t: Translation) -> exp.Expression:
    _run(t, "SYSTEM$SET_RETURN_VALUE")
    value = constant(node.expressions[0], t, "SYSTEM$SET_RETURN_VALUE")
    if len(value.encode()) > 10_000:
        raise sql_error("task", "The return value of a task is limited to 10 kB.")
    t.runner.return_value = value
    return text("Statement executed successfully.")


def cancel_executions(node: exp.Expression, t: Translation) -> exp.Expression:
    """Runs of the task that are executing are cancelled (reference A.6); the words of the answer are ours."""
    t.volatile = True
    named = constant(node.expressions[0], t, "SYSTEM$USER_TASK_CANCEL_ONGOING_EXECUTIONS")
    task = t.runner.catalog.get("TASK", t.runner.full(ObjectName.parse(named)))
    return text(f"{t.runner.shared.cancel_task(task.id)} executions canceled.")


def enable_dependents(node: exp.Expression, t: Translation) -> exp.Expression:
    """SYSTEM$TASK_DEPENDENTS_ENABLE('task') resumes it and everything below it (reference A.7)."""
    t.volatile = True
    named = constant(node.expressions[0], t, "SYSTEM$TASK_DEPENDENTS_ENABLE")
    graphs.resume_with_dependents(t.runner, t.runner.catalog.get("TASK", t.runner.full(ObjectName.parse(named))))
    return text("true")


def _said(function: str) -> Rule:
    """A function that answers with something the session knows."""

    def rule(_: exp.Expression, t: Translation) -> exp.Expression:
        t.volatile = True
        answers = {
            "database": t.runner.database, "schema": t.runner.schema, "role": t.runner.role, "user": t.runner.user,
            "warehouse": t.runner.warehouse, "account": "LOCAL", "version": "9.0.0", "region": "LOCAL",
            "task": t.runner.task_run.task if t.runner.task_run else None,
            "session": str(id(t.runner)), "secondary": '{"roles":"","value":""}',
        }  # fmt: skip
        value = answers[function]
        return exp.Null() if value is None else text(value)

    return rule


def last_query_id(node: exp.Expression, t: Translation) -> exp.Expression:
    """LAST_QUERY_ID([n]): the n-th statement of the session, or counted from the last one with -1."""
    t.volatile = True
    given = node.expressions[0] if node.expressions else exp.Literal.number(-1)
    try:
        number = int(given.sql())
    except ValueError:
        raise unsupported("LAST_QUERY_ID of a computed number") from None
    ids = t.runner.query_ids
    place = number if number < 0 else number - 1
    return text(ids[place]) if -len(ids) <= place < len(ids) and number else exp.Null()


RULES: Rules = {
    "SYSTEM$STREAM_GET_TABLE_TIMESTAMP": stream_table_timestamp,
    "GET_DDL": get_ddl,
    "SYSTEM$GET_TAG": get_tag,
    "SYSTEM$STREAM_HAS_DATA": Special(stream_has_data, "BOOLEAN"),
    "SYSTEM$PIPE_FORCE_RESUME": pipe_force_resume,
    "SYSTEM$PIPE_STATUS": pipe_status,
    "SYSTEM$TASK_RUNTIME_INFO": runtime_info,
    "SYSTEM$GET_TASK_GRAPH_CONFIG": graph_config,
    "SYSTEM$GET_PREDECESSOR_RETURN_VALUE": predecessor_value,
    "SYSTEM$SET_RETURN_VALUE": set_return_value,
    "SYSTEM$PREDECESSORS_STATE": predecessors_state,
    "SYSTEM$TASK_COMPLETION_STATE": completion_state,
    "SYSTEM$USER_TASK_CANCEL_ONGOING_EXECUTIONS": cancel_executions,
    "SYSTEM$TASK_DEPENDENTS_ENABLE": enable_dependents,
    "SYSTEM$CURRENT_USER_TASK_NAME": _said("task"),
    "LAST_QUERY_ID": last_query_id,
    "CURRENT_DATABASE": _said("database"),
    "CURRENT_SCHEMA": _said("schema"),
    exp.CurrentRole: _said("role"),
    "CURRENT_SECONDARY_ROLES": _said("secondary"),
    exp.CurrentUser: _said("user"),
    "CURRENT_WAREHOUSE": _said("warehouse"),
    "CURRENT_ACCOUNT": _said("account"),
    "CURRENT_ACCOUNT_NAME": _said("account"),
    "CURRENT_ORGANIZATION_NAME": _said("account"),
    "CURRENT_REGION": _said("region"),
    "CURRENT_VERSION": _said("version"),
    "CURRENT_SESSION": _said("session"),
    "UUID_STRING": of("", "VARCHAR", "CAST(uuid() AS VARCHAR)"),
}
