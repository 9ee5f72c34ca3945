"""The clauses of a task: which there are, and what Snowflake refuses of their values (reference A.1, A.2, A.9)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlglot import exp

from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query.translate import parse
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.local.statements import _later
from snowpipe_deploy.local.statements.transactions import SESSION_PARAMETERS, check_parameter
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.schedule import parse_schedule
from snowpipe_deploy.session import SqlError
from snowpipe_deploy.sqltext.head import Head

KNOWN = frozenset({
    "WAREHOUSE", "SCHEDULE", "CONFIG", "USER_TASK_TIMEOUT_MS", "SUSPEND_TASK_AFTER_NUM_FAILURES", "FINALIZE", "AFTER", "WHEN",
    "USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE", "OVERLAP_POLICY", "ALLOW_OVERLAPPING_EXECUTION",
    "ERROR_INTEGRATION", "SUCCESS_INTEGRATION", "LOG_LEVEL", "TASK_AUTO_RETRY_ATTEMPTS",
    "USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS", "TARGET_COMPLETION_INTERVAL", "SERVERLESS_TASK_MIN_STATEMENT_SIZE",
    "SERVERLESS_TASK_MAX_STATEMENT_SIZE",
})  # fmt: skip
_NOT_BY_OR_ALTER = frozenset({
    "TAG", "WITH TAG", "LOG_LEVEL", "USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS", "TARGET_COMPLETION_INTERVAL",
    "SERVERLESS_TASK_MIN_STATEMENT_SIZE", "SERVERLESS_TASK_MAX_STATEMENT_SIZE",
})  # fmt: skip
_ROOT_ONLY = frozenset({"OVERLAP_POLICY", "ALLOW_OVERLAPPING_EXECUTION", "TASK_AUTO_RETRY_ATTEMPTS", "CONFIG"})
_SIZES = ("XSMALL", "SMALL", "MEDIUM", "LARGE", "XLARGE", "XXLARGE")
_SERVERLESS = (
    "SERVERLESS_TASK_MIN_STATEMENT_SIZE",
    "USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE",
    "SERVERLESS_TASK_MAX_STATEMENT_SIZE",
)
# the ranges of reference A.2; SUSPEND_TASK_AFTER_NUM_FAILURES has no upper end
_RANGES = {
    "USER_TASK_TIMEOUT_MS": (0, 604_800_000), "TASK_AUTO_RETRY_ATTEMPTS": (0, 30),
    "SUSPEND_TASK_AFTER_NUM_FAILURES": (0, None), "USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS": (10, 604_800),
}  # fmt: skip
_MOST_PREDECESSORS = _MOST_CHILDREN = 100
_MOST_TASKS = 1000


def check_form(head: Head) -> None:
    """CREATE OR ALTER has fewer clauses."""
    if "OR ALTER" in head.modifiers and (extra := head.clauses.keys() & _NOT_BY_OR_ALTER):
        raise sql_error("syntax", f"syntax error: CREATE OR ALTER TASK has no {', '.join(sorted(extra))}")


def properties(runner: Runner, head: Head, name: ObjectName) -> dict[str, Any]:
    """What CREATE TASK gives the task, checked."""
    clauses = dict(head.clauses)
    clauses.pop("COMMENT", None)
    clauses = {word: value for word, value in clauses.items() if word not in {"TAG", "WITH TAG"}}
    if extra := clauses.keys() - KNOWN:
        raise unsupported(f"task property {', '.join(sorted(extra))}")
    if not head.body:
        raise sql_error("syntax", "syntax error: a task needs AS and a statement")
    _later.check(head.body)
    found: dict[str, Any] = {**clauses, "body": head.body.rstrip().rstrip(";").rstrip(), "state": "suspended"}
    if head.unknown:
        found["session"] = {word: session_value(word, value) for word, value, _ in head.unknown}
    if "AFTER" in clauses:
        found["AFTER"] = [str(member(runner, name, part)) for part in clauses["AFTER"]]
    if "FINALIZE" in clauses:
        found["FINALIZE"] = str(member(runner, name, str(clauses["FINALIZE"])))
    check(runner, found, name, runner.role)
    return found


def session_value(word: str, value: str) -> str:
    """A session parameter of a task; SEARCH_PATH and AUTOCOMMIT = FALSE are those that Snowflake takes from nobody's task."""
    if word == "SEARCH_PATH" or (word == "AUTOCOMMIT" and value.upper() == "FALSE"):
        raise sql_error("task", f"Parameter {word} cannot be set to {value} on a task.")
    if word not in SESSION_PARAMETERS:
        raise unsupported(f"session parameter {word} of a task")
    return check_parameter(word, value)


