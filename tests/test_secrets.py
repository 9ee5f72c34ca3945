"""A secret's value goes to the account and nowhere else: not to plans, record, journal, output or files."""

import itertools
import json
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snowpipe_deploy import connect, deploy, plan_file
from snowpipe_deploy.cli._main import main
from snowpipe_deploy.environment import Environment, load_environment
from snowpipe_deploy.errors import DeployError, UsageError
from snowpipe_deploy.jinja import render
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.model import Scope
from snowpipe_deploy.project import from_texts, load
from snowpipe_deploy.secrets import MARKER, GuardedAccount, Names, misplaced, renewed, rotated
from snowpipe_deploy.session import Result, SqlError, sequentially
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.templates import plain

VALUE, NEW = "pa's\\s\"wörd-4711", "an0ther-va'lue-0815"
ENVIRONMENT = """
[project]
name = "p"
[connection]
type = "local"
[scope]
database = "DB"
[secrets]
stage_key = "TEST_STAGE_KEY"
"""
STAGE = """CREATE SCHEMA RAW;
CREATE STAGE RAW.FILES URL = 's3://bucket/in/'
  CREDENTIALS = (AWS_KEY_ID = 'AKIDEXAMPLE' AWS_SECRET_KEY = '{{ secrets.stage_key }}') COMMENT = 'files that came in';
"""


class Wire:
    """An account that keeps what it was sent, and answers what it is told."""

    def __init__(self, answer: Result | Exception | None = None) -> None:
        self.sent: list[tuple[str, str]] = []
        self.answer = answer or Result()

    def session(self) -> "Wire":
        return self

    login = session

    def execute(self, sql: str, tag: str = "") -> Result:
        self.sent.append((sql, tag))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def together(self, statements: list[str]) -> list[Result | SqlError]:
        return sequentially(self, statements)  # type: ignore[arg-type]

    def cancel(self) -> None: ...

    def close(self) -> None: ...


def guarded(wire: Wire, value: str = VALUE) -> GuardedAccount:
    return GuardedAccount(wire, {"stage_key": value})  # type: ignore[arg-type]


# -- templates -------------------------------------------------------------------------------------------------------


def test_a_template_gives_a_marker() -> None:
    text = render(
        "a.sql.j2",
        "A = '{{ secrets.stage_key }}'\nB = '{{ secrets['stage_key'] }}'\n",
        {"secrets": Names(["stage_key"])},
    ).text
    assert text == "A = '<secret stage_key>'\nB = '<secret stage_key>'\n"


@pytest.mark.parametrize(
    "use",
    [
        "{{ secrets.k | upper }}", "{{ secrets.k | default('x') }}", "{{ secrets.k | length }}", "{{ secrets.k | tojson }}",
        "{{ secrets.k | string }}", "{{ secrets.k | safe }}", "{{ 'x' | default(secrets.k) }}", "{{ 'a' ~ secrets.k }}",
        "{{ secrets.k + 'a' }}", "{{ 'a' + secrets.k }}", "{{ '%s' % secrets.k }}", "{{ '{}'.format(secrets.k) }}", "{{ secrets.k[0] }}",
        "{{ secrets.k[1:] }}", "{{ secrets.k.upper() }}", "{{ secrets.k() }}", "{{ secrets.k * 2 }}", "{{ secrets.k == 'a' }}",
        "{{ 'a' == secrets.k }}", "{{ secrets.k < 'a' }}", "{{ 'a' in secrets.k }}", "{{ secrets.k in ['a'] }}", "{{ {secrets.k: 1} }}",
        "{{ [secrets.k] }}", "{{ [secrets.k] | join }}", "{% if secrets.k %}a{% endif %}", "{{ secrets.k or 'a' }}", "{{ not secrets.k }}",
        "{% for c in secrets.k %}a{% endfor %}", "{% filter upper %}{{ secrets.k }}{% endfilter %}",
        "{% set x %}{{ secrets.k }}{% endset %}{{ x | upper }}", "{% set x %}{{ secrets.k }}{% endset %}{{ x | replace('secret', '') }}",
        "{% set x %}{{ secrets.k }}{% endset %}{{ x[:5] }}", "{{ secrets }}", "{{ secrets.nope }}", "{{ secrets['nope'] }}",
    ],
)  # fmt: skip
def test_whatever_else_is_done_with_a_secret_is_an_error_at_its_line(use: str) -> None:
    with pytest.raises(DeployError) as said:
        render("a.sql.j2", f"SELECT 1;\n{use}\n", {"secrets": Names(["k"])})
    assert str(said.value.where) == "a.sql.j2:2"


