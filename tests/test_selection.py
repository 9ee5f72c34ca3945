"""--select: a part of the changes, with what they force, and a note that says what is left."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from snowpipe_deploy import deploy, plan_file
from snowpipe_deploy.errors import UsageError
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.model import ObjectKey, Plan, Project, Scope
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.project import from_texts
from snowpipe_deploy.selection import matching, selected
from snowpipe_deploy.templates import plain
from snowpipe_deploy.uploads import found

BEFORE = """
CREATE SCHEMA RAW;
CREATE SCHEMA DWH;
CREATE VIEW RAW.SOURCE AS SELECT 1 AS A;
CREATE TABLE RAW.T (A NUMBER);
CREATE STREAM RAW.S ON TABLE RAW.T;
CREATE TABLE DWH.OLD (A NUMBER);
CREATE TASK RAW.ROOT SCHEDULE = '60 MINUTE' AS SELECT 1;
CREATE TASK RAW.CHILD AFTER RAW.ROOT AS SELECT 1;
"""
AFTER = """
CREATE SCHEMA RAW;
CREATE SCHEMA DWH;
CREATE VIEW RAW.SOURCE AS SELECT 1 AS A;
CREATE TABLE RAW.T (A NUMBER, B NUMBER);
CREATE STREAM RAW.S ON TABLE RAW.T COMMENT = 'new';
CREATE TABLE DWH.NEW (A NUMBER);
CREATE VIEW DWH.V AS SELECT A FROM DWH.NEW;
CREATE TASK RAW.ROOT SCHEDULE = '60 MINUTE' AS SELECT 1;
CREATE TASK RAW.CHILD AFTER RAW.ROOT AS SELECT 2;
INSERT INTO DWH.NEW SELECT 1;
"""


def project(text: str) -> Project:
    found = from_texts("p", Scope("DB"), [plain("a.sql", text)])
    assert found.problems == ()
    return found


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAccount]:
    """The first state, deployed; the tests only plan on it."""
    opened = LocalAccount(tmp_path_factory.mktemp("selection") / "account")
    session = opened.session()
    session.execute("CREATE DATABASE DB")
    done(opened, BEFORE)
    yield opened
    opened.close()


def done(account: LocalAccount, text: str) -> None:
    outcomes = deploy.apply(deploy.plan(project(text), account.session()), account)
    assert [(o.action.id, o.detail) for o in outcomes if o.status not in {"running", "done"}] == []


def planned(account: LocalAccount, *patterns: str, text: str = AFTER) -> Plan:
    made = deploy.plan(project(text), account.session(), deploy.Options(select=patterns))
    assert plan_file.read(plan_file.written(made), "plan.json") == made
    return made


def ids(plan: Plan) -> list[str]:
    return [action.id for action in plan.actions]


WINDOW = ["suspend task RAW.ROOT", "alter task RAW.CHILD", "resume task RAW.ROOT"]


@pytest.mark.parametrize(
    ("pattern", "steps"),
    [
        ("task RAW.*", WINDOW),
        ("TASK raw.child", WINDOW),
        ("task RAW.ROOT", []),
        ("RAW.ROOT+", WINDOW),
        ("task RAW.ROOT +downstream", WINDOW),
        ("RAW.T", ["alter table RAW.T"]),
        ("RAW.T+", ["alter stream RAW.S", "alter table RAW.T"]),
        ("+RAW.S", ["alter stream RAW.S", "alter table RAW.T"]),
        ("stream RAW.S +upstream", ["alter stream RAW.S", "alter table RAW.T"]),
        ("DWH.OLD", ["drop table DWH.OLD"]),
        ("+DWH.V", ["create table DWH.NEW", "create view DWH.V"]),
        ("DWH.NEW", ["create table DWH.NEW"]),
        ("RAW.SOURCE", []),
    ],
)
def test_what_a_pattern_plans(account: LocalAccount, pattern: str, steps: list[str]) -> None:
    assert sorted(ids(planned(account, pattern))) == sorted(steps)


def test_what_is_left_out_is_counted(account: LocalAccount) -> None:
    assert planned(account, "task RAW.*").notes == (
        "left out by --select: 2 to create, 2 to alter, 1 to drop, 1 script (table RAW.T, stream RAW.S, table DWH.NEW, view DWH.V, table DWH.OLD)",
    )
    assert planned(account).notes == ()
    assert planned(account, "*").notes == ()
    assert ids(planned(account, "*")) == ids(planned(account))


def test_a_script_is_selected_by_its_id(account: LocalAccount) -> None:
    runs = [id_ for id_ in ids(planned(account)) if id_.startswith("run ")]
    assert ids(planned(account, runs[0].removeprefix("run "))) == runs


def test_what_a_selected_change_forces_stays_in(account: LocalAccount) -> None:
    """The stream on a table that is made again died with the old one, selected or not."""
    session = account.session()
    session.execute("DROP TABLE DB.RAW.T")
    try:
        found = planned(
            account, "table RAW.T", text=BEFORE.replace("AFTER RAW.ROOT AS SELECT 1", "AFTER RAW.ROOT AS SELECT 2")
        )
        assert [id_ for id_ in ids(found) if "task" not in id_] == ["create table RAW.T", "replace stream RAW.S"]
        assert not [id_ for id_ in ids(found) if "CHILD" in id_]
    finally:
        done(account, BEFORE)


def test_what_is_selected_is_not_made_without_what_it_needs(account: LocalAccount) -> None:
    with pytest.raises(UsageError, match=r"view DWH\.V needs table DWH\.NEW, which is not there yet") as said:
        planned(account, "DWH.V")
    assert said.value.hint == "--select '+view DWH.V' takes what it needs along"
    assert str(said.value.where) == "a.sql:8"


def test_an_unknown_pattern_is_told_with_near_names(account: LocalAccount) -> None:
    with pytest.raises(UsageError, match="names nothing") as said:
        planned(account, "RAW.CHILT+")
    assert "RAW.CHILD" in str(said.value.hint)


def test_what_is_refused_elsewhere_does_not_hold_up_the_selected(account: LocalAccount) -> None:
    session = account.session()
    session.execute("CREATE TABLE DB.DWH.NEW (OTHER VARCHAR)")
    try:
        assert [f.object for f in planned(account).findings] == ["table DWH.NEW"]
        found = planned(account, "RAW.T")
        assert (found.findings, ids(found)) == ((), ["alter table RAW.T"])
        assert "1 refused" in found.notes[0]
        assert [f.object for f in planned(account, "DWH.NEW").findings] == ["table DWH.NEW"]
    finally:
        session.execute("DROP TABLE DB.DWH.NEW")


def test_a_new_kind_of_a_name_takes_the_drop_along(account: LocalAccount) -> None:
    text = BEFORE.replace("TABLE DWH.OLD (A NUMBER)", "VIEW DWH.OLD AS SELECT 1 AS A")
    assert ids(planned(account, "view DWH.OLD", text=text)) == ["drop table DWH.OLD", "create view DWH.OLD"]


def keys(count: int) -> list[ObjectKey]:
    return [ObjectKey("TABLE", ObjectName(("S", f"T{n}"))) for n in range(count)]


def test_upstream_and_downstream_go_all_the_way() -> None:
    chain = keys(5)
    needs = {key: chain[i - 1 : i] for i, key in enumerate(chain)}
    assert selected(["+S.T2"], chain, needs) == {*chain[:3]}
    assert selected(["S.T2+"], chain, needs) == {*chain[2:]}
    assert selected(["+S.T2+"], chain, needs) == {*chain}
    assert selected(["S.T0", "S.T4"], chain, needs) == {chain[0], chain[4]}
    circle = {a: [b] for a, b in zip(chain, [*chain[1:], chain[0]], strict=True)}
    assert selected(["+S.T2"], chain, circle) == {*chain}


def test_a_routine_is_named_with_or_without_its_types() -> None:
    key = ObjectKey("PROCEDURE", ObjectName(("S", "P")), "(NUMBER)")
    assert (
        matching("s.p", [key]) == matching("S.P(NUMBER)", [key]) == matching("procedure  s.p(number)", [key]) == {key}
    )
    assert matching("S.P(VARCHAR)", [key]) == set()


def test_the_rest_is_planned_the_next_time(tmp_path: Path) -> None:
    opened = LocalAccount(tmp_path / "account")
    try:
        opened.session().execute("CREATE DATABASE DB")
        done(opened, BEFORE)
        whole = set(ids(planned(opened)))
        outcomes = [*deploy.apply(planned(opened, "task RAW.*", "+DWH.V"), opened)]
        first = {o.action.id for o in outcomes if o.status == "done"}
        assert first == {*WINDOW, "create table DWH.NEW", "create view DWH.V"}
        assert set(ids(planned(opened))) == whole - first
        done(opened, AFTER)
        assert ids(planned(opened)) == []
    finally:
        opened.close()


def test_files_of_stages_go_with_their_stage(account: LocalAccount, tmp_path: Path) -> None:
    text = BEFORE + "CREATE STAGE RAW.FILES;\nCREATE STAGE RAW.OTHER;\n"
    for name in ("FILES", "OTHER"):
        folder = tmp_path / "files" / "RAW" / name
        folder.mkdir(parents=True)
        (folder / "a.csv").write_text("1\n", encoding="utf-8")
    wanted = replace(project(text), uploads=found(tmp_path))
    made = deploy.plan(wanted, account.session(), deploy.Options(select=("stage RAW.FILES",)))
    assert ids(made) == ["create stage RAW.FILES", "upload stage file RAW.FILES/a.csv"]
    assert made.notes == ("left out by --select: 1 to create, 1 file of stages (stage RAW.OTHER)",)
    assert sorted(made.basis.files) == ["a.sql", "files/RAW/FILES/a.csv", "files/RAW/OTHER/a.csv"]