def member(runner: Runner, task: ObjectName, other: str) -> ObjectName:
    """A task named in AFTER or FINALIZE; all tasks of a graph are in one schema (reference A.5)."""
    full = ObjectName.parse(other).within(*task.parts[:2])
    if runner.catalog.find("TASK", full) is None or full.parts[:2] != task.parts[:2]:
        raise sql_error("predecessor", full)
    return full


def check(runner: Runner, found: Mapping[str, Any], name: ObjectName, owner: str) -> None:
    """Raises what Snowflake says to properties that do not go together, or have values that are none."""
    _check_links(runner, found, name)
    _check_owners(runner, found, owner)
    if found.get("SCHEDULE") is not None:
        try:
            parse_schedule(str(found["SCHEDULE"]))
        except ValueError as error:
            raise sql_error("task", f"Invalid schedule: {error}.") from error
    _check_numbers(found)
    _check_serverless(found)
    policy = str(found.get("OVERLAP_POLICY") or "NO_OVERLAP").upper()
    if policy not in {"NO_OVERLAP", "ALLOW_CHILD_OVERLAP", "ALLOW_ALL_OVERLAP"}:
        raise sql_error("task", f"Invalid value {policy} for OVERLAP_POLICY.")
    if found.get("CONFIG") is not None:
        config_object(str(found["CONFIG"]))
    if found.get("WHEN"):
        check_condition(str(found["WHEN"]))


def config_object(text: str) -> dict[str, Any]:
    """CONFIG is the text of a JSON object."""
    try:
        read = json.loads(text)
    except ValueError as error:
        raise sql_error("task", f"CONFIG is not valid JSON: {error}") from error
    if not isinstance(read, dict):
        raise sql_error("task", "CONFIG is not a JSON object.")
    return read


def _check_links(runner: Runner, found: Mapping[str, Any], name: ObjectName) -> None:
    after, root = found.get("AFTER") or (), found.get("FINALIZE")
    if found.get("SCHEDULE") is not None and (after or root):
        raise sql_error("task", "Task with a predecessor or FINALIZE cannot have a schedule.")
    if root is not None:
        if after:
            raise sql_error("task", "A finalizer cannot have predecessors.")
        if runner.catalog.get("TASK", ObjectName.parse(root)).properties.get("AFTER"):
            raise sql_error("task", "cannot finalize a non-root task")
    if after or root:
        for word in sorted(_ROOT_ONLY & {word for word, value in found.items() if value is not None}):
            shown = "allow_overlapping_execution" if "OVERLAP" in word else word.lower()
            raise sql_error("task", f"Cannot set {shown} on non-root task")
    _check_limits(runner, after, name)


def _check_owners(runner: Runner, found: Mapping[str, Any], owner: str) -> None:
    """All tasks of a graph are owned by one role (reference A.5; the words are ours)."""
    for name in (*(found.get("AFTER") or ()), *filter(None, [found.get("FINALIZE")])):
        other = runner.catalog.find("TASK", ObjectName.parse(name))
        if other is not None and other.owner != owner:
            raise sql_error("task", f"All tasks of a graph are owned by one role: {name} is owned by {other.owner}.")


def _check_limits(runner: Runner, after: Sequence[str], name: ObjectName) -> None:
    """How large a graph may be (reference A.5; the words are ours)."""
    if len(after) > _MOST_PREDECESSORS:
        raise sql_error("task", f"Task {name} has more than {_MOST_PREDECESSORS} predecessors.")
    if not after:
        return
    others = [t for t in runner.catalog.of("TASK", name.parts[:2]) if t.name != name]
    for above in after:
        entry = runner.catalog.find("TASK", ObjectName.parse(above))
        if entry is not None and entry.properties.get("FINALIZE"):
            raise sql_error("task", f"Finalizer task {above} cannot have child tasks.")
        if sum(above in t.properties.get("AFTER", ()) for t in others) >= _MOST_CHILDREN:
            raise sql_error("task", f"Task {above} has more than {_MOST_CHILDREN} child tasks.")
    if len(others) >= _MOST_TASKS and _size(others, set(after)) >= _MOST_TASKS:
        raise sql_error("task", f"The graph of task {name} has more than {_MOST_TASKS} tasks.")


