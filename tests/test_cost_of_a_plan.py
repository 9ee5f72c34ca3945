"""A plan asks a number of questions that does not grow with the objects: at most eight, and one for each kind."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from snowpipe_deploy import deploy
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.local.session import LocalSession
from snowpipe_deploy.model import Project, Scope
from snowpipe_deploy.project import from_texts
from snowpipe_deploy.session import Result, Session, SqlError, sequentially
from snowpipe_deploy.templates import plain
from tests.recording import Recording
from tests.test_cli import Shell, shell

__all__ = ["shell"]
BESIDES = 8


def project(count: int, *, kinds: str = "all") -> Project:
    """`count` objects in turn: tables, views, streams, tasks, procedures, sequences, and a grant on each table."""
    made = ["create schema RAW;", "create role READER;"]
    for n in range(count // 7 + 1):
        made += [
            f"create table RAW.T{n} (ID number);",
            f"create view RAW.V{n} as select ID from RAW.T{n};",
            f"create stream RAW.S{n} on table RAW.T{n};",
            f"create task RAW.K{n} warehouse = W schedule = '60 minutes' as select 1;",
            f"create procedure RAW.P{n}() returns varchar language sql as $$ begin return 'x'; end $$;",
            f"create sequence RAW.Q{n};",
            f"grant select on table RAW.T{n} to role READER;",
        ]
    kept = made if kinds == "all" else made[:1] + [text for text in made if "create sequence" in text]
    return from_texts("p", Scope("D"), [plain("p.sql", "\n".join(kept[: count + 1]))])


def asked(account: LocalAccount, wanted: Project) -> int:
    recording = Recording(account)
    deploy.plan(wanted, recording.session())
    return len(recording.sent)


@pytest.mark.parametrize("count", [20, 200])
def test_a_plan_asks_eight_questions_and_one_a_kind(tmp_path: Path, count: int) -> None:
    account = LocalAccount(tmp_path / "account", asleep=True)
    wanted = project(count)
    kinds = {thing.key.kind for thing in wanted.objects}
    assert len(kinds) >= 8
    found = {"nothing there": asked(account, wanted)}
    for outcome in deploy.apply(deploy.plan(wanted, account.session()), account):
        assert outcome.status in {"running", "done"}, outcome.detail
    found["all there"] = asked(account, wanted)
    found["most left the files"] = asked(account, project(count, kinds="few"))  # the record holds their kinds
    found["all left the files"] = asked(account, Project("p", Scope("D")))  # and a teardown is no other plan
    account.session().execute("DROP SCHEMA D.RAW")
    found["all was dropped"] = asked(account, wanted)
    account.close()
    assert {name: n for name, n in found.items() if n > len(kinds) + BESIDES} == {}


OTHERS = {
    "file format": "create file format D.RAW.F type = csv", "stage": "create stage D.RAW.X", "pipe": "create pipe D.RAW.X as copy into D.RAW.T from @D.PUBLIC.LOT",
    "stream": "create stream D.RAW.X on table D.RAW.T", "task": "create task D.RAW.X schedule = '60 minutes' as select 1",
    "function": "create function D.RAW.X() returns number as '1'", "sequence": "create sequence D.RAW.X",
    "procedure": "create procedure D.RAW.X() returns varchar language sql as $$ begin return 'x'; end $$",
    "view": "create view D.RAW.X as select 1 as A", "tag": "create tag D.RAW.X",
    "dynamic table": "create dynamic table D.RAW.X scheduler = disable warehouse = W refresh_mode = full as select ID from D.RAW.T",
    "masking policy": "create masking policy D.RAW.X as (V varchar) returns varchar -> V",
    "alert": "create alert D.RAW.X warehouse = W schedule = '10 minutes' if (exists (select 1)) then select 1",
}  # fmt: skip


def test_a_teardown_finds_the_objects_of_others_of_any_kind_in_one_statement(tmp_path: Path) -> None:
    account = LocalAccount(tmp_path / "account", asleep=True)
    text = "create schema RAW; create table RAW.T (ID number);"
    wanted = from_texts("p", Scope("D"), [plain("p.sql", text)])
    session = account.session()
    assert {o.status for o in deploy.apply(deploy.plan(wanted, session), account)} == {"running", "done"}
    session.execute("create stage D.PUBLIC.LOT")
    kinds = {thing.key.kind for thing in wanted.objects}
    for kind, sql in OTHERS.items():
        session.execute(sql)
        recording = Recording(account)
        plan = deploy.teardown(wanted, recording.session())
        assert len(recording.sent) <= len(kinds) + BESIDES, kind
        assert [note for note in plan.notes if note.startswith(f"schema RAW stays: it holds {kind} RAW.")], (
            kind,
            plan.notes,
        )
        assert [a.id for a in plan.actions] == ["drop table RAW.T"], kind
        session.execute(
            f"drop {kind} D.RAW.{'F' if kind == 'file format' else 'X'}{'()' if kind in {'function', 'procedure'} else ''}"
        )
    assert [a.id for a in deploy.teardown(wanted, session).actions] == ["drop table RAW.T", "drop schema RAW"]
    account.close()


def test_where_the_account_refuses_a_kind_the_others_are_still_found(tmp_path: Path) -> None:
    """An edition without tags, say: the chain fails as a whole, and each kind is asked by itself."""
    account = LocalAccount(tmp_path / "account", asleep=True)
    wanted = from_texts("p", Scope("D"), [plain("p.sql", "create schema RAW; create table RAW.T (ID number);")])
    session = account.session()
    assert {o.status for o in deploy.apply(deploy.plan(wanted, session), account)} == {"running", "done"}
    session.execute("create stage D.RAW.X")
    plan = deploy.teardown(wanted, Chainless(account.session()))
    assert [note for note in plan.notes if note.startswith("schema RAW stays: it holds stage RAW.X")]
    account.close()


@dataclass
class Chainless:
    """A session that refuses chains of SHOWs of tags."""

    session: Session

    def execute(self, sql: str, tag: str = "") -> Result:
        if "->>" in sql and "SHOW TAGS" in sql:
            raise SqlError(2, "0A000", "Unsupported feature 'TAG'.")
        return self.session.execute(sql, tag)

    def together(self, statements: Sequence[str]) -> list[Result | SqlError]:
        return sequentially(self, statements)

    def cancel(self) -> None:
        self.session.cancel()

    def close(self) -> None:
        self.session.close()


@pytest.mark.parametrize("count", [20, 200])
def test_a_look_at_privileges_costs_three_statements_and_one_a_role(tmp_path: Path, count: int) -> None:
    """Only where there is something to do, and in as many round trips as roles are granted to roles."""
    account = LocalAccount(tmp_path / "account", asleep=True)
    session = account.session()
    for sql in (
        "CREATE DATABASE D",
        "CREATE ROLE UPPER_ROLE",
        "CREATE ROLE LOWER_ROLE",
        "GRANT ROLE LOWER_ROLE TO ROLE UPPER_ROLE",
    ):
        session.execute(sql)
    session.execute("GRANT USAGE, CREATE SCHEMA ON DATABASE D TO ROLE LOWER_ROLE")
    wanted = project(count, kinds="few")
    recording = Recording(account, role="UPPER_ROLE")
    session = recording.session()
    plan = deploy.plan(wanted, session)
    planned = len(recording.sent)
    assert deploy.with_forecast(plan, wanted, session).findings == ()
    looked = recording.sent[planned:]
    assert looked[0] == "SELECT CURRENT_ROLE(), CURRENT_SECONDARY_ROLES()"
    assert len(looked) <= 3 + 3  # UPPER_ROLE, PUBLIC, LOWER_ROLE
    account.close()


def test_a_plan_with_nothing_to_do_looks_at_no_privileges(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("sql", "templates"):
        shutil.rmtree(shell.root / folder)
    (shell.root / "sql").mkdir()
    (shell.root / "sql" / "a.sql").write_text("create schema RAW; create table RAW.T (ID number);", encoding="utf-8")
    sent: list[str] = []
    run = LocalSession.execute
    monkeypatch.setattr(LocalSession, "execute", lambda self, sql, tag="": (sent.append(sql), run(self, sql, tag))[1])
    shell("plan")
    assert any("CURRENT_SECONDARY_ROLES" in sql for sql in sent)
    shell("apply", "--yes")
    sent.clear()
    assert "nothing to do" in shell("plan")
    assert not any("CURRENT_SECONDARY_ROLES" in sql for sql in sent)
