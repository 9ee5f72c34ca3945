"""A plan asks a number of questions that does not grow with the objects: at most eight, and one for each kind."""

from pathlib import Path

import pytest

from snowpipe_deploy import deploy
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.local.session import LocalSession
from snowpipe_deploy.model import Project, Scope
from snowpipe_deploy.project import from_texts
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
    found["all left the files"] = asked(account, Project("p", Scope("D")))
    account.session().execute("DROP SCHEMA D.RAW")
    found["all was dropped"] = asked(account, wanted)
    account.close()
    # where a whole schema goes, every kind is looked for: whatever is in it goes along
    whole = {"all left the files": len(deploy.KINDS) + BESIDES}
    assert {name: n for name, n in found.items() if n > whole.get(name, len(kinds) + BESIDES)} == {}


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
    sent: list[str] = []
    run = LocalSession.execute
    monkeypatch.setattr(LocalSession, "execute", lambda self, sql, tag="": (sent.append(sql), run(self, sql, tag))[1])
    shell("plan")
    assert any("CURRENT_SECONDARY_ROLES" in sql for sql in sent)
    shell("apply", "--yes")
    sent.clear()
    assert "nothing to do" in shell("plan")
    assert not any("CURRENT_SECONDARY_ROLES" in sql for sql in sent)
