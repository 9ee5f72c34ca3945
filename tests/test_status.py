"""What `status` says of streams, pipes, dynamic tables, alerts and loads; what it sends; how it watches; logs and retries."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path

import pytest
from rich.console import Console

from snowpipe_deploy import deploy
from snowpipe_deploy.cli._main import main
from snowpipe_deploy.cli._show import status as show
from snowpipe_deploy.cli._show import watch as show_watch
from snowpipe_deploy.errors import DeployError
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.model import Project, Scope
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.project import from_texts
from snowpipe_deploy.session import Result, Session, SqlError
from snowpipe_deploy.status import problems
from snowpipe_deploy.status.model import DynamicTable, Graph, Status, Stream, Task
from snowpipe_deploy.status.observe import status
from snowpipe_deploy.status.reading import query
from snowpipe_deploy.status.watch import Look, looks, pause
from snowpipe_deploy.templates import plain
from tests.test_status_causes import direct, look, told

AT = datetime(2026, 1, 2, 6, tzinfo=UTC)


@pytest.fixture
def session(account: LocalAccount) -> Iterator[Session]:
    opened = account.session()
    for sql in ("CREATE DATABASE DB", "CREATE SCHEMA S"):
        opened.execute(sql)
    yield opened
    opened.close()


def run(session: Session, *statements: str) -> None:
    for sql in statements:
        session.execute(sql)


def test_streams_and_who_reads_them(session: Session) -> None:
    run(
        session, "CREATE TABLE T (A NUMBER)", "CREATE STREAM READ ON TABLE T", "CREATE STREAM LEFT_ALONE ON TABLE T",
        "CREATE TASK READS AS INSERT INTO T SELECT A FROM S.READ", "INSERT INTO T VALUES (1)",
    )  # fmt: skip
    found = {s.name.last: s for s in look(session).streams}
    assert (found["READ"].has_data, found["READ"].consumers) == (True, (ObjectName(("S", "READS")),))
    assert found["LEFT_ALONE"].consumers == ()
    run(session, "DROP TABLE T")
    assert [p.problem for p in look(session).problems] == ["stream is stale: its changes can no longer be read"] * 2


def test_a_stream_that_goes_stale_soon() -> None:
    name, reader = ObjectName(("S", "X")), ObjectName(("S", "READER"))
    stream = Stream(name, "S.T", True, AT + timedelta(hours=5), False, (reader,))
    tasks = {reader: Task(reader, "1", "suspended", "", "", (), None, None, "")}
    (problem,) = problems.of_streams([stream], tasks, AT)
    assert problem.problem == "stream goes stale on 2026-01-02 11:00:00 UTC"
    assert (problem.cause, problem.hint) == ("its consumer S.READER is suspended", "snowdeploy apply --resume S.READER")
    assert not list(problems.of_streams([replace(stream, stale_after=AT + timedelta(days=9))], tasks, AT))


def test_pipes(session: Session, account: LocalAccount, tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text("1\n")
    run(
        session, "CREATE STAGE FILES", "CREATE TABLE T (A NUMBER)",
        "CREATE PIPE P AS COPY INTO T FROM @FILES FILE_FORMAT = (TYPE = CSV)", f"PUT file://{tmp_path}/good.csv @FILES",
        "ALTER PIPE P SET PIPE_EXECUTION_PAUSED = TRUE", "ALTER PIPE P REFRESH",
    )  # fmt: skip
    direct("-- wait", account)
    (pipe,) = look(session).pipes
    assert pipe.state == "PAUSED"
    assert told(look(session), "problems") == [
        f"S.P | pipe is paused: new files wait | {pipe.pending} files pending | ALTER PIPE DB.S.P SET PIPE_EXECUTION_PAUSED = FALSE"
    ]


def test_alerts(session: Session) -> None:
    run(
        session, "CREATE TABLE T (A NUMBER)",
        "CREATE ALERT A SCHEDULE = '60 MINUTES' IF (EXISTS (SELECT NONE FROM T)) THEN INSERT INTO T VALUES (1)",
    )  # fmt: skip
    assert [p.problem for p in look(session).problems] == ["alert is suspended: it watches nothing"]
    run(session, "ALTER ALERT A RESUME", "EXECUTE ALERT A")
    (problem,) = look(session).problems
    assert problem.problem.startswith("alert could not be evaluated on ")
    assert "invalid identifier 'NONE'" in problem.cause


def test_dynamic_tables(session: Session) -> None:
    run(
        session, "CREATE TABLE T (A VARCHAR)",
        "CREATE DYNAMIC TABLE D WAREHOUSE = W SCHEDULER = DISABLE REFRESH_MODE = FULL AS SELECT A::NUMBER AS A FROM T",
    )  # fmt: skip
    (table,) = look(session).dynamic_tables
    assert (table.refresh, table.lag is not None) == ("SUCCEEDED", True)
    run(session, "INSERT INTO T VALUES ('x')")
    with pytest.raises(SqlError):
        session.execute("ALTER DYNAMIC TABLE D REFRESH")
    (line,) = told(look(session), "problems")
    assert line.startswith("S.D | the last refresh failed | ")
    assert line.endswith(" | ALTER DYNAMIC TABLE DB.S.D REFRESH")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"lag": 7300.0, "refresh": "SUCCEEDED"}, "data lags 2 h, the target is 1 hour"),
        ({"lag": 60.0, "refresh": "UPSTREAM_FAILED"}, "dynamic table was not refreshed: one that it reads failed"),
        ({"lag": 60.0, "refresh": "CANCELLED"}, "the last refresh was cancelled"),
        ({"state": "SUSPENDED"}, "dynamic table is suspended: it is not refreshed"),
        ({"lag": 60.0, "refresh": "SUCCEEDED"}, ""),
    ],
)
def test_dynamic_tables_that_refresh_by_themselves(fields: dict[str, object], words: str) -> None:
    table = DynamicTable(ObjectName(("S", "D")), "RUNNING", "FULL", "", AT, "1 hour")
    found = [p.problem for p in problems.of_dynamic_tables([replace(table, **fields)], "DB")]  # type: ignore[arg-type]
    assert found == ([words] if words else [])


FILES = """
CREATE SCHEMA S;
CREATE STAGE S.FILES;
CREATE TABLE S.T (A NUMBER);
CREATE PROCEDURE S.LOAD() RETURNS VARCHAR LANGUAGE SQL AS
BEGIN
  COPY INTO S.T FROM @S.FILES FILE_FORMAT = (TYPE = CSV) ON_ERROR = CONTINUE;