def _size(tasks: list[Entry], names: set[str]) -> int:
    """How many tasks hang together with those named."""
    links = {
        str(t.name): {*t.properties.get("AFTER", ()), *filter(None, [t.properties.get("FINALIZE")])} for t in tasks
    }
    below: dict[str, set[str]] = {}
    for task, above in links.items():
        for name in above:
            below.setdefault(name, set()).add(task)
    found, todo = set(names), list(names)
    while todo:
        name = todo.pop()
        new = (links.get(name, set()) | below.get(name, set())) - found
        found |= new
        todo += new
    return len(found)


def _check_numbers(found: Mapping[str, Any]) -> None:
    for word, (low, high) in _RANGES.items():
        if (text := found.get(word)) is None:
            continue
        if not str(text).isdigit() or int(str(text)) < low or (high is not None and int(str(text)) > high):
            raise sql_error("task", f"Invalid value {text} for parameter {word}.")


def _size_of(word: str, value: object) -> int:
    size = str(value).upper().replace("-", "").replace("X2LARGE", "XXLARGE").replace("2XLARGE", "XXLARGE")
    if size not in _SIZES:
        raise sql_error("task", f"Invalid value {value} for parameter {word}.")
    return _SIZES.index(size)


def _check_serverless(found: Mapping[str, Any]) -> None:
    """What only a task without a warehouse has; smallest, first and largest size in their order."""
    sizes = [_size_of(word, found[word]) for word in _SERVERLESS if found.get(word) is not None]
    if sizes != sorted(sizes):
        raise sql_error("task", "The sizes of a serverless task must be MIN <= INITIAL <= MAX.")
    if found.get("TARGET_COMPLETION_INTERVAL") is not None:
        _check_interval(str(found["TARGET_COMPLETION_INTERVAL"]))
    if found.get("WAREHOUSE") is None:
        return
    if found.get("TARGET_COMPLETION_INTERVAL") is not None:
        raise sql_error("serverless_only", "TARGET_COMPLETION_INTERVAL")
    for word in _SERVERLESS:
        if found.get(word) is not None:
            raise sql_error("task", f"Cannot set {word} on a non-serverless task.")


def _check_interval(text: str) -> None:
    """10 seconds to a day."""
    try:
        schedule = parse_schedule(text)
    except ValueError:
        schedule = None
    if schedule is None or schedule.cron or schedule.interval > 86_400:
        raise sql_error("task", f"Invalid value {text} for parameter TARGET_COMPLETION_INTERVAL.")


_IN_CONDITION = (
    exp.Select, exp.Alias, exp.Identifier, exp.And, exp.Or, exp.Not, exp.Paren, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is,
    exp.Cast, exp.TryCast, exp.DataType, exp.DataTypeParam, exp.Literal, exp.Boolean, exp.Null, exp.Neg,
)  # fmt: skip
_FUNCTIONS = frozenset({
    "SYSTEM$STREAM_HAS_DATA", "SYSTEM$GET_PREDECESSOR_RETURN_VALUE", "SYSTEM$PREDECESSORS_STATE", "SYSTEM$TASK_COMPLETION_STATE",
    "SYSTEM$GET_TASK_GRAPH_CONFIG",
})  # fmt: skip


def check_condition(text: str) -> None:
    """Only a few functions, comparisons and casts of literals may stand in WHEN (reference A.9)."""
    try:
        tree = parse(f"SELECT {text} AS V")
    except SqlError as error:
        raise sql_error("syntax", f"syntax error in WHEN {text}") from error
    for node in tree.walk():
        if isinstance(node, exp.Anonymous):
            if node.name.upper() not in _FUNCTIONS:
                raise _not_in_condition(node)
        elif not isinstance(node, _IN_CONDITION) or (isinstance(node, exp.Select) and node is not tree):
            raise _not_in_condition(node)


def _not_in_condition(node: exp.Expression) -> SqlError:
    return sql_error("syntax", f"Invalid expression for task condition expression: {node.sql('snowflake')[:60]}")
