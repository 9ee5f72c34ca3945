"""Project files from a live account: the next plan is empty, and the same account comes of them."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from snowpipe_deploy import deploy, importing
from snowpipe_deploy.errors import UsageError
from snowpipe_deploy.importing import Import
from snowpipe_deploy.kinds import KINDS
from snowpipe_deploy.live import observe
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.model import ObjectKey, Project, Scope
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.project import from_texts
from snowpipe_deploy.session import Session
from snowpipe_deploy.templates import plain
from tests.test_deploy_cases import apply
from tests.test_deploy_cases import project as case_project

OPTIONS = deploy.Options()
EVERYTHING = """
create schema RAW with managed access comment = 'it''s raw';
create transient schema "Odd Name";
create sequence RAW.KEYS start 5 increment 2 comment = 'keys';
create file format RAW.CSV type = csv field_delimiter = ';' skip_header = 1 null_if = ('', 'NULL') comment = 'with ; and quotes';
create file format RAW.J type = json strip_outer_array = true;
create stage RAW.FILES file_format = (format_name = 'RAW.CSV') comment = 'incoming';
create stage RAW.TABS file_format = (type = csv field_delimiter = '\\t' skip_header = 2);
create stage RAW.OUTSIDE url = 's3://bucket/path/' storage_integration = LAKE;
create table RAW.T (
    ID number autoincrement start 10 increment 5,
    NAME varchar(20) not null default 'it''s' comment 'what it''s called',
    "Mixed Case" timestamp_ltz default current_timestamp(),
    AMOUNT number(10, 2) default 0,
    DATA variant,
    primary key (NAME)
) cluster by (NAME, AMOUNT) data_retention_time_in_days = 3 comment = 'rows';
create transient table RAW.U (ID number unique, AT date);
create table "Odd Name"."t" (ID number);
create stream RAW.S on table RAW.T append_only = true comment = 'new rows';
create stream RAW.S2 on table "Odd Name"."t";
create view RAW.V (ID, N comment 'the name') comment = 'all' as
-- kept as it is
select ID, NAME from T where NAME <> ';';
create secure view RAW.SECRET as select ID from RAW.T;
create dynamic table RAW.DT scheduler = disable warehouse = W refresh_mode = full comment = 'counted'
    as select NAME, count(*) as N from RAW.T group by NAME;
create procedure RAW.P(A varchar, B number default 3) returns varchar language sql comment = 'does' execute as caller as
$$
begin
    -- it's
    return 'a\\b' || a;
end
$$;
create procedure RAW.P(A date) returns table (X number) language sql as
$$ declare r resultset default (select 1 as X); begin return table(r); end $$;
create task RAW.ROOT warehouse = W schedule = 'USING CRON 0 6 * * * UTC' config = '{"a": "it''s"}'
    suspend_task_after_num_failures = 3 comment = 'first' as call RAW.P('x');
create task RAW.CHILD warehouse = W after RAW.ROOT when SYSTEM$STREAM_HAS_DATA('RAW.S') as
begin
    insert into RAW.U select ID, current_date() from RAW.S;
