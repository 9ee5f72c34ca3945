"""Members of a TASK GRAPH object are left to its rules: nothing that would change them, or suspend their root, is ever sent.

The local account makes no TASK GRAPH, so its answer to SHOW TASK GRAPHS is written by hand, after reference A.16.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest

from snowpipe_deploy import deploy, planner
from snowpipe_deploy.diff import differing
from snowpipe_deploy.errors import DeployError
from snowpipe_deploy.kinds import KINDS
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.model import Change, Entry, ObjectKey, Plan, Project, Scope
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.project import from_texts
from snowpipe_deploy.session import Result, Session, SqlError, sequentially
from snowpipe_deploy.sqltext.clauses import TABLES
from snowpipe_deploy.templates import plain
from tests.test_deploy_cases import CASES

TEXT = """
create schema RAW;
create table RAW.T (ID number);
create procedure RAW.P() returns varchar language sql as $$ begin return 'x'; end $$;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.CHILD warehouse = W after RAW.ROOT as call RAW.P();
create task RAW.LAST warehouse = W finalize = RAW.ROOT as select 3;
create task RAW.ALONE warehouse = W schedule = '60 minutes' as select 4;
"""
KEY = ObjectKey("TASK", ObjectName(("RAW", "IT")))
SHOWN = {"created_on": "2026-01-01", "name": "G", "database_name": "D", "schema_name": "RAW", "comment": "of RAW.ALONE"}
ROWS = {
    "a list of full names": SHOWN | {"roots": '["D.RAW.ROOT"]', "finalizer": "D.RAW.LAST"},
    "a bare name": SHOWN | {"root_task": "ROOT", "finalizer": None},
}


@dataclass
class WithGraphs:
    """A session of the account as it is, but for the TASK GRAPHs that it shows."""

    session: Session
    rows: list[dict[str, object]]

    def execute(self, sql: str, tag: str = "") -> Result:
        if not sql.startswith("SHOW TASK GRAPHS"):
            return self.session.execute(sql, tag)
        return Result(tuple(self.rows[0]), tuple(tuple(row.values()) for row in self.rows))

    def together(self, statements: Sequence[str]) -> list[Result | SqlError]:
        return sequentially(self, statements)

    def cancel(self) -> None:
        self.session.cancel()

    def close(self) -> None:
        self.session.close()


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAccount]:
    """Plans only read, so one account serves all."""
    account = LocalAccount(tmp_path_factory.mktemp("graphs") / "account", asleep=True)
    made = deploy.plan(project(TEXT), account.session())
    assert {o.status for o in deploy.apply(made, account)} == {"running", "done"}
    yield account
    account.close()


def project(text: str) -> Project:
    return from_texts("p", Scope("D"), [plain("p.sql", text)])


def planned(account: LocalAccount, row: dict[str, object], old: str, new: str) -> Plan:
    assert old in TEXT
    return deploy.plan(project(TEXT.replace(old, new)), WithGraphs(account.session(), [row]))


CHANGES = {
    "a member's body": ("select 1;", "select 2;"),
    "its child": ("as call RAW.P()", "when 1 = 1 as call RAW.P()"),
    "its finalizer": ("select 3", "select 33"),
    "a member that leaves": ("create task RAW.LAST warehouse = W finalize = RAW.ROOT as select 3;", ""),
    "a new member": ("create task RAW.ALONE", "create task RAW.NEW warehouse = W after RAW.CHILD as select 1;\ncreate task RAW.ALONE"),
    "a signature that a member calls": ("RAW.P() returns", "RAW.P(A number) returns"),
}  # fmt: skip


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
@pytest.mark.parametrize(("old", "new"), CHANGES.values(), ids=CHANGES)
def test_a_change_of_a_member_is_refused(deployed: LocalAccount, row: dict[str, object], old: str, new: str) -> None:
    plan = planned(deployed, row, old, new)
    with pytest.raises(
        DeployError, match=r"is a member of task graph RAW\.G; what changes it is staged there until COMMIT"
    ):
        deploy.check_findings(plan)
    assert all("RAW.ALONE" not in f.message for f in plan.findings)


@pytest.mark.parametrize(("old", "new"), CHANGES.values(), ids=CHANGES)
def test_without_the_pass_it_would_be_changed(
    deployed: LocalAccount, old: str, new: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planner, "PASSES", tuple(p for p in planner.PASSES if p.__name__ != "leave_task_graphs"))
    plan = planned(deployed, ROWS["a bare name"], old, new)
    assert any("TASK" in sql and "RAW.ROOT" in sql for a in plan.actions for sql in a.sql)
    assert plan.findings == ()


def test_other_tasks_are_changed_as_ever(deployed: LocalAccount) -> None:
    plan = planned(deployed, ROWS["a bare name"], "select 4", "select 5")
    assert plan.findings == ()
    assert [a.id for a in plan.actions] == ["suspend task RAW.ALONE", "alter task RAW.ALONE", "resume task RAW.ALONE"]


def test_a_graph_that_does_not_tell_its_members_may_hold_any_of_its_schema(deployed: LocalAccount) -> None:
    plan = planned(deployed, SHOWN, "select 4", "select 5")
    assert (
        "task RAW.ALONE is a member of task graph RAW.G, or may be: SHOW does not tell its tasks"
        in plan.findings[0].message
    )
    assert planned(deployed, SHOWN | {"schema_name": "OTHER"}, "select 4", "select 5").findings == ()


def test_a_task_graph_is_no_kind_that_is_deployed() -> None:
    found = project(TEXT + "create task graph RAW.G roots = (RAW.ROOT);").problems
    assert [(f.severity, "task graph" in f.message.lower()) for f in found] == [("error", True)]


# a value for each clause of CREATE TASK: what is added to a task that has none, and what it becomes then
CLAUSES = {
    "WAREHOUSE": ("W", "V"), "USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE": ("'XSMALL'", "'SMALL'"), "SCHEDULE": ("'5 MINUTES'", "'6 MINUTES'"),
    "CONFIG": ("'{}'", '$${"a": 1}$$'), "OVERLAP_POLICY": ("NO_OVERLAP", "ALLOW_ALL_OVERLAP"),
    "ALLOW_OVERLAPPING_EXECUTION": ("TRUE", "FALSE"), "USER_TASK_TIMEOUT_MS": ("1000", "2000"),
    "SUSPEND_TASK_AFTER_NUM_FAILURES": ("3", "4"), "ERROR_INTEGRATION": ("I", "J"), "SUCCESS_INTEGRATION": ("I", "J"),
    "LOG_LEVEL": ("'INFO'", "'ERROR'"), "COMMENT": ("'a'", "'b'"), "FINALIZE": ("RAW.ROOT", "RAW.ALONE"),
    "TASK_AUTO_RETRY_ATTEMPTS": ("1", "2"), "USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS": ("10", "20"),
    "TARGET_COMPLETION_INTERVAL": ("'5 MINUTES'", "'6 MINUTES'"), "SERVERLESS_TASK_MIN_STATEMENT_SIZE": ("'XSMALL'", "'SMALL'"),
    "SERVERLESS_TASK_MAX_STATEMENT_SIZE": ("'LARGE'", "'XLARGE'"), "WITH TAG": ("(RAW.X = 'a')", "(RAW.X = 'b')"),
    "TAG": ("(RAW.X = 'a')", "(RAW.X = 'b')"), "AFTER": ("RAW.ROOT", "RAW.CHILD"), "EXECUTE AS USER": ("U", "V"),
    "WHEN": ("1 = 1", "2 = 2"), "TIMEZONE": ("'UTC'", "'Europe/Berlin'"),
}  # fmt: skip
_BARE = frozenset({"WITH TAG", "TAG", "AFTER", "EXECUTE AS USER", "WHEN"})  # written without =


def with_clause(word: str, value: str, *, body: str = "select 1") -> Project:
    clause = f"{word} {value}" if word in _BARE else f"{word} = {value}"
    return project(f"{TEXT}\ncreate task RAW.IT {clause if value else ''} as {body};")


def test_no_change_of_a_task_is_a_replace() -> None:
    """So its children and its finalizer stay linked: from every clause to none, from none to it, and to another value of it."""
    assert {clause.word for clause in TABLES["TASK"]} | {"TIMEZONE"} == CLAUSES.keys()
    kind, scope, altered = KINDS["TASK"], Scope("D"), set()
    for word, (first, second) in CLAUSES.items():
        things = [with_clause(word, value).by_key()[KEY] for value in ("", first, second)]
        things.append(with_clause(word, first, body="select 2").by_key()[KEY])
        for before, after in itertools.permutations(things, 2):
            clauses = differing(before.reading, after.reading)
            made = kind.alter(
                Change(
                    "alter", KEY, after, Entry(KEY, before.statement.text, None, ""), None, (), clauses, before.reading
                ),
                scope,
            )
            assert made.statements or made.refuse or not clauses, (word, clauses)
            assert not made.replace, word
            assert [sql for sql in made.statements if not sql.startswith("ALTER TASK D.RAW.IT ")] == []
            altered.update(clauses if made.statements else ())
    assert altered - {"AS"} == CLAUSES.keys() - {"WITH TAG", "TAG", "EXECUTE AS USER"}  # these are refused
    assert not kind.replaceable
    assert [path.stem for path in CASES if "-- replace task" in path.read_text(encoding="utf-8")] == []