END;
"""


def test_loads_of_all_tables_in_one_statement(account: LocalAccount, tmp_path: Path) -> None:
    project = from_texts("loads", Scope("DB"), [plain("sql/s.sql", FILES)])
    session = account.session()
    assert all(o.status in {"running", "done"} for o in deploy.apply(deploy.plan(project, session), account))
    (tmp_path / "some.csv").write_text("1\nx\n3\n")
    run(session, "USE DATABASE DB", f"PUT file://{tmp_path}/some.csv @S.FILES", "CALL S.LOAD()")
    found = status(project, session)
    (load,) = found.loads
    assert (load.file, load.rows, load.parsed, load.rejected, load.errors) == ("some.csv.gz", 2, 3, 1, 1)
    assert [name for name, _ in found.statements].count("loads") == 1
    assert "1 rows lost" in found.problems[0].cause


class Refusing:
    """A session that refuses some statements, as an account that does not know a kind or lacks a privilege."""

    def __init__(self, session: Session, word: str, error: SqlError) -> None:
        self._session, self._word, self._error = session, word, error

    def execute(self, sql: str, tag: str = "") -> Result:
        if self._word in sql:
            raise self._error
        return self._session.execute(sql, tag)

    def together(self, statements: list[str]) -> list[Result | SqlError]:
        return [self._error if self._word in sql else self._session.together([sql])[0] for sql in statements]

    def cancel(self) -> None: ...

    def close(self) -> None: ...


def test_what_an_account_does_not_know_is_a_note_and_what_it_refuses_is_an_error(session: Session) -> None:
    project = Project("cases", Scope("DB"))
    unsupported = SqlError(2, "0A000", "Unsupported feature 'ALERTS'.")
    found = status(project, Refusing(session, "SHOW ALERTS", unsupported))  # type: ignore[arg-type]
    assert "alerts: 000002 (0A000): Unsupported feature 'ALERTS'." in found.notes
    denied = SqlError(3001, "42501", "Insufficient privileges")
    with pytest.raises(SqlError, match="Insufficient privileges"):
        status(project, Refusing(session, "SHOW ALERTS", denied))  # type: ignore[arg-type]


def test_twelve_statements_at_most_however_much_there_is(session: Session) -> None:
    for i in range(30):
        run(
            session,
            f"CREATE TABLE T{i} (A NUMBER)",
            f"CREATE STREAM X{i} ON TABLE T{i}",
            f"CREATE TASK K{i} AS SELECT 1",
        )
    run(
        session,
        "CREATE STAGE F",
        "CREATE PIPE P AS COPY INTO T1 FROM @F",
        "CREATE ALERT A SCHEDULE = '1 MINUTE' IF (EXISTS (SELECT 1)) THEN SELECT 1",
    )
    run(session, "CREATE DYNAMIC TABLE D WAREHOUSE = W SCHEDULER = DISABLE AS SELECT A FROM T1")
    found = look(session)
    assert len(found.streams) == len(found.graphs) == 30
    assert len(found.statements) == 11  # and one for loads, where the project has a COPY


def test_every_query_is_a_file_that_can_be_read_and_pasted() -> None:
    """A comment that says what it is, one statement, and holes that are filled by name."""
    for path in resources.files("snowpipe_deploy.status").joinpath("queries").iterdir():
        text = path.read_text(encoding="utf-8")
        assert text.startswith("-- ")
        assert text.rstrip().endswith(";")
        assert text.count(";") == 1
        holes = dict.fromkeys(re.findall(r"\{(\w+)\}", text), "X")
        assert "{" not in query(path.name.removesuffix(".sql"), **holes)


def test_many_graphs_are_told_briefly() -> None:
    name = ObjectName(("S", "T"))
    graphs = tuple(
        Graph(Task(name, str(i), "started", "60 MINUTES", "", (), None, None, ""), (), None, (), "not due until later")
        for i in range(30)
    )
    console = Console(width=200, highlight=False)
    with console.capture() as capture:
        show.text(console, Status("dev", "DB", "", graphs))
    assert capture.get().count("S.T  0 tasks, never run, not due until later") == 30


# -- watching -------------------------------------------------------------------------------------------------------------


def test_looks_go_on_after_a_lost_connection_and_are_no_oftener_than_needed() -> None:
    idle = Status("dev", "DB", "", now=AT, warehouse="W")
    answers: list[Status | DeployError] = [idle, DeployError("gone"), DeployError("gone"), idle]
    waits: list[float] = []

    def read() -> Status:
        answer = answers.pop(0)
        if isinstance(answer, DeployError):
            raise answer
        return answer

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if not answers:
            raise KeyboardInterrupt

    seen: list[Look] = []
    with pytest.raises(KeyboardInterrupt):
        seen += looks(read, wait)
    assert waits == [60, 2, 4, 60]
    answers = [DeployError("never there")]
    with pytest.raises(DeployError, match="never there"):
        next(looks(read, wait))


def test_the_pause_is_short_in_a_run_and_ends_when_the_next_is_due(session: Session, account: LocalAccount) -> None:
    run(session, "CREATE TASK T SCHEDULE = '60 MINUTES' AS SELECT 1", "ALTER TASK T RESUME")
    assert pause(look(session)) == 60
    account.tick(account.shared.clock.now() + timedelta(minutes=59, seconds=45))
    assert 2 <= pause(look(session)) <= 17


def test_a_watch_that_is_piped_says_what_changed(session: Session, account: LocalAccount) -> None:
    run(session, "CREATE TASK T AS SELECT 1", "EXECUTE TASK T")
    direct("-- wait", account)
    first = look(session)
    console = Console(width=300, highlight=False, file=None)
    with console.capture() as capture:
        show_watch.watch(console, [Look(first, "", 60), Look(first, "gone", 2), Look(first, "", 60)])
    lines = capture.get().splitlines()
    assert len(lines) == 3
    assert lines[1] == "  T succeeded"
    assert lines[2] == "the account did not answer, trying again in 2 s: gone"
    assert (
        Look(replace(first, warehouse="W"), "", 60).words
        == "looking again in 60 s, each look uses warehouse W, and keeps it awake"
    )


# -- on the command line ----------------------------------------------------------------------------------------------------

PROJECT = """
CREATE SCHEMA S;
CREATE TABLE S.LOG (WHAT VARCHAR);
CREATE TASK S.ROOT SCHEDULE = '600 MINUTES' AS
BEGIN
  INSERT INTO S.LOG VALUES ('root');
  CALL SYSTEM$SET_RETURN_VALUE('three files');
