"""A finalizer that writes down success without having looked."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program, Run
from snowpipe_deploy.analysis.task_graphs import task_graphs
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import Token

_SUCCESS = frozenset({"SUCCESS", "SUCCEEDED", "SUCCESSFUL", "OK", "COMPLETED", "COMPLETE", "DONE", "PASSED"})
# words of a statement that looks how the graph ended
_LOOKS = (
    "TASK_HISTORY", "TASK_GRAPHS", "PREDECESSOR", "TASK_COMPLETION_STATE", "SQLERRM", "SQLCODE", "ERROR", "FAIL", "QUERY_HISTORY", "CASE", "IFF",
    "COALESCE", "DECODE",
)  # fmt: skip


def check(program: Program) -> Iterator[Hit]:
    for task in task_graphs(program).tasks:
        runs = program.runs(task.step) if task.finalizes is not None else ()
        if not runs or program.opaque(task.step) or any(_looks(run) for run in runs):
            continue
        for run in runs:
            token = _claims(run)
            if token is not None:
                yield Hit(
                    f"finalizer {task.label} writes {token.value!r} however its graph has ended: it runs after failures too",
                    run.owner.at(run.inner.at + token.start),
                    "read the states of the run from INFORMATION_SCHEMA.TASK_HISTORY first",
                    task.label,
                )
                break


def _looks(run: Run) -> bool:
    upper = run.inner.text.upper()
    return any(word in upper for word in _LOOKS)


def _claims(run: Run) -> Token | None:
    if run.inner.verb not in {"INSERT", "UPDATE", "MERGE"}:
        return None
    compared = {"=", "!=", "<>", "LIKE", "IN", "("} if run.inner.verb != "INSERT" else set()
    for before, token in zip((None, *run.inner.tokens), run.inner.tokens, strict=False):
        sets = (
            before is not None and before.text == "=" and run.inner.verb == "UPDATE" and not _behind_where(run, token)
        )
        plain = before is None or before.upper not in compared
        if (
            token.kind == "string"
            and token.value.upper() in _SUCCESS
            and (sets or plain)
            and not _behind_where(run, token)
        ):
            return token
    return None


def _behind_where(run: Run, token: Token) -> bool:
    return any(t.upper == "WHERE" and t.start < token.start for t in run.inner.tokens)


RULE = Rule(
    "SD226", "finalizer-hides-failures", "warning",
    "A finalizer runs when its graph has ended, also when tasks have failed. One that logs success without looking hides the "
    "failures; let it read the states of the run.",
    check,
    bad="""
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.LAST WAREHOUSE = LOAD_WH FINALIZE = RAW.ROOT AS
  INSERT INTO RAW.RUNS (AT, STATE) SELECT CURRENT_TIMESTAMP(), 'SUCCESS'; -- !
""",
    good="""
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.LAST WAREHOUSE = LOAD_WH FINALIZE = RAW.ROOT AS
  INSERT INTO RAW.RUNS (AT, STATE)
  SELECT CURRENT_TIMESTAMP(), IFF(COUNT_IF(STATE = 'FAILED') = 0, 'SUCCESS', 'FAILED')
  FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(RESULT_LIMIT => 1000));
ALTER TASK RAW.LAST RESUME;
ALTER TASK RAW.ROOT RESUME;
""",
)  # fmt: skip