def test_an_unknown_secret_is_told_with_the_nearest_name() -> None:
    with pytest.raises(DeployError, match=r"no secret 'stage_kay' under \[secrets\]; did you mean stage_key\?"):
        render("a.sql.j2", "{{ secrets.stage_kay }}", {"secrets": Names(["stage_key"])})


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("SELECT '<secret k>'", True),
        ("SELECT 'it is ''quoted'' <secret k>'", True),
        ("SELECT <secret k>", False),
        ('SELECT "<secret k>"', False),
        ("SELECT /* <secret k> */ 1", False),
        ("SELECT $$<secret k>$$", False),
        ("SELECT $$ '<secret k>' $$", False),
        ("EXECUTE IMMEDIATE 'SELECT ''<secret k>'''", False),
    ],
)
def test_a_secret_stands_in_a_literal_of_its_own(text: str, inside: bool) -> None:
    assert [name for _, name in misplaced(text)] == ([] if inside else ["k"])
    found = from_texts("p", Scope("DB"), [plain("a.sql", text)])
    assert any("secret k stands where its value cannot be put in" in p.message for p in found.problems) is not inside


# -- on the wire -----------------------------------------------------------------------------------------------------

values = st.text(min_size=8, max_size=40).filter(lambda text: len(text.strip()) >= 8)


@given(values)
def test_the_account_reads_the_very_value(value: str) -> None:
    wire = Wire()
    guarded(wire, value).session().execute("SELECT 'a', '<secret stage_key>', 'b'", "tag")
    assert [t.value for t in code(wire.sent[0][0]) if t.kind == "string"] == ["a", value, "b"]


@given(values)
def test_what_comes_back_holds_no_value(value: str) -> None:
    wire = Wire(
        Result(
            ("A", "B"),
            ((f"before {value} after", 7), (value.replace("'", "''"), None), (json.dumps({"a": value}), 1.5)),
        )
    )
    found = guarded(wire, value).session().execute("SELECT 1")
    assert value not in str(found.rows)
    assert found.rows[0] == ("before <secret stage_key> after", 7)


def test_only_statements_of_a_deployment_get_a_value() -> None:
    wire = Wire()
    session = guarded(wire).session()
    session.execute("INSERT INTO R SELECT '<secret stage_key>'")
    session.together(["INSERT INTO R SELECT '<secret stage_key>'"])
    for sql, _ in wire.sent:
        assert VALUE[:4] not in sql
        assert MARKER.search(sql)[3]  # type: ignore[index]


def test_an_unknown_secret_is_never_sent() -> None:
    wire = Wire()
    with pytest.raises(DeployError, match="secret other is not under"):
        guarded(wire).session().execute("SELECT '<secret other>'", "tag")
    with pytest.raises(DeployError, match="cannot be put in"):
        guarded(wire).session().execute("SELECT $$<secret stage_key>$$", "tag")
    assert wire.sent == []


@pytest.mark.parametrize("tag", ["", "tag"])
def test_an_error_holds_no_value_and_neither_does_its_traceback(tag: str) -> None:
    cause = ValueError(f"near {VALUE}")
    for raised in (
        SqlError(1003, "42000", f"unexpected '{VALUE}'", query_id="q", may_have_run=True),
        RuntimeError(f"oh {VALUE}"),
    ):
        raised.__cause__ = cause
        with pytest.raises(DeployError) as said:
            guarded(Wire(raised)).session().execute("SELECT '<secret stage_key>'", tag)
        assert VALUE not in "".join(traceback.format_exception(said.value))
        assert "<secret stage_key>" in said.value.message
        if isinstance(raised, SqlError):
            assert isinstance(said.value, SqlError)
            assert (said.value.errno, said.value.query_id, said.value.may_have_run) == (1003, "q", True)


def test_the_record_tells_another_value_and_nothing_else() -> None:
    wire = Wire()
    guarded(wire).session().execute("INSERT INTO R SELECT '<secret stage_key>'")
    written = wire.sent[0][0]
    again = Wire(Result(("T",), ((written,),)))
    assert guarded(again).session().execute("SELECT 1").scalar() == "INSERT INTO R SELECT '<secret stage_key>'"
    changed = guarded(again, NEW).session().execute("SELECT 1").scalar()
    assert changed == "INSERT INTO R SELECT '<secret stage_key, another value>'"
    assert rotated(str(changed), renewed(str(changed))) == ("stage_key",)
    assert rotated(str(changed), renewed(str(changed)) + "x") == ()
    other = Wire()
    guarded(other).session().execute("INSERT INTO R SELECT '<secret stage_key>'")
    assert other.sent[0][0] != written  # the salt is another one each time


# -- the whole way ---------------------------------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "environments").mkdir()
    (tmp_path / "environments" / "dev.toml").write_text(ENVIRONMENT, encoding="utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "stage.sql.j2").write_text(STAGE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TEST_STAGE_KEY", VALUE)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("SNOWDEPLOY_ENV", raising=False)
    return tmp_path


def environment(root: Path) -> Environment:
    return load_environment(root, "dev")


def written(root: Path) -> Iterator[bytes]:
    """Every byte below the project's folder, and in it the account's file."""
    for path in root.rglob("*"):
        if path.is_file():
            yield path.read_bytes()