END;
CREATE TASK S.BREAKS AFTER S.ROOT AS
BEGIN
  INSERT INTO S.LOG VALUES ('before');
  INSERT INTO S.LATER VALUES (1);
END;
"""


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """The command line in a project of its own."""
    for folder in ("environments", "sql"):
        (tmp_path / folder).mkdir()
    (tmp_path / "sql/s.sql").write_text(PROJECT)
    (tmp_path / "environments/dev.toml").write_text(
        '[project]\nname = "cli"\n[connection]\ntype = "local"\n[scope]\ndatabase = "DB"\n[validate]\nSD701 = "off"\n'
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("SNOWDEPLOY_ENV", raising=False)

    def run(*arguments: str, code: int = 0) -> str:
        monkeypatch.setattr(sys, "argv", ["snowdeploy", *arguments])
        with pytest.raises(SystemExit) as stopped:
            main()
        out, err = capsys.readouterr()
        assert stopped.value.code == code, out + err
        assert "Traceback" not in err
        return out + err

    return run


def test_a_failure_is_found_read_mended_and_retried(shell: Callable[..., str]) -> None:
    shell("apply", "--yes", "-q")
    out = shell("run", code=1)
    assert "[sql/s.sql:12, line 3 of its body: INSERT INTO S.LATER VALUES (1);]" in out
    hint = re.search(r"snowdeploy (logs S.BREAKS --run \d+)", shell("status"))
    assert hint is not None
    told = shell(*hint[1].split())
    assert "INSERT INTO S.LOG VALUES ('before')" in told
    assert "Object 'DB.S.LATER' does not exist" in told
    assert "returned three files" in shell("logs", "ROOT")
    shell("account", "sql", "CREATE TABLE S.LATER (A NUMBER)")
    out = shell("run", "--retry-last")
    assert "attempt 2, retried by hand: attempt 1 failed: 002003" in out
    assert shell("status", "--check").splitlines()[1] == "no problems"
    kept = json.loads(shell("logs", "S.BREAKS", "--output", "json"))
    assert [a["state"] for a in kept["attempts"]] == ["FAILED", "SUCCEEDED"]
    assert [s["text"] for s in kept["statements"] if s["error"] is None][-1].startswith("INSERT INTO S.LATER")
    shell("run", "--retry-last", "--config", "a=b", code=2)
    assert "had no failures" in shell("run", "--retry-last", code=1)


def test_since_reads_a_year_and_says_how_late_that_is(shell: Callable[..., str]) -> None:
    shell("apply", "--yes", "-q")
    shell("run", code=1)
    assert "up to 45 minutes late" in shell("status", "--since", "30d")
    assert len(json.loads(shell("status", "--since", "1h", "--output", "json"))["graphs"][0]["runs"]) == 1
    sql = shell("status", "--since", "30d", "-v")
    assert "FROM SNOWFLAKE.ACCOUNT_USAGE.TASK_HISTORY" in sql
    assert "is no span of time" in shell("status", "--since", "soon", code=2)
    assert "--since 30d" in shell("status", "--run", "999999")


def test_logs_of_what_is_not_there(shell: Callable[..., str]) -> None:
    assert "is not there yet" in shell("logs", "S.ROOT", code=2)
    shell("apply", "--yes", "-q")
    assert "tasks: S.BREAKS, S.ROOT" in shell("logs", "NOPE", code=2)
    assert "has not run within the last seven days" in shell("logs", "S.ROOT", code=2)
    shell("run", code=1)
    assert "its runs: " in shell("logs", "S.ROOT", "--run", "1", code=2)
    assert "is not an object name" in shell("logs", "a b c", code=2)


def test_a_stream_starts_its_task_on_the_way_of_the_clock(session: Session, account: LocalAccount) -> None:
    """Twice a day something comes; the task runs when it has come, and not sooner than its interval allows."""
    run(
        session, "CREATE TABLE T (A NUMBER)", "CREATE TABLE KEPT (A NUMBER)", "CREATE STREAM X ON TABLE T",
        "CREATE TASK COMES SCHEDULE = '12 HOURS' AS INSERT INTO T VALUES (1)",
        "CREATE TASK TAKES WAREHOUSE = W WHEN SYSTEM$STREAM_HAS_DATA('X') AS INSERT INTO KEPT SELECT A FROM X",
        "ALTER TASK TAKES RESUME", "ALTER TASK COMES RESUME",
    )  # fmt: skip
    assert account.tick(account.shared.clock.now() + timedelta(days=2, minutes=1)) == 8
    assert session.execute("SELECT COUNT(*) FROM KEPT").scalar() == 4


def test_one_run_is_shown_alone_and_other_filters_say_that_there_are_others(
    session: Session, account: LocalAccount
) -> None:
    run(session, "CREATE TASK ONE AS SELECT 1", "CREATE TASK TWO AS SELECT 1", "EXECUTE TASK ONE")
    direct("-- wait", account)
    project = Project("cases", Scope("DB"))
    group = look(session).graphs[0].runs[0].id
    assert [g.root.name.last for g in status(project, session, run=group).graphs] == ["ONE"]
    console = Console(width=200, highlight=False)
    with console.capture() as capture:
        show.text(console, status(project, session, failed=True))
    assert [line.strip() for line in capture.get().splitlines() if ("run" in line and "never" in line) or "such" in line] == [
        "no such run", "never run",
    ]  # fmt: skip