end;
create task RAW.LAST warehouse = W finalize = RAW.ROOT as select 1;
create task RAW.ALONE schedule = '5 minutes' user_task_timeout_ms = 60000 as select 2;
alter task RAW.ALONE suspend;
create pipe RAW.LOAD comment = 'loads' as copy into RAW.U from @RAW.FILES;
create alert RAW.WATCH warehouse = W schedule = '10 minutes' if (exists (select 1 from RAW.T)) then insert into RAW.U select 1, null;
"""


def texts(found: Import) -> list[tuple[str, str]]:
    return [(file.path, file.text) for file in found.files]


def imported(found: Import, name: str, database: str) -> Project:
    project = from_texts(name, Scope(database), [plain(path, text) for path, text in texts(found)])
    assert [(p.where.path, p.message) for p in project.problems] == []
    return project


def facts(session: Session, database: str) -> dict[ObjectKey, tuple[dict[str, str], str]]:
    live = observe(session, Scope(database), {*KINDS})
    ours = {ObjectKey("SCHEMA", ObjectName((name,))) for name in ("PUBLIC", "SNOWDEPLOY")}
    return {k: (dict(o.facts), o.state.get("state", "")) for k, o in live.objects.items()
            if k.kind in importing.IMPORTED and k not in ours}  # fmt: skip


def check(session: Session, account: LocalAccount, name: str, database: str, elsewhere: Path) -> Import:
    """What is imported without a record is adopted to an empty plan, and makes the same objects in a fresh account."""
    found = importing.read_account(session, Project(name, Scope(database)))
    assert (found.failed, found.left, found.recorded) == ((), (), {})
    project = imported(found, name, database)
    before = facts(session, database)
    assert set(project.by_key()) == set(before)
    apply(deploy.adopt(project, session, OPTIONS), account)
    plan = deploy.plan(project, session)
    assert ([a.id for a in plan.actions], plan.findings, plan.drift) == ([], (), ())
    assert facts(session, database) == before
    fresh = LocalAccount(elsewhere)
    try:
        other = fresh.session()
        other.execute(f"CREATE DATABASE {database}")
        apply(deploy.plan(project, other), fresh)
        assert facts(other, database) == before
    finally:
        fresh.close()
    return found


@pytest.fixture
def everything(account: LocalAccount) -> Session:
    session = account.session()
    session.execute("CREATE DATABASE CASE_DB")
    apply(deploy.plan(case_project(EVERYTHING), session), account)
    return session


def test_every_kind_comes_back(everything: Session, account: LocalAccount, tmp_path: Path) -> None:
    everything.execute("DROP SCHEMA CASE_DB.SNOWDEPLOY")
    found = check(everything, account, "new", "CASE_DB", tmp_path / "fresh")
    notes = {str(file.key): file.notes for file in found.files if file.notes}
    assert [key for key in notes if not key.startswith(("stream", "sequence", "stage", "pipe"))] == []
    assert "position" in notes["stream RAW.S"][0]
    assert {key for key, said in notes.items() if "the files in it" in said[0]} == {"stage RAW.FILES", "stage RAW.TABS"}
    by_key = {str(file.key): file for file in found.files}
    assert by_key["procedure RAW.P(DATE)"].path != by_key["procedure RAW.P(VARCHAR, NUMBER)"].path
    assert "CASE_DB" not in "".join(file.text for file in found.files)


def test_the_video_pipeline_comes_back(template: Path, tmp_path: Path) -> None:
    shutil.copytree(template, tmp_path / "account")
    account = LocalAccount(tmp_path / "account")
    session = account.session()
    session.execute("DROP SCHEMA YOUTUBE_ANALYTICS_DEV.SNOWDEPLOY")
    check(session, account, "youtube-analytics", "YOUTUBE_ANALYTICS_DEV", tmp_path / "fresh")
    account.close()


def test_what_a_project_deployed_comes_from_its_record(everything: Session, account: LocalAccount) -> None:
    """The texts that somebody wrote, and so an empty plan with nothing to adopt; what drifted is read from the account."""
    found = importing.read_account(everything, Project("case", Scope("CASE_DB")))
    assert found.recorded == {"case": len(found.files)}
    plan = deploy.plan(imported(found, "case", "CASE_DB"), everything)
    assert ([a.id for a in plan.actions], plan.findings) == ([], ())
    everything.execute("ALTER TABLE CASE_DB.RAW.U SET COMMENT = 'theirs'")
    everything.execute("ALTER TASK CASE_DB.RAW.ROOT SUSPEND")
    found = importing.read_account(everything, Project("case", Scope("CASE_DB")))
    assert found.recorded == {"case": len(found.files) - 1}
    by_key = {str(file.key): file.text for file in found.files}
    assert "COMMENT='theirs'" in by_key["table RAW.U"]
    assert by_key["task RAW.ROOT"].endswith("ALTER TASK RAW.ROOT SUSPEND;\n")
    again = imported(found, "case", "CASE_DB")
    assert [a.id for a in deploy.adopt(again, everything, OPTIONS).actions] == ["adopt table RAW.U"]
    # another project is handed what the first one deployed
    found = importing.read_account(everything, Project("second", Scope("CASE_DB")), ("RAW",))
    second = imported(found, "second", "CASE_DB")
    apply(deploy.adopt(second, everything, OPTIONS, (), "case"), account)
    plan = deploy.plan(second, everything)
    assert ([a.id for a in plan.actions], plan.findings) == ([], ())


def test_one_schema(everything: Session) -> None:
    found = importing.read_account(everything, Project("case", Scope("CASE_DB")), ("Odd Name",))
    assert [path for path, _ in texts(found)] == ["sql/odd_name/schema.sql", "sql/odd_name/table_t.sql"]
    with pytest.raises(UsageError) as raised:
        importing.read_account(everything, Project("case", Scope("CASE_DB")), ("NOWHERE",))
    assert "RAW" in (raised.value.hint or "")
    with pytest.raises(UsageError, match="is not there"):
        importing.read_account(everything, Project("case", Scope("NO_DB")))


@pytest.mark.parametrize(
    ("ddl", "text"),
    [
        ("create or replace TABLE T cluster by LINEAR(A, B)(\n\tA NUMBER(38,0),\n\tB DATE\n)COMMENT='x'\n;",
         "CREATE TABLE RAW.T (\n\tA NUMBER(38,0),\n\tB DATE\n) CLUSTER BY (A, B) COMMENT='x'"),
        ("create or replace TRANSIENT TABLE T (\n\tA NUMBER(38,0)\n);", "CREATE TRANSIENT TABLE RAW.T (\n\tA NUMBER(38,0)\n)"),
        ('create or replace stream S on table "DB"."RAW".T;', 'CREATE STREAM RAW.S on table "RAW".T'),
        ("create or replace task S\n\twarehouse=DB\n\tcomment='DB.RAW is meant'\n\tafter DB.RAW.A, DB.RAW.B\n\tas select * from DB.RAW.T;",
         "CREATE TASK RAW.S\n\twarehouse=DB\n\tcomment='DB.RAW is meant'\n\tafter RAW.A, RAW.B\n\tas select * from DB.RAW.T"),
        ("create or replace secure view S(\n\tA\n) as select 1 as A;", "CREATE SECURE VIEW RAW.S(\n\tA\n) as select 1 as A"),
    ],
)  # fmt: skip
def test_what_get_ddl_says_becomes_a_statement_of_a_project(ddl: str, text: str) -> None:
    kind = next(kind for kind in ("STREAM", "TASK", "VIEW", "TABLE") if f" {kind} " in ddl[:40].upper())
    name = "T" if kind == "TABLE" else "S"
    assert importing.rewritten(ObjectKey(kind, ObjectName(("RAW", name))), ddl, Scope("DB")) == text


def test_an_object_that_cannot_be_read_ends_nothing(everything: Session) -> None:
    """An answer of GET_DDL that is no statement we know is said; all else is imported."""

    class Mute:
        """A session whose GET_DDL of one table says nothing: as of an object whose owner hides it."""

        def __init__(self, inner: Session) -> None:
            self.inner = inner

        def __getattr__(self, name: str) -> object:
            return getattr(self.inner, name)

        def together(self, statements: list[str]) -> list[object]:
            return list(
                self.inner.together([s.replace("'CASE_DB.RAW.U'", "'CASE_DB.RAW.NOT_THERE'") for s in statements])
            )

    everything.execute("DROP SCHEMA CASE_DB.SNOWDEPLOY")
    found = importing.read_account(Mute(everything), Project("case", Scope("CASE_DB")))  # type: ignore[arg-type]
    assert [str(key) for key, _ in found.failed] == ["table RAW.U"]
    assert "does not exist or not authorized" in found.failed[0][1]
    assert len(found.files) == len(replace(found).files) > 20


ACCESS = """
create schema RAW;
create table RAW.T (ID number);
create procedure RAW.P(A number) returns varchar language sql as $$ begin return 'x'; end $$;
create warehouse LOADING warehouse_size = 'X-Small' auto_suspend = 60 comment = 'it''s for tasks';
create warehouse IDLE;
create task RAW.A warehouse = LOADING schedule = '60 minutes' as call RAW.P(1);
create role READER comment = 'reads';
create role ANALYST;
create role STRANGER;
create database role INSIDE;
grant usage on database CASE_DB to role READER;
grant usage on schema RAW to role READER;
grant select, insert on table RAW.T to role READER;
grant update on table RAW.T to role READER with grant option;
grant usage on procedure RAW.P(number) to database role INSIDE;
grant database role INSIDE to role ANALYST;
grant select on future tables in schema RAW to role ANALYST;
grant role READER to role ANALYST;
grant usage on warehouse LOADING to role READER;
grant usage on warehouse IDLE to role STRANGER;
grant execute task on account to role READER;
grant select on table RAW.T to role PUBLIC;
"""


def grants_of(session: Session, text: str) -> dict[ObjectKey, dict[str, str]]:
    project = case_project(text)
    live = deploy.look(session, project, {*KINDS})[0]
    return {key: dict(seen.facts) for key, seen in live.objects.items() if key.kind == "GRANT"}


def test_roles_grants_and_warehouses_come_back(account: LocalAccount, tmp_path: Path) -> None:
    session = account.session()
    session.execute("CREATE DATABASE CASE_DB")
    apply(deploy.plan(case_project(ACCESS), session), account)
    session.execute("DROP SCHEMA CASE_DB.SNOWDEPLOY")
    session.execute("GRANT OWNERSHIP ON TABLE CASE_DB.RAW.T TO ROLE READER COPY CURRENT GRANTS")
    found = importing.read_account(session, Project("new", Scope("CASE_DB")))
    by_path = {file.path: file for file in found.files}
    assert by_path["sql/access/role_reader.sql"].text == (
        "CREATE ROLE READER COMMENT = 'reads';\n"
        "GRANT USAGE ON DATABASE CASE_DB TO ROLE READER;\n"
        "GRANT USAGE ON SCHEMA RAW TO ROLE READER;\n"
        "GRANT INSERT, SELECT ON TABLE RAW.T TO ROLE READER; GRANT UPDATE ON TABLE RAW.T TO ROLE READER WITH GRANT OPTION;\n"
        "GRANT USAGE ON WAREHOUSE LOADING TO ROLE READER;\n"
    )
    assert by_path["sql/access/role_public.sql"].text == "GRANT SELECT ON TABLE RAW.T TO ROLE PUBLIC;\n"
    assert by_path["sql/raw/table_t.sql"].notes == (
        "its owner, role READER: what is made from this file belongs to who deploys it",
    )
    assert "{{ database }}" in by_path["sql/access/role_reader.sql"].notes[0]
    everything = "".join(file.text for file in found.files)
    assert "STRANGER" not in everything  # it may do nothing here
    assert "IDLE" not in everything
    assert "ON ACCOUNT" not in everything
    project = imported(found, "new", "CASE_DB")
    apply(deploy.adopt(project, session, OPTIONS), account)
    plan = deploy.plan(project, session)
    assert ([a.id for a in plan.actions], plan.findings, plan.drift) == ([], (), ())
    fresh = LocalAccount(tmp_path / "fresh")
    other = fresh.session()
    other.execute("CREATE DATABASE CASE_DB")
    apply(deploy.plan(project, other), fresh)
    kept = {
        key: facts
        for key, facts in grants_of(session, ACCESS).items()
        if "account" not in str(key) and "IDLE" not in str(key)
    }
    assert grants_of(other, ACCESS) == kept
    fresh.close()


def test_a_part_of_a_database_takes_only_its_own_grants(account: LocalAccount) -> None:
    session = account.session()
    session.execute("CREATE DATABASE CASE_DB")
    more = "create schema OTHER; create table OTHER.U (ID number); grant select on table OTHER.U to role ANALYST;"
    apply(deploy.plan(case_project(ACCESS + more), session), account)
    found = importing.read_account(session, Project("case", Scope("CASE_DB")), ("OTHER",))
    assert {file.path: file.text for file in found.files if "access" in file.path} == {
        "sql/access/role_analyst.sql": "CREATE ROLE ANALYST;\nGRANT SELECT ON TABLE OTHER.U TO ROLE ANALYST;\n"
    }
    assert found.recorded == {"case": len(found.files)}