def told(*values: str) -> set[bytes]:
    """What must not be found: the values and parts of them, as SQL, JSON and Python write them."""
    forms = {
        form
        for v in values
        for form in (v, v.replace("'", "''"), json.dumps(v)[1:-1], v.replace("\\", "\\\\").replace("'", "''"))
    }
    return {form.encode() for form in forms} | {b"rd-4711", b"lue-0815"}


def test_no_byte_that_is_written_holds_a_secret(
    root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def typed(*arguments: str, code: int = 0) -> str:
        monkeypatch.setattr(sys, "argv", ["snowdeploy", *arguments])
        with pytest.raises(SystemExit) as stopped:
            main()
        out, err = capfd.readouterr()
        assert stopped.value.code == code, out + err
        return out + err

    said = [
        typed("plan", "-v", "--out", "plan.json"),
        typed("plan", "--output", "json"),
        typed("plan", "--output", "markdown"),
    ]
    assert "'<secret stage_key>'" in said[0]
    said += [typed("render"), typed("validate", "-v"), typed("validate", "--output", "json"), typed("graph")]
    said += [
        typed("apply", "--plan", "plan.json", "-v"),
        typed("plan", "--check"),
        typed("drift", "--deep"),
        typed("history"),
    ]
    rows = "SELECT TEXT FROM DB.SNOWDEPLOY.RECORD WHERE KIND = 'STAGE'"
    assert "<secret stage_key>" in typed("account", "sql", rows)
    monkeypatch.setenv("TEST_STAGE_KEY", NEW)
    said.append(typed("plan", "-v", "--check", code=3))
    assert "alter stage RAW.FILES" in said[-1]
    assert "secret stage_key has another value" in said[-1]
    assert f"{NEW[:4]}" not in said[-1]
    said += [typed("apply", "--yes", "-v"), typed("plan", "--check")]
    # what fails names the statement, not the value
    said.append(typed("account", "sql", f"SELEC '{NEW}'".replace("va'lue", "va''lue"), code=1))
    first = json.loads(typed("history", "--output", "json"))["deployments"][-1]["id"]
    said.append(typed("rollback", "--to", first, "--yes", "-v"))
    said.append(
        typed(
            "teardown",
            "--yes",
            "--confirm",
            "DB",
            "--allow",
            "deletes-data:RAW.FILES",
            "--allow",
            "deletes-data:RAW",
            "-v",
        )
    )
    for found, text in itertools.product(told(VALUE, NEW), [*(s.encode() for s in said), *written(root)]):
        assert found not in text


def test_plans_and_tracebacks_of_the_library_hold_no_secret(root: Path) -> None:
    project = load(root, environment(root))
    account = connect.open_account(root, environment(root))
    try:
        session = account.session()
        plan = deploy.plan(project, session)
        assert {o.status for o in deploy.apply(plan, account)} <= {"running", "done"}
        with pytest.raises(SqlError) as said:
            session.execute(
                "CREATE STAGE DB.RAW.FILES URL = '<secret stage_key>' NONSENSE = '<secret stage_key>'", "tag"
            )
        everything = repr(
            (project, plan, plan_file.written(plan), traceback.format_exception(said.value), session, account)
        )
        assert not [found for found in told(VALUE) if found in everything.encode()]
    finally:
        account.close()


def test_the_value_arrives(root: Path) -> None:
    """A comment is shown by the account: there the value can be seen to be what was meant."""
    (root / "templates" / "stage.sql.j2").write_text(
        "CREATE SCHEMA S COMMENT = '{{ secrets.stage_key }}';\n", encoding="utf-8"
    )
    account = connect.open_account(root, environment(root))
    for _ in range(2):  # and it is no drift
        session = account.session()
        plan = deploy.plan(load(root, environment(root)), session)
        assert {o.status for o in deploy.apply(plan, account)} <= {"running", "done"}
    assert plan.actions == ()
    account.close()
    plain_account = LocalAccount(root / connect.STATE / "dev")
    try:
        rows = plain_account.session().execute("SHOW SCHEMAS IN DATABASE DB").dicts()
        assert {row["name"]: row["comment"] for row in rows}["S"] == VALUE
    finally:
        plain_account.close()
    assert any(b"rd-4711" in text for text in written(root))  # so a search of the files does find what is there


def test_a_secret_too_short_to_be_kept_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_STAGE_KEY", "1234567")
    with pytest.raises(UsageError, match="fewer than 8 characters") as said:
        connect.open_account(root, environment(root))
    assert "1234567" not in str(said.value)
    connect._opened(root, environment(root)).close()  # nobody holds the account


def test_the_text_of_a_marker_is_refused_in_a_file(root: Path) -> None:
    (root / "sql").mkdir()
    (root / "sql" / "a.sql").write_text(
        "CREATE SCHEMA X;\nCREATE SCHEMA S COMMENT = '<secret stage_key>';\n", encoding="utf-8"
    )
    found = load(root, environment(root)).problems
    assert [(str(p.where), "write {{ secrets.stage_key }}" in p.message) for p in found] == [("sql/a.sql:2", True)]
